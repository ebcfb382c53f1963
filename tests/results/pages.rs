//! The pages of results: closed to everybody before publication, and the one page that leads there.

use super::a_round_with_entries;
use domain::{Millis, identity::Deed};
use engine::Caller;
use tests::{Client, World, story};

/// Every public address of the round's results.
const ADDRESSES: [&str; 7] = [
    "/ket-qua/cai-cach-hanh-chinh-2026/1",
    "/ket-qua/cai-cach-hanh-chinh-2026/1?ban=1",
    "/ket-qua/cai-cach-hanh-chinh-2026/1/don-vi/so-y-te",
    "/ket-qua/cai-cach-hanh-chinh-2026/1/tep/ket-qua.xlsx",
    "/ket-qua/cai-cach-hanh-chinh-2026/1/tep/don-vi.csv",
    "/ket-qua/cai-cach-hanh-chinh-2026/1/tep/giai-ca-nhan.csv",
    "/ket-qua/cai-cach-hanh-chinh-2026/1/the.png",
];

story!(no_address_shows_results_before_publication_and_every_one_after, |world| {
    let round = a_round_with_entries(&world).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let coordinator = world.coordinator("so-noi-vu").await;
    let mut browsers = [world.client(), browser_of(&world, &lan).await, browser_of(&world, &coordinator).await];
    for browser in &mut browsers {
        for address in ADDRESSES {
            let reply = browser.get(address).await;
            assert_eq!(reply.status, 404, "{address}");
            assert!(!reply.says("Trần Văn Minh") && !reply.says("Sở Y tế"), "{address}");
        }
        assert!(browser.get("/ket-qua").await.says("Chưa có kết quả nào"));
        assert!(browser.get("/ket-qua/cai-cach-hanh-chinh-2026").await.says("Chưa có kết quả nào"));
    }
    let inner = ["ket-qua", "theo-doi", "bao-cao", "bao-cao/ket-qua.xlsx"].map(|page| format!("/quan-tri/dot/{}/{page}", round.id));
    for address in &inner {
        assert_eq!(browsers[1].get(address).await.status, 403, "{address}");
        assert_eq!(browsers[2].get(address).await.status, 403, "{address}");
        let nobody = browsers[0].get(address).await;
        assert!(nobody.status == 303 || nobody.status == 401, "{address}: {}", nobody.status);
    }
    world.publish(&round).await;
    for browser in &mut browsers {
        for address in ADDRESSES {
            assert_eq!(browser.get(address).await.status, 200, "{address}");
        }
        assert!(browser.get("/ket-qua/cai-cach-hanh-chinh-2026").await.says("Công bố lúc"));
    }
    let page = browsers[0].get(ADDRESSES[0]).await;
    for words in ["Kết quả chính thức", "12/QĐ-BTC", "Phổ điểm", "Sở Y tế", "dữ liệu mô phỏng", "Đăng nhập để xem thứ hạng"]
    {
        assert!(page.says(words), "{words}");
    }
    assert!(!page.says("Trần Văn Minh"), "whoever did not agree is not named");
    assert!(!page.says("style="), "the policy forbids it");
    assert!(browsers[1].get(ADDRESSES[0]).await.says("Xếp sau do dự đoán lệch 12 người (người xếp trên lệch 9)."));
    assert!(browsers[0].get(ADDRESSES[4]).await.body.starts_with('\u{feff}'));
    assert_eq!(browsers[0].get("/ket-qua/cai-cach-hanh-chinh-2026/1/tep/khac.csv").await.status, 404);
    assert_eq!(browsers[0].get("/ket-qua/cai-cach-hanh-chinh-2026/mot").await.status, 404);
});

story!(two_organisers_walk_a_round_to_its_publication_on_one_page, |world| {
    let round = a_round_with_entries(&world).await;
    let minh = world.contestant("Trần Văn Minh", "so-y-te").await;
    world.may_be_named(&minh).await;
    let an = world.contestant("Võ An", "xa-an-phu").await;
    world.sat_flagged(&round, &an, (1, 1, None), "Nộp bài sau 12 giây").await;
    let mut one = browser_of(&world, &world.organiser().await).await;
    let mut other = browser_of(&world, &world.second_organiser().await).await;
    let page = format!("/quan-tri/dot/{}/ket-qua", round.id);
    let watch = format!("/quan-tri/dot/{}/theo-doi", round.id);
    assert!(one.get(&page).await.says("Việc rà soát bắt đầu sau giờ đóng"));
    assert_eq!(one.post(&page, &[("deed", "begin-review")]).await.status, 409);
    assert!(!one.get(&watch).await.says("Theo đối tượng"));
    assert!(one.post(&watch, &[]).await.says("Theo đối tượng"));
    assert_eq!(world.notes_of(Deed::WatchRound).await, 1);
    world.wind(Millis::hours(1));
    assert_eq!(one.post(&page, &[("deed", "begin-review")]).await.status, 303);
    let review = one.get(&page).await;
    assert!(review.says("Võ An") && review.says("Nộp bài sau 12 giây"));
    let attempt = world.engine.entries_to_review(&world.organiser().await, round.id).await.expect("the list")[0].attempt.to_string();
    let refused = one.post(&page, &[("deed", "void"), ("target", &attempt), ("reason", " ")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("Xin ghi rõ lý do."));
    assert_eq!(one.post(&page, &[("deed", "void"), ("target", &attempt), ("reason", "Dùng công cụ")]).await.status, 303);
    assert_eq!(one.post(&page, &[("deed", "rank")]).await.status, 303);
    assert!(one.get(&page).await.says("Trần Văn Minh"));
    assert!(one.get(&format!("/quan-tri/dot/{}/bao-cao", round.id)).await.says("BÁO CÁO NHANH"));
    assert_eq!(one.post(&page, &[("deed", "submit")]).await.status, 409, "nobody is verified");
    for award in world.engine.verification(&world.organiser().await, round.id).await.expect("winners").awards {
        assert_eq!(one.post(&page, &[("deed", "verify"), ("target", &award.id.to_string())]).await.status, 303);
    }
    assert_eq!(one.post(&page, &[("deed", "submit")]).await.status, 303);
    assert!(one.get(&page).await.says("phải do người thứ hai duyệt"));
    assert_eq!(one.post(&page, &[("deed", "approve")]).await.status, 403);
    assert_eq!(other.post(&page, &[("deed", "approve")]).await.status, 303);
    let refused = one.post(&page, &[("deed", "publish"), ("number", "12/QĐ-BTC"), ("date", "hôm nay")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("value=\"12/QĐ-BTC\"") && refused.says("hôm nay"), "what was typed is kept");
    let form = [("deed", "publish"), ("number", "12/QĐ-BTC"), ("date", "23/11/2026")];
    assert_eq!(one.upload(&page, &form, &[("file", "qd.pdf", b"%PDF-1.7 signed")]).await.status, 303);
    let published = world.client().get(ADDRESSES[0]).await;
    assert!(published.says("Trần Văn Minh") && published.says("PDF đã ký"));
    assert_eq!(one.post(&page, &[("deed", "correct"), ("reason", "Nhầm đơn vị")]).await.status, 303);
    assert!(one.get(&page).await.says("Đính chính: đang làm bản 2"));
    assert_eq!(world.client().get(ADDRESSES[0]).await.status, 200, "the old version stays");
    assert_eq!(one.post(&page, &[("deed", "khac")]).await.status, 422);
    assert_eq!(one.get("/quan-tri/dot/khong-phai-ma/ket-qua").await.status, 404);
});

/// A browser in which this person is signed in.
async fn browser_of(world: &World, person: &Caller) -> Client {
    let mut client = world.client();
    client.carry(world.sign_in(person).await.as_str());
    client
}
