//! What accepting a roster would do: decided before anything is written, against what is known.

mod person;
mod unit;

use super::{Column, Issue, PersonRow, Reading, RosterFault, UnitRow};
use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

words! {
    /// What happens to one row.
    pub enum Step {
        /// Something new.
        Add = "add", "Thêm mới";
        /// Something known gets other values.
        Change = "change", "Thay đổi";
        /// Everything is as stated already.
        Same = "same", "Không đổi";
        /// Stays as it is, though the file says otherwise.
        Keep = "keep", "Giữ nguyên";
    }
}

/// A person as the accounts have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownPerson {
    /// What a row would state.
    pub row: PersonRow,
    /// Whether nobody has activated it yet, so that a list may still change it.
    pub invited: bool,
    /// Whether it was closed.
    pub closed: bool,
}

/// What is known before the roster: units and accounts that its rows name.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Units by code.
    pub units: BTreeMap<String, UnitRow>,
    /// Accounts by login.
    pub people: BTreeMap<String, KnownPerson>,
}

/// One row and what happens to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned<T> {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from 1.
    pub row: u32,
    /// What happens.
    pub step: Step,
    /// The columns whose values change.
    pub changes: Vec<Column>,
    /// The values afterwards.
    pub value: T,
}

/// What accepting the roster would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Units, parents before their children where both are new.
    pub units: Vec<Planned<UnitRow>>,
    /// People, each with the code of the unit.
    pub people: Vec<Planned<PersonRow>>,
    /// What is wrong or worth knowing.
    pub issues: Vec<Issue>,
}

impl Plan {
    /// Whether it may be accepted: nothing blocks and something changes.
    pub fn acceptable(&self) -> bool {
        !self.issues.iter().any(|issue| issue.fault.blocks()) && self.moves()
    }

    /// Whether accepting it would change anything.
    pub fn moves(&self) -> bool {
        let moves = |step| matches!(step, Step::Add | Step::Change);
        self.units.iter().any(|unit| moves(unit.step)) || self.people.iter().any(|person| moves(person.step))
    }

    /// How many units the step happens to.
    pub fn count_units(&self, step: Step) -> usize {
        self.units.iter().filter(|unit| unit.step == step).count()
    }

    /// How many people the step happens to.
    pub fn count_people(&self, step: Step) -> usize {
        self.people.iter().filter(|person| person.step == step).count()
    }
}

/// Plans a reading against what is known.
pub fn plan(reading: Reading, known: &Known, now: Timestamp) -> Plan {
    let mut plan = Plan { issues: reading.issues, ..Plan::default() };
    let mut after = known.units.clone();
    let mut seen = BTreeSet::new();
    for placed in &reading.units {
        if !seen.insert(placed.value.code.clone()) {
            plan.issues.push(placed.issue(Column::Code, RosterFault::CodeTwice));
            continue;
        }
        unit::plan_unit(placed, known, &mut after, &mut plan);
    }
    unit::check_parents(&reading.units, &after, &mut plan.issues);
    plan.units.sort_by_key(|unit| unit::depth(&unit.value.code, &after));

    let names = person::by_name(&after);
    let mut seen = BTreeSet::new();
    for placed in &reading.people {
        if !seen.insert(placed.value.login.clone()) {
            plan.issues.push(placed.issue(Column::Login, RosterFault::LoginTwice));
            continue;
        }
        match person::unit_of(placed, &after, &names, now) {
            Ok(unit) => person::plan_person(placed, unit, known, &mut plan),
            Err(issue) => plan.issues.push(issue),
        }
    }
    // People correct a file from its top.
    plan.issues.sort_by(|a, b| (&a.sheet, a.row, a.column).cmp(&(&b.sheet, b.row, b.column)));
    plan
}

/// The columns in which two rows differ.
fn changed<const N: usize>(differs: [(Column, bool); N]) -> Vec<Column> {
    differs.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column).collect()
}

#[cfg(test)]
mod tests;
