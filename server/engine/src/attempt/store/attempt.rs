//! Statements about attempts: read, taken over, moved, ended.

use crate::store::{Result, Work};
use domain::{
    Points, Timestamp,
    attempt::{EndedBy, Stage},
    id::{AccountId, AttemptId, DivisionId, RoundId},
};

/// Attempts with every column of an [`AttemptRow`].
macro_rules! attempt_rows {
    ($rest:literal) => {
        concat!(
            "select id, round_id, division_id, account_id, ordinal, stage, started_at, deadline, paper, hold, seq,
                    head, answers, saved_at, prediction, ended_at, ended_by, receipt, correct, score, key_version, void_why
             from attempt ",
            $rest
        )
    };
}

/// An attempt as the table has it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::attempt) struct AttemptRow {
    pub id: AttemptId,
    pub round_id: RoundId,
    pub division_id: DivisionId,
    pub account_id: AccountId,
    pub ordinal: i64,
    pub stage: Stage,
    pub started_at: Timestamp,
    pub deadline: Timestamp,
    pub paper: Vec<u8>,
    pub hold: i64,
    pub seq: i64,
    pub head: Vec<u8>,
    pub answers: Vec<u8>,
    pub saved_at: Timestamp,
    pub prediction: Option<i64>,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<EndedBy>,
    pub receipt: Option<String>,
    pub correct: Option<i64>,
    pub score: Option<Points>,
    pub key_version: Option<i64>,
    pub void_why: String,
}

/// How an attempt ends, as it is written.
pub(in crate::attempt) struct EndedRow {
    pub at: Timestamp,
    pub by: EndedBy,
    pub receipt: String,
    pub correct: i64,
    pub score: Points,
    pub key_version: i64,
}

impl Work {
    pub(in crate::attempt) async fn attempt(&mut self, id: AttemptId) -> Result<Option<AttemptRow>> {
        find!(self, attempt_rows!("where id = $1"), id)
    }

    pub(in crate::attempt) async fn attempts_of(&mut self, account: AccountId) -> Result<Vec<AttemptRow>> {
        list!(self, attempt_rows!("where account_id = $1 order by started_at desc limit 200"), account)
    }

    /// The attempts of a round after this one, for proofs that read them all in portions.
    pub(in crate::attempt) async fn attempts_after(&mut self, round: RoundId, after: AttemptId, limit: i64) -> Result<Vec<AttemptRow>> {
        list!(self, attempt_rows!("where round_id = $1 and id > $2 order by id limit $3"), round, after, limit)
    }

    /// Running sheets whose deadline lies before this moment, of one round or of all, the oldest first.
    pub(in crate::attempt) async fn overdue(
        &mut self,
        round: Option<RoundId>,
        before: Timestamp,
        limit: i64,
    ) -> Result<Vec<(AttemptId, RoundId)>> {
        list!(
            self,
            "select id, round_id
             from attempt
             where stage = 'running'
               and deadline < $2
               and ($1 is null or round_id = $1)
             order by deadline
             limit $3",
            round,
            before,
            limit,
        )
    }

    /// What the account sits right now.
    pub(in crate::attempt) async fn running_of(&mut self, account: AccountId) -> Result<Vec<(AttemptId, RoundId)>> {
        list!(self, "select id, round_id from attempt where account_id = $1 and stage = 'running'", account)
    }

    /// Gives the running sheet to another tab or device.
    pub(in crate::attempt) async fn take_hold(
        &mut self,
        id: AttemptId,
        account: AccountId,
    ) -> Result<Option<(i64, i64, Timestamp, Vec<u8>)>> {
        find!(
            self,
            "update attempt
             set hold = hold + 1
             where id = $1 and account_id = $2 and stage = 'running'
             returning hold, seq, deadline, answers",
            id,
            account,
        )
    }

    /// Moves the deadlines of the running sheets of a division after its window or duration changed.
    pub(in crate::attempt) async fn move_deadlines(&mut self, division: DivisionId, duration: i64, closes_at: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update attempt
             set deadline = case when started_at + $2 + allowance < $3 then started_at + $2 + allowance else $3 end
             where division_id = $1 and stage = 'running'",
            division,
            duration,
            closes_at,
        )
    }

    /// Ends a running sheet whose head is still this one; 0 rows: it moved or has ended.
    pub(in crate::attempt) async fn end_attempt(&mut self, id: AttemptId, head: &[u8], ended: &EndedRow) -> Result<u64> {
        exec!(
            self,
            "update attempt
             set stage = 'marked', ended_at = $3, ended_by = $4, receipt = $5, correct = $6, score = $7, key_version = $8
             where id = $1 and head = $2 and stage = 'running'",
            id,
            head,
            ended.at,
            ended.by,
            &ended.receipt[..],
            ended.correct,
            ended.score,
            ended.key_version,
        )
    }
}
