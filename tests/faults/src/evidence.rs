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
    id::{AccountId, AttemptId, DivisionId, PrizeId, RoundId, UnitId},
    ranking::{AwardState, Span},
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

/// A line of a board of people.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredLine {
    /// Of the round or of the whole contest.
    pub span: Span,
    /// Whose.
    pub account_id: AccountId,
    /// The attempt that counts; none on the contest's board.
    pub attempt_id: Option<AttemptId>,
    /// Line in the table.
    pub line: i64,
    /// Place.
    pub place: i64,
    /// Right answers.
    pub correct: i64,
    /// Points.
    pub score: i64,
    /// How far the guess lies from the truth.
    pub distance: Option<i64>,
    /// How long it took.
    pub duration_ms: i64,
    /// When it was handed in.
    pub handed_in_at: Timestamp,
}

/// A line of a board of units.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredUnit {
    /// Of the round or of the whole contest.
    pub span: Span,
    /// Which unit.
    pub unit_id: UnitId,
    /// Place; none: too small to be placed.
    pub place: Option<i64>,
    /// People who took part.
    pub people: i64,
    /// Their attempts.
    pub attempts: i64,
    /// How many took part of a million.
    pub rate_ppm: Option<i64>,
    /// The mean score, thousandths of a point.
    pub mean_milli: i64,
}

/// A prize that was given.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredAward {
    /// The round for which it was offered; none: it is one of the whole contest.
    pub offered_in: Option<RoundId>,
    /// Which prize.
    pub prize_id: PrizeId,
    /// The person …
    pub account_id: Option<AccountId>,
    /// … or the unit that receives it.
    pub unit_id: Option<UnitId>,
    /// For which place.
    pub place: i64,
    /// How far its verification is.
    pub state: AwardState,
}

impl StoredAward {
    /// Over what it is given.
    pub const fn span(&self) -> Span {
        if self.offered_in.is_some() { Span::Round } else { Span::Contest }
    }
}

/// Everything that one ranking of a round wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boards {
    /// Which round.
    pub round: RoundId,
    /// People, of the round and of the contest.
    pub people: Vec<StoredLine>,
    /// Units, of both.
    pub units: Vec<StoredUnit>,
    /// Prizes, of both.
    pub awards: Vec<StoredAward>,
}

impl Boards {
    /// The people of one board, in their order.
    pub fn people_of(&self, span: Span) -> Vec<&StoredLine> {
        self.people.iter().filter(|line| line.span == span).collect()
    }

    /// Reads what holds of this round.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn read(store: &Database, round: RoundId) -> Result<Self, Failure> {
        Ok(Self {
            round,
            people: rows!(
                store,
                "select s.span, s.account_id, s.attempt_id, s.line, s.place, s.correct, s.score, s.distance, s.duration_ms, s.handed_in_at
                 from standing s
                 join outcome o on o.round_id = s.round_id and o.run = s.run
                 where s.round_id = $1
                 order by s.span, s.line",
                round,
            ),
            units: rows!(
                store,
                "select s.span, s.unit_id, s.place, s.people, s.attempts, s.rate_ppm, s.mean_milli
                 from unit_standing s
                 join outcome o on o.round_id = s.round_id and o.run = s.run
                 where s.round_id = $1
                 order by s.span, s.place, s.unit_id",
                round,
            ),
            awards: rows!(
                store,
                "select p.round_id as offered_in, a.prize_id, a.account_id, a.unit_id, a.place, a.state
                 from award a
                 join prize p on p.id = a.prize_id
                 where a.round_id = $1
                 order by a.prize_id, a.place, a.account_id, a.unit_id",
                round,
            ),
        })
    }
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
    /// The boards of each round, as they were ranked here and in another place; none: not ranked yet.
    pub boards: Vec<[Boards; 2]>,
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
