//! Statements about saved sheets and the head of their chain.

use crate::store::{Result, Work};
use domain::{Timestamp, attempt::GRACE, id::AttemptId};

#[derive(Debug, sqlx::FromRow)]
pub(in crate::attempt) struct SavedRow {
    pub seq: i64,
    pub hold: i64,
    pub received_at: Timestamp,
    pub late: bool,
    pub answers: Vec<u8>,
    pub hash: Vec<u8>,
}

impl Work {
    pub(in crate::attempt) async fn add_save(&mut self, id: AttemptId, save: &SavedRow) -> Result<u64> {
        exec!(
            self,
            "insert into saved_sheet (attempt_id, seq, hold, received_at, late, answers, hash)
             values ($1, $2, $3, $4, $5, $6, $7)",
            id,
            save.seq,
            save.hold,
            save.received_at,
            save.late,
            &save.answers[..],
            &save.hash[..],
        )
    }

    pub(in crate::attempt) async fn saves(&mut self, id: AttemptId) -> Result<Vec<SavedRow>> {
        list!(self, "select seq, hold, received_at, late, answers, hash from saved_sheet where attempt_id = $1 order by hold, seq", id)
    }

    /// What the save with this number says, if it was kept.
    pub(in crate::attempt) async fn saved_answers(
        &mut self,
        id: AttemptId,
        hold: i64,
        seq: i64,
    ) -> Result<Option<(Vec<u8>, Timestamp, bool)>> {
        find!(self, "select answers, received_at, late from saved_sheet where attempt_id = $1 and seq = $2 and hold = $3", id, seq, hold)
    }

    /// Moves the head of a running sheet to a counted save; 0 rows: somebody else moved it, or its time is over.
    pub(in crate::attempt) async fn move_head(&mut self, id: AttemptId, from: &[u8], save: &SavedRow, guess: Option<i64>) -> Result<u64> {
        exec!(
            self,
            "update attempt
             set seq = $3, head = $4, answers = $5, saved_at = $6, prediction = $7
             where id = $1 and head = $2 and hold = $8 and stage = 'running' and deadline >= $9",
            id,
            from,
            save.seq,
            &save.hash[..],
            &save.answers[..],
            save.received_at,
            guess,
            save.hold,
            save.received_at - GRACE,
        )
    }

    /// Moves the head to a late save, which changes no answer.
    pub(in crate::attempt) async fn move_head_late(&mut self, id: AttemptId, from: &[u8], save: &SavedRow) -> Result<u64> {
        exec!(self, "update attempt set seq = $3, head = $4 where id = $1 and head = $2", id, from, save.seq, &save.hash[..])
    }

    /// Puts a simulated attempt's paper and its one save at the head of its chain.
    pub(in crate::attempt) async fn put_simulated_paper(&mut self, id: AttemptId, paper: &[u8], save: &SavedRow) -> Result<u64> {
        exec!(
            self,
            "update attempt
             set paper = $2, head = $3, answers = $4
             where id = $1",
            id,
            paper,
            &save.hash[..],
            &save.answers[..],
        )
    }
}
