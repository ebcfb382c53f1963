//! Statements about the review of entries (rà soát) and about simulated ones.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, AttemptId, ContestId, DivisionId, RoundId, UnitId},
    identity::Audience,
};

/// An entry that somebody has to look at, or has looked at.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ReviewRow {
    /// The attempt.
    pub id: AttemptId,
    /// Whose.
    pub account_id: AccountId,
    /// The name.
    pub full_name: String,
    /// The unit's name.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: Option<String>,
    /// Right answers.
    pub correct: i64,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// Why it was flagged when it was taken.
    pub flag: String,
    /// Another entrant gave the same identity number.
    pub same_number: bool,
    /// kept | voided, once decided.
    pub verdict: Option<String>,
    /// The reason.
    pub reason: Option<String>,
}

/// One simulated sitting to store.
#[derive(Debug, Clone, Copy)]
pub struct SimulatedRow<'a> {
    /// Its id.
    pub id: AttemptId,
    /// The round.
    pub round: RoundId,
    /// The division.
    pub division: DivisionId,
    /// Whose.
    pub account: AccountId,
    /// The unit.
    pub unit: Option<UnitId>,
    /// Which attempt of the person.
    pub ordinal: i64,
    /// Its deadline.
    pub deadline: Timestamp,
    /// Receipt code.
    pub receipt: &'a str,
    /// What happened in it.
    pub sitting: &'a crate::ranking::SimulatedSitting,
}

impl Work {
    /// Entries that were flagged, whose owner shares an identity number with another entrant, or that were decided.
    pub(in crate::ranking) async fn review_rows(&mut self, round: RoundId) -> Result<Vec<ReviewRow>> {
        list!(
            self,
            "select w.id, w.account_id, w.full_name, w.unit, w.code, w.correct, w.ended_at, w.flag, w.same_number,
                    w.verdict, w.reason
             from (
                 select a.id, a.account_id, c.full_name, c.sort_key, u.name as unit, e.code,
                        cast(coalesce(a.correct, 0) as bigint) as correct, a.ended_at, a.started_at, a.flag,
                        a.account_id in (
                            select q.account_id
                            from request q
                            join attempt o on o.round_id = $1 and o.account_id = q.other_account_id and o.stage = 'marked'
                            where q.kind = 'duplicate_id' and q.account_id is not null
                            union all
                            select q.other_account_id
                            from request q
                            join attempt o on o.round_id = $1 and o.account_id = q.account_id and o.stage = 'marked'
                            where q.kind = 'duplicate_id' and q.other_account_id is not null
                        ) as same_number,
                        v.verdict, v.reason
                 from attempt a
                 join account c on c.id = a.account_id
                 join round r on r.id = a.round_id
                 left join unit u on u.id = a.unit_id
                 left join entry e on e.contest_id = r.contest_id and e.account_id = a.account_id
                 left join attempt_review v on v.attempt_id = a.id
                 where a.round_id = $1 and (a.stage = 'marked' or v.verdict is not null)
             ) w
             where w.flag <> '' or w.same_number or w.verdict is not null
             order by w.sort_key, w.started_at",
            round,
        )
    }

    /// How many entries still wait for a decision.
    pub(crate) async fn undecided(&mut self, round: RoundId) -> Result<i64> {
        let row: (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from attempt a
             where a.round_id = $1 and a.stage = 'marked'
               and not exists (select 1 from attempt_review v where v.attempt_id = a.id)
               and (a.flag <> '' or a.account_id in (
                       select q.account_id
                       from request q
                       join attempt o on o.round_id = $1 and o.account_id = q.other_account_id and o.stage = 'marked'
                       where q.kind = 'duplicate_id' and q.account_id is not null
                       union all
                       select q.other_account_id
                       from request q
                       join attempt o on o.round_id = $1 and o.account_id = q.account_id and o.stage = 'marked'
                       where q.kind = 'duplicate_id' and q.other_account_id is not null
                   ))",
            round,
        )?;
        Ok(row.0)
    }

    /// The round of an attempt that was marked or not recognised.
    pub(in crate::ranking) async fn round_of_marked(&mut self, attempt: AttemptId) -> Result<Option<(RoundId,)>> {
        find!(self, "select round_id from attempt where id = $1 and stage in ('marked', 'void')", attempt)
    }

    /// Takes an attempt out of account, with the reason its owner reads.
    pub(in crate::ranking) async fn void(&mut self, attempt: AttemptId, why: &str) -> Result<bool> {
        let done = exec!(self, "update attempt set stage = 'void', void_why = $2 where id = $1 and stage = 'marked'", attempt, why,)?;
        Ok(done == 1)
    }

    /// Recognises an attempt that the review itself had taken out of account.
    pub(in crate::ranking) async fn recognise(&mut self, attempt: AttemptId) -> Result<bool> {
        let done = exec!(
            self,
            "update attempt
             set stage = 'marked', void_why = ''
             where id = $1 and stage = 'void'
               and exists (select 1 from attempt_review where attempt_id = $1 and verdict = 'voided')",
            attempt,
        )?;
        Ok(done == 1)
    }

    pub(in crate::ranking) async fn put_review(
        &mut self,
        key: (AttemptId, RoundId),
        verdict: (&str, &str),
        by: (AccountId, Timestamp),
    ) -> Result<()> {
        exec!(&mut *self, "delete from attempt_review where attempt_id = $1", key.0)?;
        exec!(
            &mut *self,
            "insert into attempt_review (attempt_id, round_id, verdict, reason, decided_by, decided_at)
             values ($1, $2, $3, $4, $5, $6)",
            key.0,
            key.1,
            verdict.0,
            verdict.1,
            by.0,
            by.1,
        )?;
        Ok(())
    }

    pub(in crate::ranking) async fn audience_and_unit(&mut self, account: AccountId) -> Result<Option<(Audience, Option<UnitId>)>> {
        find!(self, "select audience, unit_id from account where id = $1", account)
    }

    /// The entry of somebody, made when missing.
    pub(in crate::ranking) async fn enter_simulated(&mut self, key: (ContestId, AccountId), code: &str, now: Timestamp) -> Result<()> {
        exec!(
            self,
            "insert into entry (contest_id, account_id, code, extra, rules_version, entered_at)
             values ($1, $2, $3, '{}', 1, $4)
             on conflict (contest_id, account_id) do nothing",
            key.0,
            key.1,
            code,
            now,
        )?;
        Ok(())
    }

    pub(in crate::ranking) async fn last_ordinal(&mut self, round: RoundId, account: AccountId) -> Result<i64> {
        let row: (i64,) = get!(
            self,
            "select cast(coalesce(max(ordinal), 0) as bigint) from attempt where round_id = $1 and account_id = $2",
            round,
            account,
        )?;
        Ok(row.0)
    }

    pub(in crate::ranking) async fn add_simulated(&mut self, row: &SimulatedRow<'_>) -> Result<()> {
        let nothing: &[u8] = &[];
        exec!(
            self,
            "insert into attempt (id, round_id, division_id, account_id, unit_id, day, ordinal, stage, started_at, deadline,
                                  paper, hold, seq, head, answers, saved_at, prediction, ended_at, ended_by, receipt,
                                  correct, score, key_version, flag)
             values ($1, $2, $3, $4, $5, 0, $6, 'marked', $7, $8, $9, 1, 1, $10, $11, $12, $13, $14, 'contestant', $15,
                     $16, $17, 1, $18)",
            row.id,
            row.round,
            row.division,
            row.account,
            row.unit,
            row.ordinal,
            row.sitting.started_at,
            row.deadline,
            nothing,
            nothing,
            nothing,
            row.sitting.ended_at,
            row.sitting.prediction,
            row.sitting.ended_at,
            row.receipt,
            row.sitting.correct,
            row.sitting.score.0,
            row.sitting.flag,
        )?;
        Ok(())
    }
}
