//! Waiting for the opening: the server's countdown and a ticket by which nobody loses.

use domain::{Millis, Refusal, contest::RoundForm};
use http::StatusCode;
use tests::{RoundPlan, SLUG, SMALL, SmallRound, refused, story};

const WAIT: &str = "/cuoc-thi/tim-hieu-cchc-2026/cho";
const START: &str = "/cuoc-thi/tim-hieu-cchc-2026/thi";

/// A round in which the moment of handing in ranks nobody.
fn spread_out() -> RoundPlan {
    let form = RoundForm { ranking: vec!["correct".to_owned(), "duration".to_owned()], ..RoundPlan::default().form };
    RoundPlan { predicts: false, form, ..RoundPlan::default() }
}

story!(the_waiting_page_counts_down_and_leads_to_the_start_at_ones_own_moment, |world| {
    let plan = spread_out();
    let round = world.scheduled_round(&plan).await;
    let opens = world.engine.frozen(round).await.expect("frozen").opens_at;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    world.enters(&lan, SLUG).await;
    let mut browser = world.browser_of(&lan).await;
    let entered = browser.get("/cuoc-thi/tim-hieu-cchc-2026/tham-gia").await;
    assert!(entered.says(WAIT) && !entered.says(START), "whoever has entered before the opening may wait: {}", entered.body);
    let start = browser.get(START).await;
    assert!(start.says("Đợt thi mở lúc") && start.says(WAIT), "the start page leads to the waiting page: {}", start.body);
    let page = browser.get(WAIT).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.says("Tuần 1 mở sau") && page.says("disabled") && page.says("Bắt đầu (tính 01 lượt"), "{}", page.body);
    assert!(page.says(&format!("content=\"600; url={WAIT}\"")), "a long wait stays on the server's clock: {}", page.body);
    let off = format!("{WAIT}?tu-chuyen=khong");
    assert!(page.says(&off), "who reads slowly can turn it off: {}", page.body);
    let page = browser.get(&off).await;
    assert!(page.says("Trang này không tự chuyển") && !page.says("http-equiv=\"refresh\""), "{}", page.body);

    world.wind(Millis::minutes(59));
    let waiting = world.engine.waiting_for(&lan, SLUG).await.expect("waiting");
    let later = waiting.starts_at - opens;
    assert!((0..=10_000).contains(&later.0), "{later:?}");
    let seconds = (waiting.starts_at - world.now()).0.unsigned_abs().div_ceil(1_000);
    let page = browser.get(WAIT).await;
    assert!(page.says(&format!("content=\"{seconds}; url={START}\"")), "{seconds}: {}", page.body);
    let other = world.another_node().await;
    assert_eq!(other.waiting_for(&lan, SLUG).await.expect("waiting").starts_at, waiting.starts_at, "every node gives the same ticket");

    world.wind(Millis::minutes(1));
    let page = browser.get(WAIT).await;
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, START), "whoever comes later has nothing to wait for");
    let attempt = world.engine.start(&lan, round).await.expect("the server holds nobody back");
    let deadline = world.engine.pulse(&lan, attempt).await.expect("the pulse").deadline;
    assert_eq!(deadline, world.now() + Millis::minutes(20), "time counts from the own start");
});

story!(people_get_different_tickets, |world| {
    world.scheduled_round(&spread_out()).await;
    let mut moments = std::collections::BTreeSet::new();
    for name in ["Nguyễn Văn An", "Nguyễn Văn Bình", "Nguyễn Văn Châu", "Nguyễn Văn Dũng", "Nguyễn Văn Em"] {
        let person = world.contestant(name, "so-noi-vu").await;
        moments.insert(world.engine.waiting_for(&person, SLUG).await.expect("waiting").starts_at);
    }
    assert!(moments.len() > 1, "{moments:?}");
});

story!(where_handing_in_early_ranks_higher_nobody_is_held_back, |world| {
    let plan = SmallRound { opens_in: Millis::hours(1), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    let opens = world.engine.frozen(small.round).await.expect("frozen").opens_at;
    for name in ["Nguyễn Văn An", "Nguyễn Văn Bình", "Nguyễn Văn Châu"] {
        let person = world.entrant(name).await;
        assert_eq!(world.engine.waiting_for(&person, SMALL).await.expect("waiting").starts_at, opens, "{name}");
    }
});

story!(whoever_has_nothing_to_wait_for_is_led_on, |world| {
    world.scheduled_round(&spread_out()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut browser = world.browser_of(&lan).await;
    let page = browser.get(WAIT).await;
    let entry = format!("/cuoc-thi/{SLUG}/tham-gia");
    assert_eq!((page.status, page.location()), (StatusCode::SEE_OTHER, entry.as_str()), "what is asked is asked before the opening");
    assert_eq!(world.client().get(WAIT).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/cuoc-thi/khong-co/cho").await.status, StatusCode::NOT_FOUND);
    refused!(world.engine.waiting_for(&lan, "khong-co").await, Refusal::NotFound);
    let mut staff = world.browser_of(&world.organiser().await).await;
    assert_eq!(staff.get(WAIT).await.location(), START, "the start page says why");
});
