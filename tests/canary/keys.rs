//! Words that stand only in keys and explanations: where they are read, a key has left.

use super::{addresses, browsers, question, readable};
use domain::{
    Millis,
    identity::{Action, may},
};
use tests::{CANARIES, SMALL, SmallRound, Town, World};

/// The numeric key as a page would write it.
const NUMBER_AS_SHOWN: &str = "987.654.321";

fn canary_in(text: &str) -> Option<&'static str> {
    CANARIES.into_iter().chain([NUMBER_AS_SHOWN]).find(|canary| text.contains(canary))
}

/// Reads every address of the site as everybody who may not know the keys.
async fn no_key_is_read(world: &World, town: &Town, when: &str) {
    let addresses = addresses(town);
    for (who, mut browser) in browsers(world, |role| !may(role, Action::ReadBank)).await {
        for address in &addresses {
            let reply = browser.get(address).await;
            assert_eq!(canary_in(&readable(&reply)), None, "{who} reads it at {address} {when}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_address_shows_a_key_to_whoever_may_not_read_the_bank_before_release() {
    let world = World::on_sqlite().await;
    let town = world.town().await;
    let small = world.small_round(&SmallRound::default()).await;
    let (contestant, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let question = question(&world).await;
    let town = Town { contest: SMALL, draft: small.round, open: small.round, attempt, question, ..town };
    no_key_is_read(&world, &town, "during the sitting").await;
    world.engine.hand_in(&contestant, attempt).await.expect("handed in");
    no_key_is_read(&world, &town, "after handing in").await;
    world.wind(Millis::hours(3));
    let organiser = world.organiser().await;
    world.engine.begin_review(&organiser, small.round).await.expect("the review begins");
    world.engine.rank_round(&organiser, small.round).await.expect("the round is ranked");
    no_key_is_read(&world, &town, "before publication").await;

    // The same words are there for those who may read them.
    let page = world.browser_of(&world.reviewer().await).await.get(&format!("/quan-tri/cau-hoi/{question}")).await;
    assert!(CANARIES[..2].iter().all(|canary| page.says(canary)), "{}", page.body);
    assert!(page.says(CANARIES[2]) || page.says(NUMBER_AS_SHOWN), "{}", page.body);
}
