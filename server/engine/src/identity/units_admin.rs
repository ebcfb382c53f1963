//! Administration of the unit tree: list, add, change, merge; headcounts with their day.

use super::{sign_up::keep, store::UnitTally};
use crate::{Caller, Engine, Result, Stop, fault::accept, random, store::StoreError};
use domain::{
    Field, Refusal, Refused, Timestamp,
    id::UnitId,
    identity::{
        Action, Block, Deed, Unit, UnitKind, UnitTree,
        roster::{RosterFault, cells},
    },
    vietnamese::{order_key, tidy},
};

const LONGEST_REASON: usize = 500;

/// A unit with what its page shows beside it.
#[derive(Debug, Clone)]
pub struct UnitAbout {
    /// The unit.
    pub unit: Unit,
    /// The unit above.
    pub parent: Option<String>,
    /// Its people.
    pub tally: UnitTally,
    /// Names of units that became this one, with the day.
    pub lineage: Vec<(String, Timestamp)>,
}

/// A unit's form, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct UnitForm {
    /// The code; it never changes once given.
    pub code: String,
    /// The name.
    pub name: String,
    /// The kind's code.
    pub kind: String,
    /// The id of the unit above, or nothing.
    pub parent: String,
    /// The block's code.
    pub block: String,
    /// The headcount, or nothing.
    pub headcount: String,
    /// The day of the headcount, or nothing.
    pub headcount_as_of: String,
    /// When it began, or nothing.
    pub valid_from: String,
    /// When it ended, or nothing.
    pub valid_until: String,
    /// Names from before a merger, separated by semicolons or lines.
    pub former_names: String,
}

impl UnitForm {
    /// The form filled in with a unit.
    pub fn of(unit: &Unit) -> Self {
        let day = |day: Option<Timestamp>| day.map(Timestamp::date).unwrap_or_default();
        Self {
            code: unit.code.clone(),
            name: unit.name.clone(),
            kind: unit.kind.code().to_owned(),
            parent: unit.parent.map(|parent| parent.to_string()).unwrap_or_default(),
            block: unit.block.code().to_owned(),
            headcount: unit.headcount.map(|headcount| headcount.to_string()).unwrap_or_default(),
            headcount_as_of: day(unit.headcount_as_of),
            valid_from: day(unit.valid_from),
            valid_until: day(unit.valid_until),
            former_names: unit.former_names.join("; "),
        }
    }

    /// Reads the form: the unit it states, or every wrong field.
    fn read(&self, id: UnitId, tree: &UnitTree) -> Result<Unit> {
        let mut refused: Refused = Vec::new();
        let code = keep(&mut refused, "code", required(&self.code).and_then(|typed| cells::code(typed).map_err(refusal)));
        let name = keep(&mut refused, "name", required(&self.name).and_then(|typed| cells::name(typed).map_err(refusal)));
        let kind = keep(&mut refused, "kind", UnitKind::from_code(&self.kind).ok_or(Refusal::NotOffered));
        let block = keep(&mut refused, "block", Block::from_code(&self.block).ok_or(Refusal::NotOffered));
        let parent =
            optional(&self.parent, |typed| typed.parse::<UnitId>().ok().filter(|id| tree.unit(*id).is_some()).ok_or(Refusal::UnitUnknown));
        let parent = keep(&mut refused, "parent", parent).flatten();
        if parent.is_some_and(|parent| stands_below(parent, id, tree)) {
            refused.push((Field::named("parent"), Refusal::UnitCircle));
        }
        let headcount = optional(&self.headcount, |typed| cells::headcount(typed).map_err(refusal));
        let headcount = keep(&mut refused, "headcount", headcount).flatten();
        let date = |typed: &str| cells::date(typed).map_err(refusal);
        let as_of = keep(&mut refused, "headcount_as_of", optional(&self.headcount_as_of, date)).flatten();
        if headcount.is_some() && self.headcount_as_of.trim().is_empty() {
            refused.push((Field::named("headcount_as_of"), Refusal::Required));
        }
        let valid_from = keep(&mut refused, "valid_from", optional(&self.valid_from, date)).flatten();
        let valid_until = keep(&mut refused, "valid_until", optional(&self.valid_until, date)).flatten();
        if valid_from.zip(valid_until).is_some_and(|(from, until)| until <= from) {
            refused.push((Field::named("valid_until"), Refusal::UnitEndsTooEarly));
        }
        let names = cells::former_names(&self.former_names.replace(['\n', '\r'], ";")).map_err(refusal);
        let former_names = keep(&mut refused, "former_names", names);
        accept(refused)?;
        let (Some(code), Some(name), Some(kind), Some(block)) = (code, name, kind, block) else { return Err(Refusal::Required.into()) };
        Ok(Unit {
            id,
            code,
            name,
            kind,
            parent,
            block,
            headcount,
            headcount_as_of: headcount.and(as_of),
            valid_from,
            valid_until,
            former_names: former_names.unwrap_or_default(),
            sample: tree.unit(id).is_some_and(|unit| unit.sample),
        })
    }
}

impl Engine {
    /// Every unit with the number of its people.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn units_with_people(&self, caller: &Caller) -> Result<Vec<(Unit, UnitTally)>> {
        caller.must(Action::ManagePeople)?;
        let mut work = self.store.read().await?;
        let tallies = work.unit_tallies().await?;
        let tally = |unit: UnitId| tallies.iter().find(|tally| tally.unit_id == unit).cloned().unwrap_or_else(|| UnitTally::empty(unit));
        Ok(work
            .units()
            .await?
            .into_iter()
            .map(|unit| {
                let tally = tally(unit.id);
                (unit, tally)
            })
            .collect())
    }

    /// One unit with its people and lineage.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn unit_about(&self, caller: &Caller, unit: UnitId) -> Result<UnitAbout> {
        caller.must(Action::ManagePeople)?;
        let tree = self.unit_tree().await?;
        let found = tree.unit(unit).cloned().ok_or(Refusal::NotFound)?;
        let mut work = self.store.read().await?;
        let tally = work.unit_tallies().await?.into_iter().find(|tally| tally.unit_id == unit).unwrap_or_else(|| UnitTally::empty(unit));
        let parent = found.parent.and_then(|parent| tree.unit(parent)).map(|parent| parent.name.clone());
        Ok(UnitAbout { unit: found, parent, tally, lineage: work.lineage_of(unit).await? })
    }

    /// Adds a unit.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; every wrong field at once; [`Refusal::Taken`] at `code`.
    pub async fn add_unit(&self, caller: &Caller, form: &UnitForm) -> Result<UnitId> {
        caller.must(Action::ManagePeople)?;
        let now = self.now();
        let unit = form.read(random::id(now), &*self.unit_tree().await?)?;
        let mut work = self.store.begin().await?;
        work.add_unit(&unit, &order_key(&unit.name)).await.map_err(taken)?;
        for former in &unit.former_names {
            work.add_lineage(former, unit.id, unit.valid_from.unwrap_or(now)).await?;
        }
        let detail = serde_json::json!({ "added": unit.code });
        work.note(now, caller, Deed::EditUnit, &unit.id.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        self.forget_units();
        Ok(unit.id)
    }

    /// Changes a unit; its code stays. Rounds that are frozen keep the headcount they were frozen with.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`]; every wrong field at once.
    pub async fn edit_unit(&self, caller: &Caller, unit: UnitId, form: &UnitForm) -> Result<()> {
        caller.must(Action::ManagePeople)?;
        let now = self.now();
        let tree = self.unit_tree().await?;
        let before = tree.unit(unit).ok_or(Refusal::NotFound)?;
        let after = UnitForm { code: before.code.clone(), ..form.clone() }.read(unit, &tree)?;
        let mut work = self.store.begin().await?;
        if work.change_unit(&after).await? == 0 {
            return Err(Refusal::NotFound.into());
        }
        for former in after.former_names.iter().filter(|name| !before.former_names.contains(name)) {
            work.add_lineage(former, unit, after.valid_from.unwrap_or(now)).await?;
        }
        let detail = serde_json::json!({ "name": after.name, "headcount": after.headcount, "headcount_before": before.headcount });
        work.note(now, caller, Deed::EditUnit, &unit.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        self.forget_units();
        Ok(())
    }

    /// Makes one unit part of another from a day on: it ends, its people and the units below it move, its names
    /// become former names of the other. Attempts keep the unit that was copied onto them.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`]; at their fields: [`Refusal::UnitUnknown`], [`Refusal::UnitCircle`],
    /// [`Refusal::NotADate`], [`Refusal::UnitEndsTooEarly`], [`Refusal::ReasonNeeded`]; [`Refusal::AlreadyDone`] for a unit that ended.
    pub async fn merge_unit(&self, caller: &Caller, unit: UnitId, (into, at): (&str, &str), reason: &str) -> Result<i64> {
        caller.must(Action::ManagePeople)?;
        let now = self.now();
        let tree = self.unit_tree().await?;
        let old = tree.unit(unit).ok_or(Refusal::NotFound)?;
        if old.valid_until.is_some() {
            return Err(Refusal::AlreadyDone.into());
        }
        let mut refused: Refused = Vec::new();
        let into =
            into.parse::<UnitId>().ok().and_then(|id| tree.unit(id)).filter(|into| into.valid_until.is_none()).ok_or(Refusal::UnitUnknown);
        let into = keep(
            &mut refused,
            "into",
            into.and_then(|into| if stands_below(into.id, unit, &tree) { Err(Refusal::UnitCircle) } else { Ok(into) }),
        );
        let at = keep(&mut refused, "at", cells::date(at).map_err(refusal));
        if old.valid_from.zip(at).is_some_and(|(from, at)| at <= from) {
            refused.push((Field::named("at"), Refusal::UnitEndsTooEarly));
        }
        let reason = tidy(reason);
        match reason.chars().count() {
            0 => refused.push((Field::named("reason"), Refusal::ReasonNeeded)),
            length if length > LONGEST_REASON => refused.push((Field::named("reason"), Refusal::TooLong)),
            _ => {}
        }
        accept(refused)?;
        let (Some(into), Some(at)) = (into, at) else { return Err(Refusal::UnitUnknown.into()) };
        let mut work = self.store.begin().await?;
        if work.end_unit(unit, at).await? == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        let mut heir = into.clone();
        heir.former_names.push(format!("{} (cũ)", old.name.trim_end_matches("(cũ)").trim()));
        heir.former_names.extend(old.former_names.iter().filter(|name| !into.former_names.contains(name)).cloned());
        work.change_unit(&heir).await?;
        work.add_merger(old, into.id, at).await?;
        work.adopt_units(unit, into.id).await?;
        let people = work.accounts_of(unit).await?;
        for account in &people {
            if work.move_account(*account, Some(unit), into.id).await? > 0 {
                work.add_unit_change((random::id(now), now), (*account, caller.account), (Some(unit), into.id), &reason).await?;
            }
        }
        let moved = i64::try_from(people.len()).unwrap_or(i64::MAX);
        let detail = serde_json::json!({ "into": into.id, "at": at.date(), "people": moved, "reason": reason });
        work.note(now, caller, Deed::MergeUnit, &unit.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        self.forget_units();
        for account in people {
            self.forget_account(account);
        }
        Ok(moved)
    }
}

/// Whether the unit is the other one or stands somewhere below it.
fn stands_below(unit: UnitId, other: UnitId, tree: &UnitTree) -> bool {
    let mut at = Some(unit);
    for _ in 0..=tree.units().len() {
        match at {
            Some(unit) if unit == other => return true,
            Some(unit) => at = tree.unit(unit).and_then(|unit| unit.parent),
            None => return false,
        }
    }
    true
}

fn required(typed: &str) -> Result<&str, Refusal> {
    if typed.trim().is_empty() { Err(Refusal::Required) } else { Ok(typed) }
}

fn optional<T>(typed: &str, read: impl FnOnce(&str) -> Result<T, Refusal>) -> Result<Option<T>, Refusal> {
    if typed.trim().is_empty() { Ok(None) } else { read(typed.trim()).map(Some) }
}

/// What a form says where a roster would say the fault.
const fn refusal(fault: RosterFault) -> Refusal {
    match fault {
        RosterFault::BadCode => Refusal::BadSlug,
        RosterFault::CellTooLong => Refusal::TooLong,
        RosterFault::NameTooShort => Refusal::TooShort,
        RosterFault::BadHeadcount => Refusal::OutOfRange,
        RosterFault::BadDate => Refusal::NotADate,
        _ => Refusal::NotOffered,
    }
}

fn taken(error: StoreError) -> Stop {
    match error {
        StoreError::Duplicate => Stop::at("code", Refusal::Taken),
        failed @ StoreError::Driver(_) => failed.into(),
    }
}
