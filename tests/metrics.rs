//! What `/metrics` says while people sit: nothing of a round, a contest or a person, and every alarm of a clock.

use axum::body::Body;
use domain::Millis;
use engine::clock::Clock;
use http::{Request, StatusCode, header};
use server::{
    Site,
    limits::{Limits, Rate, Rates},
    operations, router,
    serve::look_at_clock,
};
use std::{collections::BTreeSet, sync::LazyLock};
use tests::{SMALL, SmallRound, World, login_of, story};

/// Collects from the first look on, and tells what `/metrics` says.
static METRICS: LazyLock<Box<dyn Fn() -> String + Send + Sync>> = LazyLock::new(|| {
    let collected = operations::collect().expect("nobody else collects");
    Box::new(move || collected.render())
});

/// The lines that are figures.
fn figures(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The labels of a figure: names and values.
fn labels(figure: &str) -> Vec<(&str, &str)> {
    let Some((_, rest)) = figure.split_once('{') else { return Vec::new() };
    let (labels, _) = rest.rsplit_once('}').expect("labels end");
    labels
        .split("\",")
        .map(|label| label.split_once("=\"").expect("a name and a value"))
        .map(|(name, value)| (name, value.trim_end_matches('"')))
        .collect()
}

story!(what_is_measured_tells_nothing_of_a_round_a_contest_or_a_person, |world| {
    LazyLock::force(&METRICS);
    let small = world.small_round(&SmallRound::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let (mut browser, mut stranger) = (world.browser_of(&lan).await, world.client());
    let (contest, start) = (format!("/cuoc-thi/{SMALL}"), format!("/cuoc-thi/{SMALL}/thi"));
    for page in ["/", "/cuoc-thi", &contest, "/healthz"] {
        assert_eq!(stranger.get(page).await.status, StatusCode::OK, "{page}");
    }
    assert_eq!(stranger.get("/khong-co-trang-nay").await.status, StatusCode::NOT_FOUND);
    for page in ["tham-gia", "cho", "thi"] {
        browser.get(&format!("{contest}/{page}")).await;
    }
    assert_eq!(browser.post(&format!("{contest}/tham-gia"), &[]).await.status, StatusCode::SEE_OTHER, "entered");
    let begun = browser.post(&start, &[("round", &small.round.to_string())]).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "started");
    let sheet = begun.location().to_owned();
    let attempt = sheet.rsplit('/').next().expect("an id").to_owned();
    for page in ["", "/nhip", "/nop", "/hoi"] {
        assert_eq!(browser.get(&format!("{sheet}{page}")).await.status, StatusCode::OK, "{page}");
    }
    let save = Request::post(&sheet)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from("hold=0&seq=1&prediction=5"))
        .expect("a request");
    assert_eq!(browser.send(save).await.status, StatusCode::OK, "saved");
    assert_eq!(browser.post(&format!("{sheet}/nop"), &[]).await.status, StatusCode::SEE_OTHER, "handed in");
    assert_eq!(browser.get(&format!("{sheet}/ket-qua")).await.status, StatusCode::OK);
    let rates = Rates { account: Rate { burst: 1, per_second: 1 }, ..Rates::default() };
    let mut hasty = world.client_of(router(Site::limited(world.engine.clone(), world.site().config.clone(), Some(Limits::new(rates)))));
    hasty.carry(browser.token().expect("a session"));
    let mut refused = false;
    for _ in 0..50 {
        refused |= hasty.get("/robots.txt").await.status == StatusCode::TOO_MANY_REQUESTS;
    }
    assert!(refused, "too fast");

    let text = METRICS();
    let ids = [small.round.to_string(), small.contest.to_string(), attempt, lan.account.to_string()];
    for secret in ids.iter().map(String::as_str).chain([SMALL, &login_of(&lan.full_name), &lan.full_name, "Lan"]) {
        assert!(!text.contains(secret), "{secret} stands in\n{text}");
    }
    let names: BTreeSet<&str> = figures(&text).flat_map(labels).map(|(name, _)| name).collect();
    assert_eq!(names, BTreeSet::from(["by", "le", "route", "status"]));
    let routes: BTreeSet<&str> = figures(&text).flat_map(labels).filter(|(name, _)| *name == "route").map(|(_, route)| route).collect();
    assert!(routes.is_superset(&BTreeSet::from(["/", "/cuoc-thi/{slug}", "sheet", "other"])), "{routes:?}");
    for route in routes {
        let to_a_sheet = ["/thi", "/cho", "/tham-gia"].iter().any(|end| route.ends_with(end));
        assert!(!to_a_sheet && !route.contains("{attempt}"), "{route} is counted by itself");
    }
    // A redirect would be an entry, a start or a hand-in.
    let sheets: BTreeSet<&str> = figures(&text)
        .filter(|figure| figure.starts_with("cchc_requests_total") && labels(figure).contains(&("route", "sheet")))
        .filter_map(|figure| labels(figure).into_iter().find(|(name, _)| *name == "status"))
        .map(|(_, status)| status)
        .collect();
    assert_eq!(sheets, BTreeSet::from(["1xx", "2xx", "4xx", "5xx"]));
});

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_alarm_of_a_clock_is_counted_that_of_the_start_too() {
    LazyLock::force(&METRICS);
    let world = World::on_sqlite().await;
    let alarms = || {
        let text = METRICS();
        figures(&text).find_map(|figure| figure.strip_prefix("cchc_clock_alarms_total ")?.parse::<u64>().ok())
    };
    world.wind(Millis::days(20 * 365));
    world.organiser().await;
    // The machine starts again, and its clock is far behind what is stored.
    let clock = Clock::running(domain::Timestamp(0));
    let node = world.another_node_by(&clock).await;
    look_at_clock(&node).await;
    assert_eq!(alarms(), Some(1), "at the start");
    look_at_clock(&node).await;
    assert_eq!(alarms(), Some(1), "nothing new");
    clock.step_machine(Millis::minutes(-5));
    look_at_clock(&node).await;
    assert_eq!(alarms(), Some(2), "while it serves");
}
