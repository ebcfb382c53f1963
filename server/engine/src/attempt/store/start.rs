//! Statements about starting: who may, what was sat before, and the new attempt.

use crate::store::{Result, Work};
use domain::{
    Millis, Timestamp,
    attempt::Stage,
    id::{AccountId, AttemptId, ContestId, DivisionId, RoundId},
    identity::Audience,
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

/// What is known of somebody before a first start.
#[derive(Debug, Clone, Copy)]
pub(in crate::attempt) struct Admission {
    /// Entered the contest.
    pub entered: bool,
    /// Excluded from it.
    pub excluded: bool,
    /// The consent to processing has ended.
    pub consent_ended: bool,
    /// The audience of the account by now.
    pub audience: Audience,
}

/// A new attempt.
pub(in crate::attempt) struct NewAttempt {
    pub id: AttemptId,
    pub round: RoundId,
    pub contest: ContestId,
    pub division: DivisionId,
    pub account: AccountId,
    /// For whom the division is.
    pub audience: Audience,
    pub day: Day,
    pub ordinal: i64,
    pub started_at: Timestamp,
    pub allowance: Millis,
    /// How many grants of the round are in the allowance and the deadline.
    pub grants: i64,
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

    /// Whether the account has entered the contest, is excluded from it, or agrees no more; and its audience.
    pub(in crate::attempt) async fn admission(&mut self, contest: ContestId, account: AccountId, now: Timestamp) -> Result<Admission> {
        let (entered, excluded, audience): (i64, i64, Audience) = get!(
            &mut *self,
            "select (select cast(count(*) as bigint) from entry where contest_id = $1 and account_id = $2),
                    (select cast(count(*) as bigint) from exclusion where contest_id = $1 and account_id = $2),
                    audience
             from account
             where id = $2",
            contest,
            account,
        )?;
        Ok(Admission { entered: entered > 0, excluded: excluded > 0, consent_ended: self.consent_ended(account, now).await?, audience })
    }

    /// Begins the attempt of somebody of the division's audience who has entered, is not excluded, holds no role that bars,
    /// and whose consent to processing has not ended, while the round has as many grants as are known; 0 rows: one is not so.
    pub(in crate::attempt) async fn add_attempt(&mut self, new: &NewAttempt) -> Result<u64> {
        exec!(
            self,
            concat!(
                "insert into attempt (id, round_id, division_id, account_id, unit_id, day, ordinal, stage, started_at,
                                  allowance, deadline, paper, hold, seq, head, answers, saved_at)
             select $1, $2, $3, a.id, a.unit_id, $4, $5, 'running', $6, $15, $7, $8, 0, 0, $9, $10, $11
             from account a
             join entry e on e.account_id = a.id and e.contest_id = $12
             where a.id = $13
               and a.state = 'active'
               and a.audience = $14
               and (not exists (select 1 from consent k where k.account_id = a.id and k.purpose = 'process')
                    or exists (select 1
                               from consent k
                               where k.account_id = a.id
                                 and k.purpose = 'process'
                                 and k.withdrawn_at is null
                                 and (k.until is null or k.until >= $6)))
               and (select count(*) from round_grant where round_id = $2) = $16
               and not exists (select 1 from exclusion x where x.contest_id = $12 and x.account_id = a.id)
               and not exists (select 1
                               from role_grant g
                               where g.account_id = a.id
                                 and g.role in ",
                barring_roles!(),
                ")"
            ),
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
            new.audience,
            new.allowance,
            new.grants,
        )
    }
}
