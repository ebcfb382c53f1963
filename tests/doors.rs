//! Every door of the site, knocked on by nobody and by each role: the answers stand in a golden table.
//!
//! `CCHC_GOLDEN=write` writes the table anew; read its difference before you commit it.

use axum::body::Body;
use domain::identity::Role;
use http::{Method, Request, StatusCode, header};
use std::{collections::BTreeMap, fmt::Write};
use tests::{Client, World};

/// An id that nothing has.
const NOTHING: &str = "00000000-0000-7000-8000-000000000000";

/// Everything that can be asked: method and pattern.
fn doors() -> Vec<(Method, String)> {
    let pages = app::pages().iter().map(|page| (Method::GET, page.path.to_owned()));
    let doors = app::doors().iter().map(|door| (door.method.clone(), door.path.to_owned()));
    let functions = leptos::server_fn::axum::server_fn_paths().map(|(path, method)| (method, path.to_owned()));
    let mut all: Vec<_> = pages.chain(doors).chain(functions).collect();
    all.sort_by(|a, b| (&a.1, a.0.as_str()).cmp(&(&b.1, b.0.as_str())));
    all
}

/// An address that fits the pattern and leads to nothing.
fn address(pattern: &str) -> String {
    let parts = pattern.split('/').map(|part| match part {
        "{slug}" | "{unit}" | "{code}" | "{user}" => "khong-co",
        part if part.starts_with('{') => NOTHING,
        part => part,
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn knock(client: &mut Client, method: &Method, pattern: &str) -> StatusCode {
    let request = Request::builder()
        .method(method)
        .uri(address(pattern))
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::empty())
        .expect("a request");
    client.send(request).await.status
}

/// A fresh browser with the session of somebody who holds the role.
async fn somebody(world: &World, role: Role) -> Client {
    let person = match role {
        Role::Contestant => world.contestant("Nguyễn Thị Lan", "so-noi-vu").await,
        Role::Coordinator => world.coordinator("so-noi-vu").await,
        Role::Author => world.author().await,
        Role::Reviewer => world.reviewer().await,
        Role::Editor => world.editor().await,
        Role::Organiser => world.organiser().await,
        Role::Admin => world.admin().await,
        Role::Auditor => world.auditor().await,
    };
    let mut client = world.client();
    client.carry(world.sign_in(&person).await.as_str());
    client
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_door_answers_each_role_as_the_golden_table_says() {
    let world = World::on_sqlite().await;
    let doors = doors();
    assert!(doors.len() > 50, "the tables are filled: {}", doors.len());
    let mut rows: BTreeMap<(String, String), Vec<u16>> = BTreeMap::new();
    for role in [None].into_iter().chain(Role::ALL.iter().copied().map(Some)) {
        let (mut client, mut signed_in) = (world.client(), false);
        for (method, pattern) in &doors {
            // Signing out ends the session: the next knock comes with a new one.
            if !signed_in {
                client = match role {
                    Some(role) => somebody(&world, role).await,
                    None => world.client(),
                };
                signed_in = true;
            }
            let status = knock(&mut client, method, pattern).await;
            signed_in &= pattern != "/dang-xuat";
            // A server function whose arguments cannot be read answers 500, by leptos' own hand.
            assert!(
                !status.is_server_error() || pattern.starts_with("/api/") || status == StatusCode::SERVICE_UNAVAILABLE,
                "{method} {pattern} as {role:?}: {status}"
            );
            rows.entry((pattern.clone(), method.to_string())).or_default().push(status.as_u16());
        }
    }
    let mut table = String::from("door");
    for head in ["nobody"].into_iter().chain(Role::ALL.iter().map(|role| role.code())) {
        let _ = write!(table, "\t{head}");
    }
    table.push('\n');
    for ((pattern, method), statuses) in rows {
        let _ = write!(table, "{method} {pattern}");
        statuses.iter().for_each(|status| {
            let _ = write!(table, "\t{status}");
        });
        table.push('\n');
    }
    compare("doors.txt", &table);
}

fn compare(name: &str, found: &str) {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("golden").join(name);
    if std::env::var("CCHC_GOLDEN").is_ok_and(|mode| mode == "write") {
        std::fs::write(&path, found).expect("the table is written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(golden, found, "the doors answer otherwise than {} says; CCHC_GOLDEN=write writes it anew", path.display());
}

#[test]
fn no_text_area_is_bare_and_nothing_is_styled_in_place() {
    let app = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src");
    let mut folders = vec![app];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).expect("a folder") {
            let path = file.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let text = std::fs::read_to_string(&path).expect("a source file");
            seen += 1;
            let own = path.ends_with("parts/form.rs");
            assert!(own || !text.contains("<textarea"), "{} holds a bare textarea: use TextArea", path.display());
            assert!(!text.contains(" style="), "{} styles in place: the policy forbids it", path.display());
            assert!(!text.contains("style:"), "{} styles in place: the policy forbids it", path.display());
        }
    }
    assert!(seen > 50, "the pages were read: {seen}");
}
