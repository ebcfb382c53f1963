//! A small frozen round with one question of each kind, and people who know, or do not know, the answers.

use crate::{World, contest_form};
use domain::{
    Millis, Timestamp,
    attempt::Place,
    bank::Difficulty,
    bank::{Choice, Content, Kind},
    contest::{
        AfterHandIn, AttemptPolicy, BlankPrediction, Blueprint, Cell, ContestForm, Counts, DivisionForm, DivisionRules, LateStart,
        Prediction, PredictionTarget, RankingKey, RoundForm, RoundRules, RoundSettings, UnitRule, Window,
    },
    id::{AttemptId, ContestId, RoundId, TopicId},
    identity::Audience,
};
use engine::{
    Caller,
    attempt::{Save, SheetView},
    bank::{Key, Writing},
    contest::EntryForm,
    markdown,
    results::Decision,
};

/// Words that stand only in keys and explanations: where they are read, a key has left.
pub const CANARIES: [&str; 3] = ["chim-hoang-yen", "Vàng Anh", "987654321"];

/// How a small round differs from the usual one.
#[derive(Debug, Clone)]
pub struct SmallRound {
    /// How often one may sit.
    pub policy: AttemptPolicy,
    /// Starting near the close.
    pub late_start: LateStart,
    /// What one learns after handing in.
    pub after_hand_in: AfterHandIn,
    /// It opens so long from now.
    pub opens_in: Millis,
    /// It is open for so long.
    pub lasts: Millis,
    /// Time to work on the paper.
    pub duration: Millis,
}

impl Default for SmallRound {
    fn default() -> Self {
        Self {
            policy: AttemptPolicy::Once,
            late_start: LateStart::EndsAtClose,
            after_hand_in: AfterHandIn::Receipt,
            opens_in: Millis(0),
            lasts: Millis::hours(2),
            duration: Millis::minutes(20),
        }
    }
}

/// A small round.
#[derive(Debug, Clone, Copy)]
pub struct Small {
    /// The contest.
    pub contest: ContestId,
    /// The round.
    pub round: RoundId,
}

/// The address of the contest of the small round.
pub const SMALL: &str = "vong-nho";
/// What its questions are tagged with, so that it draws no others.
const TAG: &str = "vòng nhỏ";

fn choices(texts: &[&str]) -> Vec<Choice> {
    texts.iter().map(|text| Choice { text: (*text).to_owned(), pinned: text.starts_with("Tất cả") }).collect()
}

fn content(kind: Kind, text: &str, options: &[&str], matches: &[&str]) -> Content {
    Content {
        kind,
        text: text.to_owned(),
        choices: choices(options),
        matches: matches.iter().map(|term| (*term).to_owned()).collect(),
        unit: String::new(),
    }
}

/// The pool: its contents and keys.
pub fn small_pool() -> Vec<(Content, Key)> {
    let four = ["Tiếp nhận", "Giải quyết", "Trả kết quả", "Tất cả các phương án trên"];
    vec![
        (content(Kind::Single, "Nghị quyết 76/NQ-CP ban hành **năm** nào?", &["2021", "2020", "2019", "2022"], &[]), Key::One(0)),
        (content(Kind::Single, "Bộ phận một cửa làm gì?", &four, &[]), Key::One(3)),
        (
            content(
                Kind::Several,
                "Những nội dung nào thuộc cải cách hành chính?",
                &["Thể chế", "Thủ tục hành chính", "Thể thao", "Du lịch"],
                &[],
            ),
            Key::Set(vec![0, 1]),
        ),
        (content(Kind::TrueFalse, "Dịch vụ công trực tuyến có hai mức.", &[], &[]), Key::Truth(true)),
        (content(Kind::Ordering, "Sắp xếp các bước.", &["Nộp hồ sơ", "Tiếp nhận", "Giải quyết", "Nhận kết quả"], &[]), Key::AsWritten),
        (
            content(Kind::Matching, "Ghép cơ quan với chỉ số.", &["Bộ Nội vụ", "UNDP", "VCCI"], &["PAR INDEX", "PAPI", "PCI"]),
            Key::AsWritten,
        ),
        (content(Kind::Number, "Một số rất lớn là bao nhiêu?", &[], &[]), Key::Number { scaled: 987_654_321, decimals: 0, tolerance: 0 }),
    ]
}

fn prediction() -> Prediction {
    Prediction {
        question: "Có bao nhiêu người dự thi?".to_owned(),
        target: PredictionTarget::People,
        decimals: 0,
        blank: BlankPrediction::RanksLast,
    }
}

fn rules(plan: &SmallRound) -> RoundRules {
    RoundRules {
        policy: plan.policy,
        counts: Counts::Best,
        late_start: plan.late_start,
        after_hand_in: plan.after_hand_in,
        ranking: vec![RankingKey::Correct, RankingKey::PredictionDistance, RankingKey::HandedInAt],
        unit_rule: UnitRule::ParticipationThenMean,
        unit_minimum: 1,
        shuffle_questions: true,
        shuffle_options: true,
        live_board: false,
        public_places: 10,
        lowest_units_public: false,
    }
}

impl World {
    /// A frozen round over the small pool, by the deeds of the author, the reviewer and the organiser; it may be made at
    /// a whole minute, as organisers type times.
    ///
    /// # Panics
    /// When a deed is refused.
    pub async fn small_round(&self, plan: &SmallRound) -> Small {
        let topic = self.small_bank().await;
        // The headcounts that freeze come from the units that every story knows.
        self.unit("so-noi-vu").await;
        let organiser = self.organiser().await;
        let form = ContestForm {
            title: "Vòng thi nhỏ".to_owned(),
            host: "Trung tâm Phục vụ".to_owned(),
            help_line: "0255 000 0000".to_owned(),
            ..contest_form(SMALL)
        };
        let contest = self.engine.create_contest(&organiser, &form).await.expect("the contest is made");
        self.engine.decide_rules(&organiser, contest, "Thể lệ", "").await.expect("the thể lệ is decided");
        self.engine.announce_contest(&organiser, contest).await.expect("the contest is announced");
        let opens = self.now() + plan.opens_in;
        let settings = RoundSettings {
            label: "Tuần 1".to_owned(),
            window: Window { opens, closes: opens + plan.lasts },
            results_expected: None,
            headcount_as_of: Some(self.now()),
            rules: rules(plan),
        };
        let round = self.engine.add_round(&organiser, contest, &RoundForm::of(&settings)).await.expect("the round is added");
        let count = u16::try_from(small_pool().len()).expect("few");
        let division = DivisionRules {
            duration: plan.duration,
            blueprint: Blueprint { cells: vec![Cell { topic, difficulty: Difficulty::Recognise, count, points: 10 }] },
            prediction: Some(prediction()),
            tag: TAG.to_owned(),
        };
        let division = DivisionForm::of(&division);
        self.engine.edit_division(&organiser, round, Audience::CivilServant, &division).await.expect("the division is set up");
        self.engine.schedule_round(&organiser, round).await.expect("the round is frozen");
        Small { contest, round }
    }

    /// The questions of the small pool, written and approved; their topic.
    async fn small_bank(&self) -> TopicId {
        let (author, reviewer) = (self.author().await, self.reviewer().await);
        let topic = self.engine.topics().await.expect("the topics").first().expect("a head of the plan").id;
        for (content, key) in small_pool() {
            let mut writing = Writing::blank(topic);
            (writing.content, writing.key) = (content, Some(key));
            "Giải thích: chim-hoang-yen, Vàng Anh.".clone_into(&mut writing.explanation);
            "Nghị quyết số 76/NQ-CP".clone_into(&mut writing.legal.document);
            "Điều 1".clone_into(&mut writing.legal.article);
            writing.tags = vec![TAG.to_owned()];
            let question = self.engine.draft_question(&author, &writing).await.expect("the question is written");
            self.engine.submit(&author, question, 1).await.expect("the question is submitted");
            self.engine.approve(&reviewer, question, 2).await.expect("the question is approved");
        }
        topic
    }

    /// The results of the small round, which has closed, become public: it has no prizes.
    ///
    /// # Panics
    /// When a deed is refused.
    pub async fn publish_small(&self, small: &Small) {
        let (one, other) = (self.organiser().await, self.second_organiser().await);
        self.engine.begin_review(&one, small.round).await.expect("review");
        self.engine.rank_round(&one, small.round).await.expect("ranking");
        self.engine.submit_results(&one, small.round).await.expect("submission");
        self.engine.approve_results(&other, small.round).await.expect("approval");
        let decision = Decision { number: "12/QĐ-BTC", date: "23/11/2026", file: None };
        self.engine.publish_results(&one, small.round, decision).await.expect("publication");
    }

    /// A civil servant of Sở Nội vụ who has entered the contest of the small round.
    ///
    /// # Panics
    /// When the entry is refused.
    pub async fn entrant(&self, full_name: &str) -> Caller {
        let person = self.contestant(full_name, "so-noi-vu").await;
        self.engine.enter_contest(&person, SMALL, &EntryForm::default()).await.expect("the entry");
        person
    }

    /// Somebody who has entered and started.
    ///
    /// # Panics
    /// When the start is refused.
    pub async fn sits(&self, full_name: &str, small: &Small) -> (Caller, AttemptId) {
        let person = self.entrant(full_name).await;
        let attempt = self.engine.start(&person, small.round).await.expect("the attempt starts");
        (person, attempt)
    }

    /// The fields that answer the first `known` questions of the person's paper rightly and leave the others.
    ///
    /// # Panics
    /// When the sheet is none of the person's.
    pub async fn right_fields(&self, person: &Caller, attempt: AttemptId, known: usize) -> Vec<(String, String)> {
        let view = self.engine.sheet(person, attempt).await.expect("the sheet");
        solve(&view, known)
    }

    /// A save of these fields.
    pub fn save_of(hold: i64, seq: u32, fields: &[(&str, &str)]) -> Save {
        let fields = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Save { hold, seq: Some(seq), seen: None, fields: std::sync::Arc::new(fields) }
    }

    /// When the small round closes.
    pub fn closing(&self, plan: &SmallRound) -> Timestamp {
        self.now() + plan.opens_in + plan.lasts
    }
}

/// The right answers to the first `known` places, as fields of the form; questions are known by their words.
fn solve(view: &SheetView, known: usize) -> Vec<(String, String)> {
    let pool: Vec<(String, Key)> =
        small_pool().into_iter().map(|(content, key)| (markdown::render(&content.text).as_str().to_owned(), key)).collect();
    let key_of = |place: &Place| {
        let stem = view.division().pool[usize::from(place.pool)].stem.as_str();
        &pool.iter().find(|(words, _)| words == stem).expect("a question of the small pool").1
    };
    let places = (1_usize..).zip(&view.paper.places).take(known);
    places.flat_map(|(number, place)| right_answer(number, place, key_of(place))).collect()
}

fn right_answer(number: usize, place: &Place, key: &Key) -> Vec<(String, String)> {
    let shown = |order: &[u8], author: u8| (order.iter().position(|one| *one == author).expect("displayed") + 1).to_string();
    let single = |value: String| vec![(format!("q{number}"), value)];
    let each = |values: Vec<String>| (1..).zip(values).map(|(item, value): (usize, String)| (format!("q{number}_{item}"), value)).collect();
    match key {
        Key::One(right) => single(shown(&place.options, *right)),
        Key::Set(right) => right.iter().map(|one| (format!("q{number}"), shown(&place.options, *one))).collect(),
        Key::Truth(truth) => single(if *truth { "1" } else { "2" }.to_owned()),
        Key::AsWritten if place.matches.is_empty() => each(place.options.iter().map(|item| (item + 1).to_string()).collect()),
        Key::AsWritten => each(place.options.iter().map(|term| shown(&place.matches, *term)).collect()),
        Key::Number { scaled, .. } => single(scaled.to_string()),
        Key::Texts(accepted) => single(accepted[0].clone()),
    }
}
