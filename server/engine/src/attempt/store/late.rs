//! Statements about what came too late: what is kept of a sheet, its place in the chain, and what the jury reads.

use super::SavedRow;
use crate::store::{Result, Work};
use domain::{
    Timestamp,
    attempt::LateSoFar,
    id::{AttemptId, DivisionId, RoundId},
};

/// A late save, whose it is, and what counts instead.
#[derive(Debug, sqlx::FromRow)]
pub(in crate::attempt) struct LateRow {
    pub attempt_id: AttemptId,
    pub division_id: DivisionId,
    pub full_name: String,
    pub unit: Option<String>,
    pub code: Option<String>,
    pub deadline: Timestamp,
    pub received_at: Timestamp,
    pub answers: Vec<u8>,
    pub counted: Vec<u8>,
}

impl Work {
    /// What is kept of a sheet when these answers come too late; `newest`: the head of its chain.
    pub(in crate::attempt) async fn late_so_far(
        &mut self,
        (id, round): (AttemptId, RoundId),
        newest: &[u8],
        answers: &[u8],
    ) -> Result<LateSoFar> {
        let published = self.published_version(round).await?.is_some();
        let (kept, newest, known): (i64, i64, i64) = get!(
            self,
            "select cast(count(case when late then 1 end) as bigint),
                    cast(count(case when late and hash = $2 then 1 end) as bigint),
                    cast(count(case when answers = $3 then 1 end) as bigint)
             from saved_sheet
             where attempt_id = $1",
            id,
            newest,
            answers,
        )?;
        Ok(LateSoFar { kept, newest: newest > 0, known: known > 0, published })
    }

    /// Hangs a late save on the chain, which changes no answer; `false`: its head has moved.
    pub(in crate::attempt) async fn hang_late(&mut self, id: AttemptId, from: &[u8], save: &SavedRow) -> Result<bool> {
        let moved = exec!(self, "update attempt set seq = $3, head = $4 where id = $1 and head = $2", id, from, save.seq, &save.hash[..])?;
        Ok(moved == 1 && self.add_save(id, save).await? == 1)
    }

    /// The hash that the newest save hangs on, when it is not the first.
    pub(in crate::attempt) async fn head_before(&mut self, id: AttemptId, newest: &[u8]) -> Result<Vec<u8>> {
        let (hash,): (Vec<u8>,) = get!(
            self,
            "select hash
             from saved_sheet
             where attempt_id = $1 and hash <> $2
             order by hold desc, seq desc
             limit 1",
            id,
            newest,
        )?;
        Ok(hash)
    }

    /// Writes a late save in the place of the newest, which is late too; `false`: the head has moved.
    pub(in crate::attempt) async fn replace_late(&mut self, id: AttemptId, newest: &[u8], save: &SavedRow) -> Result<bool> {
        let moved =
            exec!(&mut *self, "update attempt set seq = $3, head = $4 where id = $1 and head = $2", id, newest, save.seq, &save.hash[..])?;
        let replaced = exec!(
            self,
            "update saved_sheet
             set seq = $3, hold = $4, received_at = $5, answers = $6, hash = $7
             where attempt_id = $1 and hash = $2 and late",
            id,
            newest,
            save.seq,
            save.hold,
            save.received_at,
            &save.answers[..],
            &save.hash[..],
        )?;
        Ok(moved == 1 && replaced == 1)
    }

    /// How many sheets of the round came too late.
    pub(crate) async fn count_late(&mut self, round: RoundId) -> Result<i64> {
        let (late,): (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from saved_sheet s
             cross join attempt a
             where s.late and a.id = s.attempt_id and a.round_id = $1",
            round,
        )?;
        Ok(late)
    }

    /// What came too late in the round, by name. The cross join begins with what is late: that is little, the attempts are many.
    pub(in crate::attempt) async fn late_rows(&mut self, round: RoundId, limit: i64, offset: i64) -> Result<Vec<LateRow>> {
        list!(
            self,
            "select s.attempt_id, a.division_id, c.full_name, u.name as unit, e.code, a.deadline, s.received_at, s.answers,
                    a.answers as counted
             from saved_sheet s
             cross join attempt a
             join account c on c.id = a.account_id
             join round r on r.id = a.round_id
             left join unit u on u.id = a.unit_id
             left join entry e on e.contest_id = r.contest_id and e.account_id = a.account_id
             where s.late and a.id = s.attempt_id and a.round_id = $1
             order by c.sort_key, s.attempt_id, s.hold, s.seq
             limit $2 offset $3",
            round,
            limit,
            offset,
        )
    }
}
