//! The pages and doors of the day: the island's words, the sheet without scripts, the organisers' page and the minutes.

use axum::body::Body;
use domain::{
    Millis, Refusal,
    contest::ChangeState,
    id::{ChangeId, RoundId},
};
use http::{Request, StatusCode, header};
use tests::{Client, INCIDENT, Reply, SMALL, SmallRound, World, refused, story, to_person};

/// What the island sends.
async fn island(client: &mut Client, address: &str, body: &str) -> (StatusCode, serde_json::Value) {
    let request = Request::post(address)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body.to_owned()))
        .expect("a request");
    let reply = client.send(request).await;
    (reply.status, serde_json::from_str(&reply.body).expect("JSON"))
}

async fn pulse(client: &mut Client, sheet: &str) -> serde_json::Value {
    serde_json::from_str(&client.get(&format!("{sheet}/nhip")).await.body).expect("JSON")
}

fn left(said: &serde_json::Value) -> Option<Millis> {
    Some(Millis(said["deadline"].as_i64()? - said["now"].as_i64()?))
}

story!(the_island_is_told_of_a_pause_keeps_what_it_could_not_send_and_goes_on, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let mut browser = world.browser_of(&lan).await;
    let sheet = format!("/thi/{attempt}");
    let (_, taken) = island(&mut browser, &sheet, "deed=take-over").await;
    assert_eq!((taken["paused"].as_bool(), left(&taken)), (Some(false), Some(Millis::minutes(20))));
    world.wind(Millis::minutes(12));
    world.pauses(small.round).await;
    world.wind(Millis::seconds(20));
    let (status, saved) = island(&mut browser, &sheet, "hold=1&seq=1&prediction=5").await;
    assert_eq!((status, saved["paused"].as_bool(), left(&saved)), (StatusCode::OK, Some(true), Some(Millis::minutes(8))));
    world.wind(Millis::minutes(30));
    let (status, refused) = island(&mut browser, &sheet, "hold=1&seq=2&prediction=6").await;
    assert_eq!((status, refused["refusal"].as_str(), refused["paused"].as_bool()), (StatusCode::LOCKED, Some("Paused"), Some(true)));
    let said = pulse(&mut browser, &sheet).await;
    assert_eq!((said["paused"].as_bool(), said["running"].as_bool(), left(&said)), (Some(true), Some(true), Some(Millis::minutes(8))));
    let (status, held) = island(&mut browser, &format!("{sheet}/nop"), "deed=time-up").await;
    assert_eq!((status, held["receipt"].as_str(), held["paused"].as_bool()), (StatusCode::OK, Some(""), Some(true)), "its clock erred");
    let (_, moved) = island(&mut browser, &sheet, "deed=take-over").await;
    assert_eq!((moved["hold"].as_i64(), moved["paused"].as_bool()), (Some(2), Some(true)), "another device may take it meanwhile");
    world.resumes(small.round).await;
    let said = pulse(&mut browser, &sheet).await;
    assert_eq!((said["paused"].as_bool(), left(&said)), (Some(false), Some(Millis::minutes(8))));
    let (status, _) = island(&mut browser, &sheet, "hold=2&seq=2&prediction=6").await;
    assert_eq!(status, StatusCode::OK);
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    assert_eq!(left(&pulse(&mut browser, &sheet).await), Some(Millis::minutes(18)));
    world.wind(Millis::minutes(18));
    let (_, ended) = island(&mut browser, &format!("{sheet}/nop"), "deed=time-up").await;
    assert_eq!(ended["receipt"].as_str().map(str::len), Some(8));
});

story!(without_scripts_the_sheet_and_the_start_page_say_that_the_round_is_paused, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let nam = world.entrant("Trần Văn Nam").await;
    let (mut of_lan, mut of_nam) = (world.browser_of(&lan).await, world.browser_of(&nam).await);
    let (sheet, start) = (format!("/thi/{attempt}"), format!("/cuoc-thi/{SMALL}/thi"));
    world.wind(Millis::minutes(2));
    world.pauses(small.round).await;
    world.wind(Millis::minutes(40));
    let page = of_lan.get(&sheet).await;
    assert!(
        page.says("Ban Tổ chức tạm dừng đợt thi.") && page.says("<b>18:00</b>") && page.says(r#"data-state="paused""#),
        "{}",
        page.body
    );
    let kept = of_lan.post(&sheet, &[("hold", "0"), ("deed", "save"), ("prediction", "4321")]).await;
    assert_eq!(kept.status, StatusCode::LOCKED);
    assert!(kept.says("4.321") && kept.says("chưa được lưu, vẫn còn ở trang này"), "{}", kept.body);
    assert!(of_lan.get(&format!("{sheet}/nop")).await.says("Đợt thi đang tạm dừng, còn lại"));
    assert!(of_lan.get(&start).await.says("Làm tiếp"));
    assert!(of_lan.get("/luot-thi").await.says("Đang làm bài"));
    let page = of_nam.get(&start).await;
    assert!(page.says("Ban Tổ chức đang tạm dừng đợt thi") && !page.says("Bắt đầu (tính"), "{}", page.body);
    let refused = of_nam.post(&start, &[("round", &small.round.to_string())]).await;
    assert_eq!(refused.status, StatusCode::LOCKED);
    world.resumes(small.round).await;
    let saved = of_lan.post(&sheet, &[("hold", "0"), ("deed", "save"), ("prediction", "4321")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    assert!(of_lan.get(&sheet).await.says(r#"data-state="running""#));
    let started = of_nam.post(&start, &[("round", &small.round.to_string())]).await;
    assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.body);
});

story!(the_start_page_names_what_was_granted, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    world.grants(small.round, &to_person(&lan, "time", "10")).await;
    world.grants(small.round, &to_person(&lan, "attempts", "1")).await;
    let page = world.browser_of(&lan).await.get(&format!("/cuoc-thi/{SMALL}/thi")).await;
    assert!(page.says("Ban Tổ chức cho thêm") && page.says("10 phút làm bài; 01 lượt dự thi"), "{}", page.body);
    assert!(page.says("Bắt đầu (tính 01 lượt, lượt cuối cùng)"), "{}", page.body);
});

/// The change of the round that waits, as the organiser's page names it in its form.
async fn proposed(world: &World, round: RoundId) -> ChangeId {
    let changes = world.engine.changes_of(&world.organiser().await, round).await.expect("listed");
    changes.iter().find(|change| change.state == ChangeState::Proposed).expect("one waits").id
}

fn went_back(reply: &Reply, day: &str) {
    assert_eq!((reply.status, reply.location()), (StatusCode::SEE_OTHER, day), "{}", reply.body);
}

story!(organisers_run_the_day_on_one_page_and_print_the_minutes, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let (mut one, mut two) = (world.browser_of(&world.organiser().await).await, world.browser_of(&world.second_organiser().await).await);
    let day = format!("/quan-tri/dot/{}/trong-gio-thi", small.round);
    let page = one.get(&day).await;
    assert!(page.says("Tạm dừng ngay") && page.says("Bù giờ") && page.says("Chưa có đề nghị nào"), "{}", page.body);
    let short = one.post(&day, &[("deed", "pause"), ("reason", "ngắn")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(short.says("Xin ghi rõ lý do.") && short.says("ngắn"), "{}", short.body);
    went_back(&one.post(&day, &[("deed", "pause"), ("reason", INCIDENT)]).await, &day);
    world.wind(Millis::minutes(6));
    assert!(one.get(&day).await.says("Đề nghị tiếp tục đợt thi"));
    went_back(&one.post(&day, &[("deed", "resume"), ("reason", "đã có điện trở lại")]).await, &day);
    let resume = proposed(&world, small.round).await.to_string();
    assert!(one.get(&day).await.says("Rút đề nghị") && two.get(&day).await.says("Đồng ý"));
    assert_eq!(one.post(&day, &[("deed", "agree"), ("change", &resume)]).await.status, StatusCode::FORBIDDEN);
    assert!(two.get("/quan-tri").await.says(&day), "it waits for the second person");
    went_back(&two.post(&day, &[("deed", "agree"), ("change", &resume)]).await, &day);
    let minutes = format!("/quan-tri/dot/{}/bien-ban/{resume}", small.round);
    assert!(two.get(&day).await.says(&minutes));
    let paper = two.get(&minutes).await;
    for words in ["BIÊN BẢN SỰ CỐ", "Trần Quốc Bảo", "Phạm Thị Hạnh", INCIDENT, "đã có điện trở lại", "6 phút", "thời gian: 01"]
    {
        assert!(paper.says(words), "{words} in {}", paper.body);
    }
    for kind in ["time", "late_start", "attempts"] {
        assert!(one.get(&format!("{day}?loai={kind}")).await.says("Người dự thi"), "{kind}");
    }
    let ask = format!("{day}?loai=time");
    let typed = |person: &'static str| {
        [("deed", "grant"), ("what", "time"), ("person", person), ("unit", ""), ("minutes", "10"), ("reason", INCIDENT)]
    };
    let unknown = one.post(&ask, &typed("khong.co.ai")).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.says("Không có người dự thi nào") && unknown.says("khong.co.ai"), "{}", unknown.body);
    went_back(&one.post(&ask, &typed("nguyen.thi.lan")).await, &day);
    let grant = proposed(&world, small.round).await.to_string();
    went_back(&two.post(&day, &[("deed", "agree"), ("change", &grant)]).await, &day);
    let paper = two.get(&format!("/quan-tri/dot/{}/bien-ban/{grant}", small.round)).await;
    assert!(paper.says("Nguyễn Thị Lan, mã dự thi") && paper.says("Bù giờ 10 phút"), "{}", paper.body);
    let sheet = world.engine.sheet(&lan, attempt).await.expect("the sheet");
    assert_eq!(sheet.deadline - sheet.now, Millis::minutes(30));
});

story!(minutes_and_the_page_of_the_day_are_for_organisers_only, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let lan = world.entrant("Nguyễn Thị Lan").await;
    let change = world.grants(small.round, &to_person(&lan, "attempts", "1")).await;
    let minutes = format!("/quan-tri/dot/{}/bien-ban/{change}", small.round);
    let day = format!("/quan-tri/dot/{}/trong-gio-thi", small.round);
    let mut browser = world.browser_of(&lan).await;
    for address in [&minutes, &day] {
        assert_eq!(browser.get(address).await.status, StatusCode::FORBIDDEN, "{address}");
        assert_eq!(world.client().get(address).await.status, StatusCode::SEE_OTHER, "{address}");
    }
    assert_eq!(browser.post(&day, &[("deed", "pause"), ("reason", INCIDENT)]).await.status, StatusCode::FORBIDDEN);
    let elsewhere = format!("/quan-tri/dot/{}/bien-ban/{change}", uuid::Uuid::nil());
    let mut organiser = world.browser_of(&world.organiser().await).await;
    assert_eq!(organiser.get(&minutes).await.status, StatusCode::OK);
    assert_eq!(organiser.get(&elsewhere).await.status, StatusCode::NOT_FOUND);
});

story!(minutes_count_what_came_too_late_once_the_round_is_under_review, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    let change = world.grants(small.round, &to_person(&lan, "attempts", "1")).await;
    let minutes = format!("/quan-tri/dot/{}/bien-ban/{change}", small.round);
    let organiser = world.organiser().await;
    world.wind(Millis::hours(3));
    let late = world.engine.save(&lan, attempt, World::save_of(0, 1, &[("prediction", "1")])).await;
    refused!(late, Refusal::TooLate);
    let before = world.browser_of(&organiser).await.get(&minutes).await;
    assert!(before.says("để đối chiếu và không được tính.") && !before.says("bản trong cả đợt thi"), "{}", before.body);
    world.engine.begin_review(&organiser, small.round).await.expect("the review begins");
    let after = world.browser_of(&organiser).await.get(&minutes).await;
    assert!(after.says("không được tính: 01 bản trong cả đợt thi, tính đến "), "{}", after.body);
});
