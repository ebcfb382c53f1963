//! The trial paper: the look and the doors of a real sheet, and nothing is kept.

use super::{island, said};
use domain::Millis;
use http::StatusCode;
use tests::{World, story};

const RIGHT: [(&str, &str); 4] = [("q1", "3"), ("q2", "2"), ("q2", "4"), ("q3", "2026")];

async fn begin(world: &World, browser: &mut tests::Client) -> String {
    let begun = browser.post("/thu-may", &[]).await;
    assert_eq!((begun.status, begun.location()), (StatusCode::SEE_OTHER, format!("/thu-may/{}", world.now().0).as_str()));
    begun.location().to_owned()
}

story!(anybody_tries_the_sheet_with_javascript_off, |world| {
    let mut browser = world.client();
    assert!(browser.get("/thu-may").await.says("Bắt đầu làm thử"));
    let sheet = begin(&world, &mut browser).await;
    let page = browser.get(&sheet).await;
    assert!(page.says("Câu 3") && page.says("08:01:00") && page.says("không tính vào cuộc thi nào"), "{}", page.body);
    world.wind(Millis::seconds(20));
    let mut form = RIGHT.to_vec();
    form.push(("deed", "save"));
    let saved = browser.post(&sheet, &form).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, sheet.as_str()), "{}", saved.body);
    let page = browser.get(&sheet).await;
    assert!(page.says("Đã lưu 08:00:20") && page.says("3/3") && page.says("value=\"2.026\""), "{}", page.body);
    form.pop();
    form.push(("deed", "hand-in"));
    let asked = browser.post(&sheet, &form).await;
    assert_eq!(asked.location(), format!("{sheet}/nop"));
    assert!(browser.get(asked.location()).await.says("3/3 câu"));
    let ended = browser.post(asked.location(), &[]).await;
    assert_eq!(ended.location(), format!("{sheet}/ket-qua"));
    let page = browser.get(ended.location()).await;
    assert!(page.says("Máy chủ đã nhận đủ các câu trả lời.") && page.says("Điều đã diễn ra"), "{}", page.body);
    assert_eq!(browser.get(&sheet).await.location(), format!("{sheet}/ket-qua"), "Back does not reopen it");
    assert_eq!(world.count("select cast(count(*) as bigint) from attempt", &[]).await, 0);
});

story!(the_island_finds_the_doors_of_a_real_sheet, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut browser = world.browser_of(&lan).await;
    let sheet = begin(&world, &mut browser).await;
    let taken = said(&island(&mut browser, &sheet, "deed=take-over").await);
    assert_eq!((taken["hold"].as_i64(), taken["seq"].as_i64(), taken["running"].as_bool()), (Some(1), Some(0), Some(true)));
    assert_eq!(taken["deadline"].as_i64(), Some(world.now().0 + 60_000));
    let saved = said(&island(&mut browser, &sheet, "hold=1&seq=1&q1=3&q3=x").await);
    assert_eq!((saved["seq"].as_i64(), saved["at"].as_i64(), saved["unread"][0][0].as_str()), (Some(1), Some(world.now().0), Some("q3")));
    let pulse = said(&browser.get(&format!("{sheet}/nhip")).await);
    assert_eq!((pulse["seq"].as_i64(), pulse["running"].as_bool()), (Some(1), Some(true)));
    let taken = said(&island(&mut browser, &sheet, "deed=take-over").await);
    assert_eq!(taken["fields"][0], serde_json::json!(["q1", "3"]), "what the server was sent comes back");

    world.wind(Millis::seconds(85));
    let queued = island(&mut browser, &sheet, "hold=1&seq=2&q1=3&q2=2").await;
    assert_eq!(queued.status, StatusCode::OK, "what was queued arrives within the grace: {}", queued.body);
    let ended = island(&mut browser, &format!("{sheet}/nop"), "").await;
    assert_eq!(said(&ended)["running"].as_bool(), Some(false));
    let late = island(&mut browser, &sheet, "hold=1&seq=3&q1=1").await;
    assert_eq!((late.status, said(&late)["refusal"].as_str()), (StatusCode::CONFLICT, Some("TooLate")));
    assert!(browser.get(&format!("{sheet}/ket-qua")).await.says("2/3 câu"));
    assert_eq!(browser.get("/luot-thi").await.status, StatusCode::OK, "the session is as it was");
});

story!(a_trial_that_is_over_takes_nothing_and_an_unknown_one_is_not_found, |world| {
    let mut browser = world.client();
    let sheet = begin(&world, &mut browser).await;
    world.wind(Millis::seconds(91));
    let late = island(&mut browser, &sheet, "hold=1&seq=1&q1=3").await;
    assert_eq!((late.status, said(&late)["refusal"].as_str()), (StatusCode::CONFLICT, Some("TooLate")));
    assert_eq!(browser.post(&sheet, &[("q1", "3"), ("deed", "save")]).await.location(), format!("{sheet}/ket-qua"));
    assert_eq!(browser.get(&sheet).await.location(), format!("{sheet}/ket-qua"));
    assert_eq!(said(&browser.get(&format!("{sheet}/nhip")).await)["running"].as_bool(), Some(false));
    assert!(browser.get(&format!("{sheet}/ket-qua")).await.says("0/3 câu"));
    for unknown in ["/thu-may/bai-nao", "/thu-may/9999999999999", "/thu-may/1"] {
        assert_eq!(browser.get(unknown).await.status, StatusCode::NOT_FOUND, "{unknown}");
        assert_eq!(browser.get(&format!("{unknown}/ket-qua")).await.status, StatusCode::NOT_FOUND, "{unknown}");
        assert_eq!(browser.post(unknown, &[]).await.status, StatusCode::NOT_FOUND, "{unknown}");
        assert_eq!(browser.get(&format!("{unknown}/nhip")).await.status, StatusCode::NOT_FOUND, "{unknown}");
    }
});

story!(the_start_page_the_guide_and_the_contest_lead_to_the_trial, |world| {
    let plan = tests::SmallRound { opens_in: Millis::hours(1), ..tests::SmallRound::default() };
    world.small_round(&plan).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    let mut browser = world.browser_of(&lan).await;
    for page in ["/cuoc-thi/vong-nho", "/cuoc-thi/vong-nho/huong-dan", "/cuoc-thi/vong-nho/thi", "/cuoc-thi/vong-nho/cho"] {
        assert!(browser.get(page).await.says("href=\"/thu-may\""), "{page}");
    }
});
