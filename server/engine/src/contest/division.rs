//! Setting up the divisions (bảng thi) of a draft.

use super::{Division, json};
use crate::{Caller, Engine, Result, Stop, notify::Change, random};
use domain::{
    Refusal,
    contest::DivisionForm,
    id::RoundId,
    identity::{Action, Audience, Deed},
};

impl Engine {
    /// The divisions of a round, for organisers.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn divisions_of(&self, caller: &Caller, round: RoundId) -> Result<Vec<Division>> {
        caller.must(Action::SetUpContest)?;
        self.store.glance().await?.divisions(round).await
    }

    /// Sets up the division of this audience, new or known.
    ///
    /// # Errors
    /// At the fields, each cell of the matrix by itself; [`Refusal::Frozen`].
    pub async fn edit_division(&self, caller: &Caller, round: RoundId, audience: Audience, form: &DivisionForm) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        work.draft_round(round).await?;
        let rules = form.read().map_err(Stop::AtFields)?;
        let topics = work.topics().await?;
        for cell in &rules.blueprint.cells {
            if !topics.iter().any(|topic| topic.id == cell.topic) {
                return Err(Stop::at(domain::contest::cell_field(cell.topic, cell.difficulty), Refusal::NotOffered));
            }
        }
        work.put_division(random::id(now), round, audience, &json(&rules)?).await?;
        work.changed_draft(caller, round, Deed::EditRound, now).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }

    /// Removes the division of this audience from a draft.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::Frozen`].
    pub async fn remove_division(&self, caller: &Caller, round: RoundId, audience: Audience) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        work.draft_round(round).await?;
        if work.remove_division(round, audience).await? == 0 {
            return Err(Refusal::NotFound.into());
        }
        work.changed_draft(caller, round, Deed::EditRound, now).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }
}
