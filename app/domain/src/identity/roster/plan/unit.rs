//! Planning the units of a roster.

use super::{Known, Plan, Planned, Step, changed};
use crate::identity::roster::{Column, Issue, Placed, RosterFault, UnitRow, cells::usual_block};
use std::collections::BTreeMap;

/// Plans one row about a unit; `after` holds every unit as it will be.
pub(super) fn plan_unit(placed: &Placed<UnitRow>, known: &Known, after: &mut BTreeMap<String, UnitRow>, plan: &mut Plan) {
    let row = &placed.value;
    if row.headcount.is_some() && row.as_of.is_none() {
        plan.issues.push(placed.issue(Column::AsOf, RosterFault::AsOfMissing));
    }
    let before = known.units.get(&row.code);
    let kind = row.kind.or_else(|| before.and_then(|before| before.kind));
    let Some(kind) = kind else {
        plan.issues.push(placed.issue(Column::Kind, RosterFault::CellEmpty));
        return;
    };
    let old = before.cloned().unwrap_or_default();
    let value = UnitRow {
        code: row.code.clone(),
        name: row.name.clone(),
        kind: Some(kind),
        parent: row.parent.clone().or(old.parent),
        block: row.block.or(old.block).or(Some(usual_block(kind))),
        headcount: row.headcount.or(old.headcount),
        as_of: row.as_of.or(old.as_of),
        valid_from: row.valid_from.or(old.valid_from),
        valid_until: row.valid_until.or(old.valid_until),
        former_names: Some(row.former_names.clone().or(old.former_names).unwrap_or_default()),
        sample: Some(row.sample.or(old.sample).unwrap_or_default()),
    };
    if value.valid_from.zip(value.valid_until).is_some_and(|(from, until)| until <= from) {
        plan.issues.push(placed.issue(Column::ValidUntil, RosterFault::EndsBeforeStart));
    }
    let changes = before.map(|before| unit_changes(before, &value)).unwrap_or_default();
    let step = match (before, changes.is_empty()) {
        (None, _) => Step::Add,
        (Some(_), true) => Step::Same,
        (Some(_), false) => Step::Change,
    };
    after.insert(value.code.clone(), value.clone());
    plan.units.push(Planned { sheet: placed.sheet.clone(), row: placed.row, step, changes, value });
}

fn unit_changes(before: &UnitRow, after: &UnitRow) -> Vec<Column> {
    changed([
        (Column::Name, before.name != after.name),
        (Column::Kind, before.kind != after.kind),
        (Column::Parent, before.parent != after.parent),
        (Column::Block, before.block != after.block),
        (Column::Headcount, before.headcount != after.headcount),
        (Column::AsOf, before.as_of != after.as_of),
        (Column::ValidFrom, before.valid_from != after.valid_from),
        (Column::ValidUntil, before.valid_until != after.valid_until),
        (Column::FormerNames, before.former_names != after.former_names),
        (Column::Sample, before.sample != after.sample),
    ])
}

/// Every parent exists, and nobody stands above itself.
pub(super) fn check_parents(rows: &[Placed<UnitRow>], after: &BTreeMap<String, UnitRow>, issues: &mut Vec<Issue>) {
    for placed in rows {
        let Some(parent) = &placed.value.parent else { continue };
        if !after.contains_key(parent) {
            issues.push(placed.issue(Column::Parent, RosterFault::ParentUnknown));
        } else if depth(&placed.value.code, after).is_none() {
            issues.push(placed.issue(Column::Parent, RosterFault::ParentCircle));
        }
    }
}

/// How far below the root a unit stands; `None` when its ancestors form a circle.
pub(super) fn depth(code: &str, units: &BTreeMap<String, UnitRow>) -> Option<usize> {
    let mut at = code;
    for depth in 0..=units.len() {
        match units.get(at).and_then(|unit| unit.parent.as_deref()) {
            None => return Some(depth),
            Some(parent) => at = parent,
        }
    }
    None
}
