//! What is decided on one node holds on every other, long before the next pulse of a sheet.

use domain::{Millis, Refusal};
use engine::{Engine, attempt::Pulse};
use std::time::Duration;
use tests::{SmallRound, World, refused, to_person};
use tokio::time::{sleep, timeout};

/// A sheet asks at least every 12 seconds: with this it has learned everything within 15.
const HEARD: Duration = Duration::from_secs(2);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn extra_time_and_pauses_reach_a_sheet_that_is_open_on_another_node() {
    let world = World::on_postgres().await;
    let other = world.another_node().await;
    world.engine.join_nodes();
    other.join_nodes();
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, nam) = (world.entrant("Nguyễn Thị Lan").await, world.entrant("Trần Văn Nam").await);
    let attempt = other.start(&lan, small.round).await.expect("started there");
    let pulse = async |node: &Engine| node.pulse(&lan, attempt).await.expect("the pulse");
    let comes_to = async |what: &str, said: &dyn Fn(Pulse) -> bool| {
        let heard = async {
            while !said(pulse(&other).await) {
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(HEARD, heard).await.unwrap_or_else(|_| panic!("the other node does not know of {what}"));
    };
    let before = pulse(&other).await.deadline;
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    comes_to("extra time", &|pulse| pulse.deadline == before + Millis::minutes(10)).await;
    world.pauses(small.round).await;
    comes_to("the pause", &|pulse| pulse.paused).await;
    refused!(other.start(&nam, small.round).await, Refusal::Paused);
    world.wind(Millis::minutes(40));
    refused!(other.save(&lan, attempt, World::save_of(0, 1, &[("prediction", "1")])).await, Refusal::Paused);
    assert_eq!(other.sweep().await.expect("swept").ended, 0);
    world.resumes(small.round).await;
    comes_to("the end of the pause", &|pulse| !pulse.paused && pulse.deadline == before + Millis::minutes(50)).await;
    other.save(&lan, attempt, World::save_of(0, 1, &[("prediction", "1")])).await.expect("saved there");
    assert_eq!(world.engine.prove_round(small.round).await.expect("proved").found, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_on_a_node_that_has_not_heard_of_a_grant_has_it_all_the_same() {
    let world = World::on_postgres().await;
    // It never hears anything: as another node in the moment after the grant.
    let other = world.another_node().await;
    let plan = SmallRound { lasts: Millis::minutes(30), ..SmallRound::default() };
    let closes = world.closing(&plan);
    let small = world.small_round(&plan).await;
    let (lan, nam) = (world.entrant("Nguyễn Thị Lan").await, world.entrant("Trần Văn Nam").await);
    let hoa = world.entrant("Lê Thị Hoa").await;
    let first = other.start(&nam, small.round).await.expect("started there, so the round is remembered there");
    other.hand_in(&nam, first).await.expect("handed in");
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    let begun = world.now();
    let attempt = other.start(&lan, small.round).await.expect("started there");
    assert_eq!(other.sheet(&lan, attempt).await.expect("the sheet").deadline, begun + Millis::minutes(30));
    refused!(other.start(&nam, small.round).await, Refusal::NoAttemptsLeft);
    world.grants(small.round, &to_person(&nam, "attempts", "1")).await;
    let second = other.start(&nam, small.round).await.expect("the attempt more");
    assert_ne!(second, first);
    other.hand_in(&nam, second).await.expect("handed in");
    refused!(other.start(&nam, small.round).await, Refusal::NoAttemptsLeft);
    world.wind(plan.lasts);
    refused!(other.start(&hoa, small.round).await, Refusal::Closed);
    world.grants(small.round, &to_person(&hoa, "late_start", &(closes + Millis::hours(1)).short())).await;
    other.start(&hoa, small.round).await.expect("started late");
}
