//! Xem thử: a sample paper, drawn as a contestant's would be, without its key.

use crate::{
    Caller, Engine, Result,
    attempt::{Served, serve},
    random,
};
use domain::{
    Refusal,
    attempt::{Place, Shape, Shuffle, Slot, draw},
    contest::{Prediction, RoundStage},
    id::RoundId,
    identity::{Action, Audience},
};

/// A sample paper.
#[derive(Debug)]
pub struct SamplePaper {
    /// The contest's title.
    pub contest: String,
    /// The round's label.
    pub label: String,
    /// For whom.
    pub audience: Audience,
    /// Minutes for it.
    pub minutes: i64,
    /// The questions of the pool, as sheets show them.
    pub pool: Vec<Served>,
    /// Which of them stand at which places of the paper, with the order of their options.
    pub places: Vec<Place>,
    /// The prediction question.
    pub prediction: Option<Prediction>,
}

impl Engine {
    /// Draws a sample paper of a division: of the frozen pool, or, for a draft, of what the bank holds now.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NoDivision`]; [`Refusal::BlueprintUncovered`] while questions are missing.
    pub async fn preview_paper(&self, caller: &Caller, round: RoundId, audience: Audience) -> Result<SamplePaper> {
        caller.must(Action::SetUpContest)?;
        caller.must(Action::ReadBank)?;
        let now = self.now();
        let mut work = self.store.read().await?;
        let (planned, pools) = work.plan_round(round, now).await?;
        let division = planned.divisions.into_iter().find(|division| division.audience == audience).ok_or(Refusal::NoDivision)?;
        let rows = if matches!(planned.round.stage, RoundStage::Draft | RoundStage::Cancelled) {
            pools.into_iter().find(|pool| pool.division == division.id).map(|pool| pool.rows).unwrap_or_default()
        } else {
            work.pool_of(division.id).await?
        };
        let mut slots = Vec::with_capacity(rows.len());
        let mut pool = Vec::with_capacity(rows.len());
        for row in rows {
            let version = work.version(row.version_id).await?;
            slots.push(Slot { cell: u16::try_from(row.cell).unwrap_or(u16::MAX), shape: Shape::of(&version.content) });
            pool.push(serve(row.version_id, &version.content));
        }
        let rules = &planned.round.settings.rules;
        let shuffle = Shuffle { questions: rules.shuffle_questions, options: rules.shuffle_options };
        let paper = draw(random::bytes(), &division.rules.blueprint, &slots, shuffle).map_err(|_| Refusal::BlueprintUncovered)?;
        Ok(SamplePaper {
            contest: planned.contest.settings.title,
            label: planned.round.settings.label,
            audience,
            minutes: division.rules.duration.0 / 60_000,
            pool,
            places: paper.places,
            prediction: division.rules.prediction,
        })
    }
}
