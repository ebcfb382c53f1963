//! Statements about starting: who may, what was sat before, and the new attempt.

use crate::store::{Result, Work};
use domain::{
    Millis, Timestamp,
    attempt::Stage,
    id::{AccountId, AttemptId, ContestId, DivisionId, RoundId},
    time::Day,
};

/// What is known of somebody's earlier attempts before a start.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::attempt) struct SittingRow {
    pub id: AttemptId,
    pub division_id: DivisionId,
    pub day: Day,
    pub ordinal: i64,
    pub stage: Stage,
    pub started_at: Timestamp,
    pub deadline: Timestamp,
}

/// A new attempt.
pub(in crate::attempt) struct NewAttempt {
    pub id: AttemptId,
    pub round: RoundId,
    pub contest: ContestId,
    pub division: DivisionId,
    pub account: AccountId,
    pub day: Day,
    pub ordinal: i64,
    pub started_at: Timestamp,
    pub allowance: Millis,
    pub deadline: Timestamp,
    pub paper: Vec<u8>,
    pub head: [u8; 32],
    pub answers: Vec<u8>,
}

impl Work {
    pub(in crate::attempt) async fn sittings(&mut self, round: RoundId, account: AccountId) -> Result<Vec<SittingRow>> {
        list!(
            self,
            "select id, division_id, day, ordinal, stage, started_at, deadline
             from attempt
             where round_id = $1 and account_id = $2
             order by day, ordinal",
            round,
            account,
        )
    }

    /// Whether the account has entered the contest, and whether it is excluded from it.
    pub(in crate::attempt) async fn admission(&mut self, contest: ContestId, account: AccountId) -> Result<(bool, bool)> {
        let row: (i64, i64) = get!(
            self,
            "select (select cast(count(*) as bigint) from entry where contest_id = $1 and account_id = $2),
                    (select cast(count(*) as bigint) from exclusion where contest_id = $1 and account_id = $2)",
            contest,
            account,
        )?;
        Ok((row.0 > 0, row.1 > 0))
    }

    /// Begins the attempt of somebody who has entered, is not excluded and holds no role that bars; 0 rows: one is not so.
    pub(in crate::attempt) async fn add_attempt(&mut self, new: &NewAttempt) -> Result<u64> {
        exec!(
            self,
            "insert into attempt (id, round_id, division_id, account_id, unit_id, day, ordinal, stage, started_at,
                                  allowance, deadline, paper, hold, seq, head, answers, saved_at)
             select $1, $2, $3, a.id, a.unit_id, $4, $5, 'running', $6, $14, $7, $8, 0, 0, $9, $10, $11
             from account a
             join entry e on e.account_id = a.id and e.contest_id = $12
             where a.id = $13
               and not exists (select 1 from exclusion x where x.contest_id = $12 and x.account_id = a.id)
               and not exists (select 1
                               from role_grant g
                               where g.account_id = a.id
                                 and g.role in ('organiser', 'author', 'reviewer', 'admin', 'auditor'))",
            new.id,
            new.round,
            new.division,
            new.day,
            new.ordinal,
            new.started_at,
            new.deadline,
            &new.paper[..],
            &new.head[..],
            &new.answers[..],
            new.started_at,
            new.contest,
            new.account,
            new.allowance,
        )
    }
}
