//! Results: readable by everybody from their publication on, and by nobody before.

mod pages;
mod publication;
mod reading;
mod unnamed;
mod watching;

use domain::{
    Refusal,
    identity::{Audience, Block},
};
use engine::{Stop, results::Decision};
use tests::{PrizeFor, SimulatedPlan, SimulatedRound, World};

const SLUG: &str = "cai-cach-hanh-chinh-2026";
const DECISION: Decision<'static> = Decision { number: "12/QĐ-BTC", date: "23/11/2026", file: None };

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Stop>) -> Refusal {
    outcome.expect_err("it is refused").refusal()
}

async fn a_round_with_entries(world: &World) -> SimulatedRound {
    let prizes = vec![(PrizeFor::People(Audience::CivilServant), "Nhất", 1), (PrizeFor::Units(Block::Departments), "Nhất tập thể", 1)];
    let round = world.simulated_round(&SimulatedPlan { prizes, ..SimulatedPlan::default() }).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    let citizen = world.citizen("Hồ Dung", "xa-an-phu").await;
    world.sat(&round, &lan, 9, 10, Some(14)).await;
    world.sat(&round, &minh, 8, 10, Some(11)).await;
    world.sat(&round, &citizen, 8, 5, None).await;
    round
}

/// Nothing of the round's results can be read by anybody who has no right to it.
async fn nothing_leaks(world: &World, when: &str) {
    let engine = &world.engine;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let coordinator = world.coordinator("so-noi-vu").await;
    assert_eq!(refusal(engine.results(SLUG, 1, None).await), Refusal::NotPublished, "{when}");
    assert_eq!(refusal(engine.results(SLUG, 1, Some(1)).await), Refusal::NotPublished, "{when}");
    assert_eq!(refusal(engine.own_place(&lan, SLUG, 1).await), Refusal::NotPublished, "{when}");
    for viewer in [None, Some(&lan), Some(&coordinator)] {
        assert_eq!(refusal(engine.unit_page(viewer, (SLUG, 1), "so-noi-vu").await), Refusal::NotPublished, "{when}");
    }
    assert_eq!(refusal(engine.live_board(SLUG, 1).await), Refusal::NotFound, "{when}");
    assert!(engine.published_rounds("").await.expect("a list").is_empty(), "{when}");
    assert!(engine.honoured("").await.expect("a list").is_empty(), "{when}");
}
