//! What nobody may read before its time: keys and explanations, results of others, secrets in a log.
//!
//! The browser's wasm is searched by `browser/canary.spec.ts`, where it has been built.

mod blind;
mod keys;
mod logs;
mod results;

use domain::{
    id::QuestionId,
    identity::{Action, Role, may},
};
use engine::bank::QuestionFilter;
use http::Method;
use std::{
    collections::BTreeSet,
    io::{Cursor, Read},
};
use tests::{Client, Reply, Town, World};

/// The parts of an answer that is a workbook, unpacked.
fn workbook(reply: &Reply) -> Option<String> {
    if !reply.bytes.starts_with(b"PK") {
        return None;
    }
    let (mut text, mut workbook) = (String::new(), zip::ZipArchive::new(Cursor::new(&reply.bytes)).expect("a workbook"));
    for i in 0..workbook.len() {
        workbook.by_index(i).expect("a part").read_to_string(&mut text).expect("XML");
    }
    Some(text)
}

/// Everything that could be read of an answer: its text or the parts of its workbook, and its headers.
fn readable(reply: &Reply) -> String {
    let mut text = workbook(reply).unwrap_or_else(|| reply.body.clone());
    reply.headers.values().for_each(|value| text.push_str(&String::from_utf8_lossy(value.as_bytes())));
    text
}

/// Every address of the site that is asked with GET.
fn addresses(town: &Town) -> BTreeSet<String> {
    let pages = app::pages().iter().map(|page| page.path);
    let doors = app::doors().iter().filter(|door| *door.method == Method::GET).map(|door| door.path);
    let mut addresses: BTreeSet<String> = pages.chain(doors).flat_map(|path| town.addresses(path)).map(|(_, address)| address).collect();
    let tables = ["giai-ca-nhan.csv", "don-vi.csv"];
    let sheets: Vec<_> = addresses.iter().filter_map(|address| address.strip_suffix("ket-qua.xlsx")).collect();
    let tables: Vec<_> = sheets.iter().flat_map(|folder| tables.map(|table| format!("{folder}{table}"))).collect();
    addresses.extend(tables);
    assert!(addresses.len() > 90, "the site was read: {}", addresses.len());
    addresses
}

/// A browser of nobody, and one of each role that is meant.
async fn browsers(world: &World, meant: impl Fn(Role) -> bool) -> Vec<(String, Client)> {
    let mut browsers = vec![("nobody".to_owned(), world.client())];
    for role in Role::ALL.iter().copied().filter(|role| meant(*role)) {
        browsers.push((format!("{role:?}"), world.browser_of(&world.holder(role).await).await));
    }
    browsers
}

/// Whether a holder of the role may sit papers: contestants, coordinators, editors.
fn takes_part(role: Role) -> bool {
    may(role, Action::TakePart)
}

/// The question whose key is the number.
async fn question(world: &World) -> QuestionId {
    let filter = QuestionFilter { words: "một số rất lớn".into(), ..QuestionFilter::default() };
    world.engine.find_questions(&world.author().await, &filter).await.expect("the bank").questions[0].id
}
