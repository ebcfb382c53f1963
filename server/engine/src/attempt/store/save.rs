//! Statements about saved sheets and the head of their chain.

use crate::store::{Connection, Result, Work, connection};
use domain::{
    Timestamp,
    attempt::{Digest, GRACE},
    id::AttemptId,
};
use sqlx::{QueryBuilder, Sqlite};

/// Saves that are hung with one statement each for their sheets and their rows.
const TOGETHER: usize = 16;

#[derive(Debug, sqlx::FromRow)]
pub(in crate::attempt) struct SavedRow {
    pub seq: i64,
    pub hold: i64,
    pub received_at: Timestamp,
    pub late: bool,
    pub answers: Vec<u8>,
    pub hash: Vec<u8>,
}

/// A save that counts, on its way to the chain of its sheet.
#[derive(Debug)]
pub(in crate::attempt) struct CountedSave {
    pub attempt: AttemptId,
    /// The head that it hangs on.
    pub from: Digest,
    pub seq: i64,
    pub hold: i64,
    pub received_at: Timestamp,
    pub answers: Vec<u8>,
    pub hash: Digest,
    pub guess: Option<i64>,
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

    /// Hangs a counted save on the chain of a running sheet; `false`: its head has moved, or its time is over.
    pub(in crate::attempt) async fn hang(&mut self, save: &CountedSave) -> Result<bool> {
        if let Connection::Sqlite(_) = connection(self) {
            return self.hang_together(&[save]).await;
        }
        let touched = exec!(
            self,
            "with sheet as (
                 update attempt
                 set seq = $3, head = $7, answers = $6, saved_at = $5, prediction = $9
                 where id = $1 and head = $2 and hold = $4 and stage = 'running' and deadline >= $8
                 returning id
             )
             insert into saved_sheet (attempt_id, seq, hold, received_at, late, answers, hash)
             select id, $3, $4, $5, false, $6, $7 from sheet",
            save.attempt,
            &save.from[..],
            save.seq,
            save.hold,
            save.received_at,
            &save.answers[..],
            &save.hash[..],
            save.received_at - GRACE,
            save.guess,
        )?;
        Ok(touched > 0)
    }

    /// Hangs many people's saves on SQLite, each on its own chain, in few ways to its thread; PostgreSQL has no batches.
    ///
    /// `false`: a head has moved, or its time is over; others may have been hung, and the whole is to be rolled back.
    pub(in crate::attempt) async fn hang_together(&mut self, saves: &[&CountedSave]) -> Result<bool> {
        let Connection::Sqlite(on) = connection(self) else { return Ok(false) };
        // The plus keeps SQLite from the index of running sheets: each is found by its id.
        for some in saves.chunks(TOGETHER) {
            let mut both = QueryBuilder::<Sqlite>::new(
                "update attempt
                 set seq = next.column3, head = next.column7, answers = next.column6, saved_at = next.column5, prediction = next.column9
                 from (",
            );
            both.push_values(some, |mut row, save| {
                row.push_bind(save.attempt)
                    .push_bind(&save.from[..])
                    .push_bind(save.seq)
                    .push_bind(save.hold)
                    .push_bind(save.received_at)
                    .push_bind(&save.answers[..])
                    .push_bind(&save.hash[..])
                    .push_bind(save.received_at - GRACE)
                    .push_bind(save.guess);
            });
            both.push(
                ") next
                 where id = next.column1 and head = next.column2 and hold = next.column4 and +stage = 'running'
                   and deadline >= next.column8;
                 insert into saved_sheet (attempt_id, seq, hold, received_at, late, answers, hash)
                 select id, seq, hold, saved_at, false, answers, head from attempt where id in (",
            );
            let mut ids = both.separated(", ");
            for save in some {
                ids.push_bind(save.attempt);
            }
            both.push(")");
            // A sheet that was not moved is one short, or its newest save is there already: that is a duplicate.
            if both.build().execute(&mut *on).await?.rows_affected() != 2 * some.len() as u64 {
                return Ok(false);
            }
        }
        Ok(true)
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
