//! Rounds whose entries are simulated, for stories about what happens after the closing: their rules and prizes.

use crate::World;
use domain::{
    Millis, Timestamp,
    bank::Difficulty,
    contest::{
        AfterHandIn, AttemptPolicy, BlankPrediction, Blueprint, Cell, Counts, DivisionRules, IdNumberRule, LateStart, Prediction,
        PredictionTarget, RankingKey, RoundRules, UnitRule,
    },
    id::{ContestId, DivisionId, PrizeId, RoundId, TopicId},
    identity::{Audience, Block},
};
use engine::{notify::Change, random, store::Database};

/// Runs one statement of a story on whichever database it is told.
macro_rules! put {
    ($world:expr, $sql:literal $(, $arg:expr)* $(,)?) => {
        match &$world.engine.store {
            Database::Sqlite { write, .. } => sqlx::query($sql)$(.bind($arg))*.execute(write).await.map(|_| ()),
            Database::Postgres(pool) => sqlx::query($sql)$(.bind($arg))*.execute(pool).await.map(|_| ()),
        }.expect("the row is stored")
    };
}
pub(super) use put;

/// For whom a prize is.
#[derive(Debug, Clone, Copy)]
pub enum PrizeFor {
    /// Individual.
    People(Audience),
    /// Collective.
    Units(Block),
}

/// What a simulated round is like.
#[derive(Debug, Clone)]
pub struct SimulatedPlan {
    /// The contest's address; made when it is new.
    pub slug: &'static str,
    /// Which round.
    pub position: i64,
    /// Its rules.
    pub rules: RoundRules,
    /// The prediction question of every division.
    pub prediction: Option<Prediction>,
    /// Questions of a paper.
    pub questions: u16,
    /// Prizes from the highest: for whom, name, how many.
    pub prizes: Vec<(PrizeFor, &'static str, i64)>,
    /// Prizes of the whole contest, which are made with this round: for whom, name, how many.
    pub contest_prizes: Vec<(PrizeFor, &'static str, i64)>,
    /// Mỗi người tối đa một giải trong cuộc thi.
    pub one_prize_each: bool,
    /// When a new contest asks for the identity number.
    pub id_number: IdNumberRule,
}

impl Default for SimulatedPlan {
    fn default() -> Self {
        Self {
            slug: "cai-cach-hanh-chinh-2026",
            position: 1,
            rules: RoundRules {
                policy: AttemptPolicy::PerRound(3),
                counts: Counts::Best,
                late_start: LateStart::EndsAtClose,
                after_hand_in: AfterHandIn::Receipt,
                ranking: vec![RankingKey::Correct, RankingKey::PredictionDistance, RankingKey::Duration],
                unit_rule: UnitRule::ParticipationThenMean,
                unit_minimum: 1,
                shuffle_questions: true,
                shuffle_options: true,
                live_board: false,
                public_places: 0,
                lowest_units_public: false,
            },
            prediction: Some(Prediction {
                question: "Có bao nhiêu người dự thi?".to_owned(),
                target: PredictionTarget::People,
                decimals: 0,
                blank: BlankPrediction::RanksLast,
            }),
            questions: 10,
            prizes: vec![(PrizeFor::People(Audience::CivilServant), "Nhất", 1), (PrizeFor::People(Audience::CivilServant), "Nhì", 2)],
            contest_prizes: Vec::new(),
            one_prize_each: true,
            id_number: IdNumberRule::NotAsked,
        }
    }
}

/// A simulated round.
#[derive(Debug, Clone)]
pub struct SimulatedRound {
    /// The round.
    pub id: RoundId,
    /// When it opened.
    pub opens_at: Timestamp,
    /// Its prizes in the order of the plan.
    pub prizes: Vec<PrizeId>,
}

impl World {
    /// A frozen round of a simulated contest that opens now and closes in an hour.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn simulated_round(&self, plan: &SimulatedPlan) -> SimulatedRound {
        self.unit("so-noi-vu").await;
        let (now, round): (_, RoundId) = (self.now(), random::id(self.now()));
        put!(
            self,
            "insert into contest (id, slug, title, host, stage, introduction, guide, help_line, contact, press_contact,
                                  one_prize_each, id_number, extra_fields, simulated, created_at, revision)
             values ($1, $2, 'Tìm hiểu cải cách hành chính năm 2026', 'Trung tâm Phục vụ – Kiểm soát TTHC tỉnh', 'announced',
                     '', '', '0255 3 822 000', '', 'Phòng Kiểm soát TTHC, 0255 3 822 001', $3, $5, '[]', true, $4, 1)
             on conflict (slug) do nothing",
            random::id::<ContestId>(now),
            plan.slug,
            plan.one_prize_each,
            now,
            plan.id_number,
        );
        put!(
            self,
            "insert into round (id, contest_id, position, label, stage, opens_at, closes_at, rules, headcount_as_of, frozen_at, revision)
             select $1, id, $2, $3, 'scheduled', $4, $5, $6, $4, $4, 1
             from contest
             where slug = $7",
            round,
            plan.position,
            format!("Tuần {}", plan.position),
            now,
            now + Millis::hours(1),
            serde_json::to_string(&plan.rules).expect("rules"),
            plan.slug,
        );
        for audience in Audience::ALL {
            let cell = Cell { topic: TopicId(round.0), difficulty: Difficulty::ALL[0], count: plan.questions, points: 1 };
            let blueprint = Blueprint { cells: vec![cell] };
            let rules = DivisionRules { duration: Millis::minutes(20), blueprint, tag: String::new(), prediction: plan.prediction.clone() };
            put!(
                self,
                "insert into division (id, round_id, audience, rules) values ($1, $2, $3, $4)",
                random::id::<DivisionId>(now),
                round,
                *audience,
                serde_json::to_string(&rules).expect("rules"),
            );
        }
        put!(
            self,
            "insert into frozen_headcount (round_id, unit_id, block, headcount)
             select $1, id, block, headcount
             from unit
             where block <> ''",
            round,
        );
        let prizes = self.add_prizes(plan.slug, Some(round), &plan.prizes).await;
        self.add_prizes(plan.slug, None, &plan.contest_prizes).await;
        // Its row came past the engine, which has to hear of it.
        self.engine.notify.tell(Change::Round(round));
        SimulatedRound { id: round, opens_at: now, prizes }
    }

    /// Prizes of the round, or without one of the whole contest.
    async fn add_prizes(&self, slug: &str, round: Option<RoundId>, prizes: &[(PrizeFor, &str, i64)]) -> Vec<PrizeId> {
        let mut added = Vec::new();
        for (line, (whom, name, quantity)) in (1_i64..).zip(prizes) {
            let (prize, audience, block): (PrizeId, _, _) = match whom {
                PrizeFor::People(audience) => (random::id(self.now()), Some(*audience), None),
                PrizeFor::Units(block) => (random::id(self.now()), None, Some(*block)),
            };
            put!(
                self,
                "insert into prize (id, contest_id, round_id, audience, block, name, quantity, value, position)
                 select $1, id, $2, $3, $4, $5, $6, 1000000, $7
                 from contest
                 where slug = $8",
                prize,
                round,
                audience,
                block,
                *name,
                *quantity,
                line,
                slug,
            );
            added.push(prize);
        }
        added
    }
}
