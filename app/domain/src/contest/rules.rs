//! The rules of a round and of its divisions: what freezes when the round opens.

use crate::{Millis, bank::Difficulty, id::TopicId};
use serde::{Deserialize, Serialize};

/// How often one person may sit the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "policy", content = "times")]
pub enum AttemptPolicy {
    /// Once.
    Once,
    /// So many times in the round.
    PerRound(u16),
    /// So many times on each day in Vietnam.
    PerDay(u16),
    /// As often as one likes.
    Unlimited,
}

words! {
    /// Which of several attempts counts.
    pub enum Counts {
        /// The best by the ranking rule, the prediction left out of account.
        Best = "best", "lượt có kết quả tốt nhất";
        /// The first.
        First = "first", "lượt đầu tiên";
        /// The last.
        Last = "last", "lượt cuối cùng";
    }
}

words! {
    /// What happens to somebody who starts shortly before the round closes.
    pub enum LateStart {
        /// The paper ends when the round closes.
        EndsAtClose = "ends_at_close", "Kết thúc theo giờ đóng";
        /// The full time is given, beyond the closing.
        FullTime = "full_time", "Đủ thời gian làm bài";
    }
}

words! {
    /// What a contestant learns after handing in.
    pub enum AfterHandIn {
        /// Only that the sheet was received.
        Receipt = "receipt", "Chỉ xác nhận đã nhận bài";
        /// One's own number of right answers.
        OwnCorrect = "own_correct", "Số câu trả lời đúng của mình";
    }
}

words! {
    /// A key of the ranking chain.
    pub enum RankingKey {
        /// More right answers first.
        Correct = "correct", "số câu đúng";
        /// More points first.
        Score = "score", "điểm";
        /// Nearer prediction first.
        PredictionDistance = "prediction_distance", "độ lệch dự đoán";
        /// Shorter time first.
        Duration = "duration", "thời gian làm bài";
        /// Earlier hand-in first.
        HandedInAt = "handed_in_at", "thời điểm nộp bài";
    }
}

words! {
    /// What a contestant predicts.
    pub enum PredictionTarget {
        /// How many people take part.
        People = "people", "số người dự thi";
        /// How many people have everything right.
        PeoplePerfect = "people_perfect", "số người trả lời đúng tất cả";
        /// How many attempts there are.
        Attempts = "attempts", "số lượt dự thi";
        /// People with everything right as a percentage of people.
        PercentPerfect = "percent_perfect", "tỷ lệ phần trăm người trả lời đúng tất cả";
    }
}

words! {
    /// What an empty prediction means.
    pub enum BlankPrediction {
        /// It ranks behind every number.
        RanksLast = "ranks_last", "để trống thì xếp sau";
        /// The sheet is valid only with a prediction.
        Invalid = "invalid", "bài chỉ hợp lệ khi trả lời đủ";
    }
}

words! {
    /// When the personal identity number is asked.
    pub enum IdNumberRule {
        /// Never.
        NotAsked = "not_asked", "Không hỏi";
        /// Of winners, when they are verified.
        WinnersOnly = "winners_only", "Chỉ hỏi người đạt giải";
        /// Of everybody, on entry.
        OnEntry = "on_entry", "Hỏi khi vào cuộc thi";
    }
}

words! {
    /// In which order the units of a block stand.
    pub enum UnitRule {
        /// Participation rate, then mean score.
        ParticipationThenMean = "participation_then_mean", "tỷ lệ tham gia, sau đó điểm trung bình";
        /// Number of people, then mean score.
        PeopleThenMean = "people_then_mean", "số người dự thi, sau đó điểm trung bình";
        /// Mean score, then participation rate.
        MeanThenParticipation = "mean_then_participation", "điểm trung bình, sau đó tỷ lệ tham gia";
    }
}

/// The prediction question: the last card of the sheet, not counted among the questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prediction {
    /// What is asked, in the organiser's words.
    pub question: String,
    /// What it is compared with.
    pub target: PredictionTarget,
    /// Decimals of a percentage (0–6); 0 for whole numbers.
    pub decimals: u8,
    /// What an empty answer means.
    pub blank: BlankPrediction,
}

/// One cell of a blueprint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    /// The topic (its subtopics included).
    pub topic: TopicId,
    /// The level.
    pub difficulty: Difficulty,
    /// How many questions are drawn.
    pub count: u16,
    /// Points for a right answer.
    pub points: i64,
}

/// The blueprint (ma trận đề): topic × level × count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Blueprint {
    /// The cells, each topic × level at most once.
    pub cells: Vec<Cell>,
}

impl Blueprint {
    /// How many questions a paper has.
    pub fn questions(&self) -> usize {
        self.cells.iter().map(|cell| usize::from(cell.count)).sum()
    }
}

/// What holds for one division (bảng thi) of a round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DivisionRules {
    /// Time to work on the paper.
    pub duration: Millis,
    /// What a paper is drawn from.
    pub blueprint: Blueprint,
    /// The prediction question, if there is one.
    pub prediction: Option<Prediction>,
    /// Only questions with this tag are drawn; empty: all of the bank.
    #[serde(default)]
    pub tag: String,
}

/// What holds for a whole round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundRules {
    /// How often one may sit.
    pub policy: AttemptPolicy,
    /// Which attempt counts.
    pub counts: Counts,
    /// Starting near the close.
    pub late_start: LateStart,
    /// What one learns after handing in.
    pub after_hand_in: AfterHandIn,
    /// The chain that ranks people, first key first.
    pub ranking: Vec<RankingKey>,
    /// How units are ordered.
    pub unit_rule: UnitRule,
    /// Fewest people for a unit to be placed.
    pub unit_minimum: u32,
    /// Questions in a random order.
    pub shuffle_questions: bool,
    /// Options in a random order, pinned ones at their place.
    pub shuffle_options: bool,
    /// A board that moves while the round is open; never with an open prediction.
    pub live_board: bool,
    /// How many places are public beside the winners (0: none).
    pub public_places: u32,
    /// Whether the units at the lower end are public.
    pub lowest_units_public: bool,
}
