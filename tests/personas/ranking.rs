//! Rounds whose entries are simulated, for stories about what happens after the closing.

use crate::World;
use domain::{
    Millis, Points, Timestamp,
    attempt::{Paper, Sheet},
    bank::Difficulty,
    contest::{
        AfterHandIn, AttemptPolicy, BlankPrediction, Blueprint, Cell, Counts, DivisionRules, IdNumberRule, LateStart, Prediction,
        PredictionTarget, RankingKey, RoundRules, UnitRule,
    },
    id::{ContestId, DivisionId, PrizeId, RoundId, TopicId},
    identity::{Audience, Block},
};
use engine::{
    Caller,
    attempt::SimulatedSheet,
    notify::Change,
    random,
    ranking::{SimulatedPerson, SimulatedSitting},
    store::Database,
};

/// Runs one statement of a story on whichever database it is told.
macro_rules! put {
    ($world:expr, $sql:literal $(, $arg:expr)* $(,)?) => {
        match &$world.engine.store {
            Database::Sqlite { write, .. } => sqlx::query($sql)$(.bind($arg))*.execute(write).await.map(|_| ()),
            Database::Postgres(pool) => sqlx::query($sql)$(.bind($arg))*.execute(pool).await.map(|_| ()),
        }.expect("the row is stored")
    };
}

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

    /// Somebody sat a paper: `minutes` to the hand-in, so many right answers, and a guess.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn sat(&self, round: &SimulatedRound, who: &Caller, minutes: i64, correct: i64, guess: Option<i64>) {
        self.sat_flagged(round, who, (minutes, correct, guess), "").await;
    }

    /// The same with a flag for the reviewer.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn sat_flagged(&self, round: &SimulatedRound, who: &Caller, sitting: (i64, i64, Option<i64>), flag: &'static str) {
        let (minutes, correct, prediction) = sitting;
        let sitting = SimulatedSitting {
            started_at: round.opens_at,
            ended_at: round.opens_at + Millis::minutes(minutes),
            correct,
            score: Points(correct),
            prediction,
            flag,
            // Of no question: only the mark matters here.
            sheet: Some(SimulatedSheet {
                paper: Paper { seed: [0; 32], places: Vec::new() }.to_bytes(),
                answers: Sheet::default().to_bytes(),
            }),
        };
        let person = SimulatedPerson { account: who.account, sittings: vec![sitting] };
        self.engine.simulate_sittings(round.id, &[person]).await.expect("the sitting is stored");
    }

    /// Somebody's sheet is still running: its time is just up, its grace is not.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn still_sits(&self, round: &SimulatedRound, who: &Caller) {
        put!(
            self,
            "update attempt
             set stage = 'running', deadline = $3
             where round_id = $1 and account_id = $2",
            round.id,
            who.account,
            self.now(),
        );
    }

    /// Somebody's running sheet was handed in and marked.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn sits_no_more(&self, round: &SimulatedRound) {
        put!(self, "update attempt set stage = 'marked' where round_id = $1 and stage = 'running'", round.id);
    }

    /// Two people gave the same identity number.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn share_a_number(&self, one: &Caller, other: &Caller) {
        put!(
            self,
            "insert into request (id, kind, account_id, other_account_id, created_at, state) values ($1, 'duplicate_id', $2, $3, $4, 'open')",
            random::id::<domain::id::RequestId>(self.now()),
            one.account,
            other.account,
            self.now(),
        );
    }

    /// Somebody agrees that the name is published in case of a prize.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn may_be_named(&self, who: &Caller) {
        put!(
            self,
            "insert into consent (id, account_id, purpose, version, text, given_at) values ($1, $2, 'publish', '1', 'Đồng ý', $3)",
            random::id::<domain::id::NoteId>(self.now()),
            who.account,
            self.now(),
        );
    }

    /// The round's contest is no longer marked as simulated.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn make_real(&self, round: &SimulatedRound) {
        put!(self, "update contest set simulated = false where id = (select contest_id from round where id = $1)", round.id);
    }

    /// How many audit notes there are of this deed.
    ///
    /// # Panics
    /// When they cannot be counted.
    pub async fn notes_of(&self, deed: domain::identity::Deed) -> i64 {
        let count: (i64,) = match &self.engine.store {
            Database::Sqlite { read, .. } => {
                sqlx::query_as("select cast(count(*) as bigint) from audit_note where deed = $1").bind(deed).fetch_one(read).await
            }
            Database::Postgres(pool) => {
                sqlx::query_as("select cast(count(*) as bigint) from audit_note where deed = $1").bind(deed).fetch_one(pool).await
            }
        }
        .expect("the notes are counted");
        count.0
    }

    /// The whole way from a closed round to published results, by two organisers.
    ///
    /// # Panics
    /// When a step is refused.
    pub async fn publish(&self, round: &SimulatedRound) {
        self.rank(round).await;
        self.announce(round).await;
    }

    /// From a closed round to its ranking.
    ///
    /// # Panics
    /// When a step is refused.
    pub async fn rank(&self, round: &SimulatedRound) {
        let organiser = self.organiser().await;
        self.wind(Millis::hours(2));
        self.engine.begin_review(&organiser, round.id).await.expect("review");
        self.engine.rank_round(&organiser, round.id).await.expect("ranking");
    }

    /// From a ranked round to published results, by two organisers.
    ///
    /// # Panics
    /// When a step is refused.
    pub async fn announce(&self, round: &SimulatedRound) {
        let (one, other) = (self.organiser().await, self.second_organiser().await);
        self.verify_all(round).await;
        self.engine.submit_results(&one, round.id).await.expect("submission");
        self.engine.approve_results(&other, round.id).await.expect("approval");
        let decision = engine::results::Decision { number: "12/QĐ-BTC", date: "23/11/2026", file: None };
        self.engine.publish_results(&one, round.id, decision).await.expect("publication");
    }

    /// Every proposed winner is ticked.
    ///
    /// # Panics
    /// When one cannot be verified.
    pub async fn verify_all(&self, round: &SimulatedRound) {
        let organiser = self.organiser().await;
        for award in self.engine.verification(&organiser, round.id).await.expect("winners").awards {
            if award.state == domain::ranking::AwardState::Proposed {
                self.engine.verify_winner(&organiser, award.id).await.expect("verified");
            }
        }
    }
}
