//! The pages of contests, as a browser without scripts meets them.

use domain::{bank::Difficulty, contest::cell_field, identity::Audience};
use engine::Caller;
use http::StatusCode;
use tests::{Client, PASSWORD, RoundPlan, SLUG, World, login_of, story};

async fn browser(world: &World, person: &Caller) -> Client {
    let mut client = world.client();
    client.sign_in(&login_of(&person.full_name), PASSWORD).await;
    client
}

story!(an_organiser_sets_up_a_contest_in_the_browser, |world| {
    world.approved_bank(3).await;
    world.unit("so-noi-vu").await;
    let bao = world.organiser().await;
    let mut client = browser(&world, &bao).await;
    assert!(client.get("/quan-tri").await.says("Tạo cuộc thi"));
    let refused = client.upload("/quan-tri/cuoc-thi/moi", &[("title", "Cải cách & đổi mới"), ("slug", "Sai đường dẫn")], &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.says("Cải cách &amp; đổi mới") && refused.says("Đường dẫn chỉ gồm"), "what was typed is kept");
    let fields = [
        ("title", "Tìm hiểu CCHC"),
        ("slug", SLUG),
        ("host", "Trung tâm"),
        ("help_line", "0255 3822 999"),
        ("introduction", "Xin mời tham gia."),
    ];
    let made = client.upload("/quan-tri/cuoc-thi/moi", &fields, &[]).await;
    assert_eq!(made.location(), format!("/quan-tri/cuoc-thi/{SLUG}"));
    let base = format!("/quan-tri/cuoc-thi/{SLUG}");
    let early = client.post(&base, &[("deed", "announce")]).await;
    assert!(early.status == StatusCode::UNPROCESSABLE_ENTITY && early.says("Thể lệ"), "no thể lệ yet");
    assert_eq!(client.post(&format!("{base}/the-le"), &[("deed", "decide"), ("text", "# Thể lệ")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(client.post(&base, &[("deed", "announce")]).await.status, StatusCode::SEE_OTHER);
    let round = [
        ("label", "Tuần 1"),
        ("opens_at", "08 giờ 00 ngày 30/11/2026"),
        ("closes_at", "24 giờ 00 ngày 06/12/2026"),
        ("headcount_as_of", "01/11/2026"),
        ("policy", "per_round"),
        ("times", "3"),
        ("ranking0", "correct"),
        ("ranking1", "handed_in_at"),
    ];
    let wrong: Vec<_> = round.iter().map(|(name, value)| if *name == "times" { (*name, "nhiều") } else { (*name, *value) }).collect();
    let refused = client.post(&format!("{base}/dot-moi"), &wrong).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says("24 giờ 00 ngày 06/12/2026"), "what was typed is kept");
    let added = client.post(&format!("{base}/dot-moi"), &round).await;
    let divisions = added.location().to_owned();
    let page = divisions.trim_end_matches("/bang-thi").to_owned();
    assert!(client.get(&page).await.says("Chưa có bảng thi nào."), "the checklist speaks");
    let topics = world.engine.topics().await.expect("the topics");
    let cell = cell_field(topics[0].id, Difficulty::Recognise).0.into_owned();
    let matrix = |count: &'static str| [("minutes", "20"), (cell.as_str(), count), ("deed", "save")];
    let division = format!("{divisions}/{}", Audience::Citizen.code());
    assert_eq!(client.post(&division, &matrix("hai")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(client.post(&division, &matrix("9")).await.status, StatusCode::SEE_OTHER);
    assert!(client.get(&page).await.says("cần 9 câu, ngân hàng có 3 câu (thiếu 6)"));
    assert_eq!(client.post(&page, &[("deed", "schedule")]).await.status, StatusCode::CONFLICT);
    assert_eq!(client.post(&division, &matrix("2")).await.status, StatusCode::SEE_OTHER);
    let prizes = [
        ("scope0", "person-citizen"),
        ("name0", "Nhất"),
        ("quantity0", "1"),
        ("value0", "2.000.000"),
        ("scope1", "person-citizen"),
        ("name1", ""),
    ];
    assert_eq!(client.post(&format!("{page}/giai-thuong"), &prizes).await.status, StatusCode::SEE_OTHER);
    assert!(client.get(&format!("{page}/giai-thuong")).await.says("2.000.000"));
    assert!(client.get(&format!("{page}/xem-thu")).await.says("Câu 2"));
    assert_eq!(client.post(&page, &[("deed", "schedule")]).await.status, StatusCode::SEE_OTHER);
    assert!(client.get(&page).await.says("Chưa mở"));
    assert!(client.get("/quan-tri").await.says("Chờ giờ mở"));
});

story!(every_page_of_a_frozen_round_opens, |world| {
    let round = world.scheduled_round(&RoundPlan::default()).await;
    let bao = world.organiser().await;
    let mut client = browser(&world, &bao).await;
    for end in ["", "/thong-tin", "/the-le", "/tai-lieu", "/giai-thuong", "/khong-du-thi", "/dot-moi"] {
        let page = client.get(&format!("/quan-tri/cuoc-thi/{SLUG}{end}")).await;
        assert_eq!(page.status, StatusCode::OK, "{end}: {}", page.body);
    }
    let ends = ["", "/thiet-lap", "/bang-thi", "/bang-thi/citizen", "/giai-thuong", "/xem-thu?bang=citizen", "/thay-doi"];
    let kinds = ["shift_window", "extend_close", "expect_results", "correct_headcount", "replace_question"]
        .map(|kind| format!("/thay-doi?loai={kind}"));
    for end in ends.into_iter().map(str::to_owned).chain(kinds) {
        let page = client.get(&format!("/quan-tri/dot/{round}{end}")).await;
        assert_eq!(page.status, StatusCode::OK, "{end}: {}", page.body);
        assert!(!page.says("style=\""), "{end} carries no inline style");
        assert!(page.says(r#"href="/quan-tri/cuoc-thi" aria-current="page""#), "{end}: a round belongs to the room of its contest");
    }
    let frozen = client.get(&format!("/quan-tri/dot/{round}/bang-thi/citizen")).await;
    assert!(frozen.says(r#"<fieldset disabled class="held""#), "what is frozen looks so: {}", frozen.body);
    for missing in [
        "/quan-tri/cuoc-thi/khong-co",
        "/quan-tri/dot/khong-co",
        &format!("/quan-tri/dot/{round}/bang-thi/tre-em"),
        "/quan-tri/dot/00000000-0000-0000-0000-000000000000",
    ] {
        assert_eq!(client.get(missing).await.status, StatusCode::NOT_FOUND, "{missing}");
    }
});

story!(a_sample_paper_shows_no_key, |world| {
    let round = world.scheduled_round(&RoundPlan::default()).await;
    let bao = world.organiser().await;
    let mut client = browser(&world, &bao).await;
    let paper = client.get(&format!("/quan-tri/dot/{round}/xem-thu?bang=citizen")).await;
    assert!(paper.says("Câu 12") && paper.says("Câu hỏi dự đoán"));
    assert!(paper.says("Chọn một phương án") && paper.says(r#"name="prediction""#), "the cards are those of the sheet");
    let cards = paper.body.split("<div class=\"questions\">").nth(1).expect("the cards");
    assert!(!cards.contains("<form"), "nothing can be sent");
    assert!(!paper.says("data-key") && !paper.says("Phương án đúng theo kế hoạch"), "neither key nor explanation");
});

story!(a_change_is_proposed_and_decided_in_the_browser, |world| {
    let round = world.open_round(&RoundPlan::default()).await;
    let (bao, hanh) = (world.organiser().await, world.second_organiser().await);
    let (mut first, mut second) = (browser(&world, &bao).await, browser(&world, &hanh).await);
    let page = format!("/quan-tri/dot/{round}/thay-doi");
    let refused =
        first.post(&format!("{page}?loai=extend_close"), &[("what", "extend_close"), ("closes_at", "mai"), ("reason", "ít")]).await;
    assert!(
        refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.says("value=\"mai\"") && refused.says("Xin ghi rõ lý do."),
        "{}",
        refused.body
    );
    let form = [("what", "extend_close"), ("closes_at", "24 giờ 00 ngày 30/11/2026"), ("reason", "mất điện diện rộng ở nhiều xã")];
    assert_eq!(first.post(&page, &form).await.status, StatusCode::SEE_OTHER);
    assert!(first.get(&page).await.says("Rút đề nghị"), "the one who proposed it cannot agree");
    let seen = second.get(&page).await;
    assert!(seen.says("Đồng ý") && second.get("/quan-tri").await.says("Chờ anh/chị quyết định"));
    let id = seen.body.split("name=\"change\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a change").to_owned();
    assert_eq!(first.post(&page, &[("deed", "agree"), ("change", &id)]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(second.post(&page, &[("deed", "agree"), ("change", &id)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(second.post(&page, &[("deed", "agree"), ("change", &id)]).await.status, StatusCode::CONFLICT, "sending twice does no harm");
});

story!(somebody_enters_in_the_browser, |world| {
    world.open_round(&RoundPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let page = format!("/cuoc-thi/{SLUG}/tham-gia");
    assert_eq!(world.client().get(&page).await.status, StatusCode::SEE_OTHER, "sign in first");
    let mut client = browser(&world, &lan).await;
    assert!(client.get(&page).await.says("Sở Nội vụ"));
    assert_eq!(client.post(&page, &[]).await.location(), format!("/cuoc-thi/{SLUG}/thi"));
    assert!(client.get(&page).await.says("Mã dự thi"));
    assert_eq!(client.get("/cuoc-thi/khong-co/tham-gia").await.status, StatusCode::NOT_FOUND);
    let bao = world.organiser().await;
    let refused = browser(&world, &bao).await.post(&page, &[]).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "organisers are barred");
});

story!(the_administration_of_contests_is_for_organisers, |world| {
    let round = world.scheduled_round(&RoundPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut client = browser(&world, &lan).await;
    for page in [
        "/quan-tri".to_owned(),
        "/quan-tri/cuoc-thi".to_owned(),
        format!("/quan-tri/cuoc-thi/{SLUG}"),
        format!("/quan-tri/dot/{round}"),
        format!("/quan-tri/dot/{round}/xem-thu"),
    ] {
        assert_eq!(client.get(&page).await.status, StatusCode::FORBIDDEN, "{page}");
        assert_eq!(world.client().get(&page).await.status, StatusCode::SEE_OTHER, "{page} leads nobody to the sign-in page");
    }
    assert_eq!(client.post(&format!("/quan-tri/dot/{round}"), &[("deed", "schedule")]).await.status, StatusCode::FORBIDDEN);
    let mut author = browser(&world, &world.author().await).await;
    assert!(author.get("/quan-tri").await.says("Câu hỏi"));
});
