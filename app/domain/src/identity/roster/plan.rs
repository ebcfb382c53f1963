//! What accepting a roster would do: decided before anything is written, against what is known.

use super::{Column, Issue, PersonRow, Placed, Reading, RosterFault, UnitRow, cells::usual_block};
use crate::{Timestamp, identity::Audience, vietnamese::fold};
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
        plan_unit(placed, known, &mut after, &mut plan);
    }
    check_parents(&reading.units, &after, &mut plan.issues);
    plan.units.sort_by_key(|unit| depth(&unit.value.code, &after));

    let names = by_name(&after);
    let mut seen = BTreeSet::new();
    for placed in &reading.people {
        if !seen.insert(placed.value.login.clone()) {
            plan.issues.push(placed.issue(Column::Login, RosterFault::LoginTwice));
            continue;
        }
        match unit_of(placed, &after, &names, now) {
            Ok(unit) => plan_person(placed, unit, known, &mut plan),
            Err(issue) => plan.issues.push(issue),
        }
    }
    // People correct a file from its top.
    plan.issues.sort_by(|a, b| (&a.sheet, a.row, a.column).cmp(&(&b.sheet, b.row, b.column)));
    plan
}

fn plan_unit(placed: &Placed<UnitRow>, known: &Known, after: &mut BTreeMap<String, UnitRow>, plan: &mut Plan) {
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
    let differs = [
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
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column).collect()
}

/// Every parent exists, and nobody stands above itself.
fn check_parents(rows: &[Placed<UnitRow>], after: &BTreeMap<String, UnitRow>, issues: &mut Vec<Issue>) {
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
fn depth(code: &str, units: &BTreeMap<String, UnitRow>) -> Option<usize> {
    let mut at = code;
    for depth in 0..=units.len() {
        match units.get(at).and_then(|unit| unit.parent.as_deref()) {
            None => return Some(depth),
            Some(parent) => at = parent,
        }
    }
    None
}

/// Codes by folded name, former names included.
fn by_name(units: &BTreeMap<String, UnitRow>) -> BTreeMap<String, BTreeSet<String>> {
    let mut names: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for unit in units.values() {
        names.entry(fold(&unit.name)).or_default().insert(unit.code.clone());
    }
    names
}

/// The code of the person's unit.
fn unit_of(
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

fn plan_person(placed: &Placed<PersonRow>, unit: String, known: &Known, plan: &mut Plan) {
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
    let differs = [
        (Column::FullName, before.full_name != after.full_name),
        (Column::Unit, before.unit != after.unit),
        (Column::Audience, before.audience != after.audience),
        (Column::Position, before.position != after.position),
        (Column::Email, before.email != after.email),
        (Column::BirthDate, before.birth_date != after.birth_date),
    ];
    differs.into_iter().filter(|(_, differs)| *differs).map(|(column, _)| column).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::UnitKind;
    use proptest::prelude::*;

    fn placed<T>(row: u32, value: T) -> Placed<T> {
        Placed { sheet: String::new(), row, places: Vec::new(), value }
    }

    fn unit(code: &str, parent: Option<&str>) -> UnitRow {
        let kind = Some(UnitKind::Department);
        UnitRow { code: code.to_owned(), name: format!("Sở {code}"), kind, parent: parent.map(str::to_owned), ..UnitRow::default() }
    }

    fn person(login: &str, unit: &str) -> PersonRow {
        PersonRow {
            login: login.to_owned(),
            full_name: "Đỗ Thị Lan".to_owned(),
            unit: Some(unit.to_owned()),
            unit_name: None,
            audience: None,
            position: None,
            email: None,
            birth_date: None,
        }
    }

    fn reading(units: Vec<UnitRow>, people: Vec<PersonRow>) -> Reading {
        Reading {
            units: units.into_iter().zip(2..).map(|(value, row)| placed(row, value)).collect(),
            people: people.into_iter().zip(2..).map(|(value, row)| placed(row, value)).collect(),
            issues: Vec::new(),
        }
    }

    fn faults(plan: &Plan) -> Vec<(u32, RosterFault)> {
        plan.issues.iter().map(|issue| (issue.row, issue.fault)).collect()
    }

    /// What is known once the plan has been carried out.
    fn carried_out(known: &Known, plan: &Plan) -> Known {
        let mut after = known.clone();
        for unit in &plan.units {
            after.units.insert(unit.value.code.clone(), unit.value.clone());
        }
        for person in plan.people.iter().filter(|person| person.step != Step::Keep) {
            let row = person.value.clone();
            after.people.entry(row.login.clone()).and_modify(|known| known.row = row.clone()).or_insert(KnownPerson {
                row,
                invited: true,
                closed: false,
            });
        }
        after
    }

    const NOW: Timestamp = Timestamp(1_795_395_600_000);

    #[test]
    fn new_units_and_their_people_are_added_together() {
        let plan = plan(reading(vec![unit("con", Some("cha")), unit("cha", None)], vec![person("lan.nt", "con")]), &Known::default(), NOW);
        assert_eq!(faults(&plan), []);
        assert_eq!(plan.units.iter().map(|unit| unit.value.code.as_str()).collect::<Vec<_>>(), ["cha", "con"], "parents first");
        assert_eq!((plan.count_units(Step::Add), plan.count_people(Step::Add)), (2, 1));
        assert!(plan.acceptable());
    }

    #[test]
    fn parents_must_exist_and_form_no_circle() {
        let plan = plan(
            reading(vec![unit("a-a", Some("b-b")), unit("b-b", Some("a-a")), unit("c-c", Some("d-d"))], vec![]),
            &Known::default(),
            NOW,
        );
        assert_eq!(faults(&plan), [(2, RosterFault::ParentCircle), (3, RosterFault::ParentCircle), (4, RosterFault::ParentUnknown)]);
        assert!(!plan.acceptable());
    }

    #[test]
    fn what_stands_twice_is_told() {
        let plan = plan(
            reading(vec![unit("a-a", None), unit("a-a", None)], vec![person("lan.nt", "a-a"), person("lan.nt", "a-a")]),
            &Known::default(),
            NOW,
        );
        assert_eq!(faults(&plan), [(3, RosterFault::CodeTwice), (3, RosterFault::LoginTwice)]);
    }

    #[test]
    fn units_of_people_must_be_known_single_and_alive() {
        let mut ended = unit("cu", None);
        ended.valid_until = Some(NOW);
        let mut twin = unit("a-2", None);
        twin.name = "Sở a-a".to_owned();
        let mut by_name = person("ba", "");
        (by_name.unit, by_name.unit_name) = (None, Some("SO A-A".to_owned()));
        let mut one_name = person("bon", "");
        (one_name.unit, one_name.unit_name) = (None, Some("so cu".to_owned()));
        let rows = vec![person("mot", "không có"), person("hai", "cu"), by_name, one_name];
        let plan = plan(reading(vec![unit("a-a", None), twin, ended], rows), &Known::default(), NOW);
        assert_eq!(
            faults(&plan),
            [(2, RosterFault::UnitUnknown), (3, RosterFault::UnitEnded), (4, RosterFault::UnitAmbiguous), (5, RosterFault::UnitEnded)]
        );
    }

    #[test]
    fn a_list_changes_invited_people_only() {
        let first = plan(
            reading(
                vec![unit("a-a", None), unit("b-b", None)],
                vec![person("lan.nt", "a-a"), person("minh.tv", "a-a"), person("hoa.lt", "a-a")],
            ),
            &Known::default(),
            NOW,
        );
        let mut known = carried_out(&Known::default(), &first);
        known.people.entry("minh.tv".to_owned()).and_modify(|minh| minh.invited = false);
        known.people.entry("hoa.lt".to_owned()).and_modify(|hoa| (hoa.invited, hoa.closed) = (false, true));
        let moved = plan(reading(vec![], vec![person("lan.nt", "b-b"), person("minh.tv", "b-b"), person("hoa.lt", "b-b")]), &known, NOW);
        assert_eq!(moved.people.iter().map(|person| person.step).collect::<Vec<_>>(), [Step::Change, Step::Keep]);
        assert_eq!(moved.people[0].changes, [Column::Unit]);
        assert_eq!(faults(&moved), [(3, RosterFault::AccountInUse), (4, RosterFault::AccountClosed)]);
    }

    #[test]
    fn a_new_unit_needs_a_kind_and_a_headcount_wants_its_day() {
        let mut row = unit("a-a", None);
        (row.kind, row.headcount) = (None, Some(12));
        let plan = plan(reading(vec![row], vec![]), &Known::default(), NOW);
        assert_eq!(faults(&plan), [(2, RosterFault::AsOfMissing), (2, RosterFault::CellEmpty)]);
    }

    proptest! {
        #[test]
        fn a_roster_that_was_accepted_changes_nothing_again(
            parents in proptest::collection::vec(proptest::option::of(0_usize..8), 1..8),
            homes in proptest::collection::vec(0_usize..8, 0..12),
        ) {
            let units: Vec<UnitRow> = parents.iter().enumerate().map(|(i, parent)| {
                // Only earlier units stand above: no circle.
                let parent = parent.filter(|parent| *parent < i).map(|parent| format!("u-{parent}"));
                unit(&format!("u-{i}"), parent.as_deref())
            }).collect();
            let people: Vec<PersonRow> = homes.iter().enumerate().map(|(i, home)| person(&format!("nguoi{i}"), &format!("u-{}", home % units.len()))).collect();
            let first = plan(reading(units.clone(), people.clone()), &Known::default(), NOW);
            prop_assert!(first.acceptable());
            let again = plan(reading(units, people), &carried_out(&Known::default(), &first), NOW);
            prop_assert!(!again.moves());
            prop_assert_eq!(again.issues, vec![]);
        }
    }
}
