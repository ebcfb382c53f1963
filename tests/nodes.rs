//! Several nodes on one PostgreSQL database: what changes on one is seen on all, one leads, and whose clock rules.

use domain::{Millis, Refusal, attempt::GRACE, id::UnitId};
use engine::{Engine, clock::Clock, identity::UnitForm, lease::Chore};
use std::time::Duration;
use tests::{SmallRound, World, refused, story};
use tokio::time::{sleep, timeout};

/// A change must be seen everywhere within this time.
const A_SECOND: Duration = Duration::from_secs(1);

async fn name(node: &Engine, unit: UnitId) -> String {
    node.unit_tree().await.expect("the tree").name(Some(unit)).to_owned()
}

/// Waits until the node says so; words between processes take real time.
async fn comes_to(node: &Engine, unit: UnitId, words: &str) {
    let seen = async {
        while name(node, unit).await != words {
            sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(A_SECOND, seen).await.unwrap_or_else(|_| panic!("{words} is not seen within a second"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_changes_on_one_node_is_seen_on_all_within_a_second() {
    let world = World::on_postgres().await;
    let other = world.another_node().await;
    let unit = world.unit("so-y-te").await;
    let organiser = world.organiser().await;
    world.engine.join_nodes();
    other.join_nodes();
    assert_eq!((name(&world.engine, unit).await, name(&other, unit).await), ("Sở Y tế".to_owned(), "Sở Y tế".to_owned()));
    for words in ["Sở Y tế một", "Sở Y tế hai", "Sở Y tế ba"] {
        let tree = world.engine.unit_tree().await.expect("the tree");
        let form = UnitForm { name: words.to_owned(), ..UnitForm::of(tree.unit(unit).expect("the unit")) };
        world.engine.edit_unit(&organiser, unit, &form).await.expect("renamed");
        comes_to(&other, unit, words).await;
        assert_eq!(name(&world.engine, unit).await, words);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_node_leads_and_another_follows_when_it_is_dead() {
    let world = World::on_postgres().await;
    let other = world.another_node().await;
    let leads = async |node: &Engine| node.leads(Chore::Sweep).await.expect("asked");
    assert!(leads(&world.engine).await);
    assert!(!leads(&other).await, "there is one leader");
    for _ in 0..5 {
        world.wind(Millis::seconds(2));
        assert!(leads(&world.engine).await, "whoever asks often goes on leading");
        assert!(!leads(&other).await);
    }
    world.wind(Millis::seconds(8));
    assert!(leads(&other).await, "the leader is dead, and ten seconds are not over");
    assert!(!leads(&world.engine).await, "back from the dead, it follows");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_nodes_at_once_do_not_both_lead() {
    let world = World::on_postgres().await;
    let other = world.another_node().await;
    let (one, two) = tokio::join!(world.engine.leads(Chore::Sweep), other.leads(Chore::Sweep));
    assert_eq!(u8::from(one.expect("asked")) + u8::from(two.expect("asked")), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_of_a_nodes_clock_is_undone_by_the_databases() {
    let world = World::on_postgres().await;
    for step in [Millis::minutes(5), Millis::minutes(-5)] {
        let clock = Clock::running(domain::Timestamp(0));
        let node = world.another_node_by(&clock).await;
        let true_time = node.now();
        clock.wind(step);
        let drift = node.follow_clock().await.expect("the database tells the time");
        assert!((drift.0 + step.0).abs() < 1_000, "it was {drift:?} off");
        assert!((node.now() - true_time).0.abs() < 1_000, "and follows the database again");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_embedded_databases_time_never_runs_backwards() {
    let world = World::on_sqlite().await;
    world.wind(Millis::days(20 * 365));
    world.organiser().await;
    let stored = world.now();
    // The machine starts again, and its clock is twenty years behind what is stored.
    let clock = Clock::running(domain::Timestamp(0));
    assert!(clock.now() < stored);
    let node = world.another_node_by(&clock).await;
    assert!(node.now() >= stored, "{:?} is before {stored:?}", node.now());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_embedded_databases_time_never_runs_behind_a_save_a_hand_in_or_a_late_sheet() {
    let world = World::on_sqlite().await;
    world.wind(Millis::days(20 * 365));
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let (nam, other) = world.sits("Trần Văn Nam", &small).await;
    let starts_no_earlier = async || {
        let node = world.another_node_by(&Clock::running(domain::Timestamp(0))).await;
        assert!(node.now() >= world.now(), "{:?} is before {:?}", node.now(), world.now());
    };
    world.wind(Millis::minutes(3));
    world.engine.save(&lan, attempt, World::save_of(0, 1, &[("prediction", "1")])).await.expect("saved on the older sheet");
    starts_no_earlier().await;
    world.wind(Millis::minutes(2));
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    starts_no_earlier().await;
    world.wind(Millis::minutes(15) + GRACE);
    world.engine.save(&nam, other, World::save_of(0, 1, &[("prediction", "1")])).await.expect("saved in the last moment of the grace");
    starts_no_earlier().await;
    world.wind(Millis::hours(9));
    refused!(world.engine.save(&nam, other, World::save_of(0, 2, &[("prediction", "2")])).await, Refusal::TooLate);
    starts_no_earlier().await;
}

story!(a_step_of_the_machines_clock_while_serving_raises_an_alarm_and_moves_nobodys_time, |world| {
    let clock = Clock::running(domain::Timestamp(0));
    let node = world.another_node_by(&clock).await;
    node.follow_clock().await.expect("looked at");
    // With PostgreSQL each look sets the clock anew by what half the way to the database takes, some milliseconds either way.
    let backwards = if node.store.is_postgres() { Millis::seconds(-1) } else { Millis(0) };
    for step in [Millis::minutes(5), Millis::minutes(-5)] {
        let (before, alarms) = (node.now(), clock.alarms());
        clock.step_machine(step);
        node.follow_clock().await.expect("looked at");
        assert_eq!(clock.alarms(), alarms + 1, "{step:?} is noticed");
        node.follow_clock().await.expect("looked at");
        assert_eq!(clock.alarms(), alarms + 1, "and told once");
        let passed = node.now() - before;
        assert!(passed >= backwards && passed < Millis::minutes(1), "{step:?} moved the time by {passed:?}");
    }
    let alarms = clock.alarms();
    clock.step_machine(Millis(300));
    node.follow_clock().await.expect("looked at");
    assert_eq!(clock.alarms(), alarms, "a machine that corrects its clock a little is well");
});
