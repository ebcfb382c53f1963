//! Every door of the site, knocked on by nobody and by each role: the answers stand in a golden table.
//!
//! `CCHC_GOLDEN=write` writes the table anew; read its difference before you commit it.

use app::door::{Act, Door};
use axum::body::Body;
use domain::identity::{Action, Role, may};
use http::{Method, Request, StatusCode, header};
use std::{collections::BTreeSet, fmt::Write};
use tests::{Client, RoundPlan, Town, World, story};
use tokio::sync::oneshot;

/// One thing that can be asked, and who may ask it.
struct Knock {
    method: Method,
    pattern: &'static str,
    /// `published`, where several stages of the same thing answer differently.
    stage: &'static str,
    address: String,
    rights: &'static [Action],
}

/// Everything that can be asked, each address once per stage.
fn knocks(town: &Town) -> Vec<Knock> {
    let pages = app::pages().iter().map(|page| (Method::GET, page.path, &[] as &[Action]));
    let doors = app::doors().iter().map(|door| (door.method.clone(), door.path, door.rights));
    let mut all: Vec<Knock> = pages
        .chain(doors)
        .flat_map(|(method, pattern, rights)| {
            let addresses = town.addresses(pattern).into_iter();
            addresses.map(move |(stage, address)| Knock { method: method.clone(), pattern, stage, address, rights })
        })
        .collect();
    all.sort_by(|a, b| (a.pattern, a.method.as_str()).cmp(&(b.pattern, b.method.as_str())));
    all
}

/// What is sent, where an empty form could mean nothing to anybody.
fn form(pattern: &str, town: &Town) -> String {
    match pattern {
        "/dau-moi" => format!("account={}", town.contestant.account),
        "/cuoc-thi/{slug}/thi" => format!("round={}", town.open),
        _ => String::new(),
    }
}

async fn knock(client: &mut Client, knock: &Knock, form: String) -> StatusCode {
    let request = Request::builder()
        .method(&knock.method)
        .uri(&knock.address)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form))
        .expect("a request");
    client.send(request).await.status
}

/// Nobody, and everybody by role.
fn visitors() -> Vec<Option<Role>> {
    [None].into_iter().chain(Role::ALL.iter().copied().map(Some)).collect()
}

async fn browser_of(world: &World, visitor: Option<Role>) -> Client {
    match visitor {
        Some(role) => world.browser_of(&world.holder(role).await).await,
        None => world.client(),
    }
}

/// The statuses of every knock, a column per visitor.
async fn answers(world: &World, town: &Town, knocks: &[Knock]) -> Vec<Vec<StatusCode>> {
    let mut rows = vec![Vec::new(); knocks.len()];
    for visitor in visitors() {
        let mut client = browser_of(world, visitor).await;
        for (asked, row) in knocks.iter().zip(&mut rows) {
            row.push(knock(&mut client, asked, form(asked.pattern, town)).await);
            // Whoever signs out or in comes anew to the next door.
            if matches!(asked.pattern, "/dang-xuat" | "/tai-khoan") && asked.method == Method::POST {
                client = browser_of(world, visitor).await;
            }
        }
    }
    rows
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_door_answers_each_role_as_the_golden_table_says() {
    let world = World::on_sqlite().await;
    let town = world.town().await;
    let knocks = knocks(&town);
    assert!(knocks.len() > 150, "the tables are filled: {}", knocks.len());
    let rows = answers(&world, &town, &knocks).await;
    let mut table = String::from("door");
    for head in ["nobody"].into_iter().chain(Role::ALL.iter().map(|role| role.code())) {
        let _ = write!(table, "\t{head}");
    }
    table.push('\n');
    let mut wrong = Vec::new();
    for (asked, row) in knocks.iter().zip(&rows) {
        table.push_str(&name(asked));
        if !asked.stage.is_empty() {
            let _ = write!(table, " ({})", asked.stage);
        }
        for status in row {
            let _ = write!(table, "\t{}", status.as_u16());
        }
        table.push('\n');
        wrong.extend(faults(asked, row));
    }
    let told = |row: &[StatusCode]| row[1..].iter().any(|status| !matches!(*status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND));
    let found: BTreeSet<_> = knocks.iter().zip(&rows).filter(|(_, row)| told(row)).map(|(asked, _)| name(asked)).collect();
    wrong.extend(
        knocks.iter().map(name).filter(|name| !found.contains(name)).map(|name| format!("{name}: nobody finds anything behind it")),
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    compare("doors.txt", &table);
}

/// `GET /ket-qua/{slug}`.
fn name(asked: &Knock) -> String {
    format!("{} {}", asked.method, asked.pattern)
}

/// What is wrong with a row, whatever the golden table says.
fn faults(asked: &Knock, row: &[StatusCode]) -> Vec<String> {
    let name = format!("{} ({})", name(asked), asked.stage);
    let mut wrong = Vec::new();
    if row.iter().any(StatusCode::is_server_error) {
        wrong.push(format!("{name}: something broke: {row:?}"));
    }
    if asked.rights.is_empty() {
        return wrong;
    }
    for (visitor, status) in visitors().into_iter().zip(row) {
        let right = match visitor {
            None => matches!(*status, StatusCode::SEE_OTHER | StatusCode::UNAUTHORIZED),
            // Everybody is a contestant besides.
            Some(role) if !asked.rights.iter().any(|right| may(role, *right) || may(Role::Contestant, *right)) => {
                *status == StatusCode::FORBIDDEN
            }
            Some(_) => *status != StatusCode::UNAUTHORIZED,
        };
        if !right {
            wrong.push(format!("{name}: {status} to {visitor:?}, though it needs {:?}", asked.rights));
        }
    }
    wrong
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
fn every_server_function_stands_in_the_table_of_doors() {
    let served: BTreeSet<String> = leptos::server_fn::axum::server_fn_paths().map(|(path, _)| path.to_owned()).collect();
    let named: BTreeSet<String> =
        app::doors().iter().filter(|door| matches!(door.act, Act::Function)).map(|door| door.path.to_owned()).collect();
    assert_eq!(served, named);
}

#[test]
fn a_door_without_a_right_is_one_that_everybody_may_open() {
    let public = |door: &&Door| {
        *door.method == Method::GET && !door.path.starts_with("/quan-tri")
            || matches!(door.path, "/dang-nhap" | "/dang-xuat" | "/dang-ky" | "/kich-hoat" | "/dat-lai-mat-khau" | "/khong-thay-don-vi")
            || door.path == "/api/identity/units"
    };
    let open: Vec<&str> =
        app::doors().iter().filter(|door| door.rights.is_empty()).filter(|door| !public(door)).map(|door| door.path).collect();
    assert!(open.is_empty(), "these doors name no right: {open:?}");
}

story!(a_server_function_asks_who_comes_before_it_reads, |world| {
    let author = world.author().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let unread: [&[(&str, &str)]; 2] = [&[], &[("question", "x")]];
    for address in ["/api/bank/preview", "/api/bank/autosave"] {
        for form in unread {
            let nobody = world.client().post(address, form).await;
            assert_eq!((nobody.status, nobody.body.as_str()), (StatusCode::UNAUTHORIZED, r#"{"Refused":"SignInFirst"}"#), "{address}");
            let stranger = world.browser_of(&lan).await.post(address, form).await;
            assert_eq!((stranger.status, stranger.body.as_str()), (StatusCode::FORBIDDEN, r#"{"Refused":"NotAllowed"}"#), "{address}");
            let writer = world.browser_of(&author).await.post(address, form).await;
            assert_eq!((writer.status, writer.body.as_str()), (StatusCode::BAD_REQUEST, r#""Unread""#), "{address}");
        }
    }
    assert_eq!(world.client().post("/api/identity/units", &[]).await.status, StatusCode::BAD_REQUEST);
    let nobody_elses = world.client().post("/api/identity/units", &[("audience", "ai-do"), ("query", "")]).await;
    assert_eq!((nobody_elses.status, nobody_elses.body.as_str()), (StatusCode::UNPROCESSABLE_ENTITY, r#"{"Refused":"NotOffered"}"#));
});

story!(a_server_function_is_sent_no_more_than_a_form, |world| {
    let request = |length: &str| {
        Request::post("/api/identity/units")
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::CONTENT_LENGTH, length)
            .body(Body::from("audience=citizen&query="))
            .expect("a request")
    };
    assert_eq!(world.client().send(request("300000")).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(world.client().send(request("23")).await.status, StatusCode::OK);
});

story!(an_island_without_a_session_is_told_so_and_led_nowhere, |world| {
    let request = Request::post("/thi/00000000-0000-7000-8000-000000000000")
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, "application/json")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(world.client().send(request).await.status, StatusCode::UNAUTHORIZED);
});

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
            let own = path.ends_with("parts/form/text.rs");
            assert!(own || !text.contains("<textarea"), "{} holds a bare textarea: use TextArea", path.display());
            assert!(!text.contains(" style="), "{} styles in place: the policy forbids it", path.display());
            assert!(!text.contains("style:"), "{} styles in place: the policy forbids it", path.display());
        }
    }
    assert!(seen > 50, "the pages were read: {seen}");
}

/// A form of our own pages whose body arrives only when it is let go, with who hears that it is waited for.
fn slow_form(address: &str, body: &'static str) -> (Request<Body>, oneshot::Receiver<()>, oneshot::Sender<()>) {
    let ((waited_for, heard), (let_go, gate)) = (oneshot::channel(), oneshot::channel());
    let body = Body::from_stream(futures::stream::once(async move {
        waited_for.send(()).expect("somebody waits");
        gate.await.map(|()| body)
    }));
    let request = Request::post(address)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(body)
        .expect("a request");
    (request, heard, let_go)
}

story!(a_deed_is_done_with_the_rights_of_when_its_body_has_arrived, |world| {
    let round = world.open_round(&RoundPlan::default()).await;
    let (hanh, admin) = (world.second_organiser().await, world.admin().await);
    let mut browser = world.browser_of(&hanh).await;
    let address = format!("/quan-tri/dot/{round}/thay-doi");
    let proposal = "deed=propose&what=expect_results&expected_at=20/12/2026&reason=ch%E1%BB%9D+x%C3%A1c+minh+th%C3%AAm";
    let (request, heard, let_go) = slow_form(&address, proposal);
    let meanwhile = async {
        heard.await.expect("the body is waited for");
        world.engine.withdraw_role(&admin, hanh.account, Role::Organiser).await.expect("withdrawn");
        let_go.send(()).expect("still waited for");
    };
    let (reply, ()) = tokio::join!(browser.send(request), meanwhile);
    assert_eq!(reply.status, StatusCode::FORBIDDEN, "{}", reply.body);
    assert_eq!(world.count("select cast(count(*) as bigint) from round_change", &[]).await, 0);

    let mut browser = world.browser_of(&world.organiser().await).await;
    let (request, heard, let_go) = slow_form(&address, proposal);
    let meanwhile = async {
        heard.await.expect("the body is waited for");
        world.engine.sign_out_everywhere(&world.organiser().await).await.expect("signed out");
        let_go.send(()).expect("still waited for");
    };
    let (reply, ()) = tokio::join!(browser.send(request), meanwhile);
    assert!(reply.location().starts_with("/dang-nhap"), "{}", reply.body);
    assert_eq!(world.count("select cast(count(*) as bigint) from round_change", &[]).await, 0);
});
