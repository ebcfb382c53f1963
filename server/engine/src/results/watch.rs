//! Totals of a running round, for those who may watch it: each look is an audit row.

use crate::{Caller, Engine, Result};
use domain::{
    contest::RoundStage,
    id::RoundId,
    identity::{Action, Audience, Deed},
};

/// The totals of one division.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct DivisionTotals {
    /// The audience.
    pub audience: Audience,
    /// People who have started.
    pub people: i64,
    /// Attempts started.
    pub attempts: i64,
    /// Of these still running.
    pub running: i64,
    /// Of these not recognised.
    pub void: i64,
}

/// The totals of a round as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundTotals {
    /// The contest's title.
    pub contest: String,
    /// The round's label.
    pub round: String,
    /// Where it stands.
    pub stage: RoundStage,
    /// One per division.
    pub divisions: Vec<DivisionTotals>,
    /// Competing units and the people who have taken part from each.
    pub units: Vec<(String, i64)>,
}

impl Engine {
    /// The totals as they stand; every look is noted with the caller's name.
    ///
    /// # Errors
    /// [`domain::Refusal::NotAllowed`], [`domain::Refusal::NotFound`].
    pub async fn watch_round(&self, caller: &Caller, round: RoundId) -> Result<RoundTotals> {
        let now = self.now();
        caller.must(Action::WatchRound)?;
        let mut work = self.store.begin().await?;
        let row = work.round_to_judge(round).await?;
        let divisions = work.totals(round).await?;
        let units = work.people_by_unit(round).await?;
        work.note(now, caller, Deed::WatchRound, &round.to_string(), "").await?;
        work.commit().await?;
        Ok(RoundTotals { contest: row.title, round: row.label, stage: row.stage, divisions, units })
    }
}
