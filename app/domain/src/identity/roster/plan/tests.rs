//! How rosters are planned.

use super::*;
use crate::identity::{UnitKind, roster::Placed};
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
    let plan =
        plan(reading(vec![unit("a-a", Some("b-b")), unit("b-b", Some("a-a")), unit("c-c", Some("d-d"))], vec![]), &Known::default(), NOW);
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
fn a_name_from_before_a_merger_leads_to_the_unit_of_today() {
    let named = |login: &str, name: &str| PersonRow { unit: None, unit_name: Some(name.to_owned()), ..person(login, "") };
    let mut minh = unit("binh-minh", None);
    minh.former_names = Some(vec!["Xã Bình Khương (cũ)".to_owned(), "Sở b-b (cũ)".to_owned()]);
    let mut an = unit("an-phu", None);
    an.former_names = Some(vec!["Xã Bình Khương (cũ)".to_owned()]);
    let rows = vec![named("mot", "xã bình khương"), named("hai", "Sở b-b"), named("ba", "Sở b-b (cũ)")];
    let alone = plan(reading(vec![minh.clone(), unit("b-b", None)], rows.clone()), &Known::default(), NOW);
    assert_eq!(faults(&alone), []);
    let units: Vec<_> = alone.people.iter().map(|person| person.value.unit.as_deref()).collect();
    assert_eq!(units, [Some("binh-minh"), Some("b-b"), Some("binh-minh")], "a name that is borne today is meant");
    let split = plan(reading(vec![minh, an, unit("b-b", None)], rows), &Known::default(), NOW);
    assert_eq!(faults(&split), [(2, RosterFault::UnitAmbiguous)], "a unit that was split leads nowhere by itself");
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
