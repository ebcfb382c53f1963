//! The pages of a sitting through the real router, with JavaScript off, and the doors of the island.

use axum::body::Body;
use domain::{Millis, contest::RoundForm, id::AttemptId};
use http::{Request, StatusCode, header};
use tests::{CANARIES, Client, Reply, RoundPlan, SMALL, SmallRound, story};

/// What the island sends.
async fn island(client: &mut Client, address: &str, body: &str) -> Reply {
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body.to_owned()))
        .expect("a request");
    client.send(request).await
}

fn said(reply: &Reply) -> serde_json::Value {
    serde_json::from_str(&reply.body).expect("JSON")
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

story!(a_contestant_sits_the_paper_with_javascript_off, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let person = world.entrant("Nguyễn Thị Lan").await;
    let mut browser = world.browser_of(&person).await;
    let start = format!("/cuoc-thi/{SMALL}/thi");
    let page = browser.get(&start).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.says("Bắt đầu (tính 01 lượt, lượt duy nhất)") && page.says("20 phút") && page.says("7 câu"), "{}", page.body);
    let started = browser.post(&start, &[("round", &small.round.to_string())]).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.body);
    let sheet = started.location().to_owned();
    let attempt: AttemptId = sheet.trim_start_matches("/thi/").parse().expect("an attempt");
    let page = browser.get(&sheet).await;
    assert!(
        page.says("Câu 7") && page.says("Câu hỏi dự đoán") && page.says("0255 000 0000") && page.says("<strong>năm</strong>"),
        "{}",
        page.body
    );
    assert!(page.says(r#"data-state="empty" class="saved">Chưa có câu trả lời nào được lưu"#), "nothing looks saved: {}", page.body);

    let mut fields = world.right_fields(&person, attempt, 6).await;
    fields.push(("prediction".to_owned(), "14,492".to_owned()));
    let mut form = borrowed(&fields);
    form.push(("hold", "0"));
    form.push(("deed", "save"));
    let saved = browser.post(&sheet, &form).await;
    assert_eq!((saved.status, saved.location()), (StatusCode::SEE_OTHER, sheet.as_str()), "{}", saved.body);
    let page = browser.get(&sheet).await;
    assert!(page.says("Đã lưu 08:00:00") && page.says("6/7"), "{}", page.body);
    assert!(page.says("value=\"14,492\"") && page.says("hiểu theo hai cách"), "what cannot be read is kept and said: {}", page.body);

    form.retain(|(name, _)| *name != "deed" && *name != "prediction");
    form.push(("prediction", "14.492"));
    form.push(("deed", "hand-in"));
    let asked = browser.post(&sheet, &form).await;
    assert_eq!(asked.location(), format!("{sheet}/nop"));
    let page = browser.get(asked.location()).await;
    assert!(page.says("6/7 câu") && page.says("Chưa trả lời câu 7.") && page.says("14.492 người"), "{}", page.body);
    let ended = browser.post(&format!("{sheet}/nop"), &[]).await;
    assert_eq!(ended.location(), format!("{sheet}/ket-qua"), "{}", ended.body);
    let receipt = browser.get(ended.location()).await;
    assert!(receipt.says("Đã nhận bài lúc 08:00:00") && receipt.says("Kết quả sẽ được công bố"), "{}", receipt.body);
    assert!(!receipt.says("Trả lời đúng"), "the round says: only the receipt");

    let back = browser.get(&sheet).await;
    assert_eq!(
        (back.status, back.location()),
        (StatusCode::SEE_OTHER, format!("{sheet}/ket-qua").as_str()),
        "the sheet leads to its receipt"
    );
    let list = browser.get("/luot-thi").await;
    assert!(list.says("Đã nộp bài") && list.says("chưa công bố"), "{}", list.body);
    let again = browser.get(&start).await;
    assert!(again.says("hết số lượt"), "{}", again.body);
});

story!(the_start_button_says_what_a_start_costs, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut browser = world.browser_of(&lan).await;
    for (slug, policy, times, words) in [
        ("mot-luot", "once", "", ["Bắt đầu (tính 01 lượt, lượt duy nhất)", "hết số lượt"]),
        ("ca-dot", "per_round", "3", ["Bắt đầu (tính 01 lượt, còn 2 lượt)", "Bắt đầu (tính 01 lượt, còn 1 lượt)"]),
        ("moi-ngay", "per_day", "2", ["Bắt đầu (tính 01 lượt, còn 1 lượt hôm nay)", "Bắt đầu (tính 01 lượt, lượt cuối cùng hôm nay)"]),
        ("khong-han", "unlimited", "", ["Bắt đầu (không giới hạn số lượt)", "Bắt đầu (không giới hạn số lượt)"]),
    ] {
        let form = RoundForm { policy: policy.to_owned(), times: times.to_owned(), ..RoundPlan::default().form };
        let round = world.open_round(&RoundPlan { slug, form, ..RoundPlan::default() }).await;
        world.enters(&lan, slug).await;
        let start = format!("/cuoc-thi/{slug}/thi");
        let [before, after] = words;
        let page = browser.get(&start).await;
        assert!(page.says(before), "{slug}: {}", page.body);
        let attempt = world.engine.start(&lan, round).await.expect("started");
        assert!(browser.get(&start).await.says("Làm tiếp"), "{slug}");
        world.engine.hand_in(&lan, attempt).await.expect("handed in");
        let page = browser.get(&start).await;
        assert!(page.says(after), "{slug}: {}", page.body);
    }
});

story!(a_stale_plain_form_keeps_what_was_typed_and_goes_on_here, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Trần Văn Nam", &small).await;
    let mut browser = world.browser_of(&person).await;
    world.engine.take_over(&person, attempt).await.expect("the phone has it");
    let sheet = format!("/thi/{attempt}");
    let refused = browser.post(&sheet, &[("hold", "0"), ("prediction", "777"), ("deed", "save")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.says("value=\"777\"") && refused.says("tiếp tục trên thiết bị này"), "{}", refused.body);
    let saved = browser.post(&sheet, &[("hold", "1"), ("prediction", "777"), ("deed", "save")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
});

story!(a_plain_page_does_not_replace_what_was_saved_elsewhere_since, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Trần Thị Nga", &small).await;
    let (mut phone, mut desk) = (world.browser_of(&person).await, world.browser_of(&person).await);
    let sheet = format!("/thi/{attempt}");
    assert!(desk.get(&sheet).await.says(r#"name="seen" value="0""#));
    let saved = phone.post(&sheet, &[("hold", "0"), ("seen", "0"), ("prediction", "111"), ("deed", "save")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let old = [("hold", "0"), ("seen", "0"), ("prediction", "777"), ("deed", "hand-in")];
    let refused = desk.post(&sheet, &old).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.says("value=\"777\"") && refused.says("bấm “Lưu” để thay bản đã lưu"), "{}", refused.body);
    assert!(!refused.says("<leptos-island"), "no script puts the stored sheet over it: {}", refused.body);
    assert!(refused.says(r#"name="seen" value="1""#), "pressed again it replaces what this page now knows of: {}", refused.body);
    assert!(phone.get(&sheet).await.says("value=\"111\""), "nothing was replaced");
    let again = phone.post(&sheet, &[("hold", "0"), ("seen", "0"), ("prediction", "111"), ("deed", "save")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "pressed twice is no conflict");
    let knowing = desk.post(&sheet, &[("hold", "0"), ("seen", "1"), ("prediction", "777"), ("deed", "save")]).await;
    assert_eq!(knowing.status, StatusCode::SEE_OTHER);
    assert!(phone.get(&sheet).await.says("value=\"777\""));
});

story!(the_island_saves_takes_over_and_hands_in_by_the_same_doors, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (person, attempt) = world.sits("Lê Thị Hoa", &small).await;
    let mut browser = world.browser_of(&person).await;
    let sheet = format!("/thi/{attempt}");
    let taken = said(&island(&mut browser, &sheet, "deed=take-over").await);
    assert_eq!((taken["hold"].as_i64(), taken["running"].as_bool()), (Some(1), Some(true)));
    let saved = island(&mut browser, &sheet, "hold=1&seq=1&prediction=1.200").await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let saved = said(&saved);
    assert_eq!(
        (saved["seq"].as_i64(), saved["at"].as_i64(), saved["echo"].as_str()),
        (Some(1), Some(world.now().0), Some("Anh/chị dự đoán: 1.200 người"))
    );
    let stale = island(&mut browser, &sheet, "hold=0&seq=2&prediction=1").await;
    assert_eq!((stale.status, said(&stale)["refusal"].as_str()), (StatusCode::CONFLICT, Some("TakenOver")));
    let unread = said(&island(&mut browser, &sheet, "hold=1&seq=2&prediction=1,2").await);
    assert_eq!(unread["unread"][0][0].as_str(), Some("prediction"));
    let pulse = said(&browser.get(&format!("{sheet}/nhip")).await);
    assert_eq!((pulse["seq"].as_i64(), pulse["hold"].as_i64()), (Some(2), Some(1)));
    let ended = island(&mut browser, &format!("{sheet}/nop"), "").await;
    assert_eq!((ended.status, said(&ended)["receipt"].as_str().map(str::len)), (StatusCode::OK, Some(8)));
    let late = island(&mut browser, &sheet, "hold=1&seq=3&prediction=5").await;
    assert_eq!((late.status, said(&late)["refusal"].as_str()), (StatusCode::CONFLICT, Some("HandedIn")));
    assert_eq!(said(&browser.get(&format!("{sheet}/nhip")).await)["running"].as_bool(), Some(false));
});

story!(nobody_and_strangers_find_no_door_to_a_sheet, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (_, attempt) = world.sits("Phạm Văn Đức", &small).await;
    let other = world.entrant("Võ Thị Tâm").await;
    let mut stranger = world.browser_of(&other).await;
    let mut nobody = world.client();
    for page in ["", "/nop", "/ket-qua", "/nhip"] {
        let address = format!("/thi/{attempt}{page}");
        assert_eq!(stranger.get(&address).await.status, StatusCode::NOT_FOUND, "{address}");
        let unknown = nobody.get(&address).await;
        assert!(matches!(unknown.status, StatusCode::SEE_OTHER | StatusCode::UNAUTHORIZED), "{address}: {}", unknown.status);
    }
    for door in ["", "/nop"] {
        let address = format!("/thi/{attempt}{door}");
        assert_eq!(island(&mut stranger, &address, "hold=0&seq=1").await.status, StatusCode::NOT_FOUND, "{address}");
        assert_eq!(island(&mut nobody, &address, "hold=0&seq=1").await.status, StatusCode::UNAUTHORIZED, "{address}");
    }
    assert_eq!(stranger.get("/thi/khong-phai-ma").await.status, StatusCode::NOT_FOUND);
});

story!(no_key_leaves_before_release_by_any_page_or_door, |world| {
    let plan = SmallRound { opens_in: Millis::minutes(1), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    let person = world.entrant("Hồ Văn Khánh").await;
    let mut browser = world.browser_of(&person).await;
    let start = format!("/cuoc-thi/{SMALL}/thi");
    let mut read = vec![browser.get("/").await, browser.get(&format!("/cuoc-thi/{SMALL}")).await, browser.get(&start).await];
    world.wind(plan.opens_in);
    read.push(browser.get(&start).await);
    let started = browser.post(&start, &[("round", &small.round.to_string())]).await;
    let sheet = started.location().to_owned();
    read.push(browser.get(&sheet).await);
    read.push(island(&mut browser, &sheet, "deed=take-over").await);
    read.push(island(&mut browser, &sheet, "hold=1&seq=1&q1=1&q2=1&q3=1&prediction=5").await);
    read.push(island(&mut browser, &sheet, "hold=1&seq=2&q1=x&q2=99&prediction=a").await);
    read.push(browser.get(&format!("{sheet}/nhip")).await);
    read.push(browser.get(&format!("{sheet}/nop")).await);
    read.push(browser.post(&format!("{sheet}/nop"), &[]).await);
    read.push(browser.get(&format!("{sheet}/ket-qua")).await);
    read.push(browser.get("/luot-thi").await);
    world.wind(Millis::hours(3));
    read.push(browser.get(&format!("{sheet}/ket-qua")).await);
    read.push(browser.get("/ket-qua").await);
    for page in &read {
        for canary in CANARIES {
            assert!(!page.says(canary), "a key left: {canary} in {}", page.body);
        }
    }
    world.publish_small(&small).await;
    let released = browser.get(&format!("{sheet}/ket-qua")).await;
    for canary in CANARIES {
        assert!(released.says(canary) || canary == "987654321", "released: {canary}");
    }
    assert!(released.says("987.654.321") && released.says("Trả lời đúng"), "{}", released.body);
});

story!(longer_rounds_give_running_sheets_their_time, |world| {
    let plan = SmallRound { lasts: Millis::minutes(30), ..SmallRound::default() };
    let small = world.small_round(&plan).await;
    world.wind(Millis::minutes(25));
    let (person, attempt) = world.sits("Bùi Văn Cường", &small).await;
    let closes = world.now() + Millis::minutes(5);
    assert_eq!(world.engine.pulse(&person, attempt).await.expect("the pulse").deadline, closes);
    let (one, two) = (world.organiser().await, world.second_organiser().await);
    let later = domain::contest::RoundChange::ExtendClose { closes: closes + Millis::hours(1) };
    let change = world.engine.propose_change(&one, small.round, &later, "Mất điện diện rộng").await.expect("proposed");
    world.engine.decide_change(&two, change, true).await.expect("decided");
    assert_eq!(world.engine.pulse(&person, attempt).await.expect("the pulse").deadline, world.now() + Millis::minutes(20));
});
