//! The organisers' live figures: counted off the answering path, and every opening noted.

use super::{island, pulse, said};
use axum::body::Body;
use domain::{Millis, Refusal, identity::Deed};
use http::{Request, StatusCode, header};
use tests::{RoundPlan, SMALL, SmallRound, World, refused, story};

story!(the_live_figures_say_who_sits_who_has_ended_and_who_is_silent, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let organiser = world.organiser().await;
    let pass = world.engine.open_live_totals(&organiser, small.round).await.expect("opened").0;
    let (lan, one) = world.sits("Nguyễn Thị Lan", &small).await;
    let (_, _) = world.sits("Trần Văn Nam", &small).await;
    let (hoa, three) = world.sits("Lê Thị Hoa", &small).await;
    let mut browser = world.browser_of(&lan).await;
    island(&mut browser, &format!("/thi/{one}"), "deed=take-over").await;
    for seq in 1..=10 {
        let saved = island(&mut browser, &format!("/thi/{one}"), &format!("hold=1&seq={seq}&prediction={seq}")).await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    }
    world.engine.hand_in(&hoa, three).await.expect("handed in");
    world.engine.ask_jury(&lan, one, "Câu 3?").await.expect("asked");
    world.wind(Millis::seconds(5));
    world.engine.report_node().await.expect("reported");
    let totals = world.engine.live_totals(&organiser, small.round, &pass).await.expect("totals");
    assert_eq!((totals.running, totals.ended, totals.disconnected), (2, 1, 0));
    assert_eq!((totals.saves, totals.errors, totals.nodes, totals.questions), (20, 0, 1, 1), "ten saves in five seconds");

    world.wind(Millis::seconds(36));
    pulse(&mut browser, one).await;
    world.wind(Millis::seconds(4));
    world.engine.report_node().await.expect("reported");
    let totals = world.engine.live_totals(&organiser, small.round, &pass).await.expect("totals");
    assert_eq!((totals.running, totals.disconnected, totals.saves), (2, 1, 0), "one of two has said nothing for 45 seconds");
    world.engine.broken_sheet(one);
    world.wind(Millis::seconds(4));
    world.engine.report_node().await.expect("reported");
    assert_eq!(world.engine.live_totals(&organiser, small.round, &pass).await.expect("totals"), totals, "counted every five seconds");
    world.wind(Millis::seconds(1));
    assert_eq!(world.engine.live_totals(&organiser, small.round, &pass).await.expect("totals").errors, 1);
    world.wind(Millis::seconds(20));
    let silent = world.engine.live_totals(&organiser, small.round, &pass).await.expect("totals");
    assert_eq!((silent.disconnected, silent.saves, silent.errors), (2, 0, 0), "what no node has told for 15 seconds is not counted");
});

story!(faults_of_start_sheet_and_hand_in_are_counted_and_refusals_and_hand_ins_are_not, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let organiser = world.organiser().await;
    let pass = world.engine.open_live_totals(&organiser, small.round).await.expect("opened").0;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let nam = world.entrant("Trần Văn Nam").await;
    let (mut sitting, mut starting) = (world.browser_of(&lan).await, world.browser_of(&nam).await);
    let (sheet, hand_in, start) = (format!("/thi/{attempt}"), format!("/thi/{attempt}/nop"), format!("/cuoc-thi/{SMALL}/thi"));
    let (round, nowhere) = (small.round.to_string(), uuid::Uuid::nil().to_string());
    // Who they are is remembered by now; what breaks is what they ask for.
    for browser in [&mut sitting, &mut starting] {
        assert_eq!(browser.get("/").await.status, StatusCode::OK);
    }
    world.run("alter table attempt rename to attempt_away", &[]).await;
    let broken = [
        sitting.get(&sheet).await,
        sitting.get(&hand_in).await,
        sitting.post(&hand_in, &[]).await,
        island(&mut sitting, &hand_in, "").await,
        starting.post(&start, &[("round", &round)]).await,
    ];
    world.run("alter table attempt_away rename to attempt", &[]).await;
    for reply in broken {
        assert!(reply.status.is_server_error(), "{}: {}", reply.status, reply.body);
    }
    for refused in [
        starting.get(&sheet).await,
        starting.get(&hand_in).await,
        starting.post(&hand_in, &[]).await,
        island(&mut starting, &hand_in, "").await,
        starting.post(&start, &[("round", &nowhere)]).await,
    ] {
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{}", refused.body);
    }
    assert_eq!(island(&mut sitting, &hand_in, "").await.status, StatusCode::OK);
    world.wind(Millis::seconds(5));
    world.engine.report_node().await.expect("reported");
    let totals = world.engine.live_totals(&organiser, small.round, &pass).await.expect("totals");
    // A plain hand-in that breaks shows its page again, which reads the sheet and breaks too.
    assert_eq!((totals.errors, totals.saves, totals.ended), (6, 0, 1));
});

story!(every_opening_is_noted_and_holds_for_a_quarter_of_an_hour, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (one, two) = (world.organiser().await, world.second_organiser().await);
    let engine = &world.engine;
    refused!(engine.live_totals(&one, small.round, "").await, Refusal::WrongOrder);
    assert_eq!(world.notes_of(Deed::WatchRound).await, 0);
    let pass = engine.open_live_totals(&one, small.round).await.expect("opened").0;
    for _ in 0..5 {
        world.wind(Millis::minutes(2));
        engine.live_totals(&one, small.round, &pass).await.expect("totals");
    }
    assert_eq!(world.notes_of(Deed::WatchRound).await, 1, "one note for the whole look");
    refused!(engine.live_totals(&two, small.round, &pass).await, Refusal::WrongOrder);
    let other = world.open_round(&RoundPlan::default()).await;
    let pass = engine.open_live_totals(&one, small.round).await.expect("opened").0;
    refused!(engine.live_totals(&one, other, &pass).await, Refusal::WrongOrder);
    world.wind(Millis::minutes(15));
    refused!(engine.live_totals(&one, small.round, &pass).await, Refusal::WrongOrder);
    let forged = pass.replacen('1', "2", 1);
    refused!(engine.live_totals(&one, small.round, &forged).await, Refusal::WrongOrder);
    engine.open_live_totals(&one, small.round).await.expect("opened again");
    assert_eq!(world.notes_of(Deed::WatchRound).await, 3);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    for outsider in [&lan, &world.coordinator("so-noi-vu").await, &world.author().await, &world.auditor().await] {
        refused!(engine.open_live_totals(outsider, small.round).await, Refusal::NotAllowed);
        refused!(engine.live_totals(outsider, small.round, &pass).await, Refusal::NotAllowed);
    }
    let draft = world.draft_round(&RoundPlan { label: "Tuần 2", opens_in: Millis::days(9), ..RoundPlan::default() }).await;
    refused!(engine.open_live_totals(&one, draft).await, Refusal::NotFound);
});

story!(the_live_page_opens_by_a_button_and_its_island_goes_on, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    world.sits("Nguyễn Thị Lan", &small).await;
    let mut desk = world.browser_of(&world.organiser().await).await;
    let page = format!("/quan-tri/dot/{}/truc-tiep", small.round);
    let closed = desk.get(&page).await;
    assert!(closed.says("Mở số liệu trực tiếp") && !closed.says("đang làm bài</li>"), "{}", closed.body);
    assert_eq!(world.notes_of(Deed::WatchRound).await, 0, "opening the address alone shows nothing");
    let opened = desk.post(&page, &[]).await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER);
    let shown = desk.get(opened.location()).await;
    assert!(shown.says("đang làm bài") && shown.says("content=\"5\""), "{}", shown.body);
    let figures = opened.location().replace('?', "/so-lieu?");
    let looked = desk.get(&figures).await;
    assert_eq!(looked.status, StatusCode::OK, "{}", looked.body);
    assert_eq!(said(&looked)["lines"][0], serde_json::json!(["đang làm bài", "1"]));
    world.wind(Millis::minutes(16));
    assert_eq!(desk.get(&figures).await.status, StatusCode::CONFLICT);
    assert!(desk.get(opened.location()).await.says("Mở số liệu trực tiếp"));
    let request = Request::post(&page).header(header::ACCEPT, "application/json").header("sec-fetch-site", "same-origin");
    let again = desk.send(request.body(Body::empty()).expect("a request")).await;
    let pass = said(&again)["pass"].as_str().expect("a pass").to_owned();
    assert_eq!(desk.get(&format!("{page}/so-lieu?ve={pass}")).await.status, StatusCode::OK);
    assert_eq!(world.notes_of(Deed::WatchRound).await, 2);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut outsider = world.browser_of(&lan).await;
    assert_eq!(outsider.get(&page).await.status, StatusCode::FORBIDDEN);
    assert_eq!(outsider.get(&format!("{page}/so-lieu?ve={pass}")).await.status, StatusCode::FORBIDDEN);
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sheet_that_moves_between_nodes_is_counted_once() {
    let world = World::on_postgres().await;
    let small = world.small_round(&SmallRound::default()).await;
    let organiser = world.organiser().await;
    let other = world.another_node().await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let (nam, ends) = world.sits("Trần Văn Nam", &small).await;
    other.pulse(&lan, attempt).await.expect("the other node answers");
    other.heard_sheet(attempt);
    other.pulse(&nam, ends).await.expect("the other node answers");
    other.heard_sheet(ends);
    world.engine.hand_in(&nam, ends).await.expect("handed in here");
    world.wind(Millis::seconds(5));
    for node in [&world.engine, &other] {
        node.report_node().await.expect("reported");
    }
    let pass = world.engine.open_live_totals(&organiser, small.round).await.expect("opened").0;
    for node in [&world.engine, &other] {
        let totals = node.live_totals(&organiser, small.round, &pass).await.expect("the pass holds on every node");
        assert_eq!((totals.running, totals.ended, totals.disconnected, totals.nodes), (1, 1, 0, 2));
    }
    world.wind(Millis::seconds(20));
    other.heard_sheet(attempt);
    other.report_node().await.expect("reported");
    let totals = other.live_totals(&organiser, small.round, &pass).await.expect("totals");
    assert_eq!((totals.disconnected, totals.nodes), (0, 1), "a dead node is not counted");
}
