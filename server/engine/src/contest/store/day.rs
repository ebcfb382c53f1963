//! Statements about what is decided while a round is on: pauses and grants.

use crate::store::{Result, Work};
use domain::{
    Millis, Timestamp,
    id::{AccountId, ChangeId, ContestId, RoundId, UnitId},
    identity::Audience,
};

/// A grant as the table has it.
pub(in crate::contest) struct GrantRow {
    pub change: ChangeId,
    pub round: RoundId,
    pub account: Option<AccountId>,
    pub unit: Option<UnitId>,
    pub extra: Millis,
    pub start_until: Option<Timestamp>,
    pub attempts: i64,
    /// Running sheets whose deadline it moved.
    pub sheets: i64,
}

/// A pause as the table has it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::contest) struct PauseRow {
    pub began_at: Timestamp,
    pub began_by: String,
    pub reason: String,
    pub ended_at: Option<Timestamp>,
    pub resumed_with: Option<ChangeId>,
    pub sheets: i64,
}

/// Somebody whom a grant concerns: name, mã dự thi, unit.
pub(in crate::contest) type Concerned = (String, String, Option<String>);

impl Work {
    /// Pauses a round that has opened and is not paused; 0 rows: it is not so.
    pub(in crate::contest) async fn pause_round(&mut self, round: RoundId, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update round
             set paused_since = $2, revision = revision + 1
             where id = $1
               and stage = 'scheduled'
               and opens_at <= $2
               and paused_since is null",
            round,
            now,
        )
    }

    pub(in crate::contest) async fn add_pause(&mut self, round: RoundId, now: Timestamp, by: AccountId, reason: &str) -> Result<()> {
        exec!(
            self,
            "insert into round_pause (round_id, began_at, began_by, reason)
             values ($1, $2, $3, $4)",
            round,
            now,
            by,
            reason,
        )?;
        Ok(())
    }

    /// Ends the pause that began then; a close that it held moves by its length.
    pub(in crate::contest) async fn resume_round(&mut self, round: RoundId, since: Timestamp, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update round
             set closes_at = case when closes_at > $2 then closes_at + $3 - $2 else closes_at end,
                 paused_since = null, revision = revision + 1
             where id = $1
               and stage = 'scheduled'
               and paused_since = $2",
            round,
            since,
            now,
        )
    }

    pub(in crate::contest) async fn end_pause(
        &mut self,
        (round, since): (RoundId, Timestamp),
        now: Timestamp,
        (change, sheets): (ChangeId, i64),
    ) -> Result<()> {
        exec!(
            self,
            "update round_pause
             set ended_at = $3, resumed_with = $4, sheets = $5
             where round_id = $1 and began_at = $2",
            round,
            since,
            now,
            change,
            sheets,
        )?;
        Ok(())
    }

    /// The pauses of a round, newest first.
    pub(in crate::contest) async fn pauses_of(&mut self, round: RoundId) -> Result<Vec<PauseRow>> {
        list!(
            self,
            "select p.began_at, a.full_name as began_by, p.reason, p.ended_at, p.resumed_with, p.sheets
             from round_pause p
             join account a on a.id = p.began_by
             where p.round_id = $1
             order by p.began_at desc",
            round,
        )
    }

    pub(in crate::contest) async fn add_grant(&mut self, grant: &GrantRow) -> Result<u64> {
        exec!(
            self,
            "insert into round_grant (change_id, round_id, account_id, unit_id, extra, start_until, attempts, sheets)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            grant.change,
            grant.round,
            grant.account,
            grant.unit,
            grant.extra,
            grant.start_until,
            grant.attempts,
            grant.sheets,
        )
    }

    /// How many running sheets a grant moved.
    pub(in crate::contest) async fn sheets_granted(&mut self, change: ChangeId) -> Result<Option<i64>> {
        let row: Option<(i64,)> = find!(self, "select sheets from round_grant where change_id = $1", change)?;
        Ok(row.map(|(sheets,)| sheets))
    }

    pub(in crate::contest) async fn remove_grants(&mut self, round: RoundId) -> Result<u64> {
        exec!(self, "delete from round_grant where round_id = $1", round)
    }

    /// The moment before which the last of those may start who were granted a late start.
    pub(crate) async fn last_late_start(&mut self, round: RoundId) -> Result<Option<Timestamp>> {
        let (until,): (Option<Timestamp>,) = get!(self, "select max(start_until) from round_grant where round_id = $1", round)?;
        Ok(until)
    }

    /// Whether the unit was granted a late start, not over yet, in a round of the contest that is for this audience.
    pub(in crate::contest) async fn may_start_late(
        &mut self,
        contest: ContestId,
        (unit, audience): (Option<UnitId>, Audience),
        now: Timestamp,
    ) -> Result<bool> {
        let (grants,): (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from round_grant g
             join round r on r.id = g.round_id
             join division d on d.round_id = r.id
             where r.contest_id = $1
               and r.stage = 'scheduled'
               and g.unit_id = $2
               and d.audience = $3
               and g.start_until > $4",
            contest,
            unit,
            audience,
            now,
        )?;
        Ok(grants > 0)
    }

    /// Who entered the contest with this login, or else with this mã dự thi.
    pub(in crate::contest) async fn entrant_called(&mut self, contest: ContestId, login: &str, code: &str) -> Result<Option<AccountId>> {
        let row: Option<(AccountId,)> = find!(
            self,
            "select e.account_id
             from entry e
             join account a on a.id = e.account_id
             where e.contest_id = $1
               and (a.login = $2 or e.code = $3)
             order by case when a.login = $2 then 0 else 1 end
             limit 1",
            contest,
            login,
            code,
        )?;
        Ok(row.map(|(account,)| account))
    }

    /// Somebody who entered the contest, for organisers.
    pub(in crate::contest) async fn entrant(&mut self, contest: ContestId, account: AccountId) -> Result<Option<Concerned>> {
        find!(
            self,
            "select a.full_name, e.code, u.name
             from entry e
             join account a on a.id = e.account_id
             left join unit u on u.id = a.unit_id
             where e.contest_id = $1 and e.account_id = $2",
            contest,
            account,
        )
    }
}
