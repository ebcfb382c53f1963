//! Messages to everybody who sits the round.

use super::{island, pulse, told};
use domain::{Millis, Refusal, attempt::LONGEST, identity::Deed};
use http::StatusCode;
use std::time::Duration;
use tests::{RoundPlan, SmallRound, World, refused, refused_at, story};

const WORDS: &str = "Câu 5 in thiếu chữ “không”, anh/chị đọc là “không quá 15 ngày”.";

story!(a_message_reaches_every_open_sheet_with_its_next_word, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, one) = world.sits("Nguyễn Thị Lan", &small).await;
    let (nam, other) = world.sits("Trần Văn Nam", &small).await;
    let (mut first, mut second) = (world.browser_of(&lan).await, world.browser_of(&nam).await);
    assert_eq!(pulse(&mut first, one).await, [""; 0]);
    let mut desk = world.browser_of(&world.organiser().await).await;
    let page = format!("/quan-tri/dot/{}/nhan-tin", small.round);
    let sent = desk.post(&page, &[("deed", "tell"), ("words", WORDS)]).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, page.as_str()), "{}", sent.body);
    assert!(desk.get(&page).await.says("đọc là “không quá 15 ngày”"));
    assert_eq!(pulse(&mut first, one).await, [WORDS]);
    let claimed = island(&mut second, &format!("/thi/{other}"), "deed=take-over").await;
    assert_eq!(told(&claimed), [WORDS]);
    let saved = island(&mut second, &format!("/thi/{other}"), "hold=1&seq=1&prediction=5").await;
    assert_eq!(told(&saved), [WORDS]);

    world.wind(Millis::seconds(5));
    world.engine.broadcast(&world.organiser().await, small.round, "Còn 5 phút.").await.expect("told");
    assert_eq!(pulse(&mut first, one).await, [WORDS, "Còn 5 phút."], "the newest stands last");
    let sheet = first.get(&format!("/thi/{one}")).await;
    assert!(sheet.says("08:00:05") && sheet.says("Còn 5 phút.") && sheet.says("aria-live=\"polite\""), "{}", sheet.body);
    assert_eq!(world.notes_of(Deed::Broadcast).await, 2);
});

story!(a_sheet_carries_only_the_newest_messages_and_its_page_all, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let organiser = world.organiser().await;
    for n in 1..=12 {
        world.wind(Millis::seconds(1));
        world.engine.broadcast(&organiser, small.round, &format!("Lời nhắn thứ {n}.")).await.expect("told");
    }
    let mut browser = world.browser_of(&lan).await;
    let carried = pulse(&mut browser, attempt).await;
    assert_eq!((carried.len(), carried[0].as_str(), carried[9].as_str()), (10, "Lời nhắn thứ 3.", "Lời nhắn thứ 12."));
    assert!(browser.get(&format!("/thi/{attempt}")).await.says("Lời nhắn thứ 1."));
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    assert_eq!(pulse(&mut browser, attempt).await, [""; 0], "what has ended is told nothing more");
});

story!(a_message_is_the_organisers_short_and_of_a_round_under_way, |world| {
    let plan = SmallRound { opens_in: Millis::hours(1), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    let organiser = world.organiser().await;
    let engine = &world.engine;
    refused!(engine.broadcast(&organiser, small.round, WORDS).await, Refusal::NotOpen);
    world.wind(plan.opens_in);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    for outsider in [&lan, &world.coordinator("so-noi-vu").await, &world.author().await, &world.auditor().await] {
        refused!(engine.broadcast(outsider, small.round, WORDS).await, Refusal::NotAllowed);
        refused!(engine.messages_sent(outsider, small.round).await, Refusal::NotAllowed);
    }
    refused_at!(engine.broadcast(&organiser, small.round, " \n ").await, "words": Refusal::Required);
    refused_at!(engine.broadcast(&organiser, small.round, &"ư".repeat(LONGEST + 1)).await, "words": Refusal::TooLong);
    let mut desk = world.browser_of(&organiser).await;
    let long = "ư".repeat(LONGEST + 1);
    let again = desk.post(&format!("/quan-tri/dot/{}/nhan-tin", small.round), &[("deed", "tell"), ("words", &long)]).await;
    assert!(again.status == StatusCode::UNPROCESSABLE_ENTITY && again.says(&long), "what was typed is kept: {}", again.status);
    world.wind(plan.lasts);
    engine.broadcast(&organiser, small.round, "Đợt thi đã đóng.").await.expect("somebody may still have time");
    world.wind(Millis::hours(1));
    engine.begin_review(&organiser, small.round).await.expect("review");
    refused!(engine.broadcast(&organiser, small.round, WORDS).await, Refusal::Closed);
    let draft = world.draft_round(&RoundPlan::default()).await;
    refused!(engine.broadcast(&organiser, draft, WORDS).await, Refusal::NotFound);
    assert_eq!(world.notes_of(Deed::Broadcast).await, 1);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_told_on_one_node_is_carried_by_all_within_a_second() {
    let world = World::on_postgres().await;
    let other = world.another_node().await;
    let small = world.small_round(&SmallRound::default()).await;
    let (_, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    world.engine.join_nodes();
    other.join_nodes();
    assert_eq!(other.messages_to(small.round, attempt).await.expect("read"), []);
    world.engine.broadcast(&world.organiser().await, small.round, WORDS).await.expect("told");
    let heard = async {
        while other.messages_to(small.round, attempt).await.expect("read").is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(1), heard).await.expect("the other node hears within a second");
}
