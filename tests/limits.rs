//! Limits through the real router: a province behind one address is not refused, one account that hurries is.

use axum::{Router, body::Body, extract::ConnectInfo};
use domain::identity::Audience;
use engine::{Caller, contest::EntryForm, identity::NewAccount};
use http::{Request, Response, StatusCode, header, request::Builder};
use server::{
    Site,
    config::Settings,
    limits::{Limits, Rate, Rates},
    router,
};
use std::{net::SocketAddr, path::PathBuf};
use tests::{SMALL, SmallRound, World, login_of, story};
use tower::ServiceExt;

/// The address behind which everybody sits.
const OFFICE: &str = "203.0.113.7:50000";
/// Who asks for it on this address makes little work.
const CHEAP: &str = "/robots.txt";

/// The site behind so many proxies, with these rates.
fn limited(world: &World, proxies: usize, rates: Rates) -> Router {
    let settings = Settings {
        public_url: Some("http://hoi-thi.test".to_owned()),
        site: Some(PathBuf::from("no-site")),
        proxies: Some(proxies),
        ..Settings::default()
    };
    let config = settings.resolve().expect("a configuration");
    router(Site::limited(world.engine.clone(), config, Some(Limits::new(rates))))
}

async fn session(world: &World, person: &Caller) -> String {
    let mut work = world.engine.store.begin().await.expect("a unit of work");
    let token = work.open_session(world.now(), person.account).await.expect("a session");
    work.commit().await.expect("committed");
    format!("cchc={}", token.as_str())
}

async fn ask(site: &Router, from: &str, request: Builder, body: &str) -> Response<Body> {
    let mut request = request.header("sec-fetch-site", "same-origin").body(Body::from(body.to_owned())).expect("a request");
    request.extensions_mut().insert(ConnectInfo::<SocketAddr>(from.parse().expect("an address")));
    site.clone().oneshot(request).await.expect("the router answers")
}

fn form(address: &str, cookie: &str) -> Builder {
    Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").header(header::COOKIE, cookie)
}

/// A name of three letters for each number, since names hold no digits.
fn name(number: u32) -> String {
    let letter = |n: u32| char::from_u32(u32::from('a') + n % 26).expect("a letter");
    format!("Nguyễn Văn A{}{}", letter(number / 26), letter(number))
}

/// So many people of one unit, entered and signed in; nobody has a password, since each would cost a hash.
async fn people(world: &World, most: u32) -> Vec<String> {
    let unit = world.unit("so-noi-vu").await;
    let names: Vec<(String, String)> = (0..most).map(name).map(|name| (login_of(&name), name)).collect();
    let account = |(login, full_name)| NewAccount {
        login,
        full_name,
        audience: Audience::CivilServant,
        unit: Some(unit),
        password: None,
        sample: false,
        roles: &[],
    };
    let accounts: Vec<_> = names.iter().map(|(login, name)| account((login, name))).collect();
    let mut sessions = Vec::new();
    for id in world.engine.open_accounts(&accounts).await.expect("the accounts are opened") {
        let person = world.engine.caller_of(id).await.expect("the account is active");
        world.engine.enter_contest(&person, SMALL, &EntryForm::default()).await.expect("the entry");
        sessions.push(session(world, &person).await);
    }
    sessions
}

story!(five_hundred_people_behind_one_address_are_not_refused, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let site = limited(&world, 0, Rates::default());
    let people = people(&world, 500).await;
    let (site, round) = (&site, small.round);
    let sittings = people.iter().map(|cookie| async move {
        for address in ["/".to_owned(), "/cuoc-thi".to_owned(), format!("/cuoc-thi/{SMALL}")] {
            assert_eq!(ask(site, OFFICE, Request::get(&address), "").await.status(), StatusCode::OK, "{address}, not signed in");
        }
        let begun = ask(site, OFFICE, form(&format!("/cuoc-thi/{SMALL}/thi"), cookie), &format!("round={round}")).await;
        assert_eq!(begun.status(), StatusCode::SEE_OTHER, "started");
        let sheet = begun.headers()[header::LOCATION].to_str().expect("text").to_owned();
        assert_eq!(ask(site, OFFICE, Request::get(&sheet).header(header::COOKIE, cookie), "").await.status(), StatusCode::OK);
        for seq in 1..=3 {
            let save = form(&sheet, cookie).header(header::ACCEPT, "application/json");
            let saved = ask(site, OFFICE, save, &format!("hold=0&seq={seq}&prediction={seq}")).await;
            assert_eq!(saved.status(), StatusCode::OK, "saved");
        }
    });
    futures::future::join_all(sittings).await;
    assert_eq!(world.count("select cast(count(*) as bigint) from saved_sheet", &[]).await, 1_500);
});

story!(five_hundred_people_behind_one_address_sign_up_and_sign_in_within_an_hour, |world| {
    const NEW: u32 = 450;
    let unit = world.unit("so-noi-vu").await;
    let site = &limited(&world, 0, Rates::default());
    let login = |number: u32| format!("0905{number:06}");
    let sign_ups = (0..NEW).map(|number| async move {
        let page = ask(site, OFFICE, Request::get("/dang-ky"), "").await;
        assert_eq!(page.status(), StatusCode::OK, "the page of newcomer {number}");
        let name = name(number).replace(' ', "+");
        let body =
            format!("login={}&full_name={name}&audience=civil_servant&unit={unit}&password=Song-Tra-1959&consent_process=1", login(number));
        let done = ask(site, OFFICE, form("/dang-ky", ""), &body).await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER, "newcomer {number}");
    });
    futures::future::join_all(sign_ups).await;
    // The others have had their accounts for long, and used them elsewhere.
    world.run("delete from account_network", &[]).await;
    let sign_ins = (NEW..500).map(|number| async move {
        let body = format!("login={}&password=Song-Tra-1959", login(number - NEW));
        let done = ask(site, OFFICE, form("/dang-nhap", ""), &body).await;
        assert_eq!(done.status(), StatusCode::SEE_OTHER, "person {number}");
    });
    futures::future::join_all(sign_ins).await;
    assert_eq!(world.count("select cast(count(*) as bigint) from session", &[]).await, 500);
});

story!(one_account_that_asks_too_fast_is_told_to_wait_and_nobody_else, |world| {
    // A bucket that fills slowly, so that a slow machine does not fill it while the test looks.
    let rates = Rates { account: Rate { burst: 10, per_second: 1 }, ..Rates::default() };
    let site = limited(&world, 0, rates);
    let hasty = session(&world, &world.contestant("Trần Văn Nam", "so-noi-vu").await).await;
    let other = session(&world, &world.contestant("Nguyễn Thị Lan", "so-noi-vu").await).await;
    let mut refused = None;
    for n in 0..50 {
        let reply = ask(&site, OFFICE, Request::get(CHEAP).header(header::COOKIE, &hasty), "").await;
        assert!(n >= 10 || reply.status() == StatusCode::OK, "request {n} of ten");
        if reply.status() == StatusCode::TOO_MANY_REQUESTS {
            refused = Some(reply);
            break;
        }
    }
    let refused = refused.expect("fifty at once are too many");
    let wait: u64 = refused.headers()[header::RETRY_AFTER].to_str().expect("text").parse().expect("seconds");
    assert!((1..=2).contains(&wait), "{wait}");
    let words = axum::body::to_bytes(refused.into_body(), 1 << 20).await.expect("a body");
    assert!(String::from_utf8_lossy(&words).contains(domain::Refusal::TooMany.words()));
    assert_eq!(ask(&site, OFFICE, Request::get(CHEAP).header(header::COOKIE, &other), "").await.status(), StatusCode::OK);
    assert_eq!(ask(&site, OFFICE, Request::get(CHEAP), "").await.status(), StatusCode::OK, "and the network is not the account's");
});

story!(a_sheet_to_which_too_much_is_sent_loses_nothing, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let site = limited(&world, 0, Rates { attempt: Rate { burst: 3, per_second: 1 }, ..Rates::default() });
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let cookie = session(&world, &lan).await;
    let mut statuses = Vec::new();
    for seq in 1..=8 {
        let save = form(&format!("/thi/{attempt}"), &cookie).header(header::ACCEPT, "application/json");
        statuses.push(ask(&site, OFFICE, save, &format!("hold=0&seq={seq}&prediction={seq}")).await.status());
    }
    assert!(statuses[..3].iter().all(|status| *status == StatusCode::OK), "{statuses:?}");
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
    let pulse = Request::get(format!("/thi/{attempt}/nhip")).header(header::COOKIE, &cookie);
    assert_eq!(ask(&site, OFFICE, pulse, "").await.status(), StatusCode::OK, "its pulse is none of it");
    let acknowledged = i64::try_from(statuses.iter().filter(|status| **status == StatusCode::OK).count()).expect("few");
    assert_eq!(world.count("select cast(count(*) as bigint) from saved_sheet", &[]).await, acknowledged);
});

story!(a_forged_address_is_believed_only_from_a_proxy_that_was_configured, |world| {
    let rates = Rates { network: Rate { burst: 5, per_second: 1 }, ..Rates::default() };
    let forged = |n: usize| Request::get(CHEAP).header("x-forwarded-for", format!("198.51.100.{n}"));
    let open = limited(&world, 0, rates);
    let mut statuses = Vec::new();
    for n in 0..20 {
        statuses.push(ask(&open, OFFICE, forged(n), "").await.status());
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "another address each time, and yet one network: {statuses:?}");
    assert_eq!(ask(&open, "203.0.113.8:50000", forged(0), "").await.status(), StatusCode::OK, "a neighbour is not limited");

    let behind = limited(&world, 1, rates);
    for n in 0..20 {
        assert_eq!(ask(&behind, "10.0.0.1:50000", forged(n), "").await.status(), StatusCode::OK, "the proxy saw twenty people");
    }
    // The proxy appends what it saw; what somebody wrote before it is not believed.
    let mut statuses = Vec::new();
    for n in 0..20 {
        let lied = Request::get(CHEAP).header("x-forwarded-for", format!("198.51.100.{n}, 192.0.2.66"));
        statuses.push(ask(&behind, "10.0.0.1:50000", lied, "").await.status());
    }
    assert!(statuses.contains(&StatusCode::TOO_MANY_REQUESTS), "{statuses:?}");
    for _ in 0..20 {
        let alive = ask(&behind, "192.0.2.66:50000", Request::get("/healthz"), "").await;
        assert_eq!(alive.status(), StatusCode::OK, "who watches is not limited");
    }
});
