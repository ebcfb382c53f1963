//! What stands in the database after a fault, read past the product: attempts, saves, keys, boards.

use crate::{
    Failure,
    due::{Ruled, given_in},
    history::Call,
};
use domain::{
    Timestamp,
    attempt::{EndedBy, Stage},
    bank::Key,
    id::{AccountId, AttemptId, DivisionId, RoundId},
};
use engine::{attempt::Finding, store::Database};
use load::{marking::keys_of, rows};
use std::collections::HashMap;

/// An attempt as the table has it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredAttempt {
    /// Which.
    pub id: AttemptId,
    /// In which round.
    pub round_id: RoundId,
    /// In which division.
    pub division_id: DivisionId,
    /// Whose.
    pub account_id: AccountId,
    /// 1, 2, 3 …
    pub ordinal: i64,
    /// Where it stands.
    pub stage: Stage,
    /// When it began.
    pub started_at: Timestamp,
    /// When the time is up.
    pub deadline: Timestamp,
    /// The draw.
    pub paper: Vec<u8>,
    /// The newest counted sheet.
    pub answers: Vec<u8>,
    /// The head of the chain.
    pub head: Vec<u8>,
    /// The guess.
    pub prediction: Option<i64>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Who ended it.
    pub ended_by: Option<EndedBy>,
    /// The code of its receipt.
    pub receipt: Option<String>,
    /// Right answers.
    pub correct: Option<i64>,
}

/// A save as the table has it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredSave {
    /// Of which attempt.
    pub attempt_id: AttemptId,
    /// By which tab or device.
    pub hold: i64,
    /// Its number.
    pub seq: i64,
    /// When it was received.
    pub received_at: Timestamp,
    /// Whether it came too late to count.
    pub late: bool,
    /// The sheet.
    pub answers: Vec<u8>,
    /// The hash.
    pub hash: Vec<u8>,
}

/// A line of a board.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredLine {
    /// Whose.
    pub account_id: AccountId,
    /// The attempt that counts.
    pub attempt_id: Option<AttemptId>,
    /// Line in the table.
    pub line: i64,
    /// Place.
    pub place: i64,
    /// Right answers.
    pub correct: i64,
    /// How far the guess lies from the truth.
    pub distance: Option<i64>,
    /// When it was handed in.
    pub handed_in_at: Timestamp,
}

/// Everything that the invariants are asked of.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The history.
    pub calls: Vec<Call>,
    /// The attempts.
    pub attempts: Vec<StoredAttempt>,
    /// The saves, by attempt, tab and number.
    pub saves: Vec<StoredSave>,
    /// The keys, in the order of the pool.
    pub keys: HashMap<DivisionId, Vec<Key>>,
    /// The rules.
    pub rules: HashMap<RoundId, Ruled>,
    /// When organisers pressed: each time from sending to the answer.
    pub pressed: Vec<(Timestamp, Timestamp)>,
    /// The names of people.
    pub names: HashMap<AccountId, String>,
    /// Words that stand only in keys and explanations.
    pub canaries: Vec<String>,
    /// The boards of the same round as they were ranked each time; none: not ranked yet.
    pub boards: Vec<Vec<StoredLine>>,
    /// What the product's own proof found.
    pub found: Vec<(AttemptId, Finding)>,
    /// Whether the clock has ended everything by now.
    pub over: bool,
}

impl Evidence {
    /// The stored attempt.
    pub fn attempt(&self, id: AttemptId) -> Option<&StoredAttempt> {
        self.attempts.iter().find(|attempt| attempt.id == id)
    }

    /// The saves of an attempt in the order of its chain.
    pub fn saves_of(&self, id: AttemptId) -> impl DoubleEndedIterator<Item = &StoredSave> {
        let from = self.saves.partition_point(|save| save.attempt_id < id);
        let until = self.saves.partition_point(|save| save.attempt_id <= id);
        self.saves[from..until].iter()
    }

    /// The rules of an attempt's round.
    pub fn ruled(&self, attempt: &StoredAttempt) -> Option<&Ruled> {
        self.rules.get(&attempt.round_id)
    }

    /// When the time of an attempt was up, as it stood at this moment or at its ending.
    pub fn due(&self, attempt: &StoredAttempt, at: Timestamp) -> Option<Timestamp> {
        let at = attempt.ended_at.map_or(at, |ended| ended.min(at));
        Some(self.ruled(attempt)?.due((attempt.account_id, attempt.started_at), at))
    }

    /// Reads attempts, saves and keys of these rounds, and what organisers gave in them.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(&mut self, store: &Database, rounds: &[RoundId]) -> Result<(), Failure> {
        (self.attempts, self.saves) = (Vec::new(), Vec::new());
        for round in rounds {
            let attempts: Vec<StoredAttempt> = rows!(
                store,
                "select id, round_id, division_id, account_id, ordinal, stage, started_at, deadline, paper, answers, head,
                        prediction, ended_at, ended_by, receipt, correct
                 from attempt
                 where round_id = $1",
                *round,
            );
            let saves: Vec<StoredSave> = rows!(
                store,
                "select s.attempt_id, s.hold, s.seq, s.received_at, s.late, s.answers, s.hash
                 from saved_sheet s
                 join attempt a on a.id = s.attempt_id
                 where a.round_id = $1",
                *round,
            );
            if let Some(ruled) = self.rules.get_mut(round) {
                ruled.given = given_in(store, *round).await?;
            }
            self.attempts.extend(attempts);
            self.saves.extend(saves);
            self.keys.extend(keys_of(store, *round).await?);
        }
        self.attempts.sort_by_key(|attempt| attempt.id);
        self.saves.sort_by_key(|save| (save.attempt_id, save.hold, save.seq));
        Ok(())
    }
}
