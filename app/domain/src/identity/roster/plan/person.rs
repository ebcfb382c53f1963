//! Planning the people of a roster: each joins a unit that is known, single and alive.

use super::{Known, Plan, Planned, Step, changed};
use crate::{
    Timestamp,
    identity::{
        Audience,
        roster::{Column, Issue, PersonRow, Placed, RosterFault, UnitRow},
    },
    vietnamese::fold,
};
use std::collections::{BTreeMap, BTreeSet};

/// Codes by folded name; a name from before a merger leads to today's unit, unless some unit bears it still.
pub(super) fn by_name(units: &BTreeMap<String, UnitRow>) -> BTreeMap<String, BTreeSet<String>> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for unit in units.values() {
        names.entry(fold(&unit.name)).or_default().insert(unit.code.clone());
    }
    let mut former: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for unit in units.values() {
        for name in unit.former_names.iter().flatten() {
            let name = fold(name);
            let bare = name.trim_end_matches("(cu)").trim_end().to_owned();
            for name in [name, bare].into_iter().filter(|name| !names.contains_key(name)) {
                former.entry(name).or_default().insert(unit.code.clone());
            }
        }
    }
    names.extend(former);
    names
}

/// The code of the person's unit; `names` are those of [`by_name`].
pub(super) fn unit_of(
    placed: &Placed<PersonRow>,
    units: &BTreeMap<String, UnitRow>,
    names: &BTreeMap<String, BTreeSet<String>>,
    now: Timestamp,
) -> Result<String, Issue> {
    let (column, unit) = match (&placed.value.unit, &placed.value.unit_name) {
        (Some(code), _) => (Column::Unit, units.get(code)),
        (None, Some(name)) => match names.get(&fold(name)).map(|codes| (codes.len(), codes.first())) {
            Some((1, Some(code))) => (Column::UnitName, units.get(code)),
            Some(_) => return Err(placed.issue(Column::UnitName, RosterFault::UnitAmbiguous)),
            None => (Column::UnitName, None),
        },
        (None, None) => (Column::Unit, None),
    };
    let unit = unit.ok_or_else(|| placed.issue(column, RosterFault::UnitUnknown))?;
    if unit.valid_until.is_some_and(|until| until <= now) {
        return Err(placed.issue(column, RosterFault::UnitEnded));
    }
    Ok(unit.code.clone())
}

/// Plans one row about a person of this unit.
pub(super) fn plan_person(placed: &Placed<PersonRow>, unit: String, known: &Known, plan: &mut Plan) {
    let row = &placed.value;
    let before = known.people.get(&row.login);
    let old = before.map(|before| before.row.clone());
    let value = PersonRow {
        login: row.login.clone(),
        full_name: row.full_name.clone(),
        unit: Some(unit),
        unit_name: None,
        audience: row.audience.or(old.as_ref().and_then(|old| old.audience)).or(Some(Audience::CivilServant)),
        position: Some(row.position.clone().or_else(|| old.as_ref().and_then(|old| old.position.clone())).unwrap_or_default()),
        email: Some(row.email.clone().or_else(|| old.as_ref().and_then(|old| old.email.clone())).unwrap_or_default()),
        birth_date: row.birth_date.or(old.as_ref().and_then(|old| old.birth_date)),
    };
    let changes = old.as_ref().map(|old| person_changes(old, &value)).unwrap_or_default();
    let (step, value, changes) = match before {
        None => (Step::Add, value, changes),
        Some(before) if before.closed => {
            plan.issues.push(placed.issue(Column::Login, RosterFault::AccountClosed));
            return;
        }
        Some(_) if changes.is_empty() => (Step::Same, value, changes),
        Some(before) if before.invited => (Step::Change, value, changes),
        Some(before) => {
            plan.issues.push(placed.issue(Column::Login, RosterFault::AccountInUse));
            (Step::Keep, before.row.clone(), Vec::new())
        }
    };
    plan.people.push(Planned { sheet: placed.sheet.clone(), row: placed.row, step, changes, value });
}

fn person_changes(before: &PersonRow, after: &PersonRow) -> Vec<Column> {
    changed([
        (Column::FullName, before.full_name != after.full_name),
        (Column::Unit, before.unit != after.unit),
        (Column::Audience, before.audience != after.audience),
        (Column::Position, before.position != after.position),
        (Column::Email, before.email != after.email),
        (Column::BirthDate, before.birth_date != after.birth_date),
    ])
}
