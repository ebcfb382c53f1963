//! I8: the results of others are nowhere to be read before they are published.
//!
//! People with names, codes and guesses that stand nowhere else have sat a round. At each of its stages before publication every
//! address is read by nobody and by everybody who may take part, and searched for them.

use super::{addresses, browsers, readable, takes_part};
use domain::{Millis, id::AttemptId};
use engine::{Caller, contest::EntryForm};
use http::StatusCode;
use tests::{Client, SMALL, Small, SmallRound, Town, World};

/// A guess that stands nowhere else, as it was typed and as a page would write it.
const GUESS: [&str; 2] = ["641235817", "641.235.817"];

/// Somebody whose results are nobody else's business.
struct Planted {
    person: Caller,
    attempt: AttemptId,
    /// The code of the receipt.
    receipt: String,
    /// The mã dự thi.
    code: String,
}

/// Sits the small round, knows all answers, and hands in.
async fn plant(world: &World, small: &Small, (full_name, unit): (&str, &str)) -> Planted {
    let person = world.contestant(full_name, unit).await;
    world.may_be_named(&person).await;
    let code = world.engine.enter_contest(&person, SMALL, &EntryForm::default()).await.expect("the entry").code;
    let attempt = world.engine.start(&person, small.round).await.expect("started");
    let mut fields = world.right_fields(&person, attempt, 7).await;
    fields.push(("prediction".to_owned(), GUESS[0].to_owned()));
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    world.engine.save(&person, attempt, World::save_of(0, 1, &fields)).await.expect("saved");
    let receipt = world.engine.hand_in(&person, attempt).await.expect("handed in").code;
    Planted { person, attempt, receipt, code }
}

/// Where a coordinator finds the people of the own unit: their names, and who has taken part; nothing of how.
fn names_are_allowed(who: &str, address: &str) -> bool {
    who == "Coordinator" && address.starts_with("/dau-moi")
}

/// What stands beside a place on a board, a mark, a question that is right or wrong.
const OF_RESULTS: [&str; 4] = ["data-place", "Trả lời đúng", "data-result", "data-key"];

/// What an answer tells of the planted people that this reader may not know.
fn leaked(who: &str, address: &str, text: &str, planted: &[Planted]) -> Option<String> {
    let names = planted.iter().map(|other| other.person.full_name.as_str());
    let told = names.clone().find(|name| text.contains(name));
    if let Some(name) = told.filter(|_| !names_are_allowed(who, address)) {
        return Some(name.to_owned());
    }
    let codes = planted.iter().flat_map(|other| [other.receipt.as_str(), other.code.as_str()]);
    let beside = OF_RESULTS.into_iter().filter(|_| told.is_some() || address.starts_with("/thi/") || address == "/luot-thi");
    codes.chain(GUESS).chain(beside).find(|secret| text.contains(secret)).map(str::to_owned)
}

/// Everybody reads everything, and finds nothing of the planted people.
async fn nothing_is_read(town: &Town, browsers: &mut [(String, Client)], planted: &[Planted], when: &str) {
    let mut addresses = addresses(town);
    addresses.extend([format!("/dau-moi?dot={}", town.open), format!("/dau-moi?dot={}&du-thi=da-thi", town.open)]);
    let foreign = ["", "/nop", "/ket-qua", "/nhip", "/hoi"];
    let foreign = planted.iter().flat_map(|other| foreign.map(|part| format!("/thi/{}{part}", other.attempt)));
    let foreign: Vec<String> = foreign.collect();
    addresses.extend(foreign.iter().cloned());
    let mut seen = 0;
    for (who, browser) in browsers {
        for address in &addresses {
            let reply = browser.get(address).await;
            let text = readable(&reply);
            assert_eq!(leaked(who, address, &text, planted), None, "{who} reads it at {address} {when}");
            assert!(!foreign.contains(address) || reply.status != StatusCode::OK, "{who} opens {address} {when}");
            seen += usize::from(planted.iter().any(|other| text.contains(&other.person.full_name)));
        }
    }
    assert!(seen > 0, "the coordinator's list names people: the search finds what is there");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_reads_results_of_others_before_they_are_published() {
    let world = World::on_sqlite().await;
    let town = world.town().await;
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let mut planted = Vec::new();
    for who in [("Tôn Nữ Hoàng Oanh", "so-noi-vu"), ("Khuất Đằng Giao", "so-y-te")] {
        planted.push(plant(&world, &small, who).await);
    }
    let town = Town { contest: SMALL, draft: small.round, open: small.round, attempt, ..town };
    let mut browsers = browsers(&world, takes_part).await;
    let (one, two) = (world.organiser().await, world.second_organiser().await);
    nothing_is_read(&town, &mut browsers, &planted, "while the round is open").await;
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    nothing_is_read(&town, &mut browsers, &planted, "by somebody who has handed in as well").await;
    world.wind(Millis::hours(3));
    nothing_is_read(&town, &mut browsers, &planted, "when it has closed").await;
    world.engine.begin_review(&one, small.round).await.expect("the review begins");
    nothing_is_read(&town, &mut browsers, &planted, "in review").await;
    world.engine.rank_round(&one, small.round).await.expect("ranked");
    nothing_is_read(&town, &mut browsers, &planted, "ranked, not yet published").await;
    world.engine.submit_results(&one, small.round).await.expect("submitted");
    world.engine.approve_results(&two, small.round).await.expect("approved");
    nothing_is_read(&town, &mut browsers, &planted, "approved, not yet published").await;

    // Each reads their own receipt; and once it is published, the search finds a place beside a name.
    for own in &planted {
        let receipt = world.browser_of(&own.person).await.get(&format!("/thi/{}/ket-qua", own.attempt)).await;
        assert!(receipt.says(&own.receipt) && receipt.says(GUESS[1]) && !receipt.says("Trả lời đúng"), "{}", receipt.body);
    }
    let decision = engine::results::Decision { number: "12/QĐ-BTC", date: "23/11/2026", file: None };
    world.engine.publish_results(&one, small.round, decision).await.expect("published");
    let board = world.client().get(&format!("/ket-qua/{SMALL}/1")).await;
    for other in &planted {
        assert!(board.says(&other.person.full_name) && board.says(&other.code) && board.says("data-place"), "{}", board.body);
    }
}
