//! Statements about grants and about the deadlines that organisers move while a round is on.

use crate::store::{Result, Work};
use domain::{
    Millis, Timestamp,
    id::{AccountId, RoundId, UnitId},
};

/// What was granted to a person or a unit.
#[derive(Debug, sqlx::FromRow)]
pub(in crate::attempt) struct GrantRow {
    pub account_id: Option<AccountId>,
    pub unit_id: Option<UnitId>,
    pub extra: Millis,
    pub start_until: Option<Timestamp>,
    pub attempts: i64,
}

impl Work {
    pub(in crate::attempt) async fn grants(&mut self, round: RoundId) -> Result<Vec<GrantRow>> {
        list!(self, "select account_id, unit_id, extra, start_until, attempts from round_grant where round_id = $1", round)
    }

    /// Since when the round is paused, as the database knows it.
    pub(in crate::attempt) async fn paused_since(&mut self, round: RoundId) -> Result<Option<Timestamp>> {
        let (since,): (Option<Timestamp>,) = get!(self, "select paused_since from round where id = $1", round)?;
        Ok(since)
    }

    /// Gives time to the running sheets of a person or a unit whose deadline does not lie before `still`; how many.
    pub(crate) async fn extend_sheets(
        &mut self,
        round: RoundId,
        (account, unit): (Option<AccountId>, Option<UnitId>),
        extra: Millis,
        still: Timestamp,
    ) -> Result<u64> {
        exec!(
            self,
            "update attempt
             set allowance = allowance + $4, deadline = deadline + $4
             where round_id = $1
               and stage = 'running'
               and deadline >= $5
               and ($2 is null or account_id = $2)
               and ($3 is null or unit_id = $3)",
            round,
            account,
            unit,
            extra,
            still,
        )
    }

    /// Moves the deadline of every running sheet that the pause held by the time that it was held; how many.
    pub(crate) async fn resume_sheets(&mut self, round: RoundId, since: Timestamp, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update attempt
             set deadline = deadline + $3 - case when started_at > $2 then started_at else $2 end,
                 paused = paused + $3 - case when started_at > $2 then started_at else $2 end
             where round_id = $1
               and stage = 'running'
               and deadline > $2",
            round,
            since,
            now,
        )
    }
}
