//! The coordinator's view: who of the own unit has taken part and who has not, and the own rate.
//!
//! The types of this file have no room for a score, a place or another unit: what is not asked of
//! the store cannot slip onto a page.

use super::{
    people::name_pattern,
    store::{Colleague, Wanted},
};
use crate::{Caller, Engine, Result, store::Work};
use domain::{
    Refusal, Timestamp,
    id::{AccountId, RoundId, UnitId},
    identity::{Action, Audience, Turnout, Unit},
};

/// People on one page.
pub(super) const ON_A_PAGE: i64 = 100;

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

/// What a list of colleagues is narrowed to; empty means everybody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ColleagueQuery {
    /// Part of a name; marks may be left out.
    pub name: String,
    /// Only who has taken part in the round, or only who has not.
    pub taken_part: Option<bool>,
    /// The page, from 1.
    pub page: i64,
}

/// One page of the people of the unit, in the order of Vietnamese lists.
#[derive(Debug, Clone)]
pub struct ColleaguePage {
    /// The people.
    pub lines: Vec<Colleague>,
    /// How many the query finds.
    pub found: i64,
    /// The page, from 1.
    pub page: i64,
    /// How many pages there are.
    pub pages: i64,
}

/// One person of the own unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnColleague {
    /// The unit's name.
    pub unit: String,
    /// The full name.
    pub full_name: String,
    /// The position.
    pub position: String,
    /// `active` or `invited`.
    pub state: String,
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
    /// Its people; nobody has taken part in no round.
    pub colleagues: ColleaguePage,
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
    /// How many of the unit's people of today have taken part.
    pub taken_part: i64,
    /// How many have not.
    pub not_taken_part: i64,
    /// The unit's people and whether they have taken part.
    pub colleagues: ColleaguePage,
}

impl Engine {
    /// The coordinator's own unit.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; [`Refusal::UnitNeeded`] for a coordinator without a unit.
    pub async fn own_unit(&self, caller: &Caller, query: &ColleagueQuery) -> Result<OwnUnit> {
        let unit = self.coordinated(caller).await?;
        let mut work = self.store.read().await?;
        let everybody = ColleagueQuery { taken_part: None, ..query.clone() };
        Ok(OwnUnit {
            rounds: work.unit_rounds(self.now()).await?,
            colleagues: work.colleague_page((unit.id, RoundId(uuid::Uuid::nil())), &everybody).await?,
            name: unit.name,
            headcount: unit.headcount,
            headcount_as_of: unit.headcount_as_of,
        })
    }

    /// Who of the coordinator's own unit has taken part in the round, and the own rate.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::UnitNeeded`]; [`Refusal::NotFound`] for a round that has not opened.
    pub async fn own_unit_round(&self, caller: &Caller, round: RoundId, query: &ColleagueQuery) -> Result<OwnUnitRound> {
        let unit = self.coordinated(caller).await?;
        let mut work = self.store.read().await?;
        let rounds = work.unit_rounds(self.now()).await?;
        let round = rounds.into_iter().find(|known| known.id == round).ok_or(Refusal::NotFound)?;
        let frozen = work.frozen_headcount(round.id, unit.id).await?;
        let (headcount, as_of) = match frozen {
            Some(headcount) => (headcount, round.headcount_as_of),
            None => (unit.headcount, unit.headcount_as_of),
        };
        let all = |taken_part| Wanted { unit: unit.id, round: round.id, name: name_pattern(""), taken_part: Some(taken_part) };
        Ok(OwnUnitRound {
            turnout: Turnout { people: work.people_of_unit(unit.id, round.id).await?, headcount },
            taken_part: work.count_colleagues(&all(true)).await?,
            not_taken_part: work.count_colleagues(&all(false)).await?,
            colleagues: work.colleague_page((unit.id, round.id), query).await?,
            headcount_as_of: as_of,
            unit: unit.name,
            round,
        })
    }

    /// One person of the coordinator's own unit.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::UnitNeeded`]; [`Refusal::NotFound`] for somebody of another unit.
    pub async fn own_colleague(&self, caller: &Caller, account: AccountId) -> Result<OwnColleague> {
        let unit = self.coordinated(caller).await?;
        let person = self.store.glance().await?.person(account).await?;
        let own = person
            .filter(|person| person.unit_id == Some(unit.id) && person.audience == Audience::CivilServant && person.state != "closed");
        let person = own.ok_or(Refusal::NotFound)?;
        Ok(OwnColleague { unit: unit.name, full_name: person.full_name, position: person.position, state: person.state })
    }

    async fn coordinated(&self, caller: &Caller) -> Result<Unit> {
        caller.must(Action::WatchOwnUnit)?;
        let unit: UnitId = caller.unit.ok_or(Refusal::UnitNeeded)?;
        let tree = self.unit_tree().await?;
        Ok(tree.unit(unit).cloned().ok_or(Refusal::UnitNeeded)?)
    }
}

impl Work {
    async fn colleague_page(&mut self, (unit, round): (UnitId, RoundId), query: &ColleagueQuery) -> Result<ColleaguePage> {
        let wanted = Wanted { unit, round, name: name_pattern(&query.name), taken_part: query.taken_part };
        let found = self.count_colleagues(&wanted).await?;
        let pages = (found + ON_A_PAGE - 1) / ON_A_PAGE;
        let page = query.page.clamp(1, pages.max(1));
        Ok(ColleaguePage { lines: self.colleagues(&wanted, (page - 1) * ON_A_PAGE).await?, found, page, pages })
    }
}
