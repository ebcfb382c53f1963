//! What still prevents a round from being frozen and scheduled: a closed list, each with its words.

use super::{ContestStage, Coverage, DivisionRules, LateStart, Prize, PrizeScope, RankingKey, RoundRules, Window};
use crate::{Timestamp, bank::Difficulty, identity::Audience};

/// A division as the checklist looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivisionPlan {
    /// For whom.
    pub audience: Audience,
    /// Its rules.
    pub rules: DivisionRules,
    /// What the bank holds for each cell, with the topic's name.
    pub coverage: Vec<(String, Coverage)>,
}

/// A round as the checklist looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundPlan {
    /// Where its contest stands.
    pub contest: ContestStage,
    /// Whether the contest has a thể lệ.
    pub has_rules: bool,
    /// Whether the contest has a help line.
    pub has_help_line: bool,
    /// When people may start.
    pub window: Window,
    /// Its rules.
    pub rules: RoundRules,
    /// Headcounts as of this day.
    pub headcount_as_of: Option<Timestamp>,
    /// Its divisions.
    pub divisions: Vec<DivisionPlan>,
    /// Its own prizes and those of the contest.
    pub prizes: Vec<Prize>,
    /// How many people have taken part in the contest and also organise it or made its questions.
    pub barred: u32,
}

/// Something a round lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// The contest is not public or is over.
    ContestNotAnnounced,
    /// There is no thể lệ.
    NoRules,
    /// There is no help line.
    NoHelpLine,
    /// Its opening lies in the past.
    OpensInPast,
    /// It closes before it opens.
    ClosesTooEarly,
    /// No division was set up.
    NoDivision,
    /// A division's blueprint is empty.
    EmptyBlueprint(Audience),
    /// The bank cannot fill a cell.
    Uncovered {
        /// Of which division.
        audience: Audience,
        /// Which topic.
        topic: String,
        /// Which level.
        difficulty: Difficulty,
        /// How many questions are asked.
        asks: u16,
        /// How many there are.
        has: usize,
    },
    /// The paper lasts longer than the window, and ends with it.
    LongerThanWindow(Audience),
    /// The chain ranks by a prediction that a division does not ask.
    PredictionNotAsked(Audience),
    /// A prediction is asked that the chain does not use.
    PredictionNotUsed(Audience),
    /// A live board would give an open prediction away.
    LiveBoardWithPrediction,
    /// Units are ranked, and no day is set for their headcounts.
    NoHeadcountDay,
    /// A prize is meant for an audience that has no division.
    PrizeWithoutDivision(String),
    /// People who took part also organise the contest or made its questions.
    Barred(u32),
}

impl Lack {
    /// What the organiser reads.
    pub fn words(&self) -> String {
        match self {
            Self::ContestNotAnnounced => "Cuộc thi chưa được công bố (hoặc đã kết thúc).".to_owned(),
            Self::NoRules => "Chưa ban hành thể lệ.".to_owned(),
            Self::NoHelpLine => "Chưa có số đường dây hỗ trợ.".to_owned(),
            Self::OpensInPast => "Giờ mở đã qua; xin chọn giờ mở sau thời điểm này.".to_owned(),
            Self::ClosesTooEarly => "Giờ đóng phải sau giờ mở.".to_owned(),
            Self::NoDivision => "Chưa có bảng thi nào.".to_owned(),
            Self::EmptyBlueprint(audience) => format!("Bảng {}: ma trận đề còn trống.", audience.label()),
            Self::Uncovered { audience, topic, difficulty, asks, has } => {
                let missing = usize::from(*asks).saturating_sub(*has);
                format!(
                    "Bảng {}: chủ đề “{topic}”, mức {} cần {asks} câu, ngân hàng có {has} câu (thiếu {missing}).",
                    audience.label(),
                    difficulty.label().to_lowercase()
                )
            }
            Self::LongerThanWindow(audience) => format!("Bảng {}: thời gian làm bài dài hơn thời gian mở của đợt thi.", audience.label()),
            Self::PredictionNotAsked(audience) => {
                format!("Bảng {}: quy tắc xếp hạng dùng độ lệch dự đoán nhưng chưa có câu hỏi dự đoán.", audience.label())
            }
            Self::PredictionNotUsed(audience) => {
                format!("Bảng {}: có câu hỏi dự đoán nhưng quy tắc xếp hạng không dùng độ lệch dự đoán.", audience.label())
            }
            Self::LiveBoardWithPrediction => "Không mở bảng điểm trực tiếp khi có câu hỏi dự đoán.".to_owned(),
            Self::NoHeadcountDay => "Chưa ghi ngày chốt số CBCCVC và người lao động của các đơn vị.".to_owned(),
            Self::PrizeWithoutDivision(scope) => format!("Có giải thưởng cho nhóm không có bảng thi: {scope}."),
            Self::Barred(people) => format!(
                "Có {people} người vừa đã dự thi vừa tổ chức, ra đề hoặc thẩm định câu hỏi của cuộc thi; xin bỏ câu hỏi hoặc bỏ vai trò của họ."
            ),
        }
    }
}

/// Everything the round lacks; empty: it may be frozen and scheduled.
pub fn lacks(plan: &RoundPlan, now: Timestamp) -> Vec<Lack> {
    let mut lacks = Vec::new();
    let mut note = |missing: bool, lack: Lack| {
        if missing {
            lacks.push(lack);
        }
    };
    note(plan.contest != ContestStage::Announced, Lack::ContestNotAnnounced);
    note(!plan.has_rules, Lack::NoRules);
    note(!plan.has_help_line, Lack::NoHelpLine);
    note(plan.window.opens < now, Lack::OpensInPast);
    note(plan.window.closes <= plan.window.opens, Lack::ClosesTooEarly);
    note(plan.divisions.is_empty(), Lack::NoDivision);
    let civil_servants = plan.divisions.iter().any(|division| division.audience == Audience::CivilServant);
    note(civil_servants && plan.headcount_as_of.is_none(), Lack::NoHeadcountDay);
    let predicts = plan.divisions.iter().any(|division| division.rules.prediction.is_some());
    note(plan.rules.live_board && predicts, Lack::LiveBoardWithPrediction);
    note(plan.barred > 0, Lack::Barred(plan.barred));
    for division in &plan.divisions {
        lacks.extend(division_lacks(plan, division));
    }
    lacks.extend(prize_lacks(plan));
    lacks
}

fn division_lacks(plan: &RoundPlan, division: &DivisionPlan) -> Vec<Lack> {
    let audience = division.audience;
    let mut lacks = Vec::new();
    if division.rules.blueprint.cells.is_empty() {
        lacks.push(Lack::EmptyBlueprint(audience));
    }
    for (topic, coverage) in division.coverage.iter().filter(|(_, coverage)| coverage.missing() > 0) {
        let (topic, cell) = (topic.clone(), coverage.cell);
        lacks.push(Lack::Uncovered { audience, topic, difficulty: cell.difficulty, asks: cell.count, has: coverage.has });
    }
    if plan.rules.late_start == LateStart::EndsAtClose && division.rules.duration > plan.window.length() {
        lacks.push(Lack::LongerThanWindow(audience));
    }
    let ranks_by_prediction = plan.rules.ranking.contains(&RankingKey::PredictionDistance);
    match (ranks_by_prediction, division.rules.prediction.is_some()) {
        (true, false) => lacks.push(Lack::PredictionNotAsked(audience)),
        (false, true) => lacks.push(Lack::PredictionNotUsed(audience)),
        _ => {}
    }
    lacks
}

fn prize_lacks(plan: &RoundPlan) -> Vec<Lack> {
    let has = |audience| plan.divisions.iter().any(|division| division.audience == audience);
    let mut named: Vec<PrizeScope> = Vec::new();
    for prize in &plan.prizes {
        // Units count only civil servants, so a collective prize needs their division.
        let served = match prize.scope {
            PrizeScope::Individual(audience) => has(audience),
            PrizeScope::Collective(_) => has(Audience::CivilServant),
        };
        if !served && !named.contains(&prize.scope) {
            named.push(prize.scope);
        }
    }
    named.into_iter().map(|scope| Lack::PrizeWithoutDivision(scope.label())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Millis,
        bank::Difficulty,
        contest::{BlankPrediction, Blueprint, Cell, Prediction, PredictionTarget},
        id::TopicId,
        identity::Block,
    };
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp(1_000);

    fn cell() -> Cell {
        Cell { topic: TopicId(Uuid::nil()), difficulty: Difficulty::Apply, count: 5, points: 1 }
    }

    fn division(has: usize) -> DivisionPlan {
        let prediction =
            Prediction { question: "?".to_owned(), target: PredictionTarget::People, decimals: 0, blank: BlankPrediction::RanksLast };
        DivisionPlan {
            audience: Audience::CivilServant,
            rules: DivisionRules {
                duration: Millis(100),
                blueprint: Blueprint { cells: vec![cell()] },
                prediction: Some(prediction),
                tag: String::new(),
            },
            coverage: vec![("Một cửa".to_owned(), Coverage { cell: cell(), has })],
        }
    }

    fn ready() -> RoundPlan {
        RoundPlan {
            contest: ContestStage::Announced,
            has_rules: true,
            has_help_line: true,
            window: Window { opens: NOW, closes: Timestamp(1_100) },
            rules: RoundRules::usual(),
            headcount_as_of: Some(NOW),
            divisions: vec![division(5)],
            prizes: Vec::new(),
            barred: 0,
        }
    }

    #[test]
    fn a_complete_round_lacks_nothing() {
        assert_eq!(lacks(&ready(), NOW), []);
    }

    #[test]
    fn a_missing_cell_is_named_in_words() {
        let plan = RoundPlan { divisions: vec![division(3)], ..ready() };
        let words: Vec<_> = lacks(&plan, NOW).iter().map(Lack::words).collect();
        assert_eq!(
            words,
            ["Bảng Cán bộ, công chức, viên chức, người lao động: chủ đề “Một cửa”, mức vận dụng cần 5 câu, ngân hàng có 3 câu (thiếu 2)."]
        );
    }

    #[test]
    fn an_empty_round_lacks_nearly_everything() {
        let plan = RoundPlan {
            contest: ContestStage::Draft,
            has_rules: false,
            has_help_line: false,
            window: Window { opens: Timestamp(1), closes: Timestamp(1) },
            headcount_as_of: None,
            divisions: Vec::new(),
            barred: 2,
            ..ready()
        };
        assert_eq!(
            lacks(&plan, NOW),
            [
                Lack::ContestNotAnnounced,
                Lack::NoRules,
                Lack::NoHelpLine,
                Lack::OpensInPast,
                Lack::ClosesTooEarly,
                Lack::NoDivision,
                Lack::Barred(2)
            ]
        );
    }

    #[test]
    fn a_division_is_looked_at_by_itself() {
        let mut plan = ready();
        plan.headcount_as_of = None;
        plan.rules.live_board = true;
        plan.divisions[0].rules.duration = Millis(101);
        plan.divisions[0].coverage.clear();
        plan.divisions[0].rules.blueprint.cells.clear();
        let servants = Audience::CivilServant;
        assert_eq!(
            lacks(&plan, NOW),
            [Lack::NoHeadcountDay, Lack::LiveBoardWithPrediction, Lack::EmptyBlueprint(servants), Lack::LongerThanWindow(servants)]
        );
        plan.rules.late_start = LateStart::FullTime;
        assert!(!lacks(&plan, NOW).contains(&Lack::LongerThanWindow(servants)));
    }

    #[test]
    fn the_chain_and_the_prediction_belong_together() {
        let mut plan = ready();
        plan.rules.ranking = vec![RankingKey::Correct];
        assert_eq!(lacks(&plan, NOW), [Lack::PredictionNotUsed(Audience::CivilServant)]);
        plan.rules.ranking.push(RankingKey::PredictionDistance);
        plan.divisions[0].rules.prediction = None;
        assert_eq!(lacks(&plan, NOW), [Lack::PredictionNotAsked(Audience::CivilServant)]);
    }

    #[test]
    fn a_prize_needs_somebody_who_can_win_it() {
        let prize = |scope| Prize { scope, name: "Nhất".to_owned(), quantity: 1, value: 0 };
        let mut plan = ready();
        plan.prizes = vec![prize(PrizeScope::Collective(Block::Communes)), prize(PrizeScope::Individual(Audience::Citizen))];
        let [Lack::PrizeWithoutDivision(scope)] = &lacks(&plan, NOW)[..] else { panic!("one lack") };
        assert_eq!(scope, "Giải cá nhân – Người dân");
    }

    #[test]
    fn every_lack_is_a_sentence() {
        let servants = Audience::CivilServant;
        for lack in [
            Lack::EmptyBlueprint(servants),
            Lack::PredictionNotUsed(servants),
            Lack::PrizeWithoutDivision("x".to_owned()),
            Lack::Barred(1),
            Lack::NoDivision,
        ] {
            assert!(lack.words().ends_with('.'), "{lack:?}");
        }
    }
}
