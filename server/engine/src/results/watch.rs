//! Totals of a running round, for those who may watch it: each look is an audit row.

use crate::{Caller, Engine, Result, store::Work};
use domain::{
    Refusal,
    contest::RoundStage,
    id::RoundId,
    identity::{Action, Audience, Deed},
    results::{Matter, Moment, Openness, Viewer, may_see},
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
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
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

    /// Units and the people who have taken part so far, where the rules allow it and no prediction is open.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] in every other case, so that nothing tells a hidden board from none.
    pub async fn live_board(&self, slug: &str, position: i64) -> Result<Vec<(String, i64)>> {
        let now = self.now();
        let mut work = self.store.read().await?;
        let (round,) = work.round_at(slug, position).await?.ok_or(Refusal::NotFound)?;
        let row = work.round_to_judge(round).await?;
        let moment =
            if row.stage == RoundStage::Scheduled && row.opens_at <= now && now < row.closes_at { Moment::Open } else { Moment::Closed };
        let open = work.open_rules(round, row.read_rules()?.live_board).await?;
        if !may_see(Matter::LiveBoard, Viewer::Public, moment, open) {
            return Err(Refusal::NotFound.into());
        }
        Ok(work.people_by_unit(round).await?)
    }
}

impl Work {
    async fn open_rules(&mut self, round: RoundId, live_board: bool) -> Result<Openness> {
        let prediction = self.judged_divisions(round).await?.iter().any(|division| division.rules.prediction.is_some());
        Ok(Openness { prediction, live_board, top_places: false, lower_units: false })
    }
}
