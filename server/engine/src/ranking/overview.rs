//! Where a round stands on the way to its results: what the organisers' page shows at every step.

use crate::{Caller, Engine, Result};
use domain::{Refusal, Timestamp, contest::RoundStage, id::RoundId, identity::Action};

/// A round on its way to published results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedRound {
    /// The round.
    pub id: RoundId,
    /// The contest's address.
    pub slug: String,
    /// The contest's title.
    pub contest: String,
    /// Which round of the contest.
    pub position: i64,
    /// The round's label.
    pub label: String,
    /// Where it stands.
    pub stage: RoundStage,
    /// Its closing.
    pub closes_at: Timestamp,
    /// Whether it has closed.
    pub closed: bool,
    /// Sheets that have not ended.
    pub running: i64,
    /// Entries that wait for a decision.
    pub undecided: i64,
    /// The version that is public, if any.
    pub published: Option<i64>,
    /// The version that is being worked on.
    pub working: i64,
}

impl Engine {
    /// Where the round stands.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn judged_round(&self, caller: &Caller, round: RoundId) -> Result<JudgedRound> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.read().await?;
        let row = work.round_to_judge(round).await?;
        if row.stage == RoundStage::Draft {
            return Err(Refusal::NotFound.into());
        }
        Ok(JudgedRound {
            id: round,
            running: work.unended(round).await?,
            undecided: work.undecided(round).await?,
            published: work.published_version(round).await?,
            working: work.working_version(round).await?,
            closed: row.paused_since.is_none() && row.closes_at <= now,
            slug: row.slug,
            contest: row.title,
            position: row.position,
            label: row.label,
            stage: row.stage,
            closes_at: row.closes_at,
        })
    }
}
