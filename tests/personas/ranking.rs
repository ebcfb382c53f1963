//! What people do in simulated rounds: they sit, are judged, and see the results published.

use super::simulation::{SimulatedRound, put};
use crate::World;
use domain::{
    Millis, Points,
    attempt::{Paper, Sheet},
};
use engine::{
    Caller,
    attempt::SimulatedSheet,
    random,
    ranking::{SimulatedPerson, SimulatedSitting},
    store::Database,
};

impl World {
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
