//! I12: a sheet that was opened from an earlier build goes on and finishes on this one.
//!
//! `golden/sheet-1.json` and its successors are what earlier builds stored and were sent; `recording.rs` says how one is added.

mod page;
mod recording;

use domain::{
    Timestamp,
    bank::{Key, Kind},
};
use http::StatusCode;
use load::{form::read_sheet, marking::count_correct};
use page::OpenPage;
use recording::{Recording, Step};
use std::collections::BTreeSet;
use tests::{SMALL, Small, SmallRound, World, story};

/// Right answers of whoever was recorded.
const KNOWN: usize = 5;

/// A sitting on this build: two saves, then (as if the server were replaced) everything else that a page can send.
async fn record(world: &World) -> Recording {
    let small = world.small_round(&SmallRound::default()).await;
    let person = world.entrant("Nguyễn Thị Lan").await;
    let mut browser = world.browser_of(&person).await;
    let started = browser.post(&format!("/cuoc-thi/{SMALL}/thi"), &[("round", &small.round.to_string())]).await;
    let attempt = started.location().trim_start_matches("/thi/").parse().expect("an attempt");
    let page = browser.get(started.location()).await;
    let form = read_sheet(&page.body).expect("a sheet");
    assert!(page.says(r#"name="f2""#) && page.says(r#"name="f6""#), "flags are fields too: {}", page.body);
    let turned = |turn: usize| [form.answers((1, 1), turn), vec![("f2".to_owned(), "1".to_owned())]].concat();
    let (half, whole, other) = (form.answers((1, 2), 0), turned(1), turned(2));
    let typed = |answers: &[(String, String)], guess: &str| {
        let mut answers = answers.to_vec();
        answers.retain(|(name, _)| name != "prediction");
        answers.push(("prediction".to_owned(), guess.to_owned()));
        answers
    };
    let right = typed(&world.right_fields(&person, attempt, KNOWN).await, "14.492");

    let mut open = OpenPage { world, browser, attempt, form, sent: Vec::new() };
    open.asks("the island takes the sheet", "", Some("deed=take-over")).await;
    open.saves("the first save", &half, (1, 1)).await;
    open.saves("the second save, whose answer is lost with the server", &whole, (1, 2)).await;
    let stopped = world.stored_sheet(attempt).await;
    assert_eq!((stopped.0.hold, stopped.0.seq), (1, 2));
    open.sent.clear();

    open.saves("the save whose answer was lost, once more as it was", &whole, (1, 2)).await;
    open.asks("the pulse", "/nhip", None).await;
    open.saves("other answers to everything, and a guess that cannot be read", &typed(&other, "1,2"), (1, 3)).await;
    open.presses("the plain form of the same page, its script switched off", &whole, (1, "save")).await;
    open.asks("the island takes the sheet again and reads what is stored", "", Some("deed=take-over")).await;
    open.saves("the tab that had it before saves", &half, (1, 5)).await;
    open.saves("the right answers to most questions", &right, (2, 5)).await;
    open.saves("an older save arrives after it", &half, (2, 4)).await;
    open.saves("another sheet under a number that is taken", &other, (2, 5)).await;
    open.asks("the page's clock runs ahead and says that the time is up", "/nop", Some("deed=time-up")).await;
    open.presses("the plain form leads to handing in", &right, (2, "hand-in")).await;
    open.asks("handing in", "/nop", Some("")).await;
    open.asks("handing in once more", "/nop", Some("")).await;
    open.saves("a save after the end", &half, (2, 6)).await;
    open.asks("the pulse after the end", "/nhip", None).await;
    open.presses("the plain form after the end", &half, (2, "save")).await;
    let (mut sheet, saves) = world.stored_sheet(attempt).await;
    sheet.receipt = None;
    let build = env!("CARGO_PKG_VERSION").to_owned();
    Recording { build, round: world.stored_round(small.round).await, stopped, steps: open.sent, finished: (sheet, saves) }
}

/// Puts what was recorded into this build's database, lets the page that is still open go on, and looks at what came of it.
async fn play(world: &World, small: &Small, recording: &Recording, whose: &str) {
    let person = world.entrant(whose).await;
    world.restore_round(small.round, &recording.round).await;
    world.restore_sheet((small.round, &person), &recording.stopped.0, &recording.stopped.1).await;
    world.clock.set(Timestamp(recording.stopped.0.saved_at));
    let attempt = recording.stopped.0.id;
    let mut browser = world.browser_of(&person).await;
    let page = browser.get(&format!("/thi/{attempt}")).await;
    assert_eq!(page.status, StatusCode::OK, "opened anew, it is this build's page: {}", page.body);
    assert_eq!(read_sheet(&page.body).expect("a sheet").hold, recording.stopped.0.hold.to_string());
    for step in &recording.steps {
        world.clock.set(Timestamp(step.at));
        let heard = step.send(&mut browser, attempt).await;
        assert!(heard.is_understood_like(&step.heard), "{}: {heard:?} is not {:?}", step.what, step.heard);
    }

    let (mut sheet, saves) = world.stored_sheet(attempt).await;
    let receipt = sheet.receipt.take().expect("a receipt");
    assert!(browser.get(&format!("/thi/{attempt}/ket-qua")).await.says(&receipt));
    // Every byte and every link of the chain, the ending and the mark.
    assert_eq!((&sheet, &saves), (&recording.finished.0, &recording.finished.1));
    let found = world.engine.prove_round(small.round).await.expect("proved").found;
    assert!(found.iter().all(|(id, _)| *id != attempt), "{found:?}");
    let keys: Vec<Key> = recording.round.pool.iter().map(tests::StoredQuestion::key).collect();
    let ours = count_correct((&sheet.paper, &sheet.answers), &keys);
    assert_eq!((ours, sheet.correct), (i64::try_from(KNOWN).ok(), i64::try_from(KNOWN).ok()));
}

story!(a_sheet_that_was_opened_from_an_earlier_build_finishes_on_this_one, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let recordings = recording::all();
    assert!(!recordings.is_empty(), "tests/golden/sheet-1.json is there");
    for (n, recording) in recordings.iter().enumerate() {
        play(&world, &small, recording, &format!("Người Thứ {}", ["Nhất", "Hai", "Ba", "Tư", "Năm", "Sáu"][n])).await;
    }
});

/// What a page sends and is told, step by step: the purpose, the status, the names on the wire.
fn wire(recording: &Recording) -> Vec<(&str, u16, BTreeSet<&str>)> {
    recording.steps.iter().map(|step| (step.what.as_str(), step.heard.status, names(step))).collect()
}

fn names(step: &Step) -> BTreeSet<&str> {
    step.heard.said.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_newest_recording_says_what_this_build_says() {
    let now = record(&World::on_sqlite().await).await;
    if let Some(number) = std::env::var("CCHC_GOLDEN").ok().and_then(|mode| mode.strip_prefix("sheet-")?.parse().ok()) {
        recording::keep(&now, number).expect("a number that is not taken: what was recorded is never written again");
    }
    let world = World::on_sqlite().await;
    let small = world.small_round(&SmallRound::default()).await;
    play(&world, &small, &now, "Trần Văn Minh").await;
    let recordings = recording::all();
    let newest = recordings.last().expect("a recording");
    assert_eq!(wire(newest), wire(&now), "this build says something new: CCHC_GOLDEN=sheet-{} keeps it", recordings.len() + 1);

    // Short texts are for practice alone and stand in no round.
    let asked = Kind::ALL.iter().filter(|kind| **kind != Kind::ShortText).map(|kind| kind.code());
    let recorded: BTreeSet<&str> = newest.round.pool.iter().map(|question| question.kind.as_str()).collect();
    assert_eq!(recorded, asked.collect(), "a question of each kind");
    assert!(recording::keep(&now, recordings.len()).is_err(), "a recording is never written again");
    assert_eq!(recording::all(), recordings);
}
