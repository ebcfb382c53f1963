//! A small frozen round with one question of each kind, and people who know, or do not know, the answers.

use crate::World;
use domain::{
    Millis, Timestamp,
    attempt::Place,
    bank::Difficulty,
    bank::{Choice, Content, Key, Kind},
    contest::{
        AfterHandIn, AttemptPolicy, BlankPrediction, Blueprint, Cell, Counts, DivisionRules, LateStart, Prediction, PredictionTarget,
        RankingKey, RoundRules, UnitRule,
    },
    id::{AttemptId, ContestId, DivisionId, RoundId, TopicId},
    identity::Audience,
};
use engine::{
    Caller,
    attempt::{Save, SheetView},
    random,
    store::Database,
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

/// A small round as it stands in the database.
#[derive(Debug, Clone, Copy)]
pub struct Small {
    /// The contest.
    pub contest: ContestId,
    /// The round.
    pub round: RoundId,
    /// The division of civil servants.
    pub division: DivisionId,
}

/// The address of the contest of the small round.
pub const SMALL: &str = "vong-nho";

macro_rules! put {
    ($world:expr, $sql:literal $(, $value:expr)* $(,)?) => {
        match &$world.engine.store {
            Database::Sqlite { write, .. } => { sqlx::query($sql)$(.bind($value))*.execute(write).await.expect("the row is put"); }
            Database::Postgres(pool) => { sqlx::query($sql)$(.bind($value))*.execute(pool).await.expect("the row is put"); }
        }
    };
}

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
            content(Kind::Matching, "Ghép cơ quan với chỉ số.", &["Bộ Nội vụ", "UNDP", "VCCI"], &["PAR INDEX", "PAPI", "PCI", "DDCI"]),
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
    /// A frozen round over the small pool, put straight into the database.
    ///
    /// # Panics
    /// When a row cannot be put.
    pub async fn small_round(&self, plan: &SmallRound) -> Small {
        let author = self.author().await.account;
        let now = self.now();
        let small = Small { contest: random::id(now), round: random::id(now), division: random::id(now) };
        let topic: TopicId = random::id(now);
        put!(self, "insert into topic (id, code, name, position) values ($1, $2, 'Chủ đề', 0)", topic.0, format!("mau-{topic}"));
        put!(
            self,
            "insert into contest (id, slug, title, host, stage, introduction, guide, help_line, contact, one_prize_each, id_number, extra_fields, created_at, revision)
             values ($1, $2, 'Vòng thi nhỏ', 'Trung tâm Phục vụ', 'announced', '', '', '0255 000 000', '', false, 'not_asked', '[]', $3, 1)",
            small.contest.0,
            SMALL,
            now.0,
        );
        put!(
            self,
            "insert into contest_rules (contest_id, version, text, decided_at) values ($1, 1, 'Thể lệ', $2)",
            small.contest.0,
            now.0
        );
        let opens = now + plan.opens_in;
        let rules = serde_json::to_string(&rules(plan)).expect("JSON");
        put!(
            self,
            "insert into round (id, contest_id, position, label, stage, opens_at, closes_at, rules, frozen_at, revision)
             values ($1, $2, 1, 'Tuần 1', 'scheduled', $3, $4, $5, $6, 1)",
            small.round.0,
            small.contest.0,
            opens.0,
            (opens + plan.lasts).0,
            rules,
            now.0,
        );
        let pool = small_pool();
        let count = u16::try_from(pool.len()).expect("few");
        let cell = Cell { topic, difficulty: Difficulty::Recognise, count, points: 10 };
        let division = DivisionRules {
            duration: plan.duration,
            blueprint: Blueprint { cells: vec![cell] },
            prediction: Some(prediction()),
            tag: String::new(),
        };
        let division = serde_json::to_string(&division).expect("JSON");
        put!(
            self,
            "insert into division (id, round_id, audience, rules) values ($1, $2, $3, $4)",
            small.division.0,
            small.round.0,
            Audience::CivilServant.code(),
            division,
        );
        for (position, (content, key)) in (0_i64..).zip(pool) {
            self.put_question(&small, topic, author, position, &content, &key).await;
        }
        small
    }

    async fn put_question(
        &self,
        small: &Small,
        topic: TopicId,
        author: domain::id::AccountId,
        position: i64,
        content: &Content,
        key: &Key,
    ) {
        let now = self.now();
        let (question, version): (uuid::Uuid, uuid::Uuid) = (random::id(now), random::id(now));
        put!(
            self,
            "insert into question (id, code, author_id, topic_id, difficulty, status, newest_id, folded, created_at, changed_at)
             values ($1, $2, $3, $4, 'recognise', 'approved', $5, '', $6, $6)",
            question,
            format!("mau-{question}"),
            author.0,
            topic.0,
            version,
            now.0,
        );
        put!(
            self,
            "insert into question_version (id, question_id, number, topic_id, difficulty, kind, content, key, explanation, legal_document, legal_article,
                                           tags, status, author_id, revision, served, created_at, changed_at)
             values ($1, $2, 1, $3, 'recognise', $8, $4, $5, 'Giải thích: chim-hoang-yen, Vàng Anh.', 'Nghị quyết số 76/NQ-CP', 'Điều 1', '', 'approved', $6, 1, true, $7, $7)",
            version,
            question,
            topic.0,
            serde_json::to_string(content).expect("JSON"),
            serde_json::to_string(key).expect("JSON"),
            author.0,
            now.0,
            content.kind.code(),
        );
        put!(
            self,
            "insert into division_pool (division_id, position, question_id, version_id, cell) values ($1, $2, $3, $4, 0)",
            small.division.0,
            position,
            question,
            version,
        );
    }

    /// A civil servant of Sở Nội vụ who has entered the contest of the small round.
    ///
    /// # Panics
    /// When a row cannot be put.
    pub async fn entrant(&self, full_name: &str, small: &Small) -> Caller {
        let person = self.contestant(full_name, "so-noi-vu").await;
        let entered = "insert into entry (contest_id, account_id, code, extra, rules_version, entered_at) values ($1, $2, $3, '{}', 1, $4) on conflict do nothing";
        match &self.engine.store {
            Database::Sqlite { write, .. } => {
                sqlx::query(entered)
                    .bind(small.contest.0)
                    .bind(person.account.0)
                    .bind(random::code(4))
                    .bind(self.now().0)
                    .execute(write)
                    .await
                    .expect("entered");
            }
            Database::Postgres(pool) => {
                sqlx::query(entered)
                    .bind(small.contest.0)
                    .bind(person.account.0)
                    .bind(random::code(4))
                    .bind(self.now().0)
                    .execute(pool)
                    .await
                    .expect("entered");
            }
        }
        person
    }

    /// Somebody who has entered and started.
    ///
    /// # Panics
    /// When the start is refused.
    pub async fn sits(&self, full_name: &str, small: &Small) -> (Caller, AttemptId) {
        let person = self.entrant(full_name, small).await;
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
        Save { hold, seq: Some(seq), fields }
    }

    /// When the small round closes.
    pub fn closing(&self, plan: &SmallRound) -> Timestamp {
        self.now() + plan.opens_in + plan.lasts
    }
}

/// The right answers to the first `known` places, as fields of the form.
fn solve(view: &SheetView, known: usize) -> Vec<(String, String)> {
    let pool = small_pool();
    let places = (1_usize..).zip(&view.paper.places).take(known);
    places.flat_map(|(number, place)| right_answer(number, place, &pool[usize::from(place.pool)].1)).collect()
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
