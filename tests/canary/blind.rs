//! Keys are exchanged under a round that is being sat: what anybody is sent stays the same, byte for byte.
//!
//! Words can be searched for (`keys.rs`); that the second option is the right one can not. So the same addresses are read
//! while other answers are right: same people, same papers, same time. Whatever depended on a key would differ.

use super::{addresses, browsers, readable, takes_part, workbook};
use axum::body::Body;
use domain::{
    attempt::Paper,
    bank::{Key, Kind},
    id::AttemptId,
};
use http::{Request, header};
use load::marking::count_correct;
use std::collections::BTreeMap;
use tests::{Client, Reply, SMALL, Small, SmallRound, StoredRound, Town, World};

/// What was sent, by who asked for what.
type Sent = BTreeMap<(String, String), String>;

/// Everything that an answer says, but for what is another each time: the nonce of its policy, the moment at which a workbook
/// was written by the machine's clock.
fn said(reply: &Reply) -> String {
    if let Some(text) = workbook(reply) {
        let (before, written) = text.split_once("<dcterms:created").expect("a moment");
        return format!("{} {before} {}", reply.status, written.split_once("</dcterms:modified>").expect("its end").1);
    }
    let policy = reply.headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok()).unwrap_or_default();
    let nonce = policy.split_once("'nonce-").and_then(|(_, rest)| rest.split_once('\'')).map(|(nonce, _)| nonce);
    let text = format!("{} {}", reply.status, readable(reply));
    nonce.map_or_else(|| text.clone(), |nonce| text.replace(nonce, "nonce"))
}

/// How the island asks, and how a page.
const ISLAND: &str = "application/json";
const PAGE: &str = "text/html";

/// What changes nothing on a sheet that says these right answers: the same again, other answers under its number, a hold that
/// nobody has (the plain page is shown again with what was sent), something that cannot be read.
fn forms(right: &str) -> Vec<(String, &'static str)> {
    let (again, stale) = (format!("hold=0&seq=1&{right}"), format!("hold=9&seq=2&{right}"));
    let island = [again.clone(), "hold=0&seq=1&q1=1".to_owned(), stale.clone(), "hold=x&seq=".to_owned()];
    island.map(|form| (form, ISLAND)).into_iter().chain([again, stale].map(|form| (form, PAGE))).collect()
}

/// Reads everything that can be read, and sends the forms, as the island and as the plain page.
async fn read(town: &Town, browsers: &mut [(String, Client)], right: &str) -> Sent {
    let (mut sent, addresses) = (Sent::new(), addresses(town));
    for (who, browser) in browsers {
        for address in &addresses {
            sent.insert((who.clone(), address.clone()), said(&browser.get(address).await));
        }
        for (form, accept) in forms(right) {
            let request = Request::post(format!("/thi/{}", town.attempt))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
                .header(header::ACCEPT, accept)
                .header("sec-fetch-site", "same-origin")
                .body(Body::from(form.clone()))
                .expect("a request");
            sent.insert((who.clone(), format!("{form} {accept}")), said(&browser.send(request).await));
        }
    }
    sent
}

/// The same was sent both times.
fn assert_same(before: &Sent, after: &Sent, when: &str) {
    assert_eq!(before.len(), after.len());
    let differ = before.iter().zip(after.values()).filter(|((_, before), after)| before != after);
    let told = differ.map(|((asked, before), after)| {
        let at = before.bytes().zip(after.bytes()).take_while(|(one, other)| one == other).count();
        let near = |text: &str| String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(120)..(at + 120).min(text.len())]).into_owned();
        format!("{asked:?}:\n{}\n{}", near(before), near(after))
    });
    let told: Vec<String> = told.collect();
    assert!(told.is_empty(), "what is sent differs {when}:\n{}", told.join("\n"));
}

/// Other options, numbers and truths are right; not a word of the questions is another.
fn exchange_keys(round: &mut StoredRound) {
    for question in &mut round.pool {
        let of = u8::try_from(question.content().choices.len()).expect("few");
        let key = match question.key() {
            Key::One(right) => Key::One((right + 1) % of),
            Key::Set(right) => {
                let mut next: Vec<u8> = right.iter().map(|one| (one + 1) % of).collect();
                next.sort_unstable();
                Key::Set(next)
            }
            Key::Truth(truth) => Key::Truth(!truth),
            Key::Number { scaled, decimals, tolerance } => Key::Number { scaled: scaled + 1, decimals, tolerance },
            // Their key is the author's order: it is turned below.
            key @ (Key::AsWritten | Key::Texts(_)) => key,
        };
        question.key = serde_json::to_string(&key).expect("JSON");
    }
}

/// The author wrote the options (of pairs the right-hand terms) in another order, and every paper shows the same as before.
async fn turn_lists(world: &World, round: &mut StoredRound, attempts: &[AttemptId]) {
    for question in &mut round.pool {
        let mut content = question.content();
        let list = content.choices.len().min(1);
        match content.kind {
            Kind::Matching => content.matches.rotate_left(1),
            _ => content.choices.rotate_left(list),
        }
        question.content = serde_json::to_string(&content).expect("JSON");
    }
    for attempt in attempts {
        let mut paper = Paper::from_bytes(&world.stored_sheet(*attempt).await.0.paper).expect("a paper");
        for place in &mut paper.places {
            let content = round.pool[usize::from(place.pool)].content();
            let list = match content.kind {
                Kind::Matching => &mut place.matches,
                Kind::TrueFalse => continue,
                _ => &mut place.options,
            };
            let of = u8::try_from(list.len()).expect("few");
            for author in list.iter_mut() {
                *author = (*author + of - 1) % of;
            }
        }
        world.restore_paper(*attempt, &paper.to_bytes()).await;
    }
}

/// How many answers are right with the keys of this moment, worked out past the product.
async fn right_answers(world: &World, small: &Small, attempts: &[AttemptId]) -> Vec<Option<i64>> {
    let keys: Vec<Key> = world.stored_round(small.round).await.pool.iter().map(tests::StoredQuestion::key).collect();
    let mut right = Vec::new();
    for attempt in attempts {
        let sheet = world.stored_sheet(*attempt).await.0;
        right.push(count_correct((&sheet.paper, &sheet.answers), &keys));
    }
    right
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn not_a_byte_of_what_people_are_sent_depends_on_the_keys() {
    let world = World::on_sqlite().await;
    let town = world.town().await;
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let (minh, handed_in) = world.sits("Trần Văn Minh", &small).await;
    let sheets = [attempt, handed_in];
    let mut right = Vec::new();
    for (person, sheet) in [(&minh, handed_in), (&lan, attempt)] {
        right = world.right_fields(person, sheet, 7).await;
        let fields: Vec<_> = right.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        world.engine.save(person, sheet, World::save_of(0, 1, &fields)).await.expect("saved");
    }
    let right = form_urlencoded::Serializer::new(String::new()).extend_pairs(&right).finish();
    world.engine.hand_in(&minh, handed_in).await.expect("handed in");
    let town = Town { contest: SMALL, draft: small.round, open: small.round, attempt, question: super::question(&world).await, ..town };
    let mut browsers = browsers(&world, takes_part).await;
    browsers.push(("somebody who has handed in".to_owned(), world.browser_of(&minh).await));
    let mut makers = world.browser_of(&world.reviewer().await).await;
    let bank = format!("/quan-tri/cau-hoi/{}", town.question);

    let (sent, made) = (read(&town, &mut browsers, &right).await, said(&makers.get(&bank).await));
    assert_eq!(right_answers(&world, &small, &sheets).await, [Some(7); 2]);
    let original = world.stored_round(small.round).await;
    let mut other = original.clone();
    exchange_keys(&mut other);
    world.restore_round(small.round, &other).await;
    assert_eq!(right_answers(&world, &small, &sheets).await, [Some(2); 2], "only the order and the pairs are still right");
    assert_ne!(said(&makers.get(&bank).await), made, "whoever may read keys sees that they are others");
    assert_same(&sent, &read(&town, &mut browsers, &right).await, "when other keys are right");
    turn_lists(&world, &mut other, &sheets).await;
    world.restore_round(small.round, &other).await;
    assert_eq!(right_answers(&world, &small, &sheets).await, [Some(0); 2]);
    assert_same(&sent, &read(&town, &mut browsers, &right).await, "when the author wrote the lists in another order");

    // Handed in and marked while nothing is right; then the old keys, and marks as they would have been.
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    let none = "select cast(count(*) as bigint) from attempt where id = $1 and correct = 0";
    assert_eq!(world.count(none, &[attempt.0]).await, 1);
    let sent = read(&town, &mut browsers, &right).await;
    world.run("update attempt set correct = 7 - correct, score = 70 - score where round_id = $1", &[small.round.0]).await;
    assert_same(&sent, &read(&town, &mut browsers, &right).await, "when other marks are stored");
}
