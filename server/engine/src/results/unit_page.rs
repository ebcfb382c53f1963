//! The page of one unit: its line in a published round, its winners, and its other published rounds.

use super::{
    board::{UnitLine, openness, shown_units},
    page::ResultsPage,
};
use crate::{Caller, Engine, Result};
use domain::{
    Refusal,
    identity::Action,
    ranking::Span,
    results::{CollectivePrize, Matter, Moment, Viewer, Winner, may_see},
};

/// What the page of a unit shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitPage {
    /// The unit's name.
    pub name: String,
    /// Its code.
    pub code: String,
    /// Its line; none where the rules keep it to the unit itself and the organisers.
    pub line: Option<UnitLine>,
    /// Placed units of its block.
    pub placed_in_block: i64,
    /// Its people who won.
    pub winners: Vec<Winner>,
    /// What it won itself.
    pub prizes: Vec<CollectivePrize>,
    /// Published rounds of the contest in which it stands: position and label.
    pub rounds: Vec<(i64, String)>,
    /// The whole announcement, for its heads and addresses.
    pub page: ResultsPage,
}

impl Engine {
    /// The unit's page in a published round. Its line is left out where the lower units are not public, except for
    /// those who took part for the unit, its coordinators, and those who may watch rounds.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotPublished`].
    pub async fn unit_page(&self, viewer: Option<&Caller>, round: (&str, i64), code: &str) -> Result<UnitPage> {
        let page = self.results(round.0, round.1, None).await?;
        let mut work = self.store.read().await?;
        let row = work.round_to_judge(page.round).await?;
        let (ranking, ..) = work.facts(page.round, page.version).await?;
        let rows = work.unit_rows(ranking, Span::Round).await?;
        let own = rows.iter().find(|unit| unit.code == code).cloned().ok_or(Refusal::NotFound)?;
        let placed_in_block = rows.iter().filter(|unit| unit.block == own.block && unit.place.is_some()).count();
        let capacity = match viewer {
            Some(caller) if caller.may(Action::WatchRound) => Viewer::Watcher,
            Some(caller) if caller.unit == Some(own.unit_id) && caller.may(Action::WatchOwnUnit) => Viewer::OwnUnit,
            // A unit can be chosen at sign-up: its own people are those who stood for it.
            Some(caller) if work.stood_for(ranking, caller.account, own.unit_id).await? => Viewer::OwnUnit,
            Some(_) | None => Viewer::Public,
        };
        let open = openness(&row.read_rules()?, &page.announcement.facts);
        let (shown, _) = shown_units(rows, may_see(Matter::LowerUnits, capacity, Moment::Published, open));
        let rounds = work.published_with_unit(row.contest_id, own.unit_id).await?;
        Ok(UnitPage {
            line: shown.into_iter().find(|unit| unit.unit_id == own.unit_id),
            placed_in_block: i64::try_from(placed_in_block).unwrap_or(i64::MAX),
            winners: page.announcement.winners.iter().filter(|winner| winner.unit.as_ref() == Some(&own.name)).cloned().collect(),
            prizes: page.announcement.collective.iter().filter(|prize| prize.unit == own.unit_id).cloned().collect(),
            rounds,
            name: own.name,
            code: own.code,
            page,
        })
    }
}
