//! The coordinator's view: who of the own unit has taken part and who has not, and the own rate.
//!
//! The types of this file have no room for a score, a place or another unit: what is not asked of
//! the store cannot slip onto a page.

use super::people_store::Colleague;
use crate::{Caller, Engine, Result};
use domain::{
    Refusal, Timestamp,
    id::{RoundId, UnitId},
    identity::{Action, Turnout, Unit},
};

/// A round as the coordinator's page lists it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UnitRound {
    /// The round.
    pub id: RoundId,
    /// The contest's title.
    pub contest: String,
    /// The round's label.
    pub label: String,
    /// When it opened.
    pub opens_at: Timestamp,
    /// When it closes.
    pub closes_at: Timestamp,
    /// The day of the headcounts that were frozen for it.
    pub headcount_as_of: Option<Timestamp>,
}

/// The coordinator's own unit and its rounds.
#[derive(Debug, Clone)]
pub struct OwnUnit {
    /// The unit's name.
    pub name: String,
    /// Civil servants and workers, where there is a figure.
    pub headcount: Option<i64>,
    /// The day of that figure.
    pub headcount_as_of: Option<Timestamp>,
    /// Rounds that have opened, newest first.
    pub rounds: Vec<UnitRound>,
    /// Everybody of the unit; nobody has taken part in no round.
    pub colleagues: Vec<Colleague>,
}

/// How the own unit takes part in one round.
#[derive(Debug, Clone)]
pub struct OwnUnitRound {
    /// The unit's name.
    pub unit: String,
    /// The round.
    pub round: UnitRound,
    /// People of the unit who have taken part, of how many.
    pub turnout: Turnout,
    /// The day of the headcount.
    pub headcount_as_of: Option<Timestamp>,
    /// Everybody of the unit, whether they have taken part.
    pub colleagues: Vec<Colleague>,
}

impl Engine {
    /// The coordinator's own unit.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; [`Refusal::UnitNeeded`] for a coordinator without a unit.
    pub async fn own_unit(&self, caller: &Caller) -> Result<OwnUnit> {
        let unit = self.coordinated(caller).await?;
        let mut work = self.store.read().await?;
        Ok(OwnUnit {
            rounds: work.unit_rounds(self.now()).await?,
            colleagues: work.colleagues(unit.id, RoundId(uuid::Uuid::nil())).await?,
            name: unit.name,
            headcount: unit.headcount,
            headcount_as_of: unit.headcount_as_of,
        })
    }

    /// Who of the coordinator's own unit has taken part in the round, and the own rate.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::UnitNeeded`]; [`Refusal::NotFound`] for a round that has not opened.
    pub async fn own_unit_round(&self, caller: &Caller, round: RoundId) -> Result<OwnUnitRound> {
        let unit = self.coordinated(caller).await?;
        let mut work = self.store.read().await?;
        let rounds = work.unit_rounds(self.now()).await?;
        let round = rounds.into_iter().find(|known| known.id == round).ok_or(Refusal::NotFound)?;
        let frozen = work.headcount_frozen_for(round.id, unit.id).await?;
        let (headcount, as_of) = match frozen {
            Some(headcount) => (headcount, round.headcount_as_of),
            None => (unit.headcount, unit.headcount_as_of),
        };
        Ok(OwnUnitRound {
            turnout: Turnout { people: work.people_of_unit(unit.id, round.id).await?, headcount },
            colleagues: work.colleagues(unit.id, round.id).await?,
            headcount_as_of: as_of,
            unit: unit.name,
            round,
        })
    }

    async fn coordinated(&self, caller: &Caller) -> Result<Unit> {
        caller.must(Action::WatchOwnUnit)?;
        let unit: UnitId = caller.unit.ok_or(Refusal::UnitNeeded)?;
        let tree = self.unit_tree().await?;
        Ok(tree.unit(unit).cloned().ok_or(Refusal::UnitNeeded)?)
    }
}
