//! The pages of people and units, as a browser without scripts sees them.

use domain::{Refusal, identity::Role};
use engine::Caller;
use http::StatusCode;
use tests::{Client, PASSWORD, Reply, World, story};

const LIST: &str = "login;full_name;unit\nlan.nt;Nguyễn Thị Lan;so-noi-vu\nminh.tv;Trần Văn Minh;so-noi-vu\n";

/// A browser in which somebody is signed in.
async fn browser_of(world: &World, person: &Caller) -> Client {
    let token = world.sign_in(person).await;
    let mut client = world.client();
    client.carry(token.as_str());
    client
}

fn sees(reply: &Reply, words: &str) {
    assert!(reply.says(words), "“{words}” in {}", reply.body);
}

/// What stands between two marks of a page.
fn between<'a>(page: &'a Reply, before: &str, after: &str) -> &'a str {
    let rest = page.body.split_once(before).unwrap_or_else(|| panic!("“{before}” in {}", page.body)).1;
    rest.split_once(after).expect("an end").0
}

story!(a_roster_goes_from_the_file_to_a_slip_to_a_signed_in_person, |world| {
    let bao = world.organiser().await;
    let unit = world.unit("so-noi-vu").await;
    let mut organiser = browser_of(&world, &bao).await;
    sees(&organiser.get("/quan-tri/danh-sach").await, "Tải tệp mẫu");
    let tried = organiser.upload("/quan-tri/danh-sach", &[], &[("file", "danh-sach.csv", LIST.as_bytes())]).await;
    assert_eq!(tried.status, StatusCode::SEE_OTHER, "{}", tried.body);
    let address = tried.location().to_owned();
    let trial = organiser.get(&address).await;
    sees(&trial, "Danh sách không có lỗi");
    sees(&trial, "Nguyễn Thị Lan");
    let mark = between(&trial, r#"name="mark" value=""#, "\"").to_owned();
    let accepted = organiser.post(&address, &[("mark", &mark), ("deed", "accept")]).await;
    assert_eq!(accepted.location(), "/quan-tri/danh-sach?xong=1", "{}", accepted.body);
    sees(&organiser.get("/quan-tri/danh-sach?xong=1").await, "Đã nhập danh sách");

    let slips = format!("/quan-tri/phieu/{unit}");
    sees(&organiser.get(&slips).await, "2 người chưa kích hoạt");
    let printed = organiser.post(&slips, &[]).await;
    assert_eq!(printed.status, StatusCode::OK);
    sees(&printed, "http://hoi-thi.test/kich-hoat");
    let code = between(&printed, r#"<code class="code">"#, "<").to_owned();
    assert!(!organiser.get(&slips).await.says(&code), "a code is shown once");

    let mut newcomer = world.client();
    sees(&newcomer.get("/kich-hoat").await, "Thông báo xử lý dữ liệu cá nhân");
    let refused = newcomer.post("/kich-hoat", &[("code", &code), ("password", PASSWORD)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.says(PASSWORD) && !refused.says(&code), "neither the password nor the code is shown again");
    let form = [("code", code.as_str()), ("password", PASSWORD), ("consent_process", "1"), ("tiep", "/cuoc-thi/cchc-2026")];
    let done = newcomer.post("/kich-hoat", &form).await;
    assert_eq!(
        (done.status, done.location()),
        (StatusCode::SEE_OTHER, "/cuoc-thi/cchc-2026"),
        "who came by a contest's QR code returns to it"
    );
    sees(&newcomer.get("/tai-khoan").await, "Sở Nội vụ");
});

story!(a_faulty_file_is_told_cell_by_cell, |world| {
    let bao = world.organiser().await;
    world.unit("so-noi-vu").await;
    let mut organiser = browser_of(&world, &bao).await;
    let nothing = organiser.upload("/quan-tri/danh-sach", &[], &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&nothing, "Xin nhập mục này");
    let tried = organiser.upload("/quan-tri/danh-sach", &[], &[("file", "x.csv", b"login,full_name,unit\nx,=A1,khong-co\n")]).await;
    let trial = organiser.get(tried.location()).await;
    sees(&trial, "Có 2 lỗi");
    sees(&trial, "B2");
    sees(&trial, "Ô này chứa công thức");
    assert!(!trial.says(r#"value="accept""#), "there is nothing to accept");
    let sample = organiser.get("/quan-tri/mau-danh-sach.xlsx").await;
    assert_eq!(sample.status, StatusCode::OK);
});

story!(a_coordinator_helps_a_colleague_back_in, |world| {
    let thu = world.coordinator("so-y-te").await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-y-te").await;
    let hoa = world.contestant("Lê Thị Hoa", "so-noi-vu").await;
    let mut coordinator = browser_of(&world, &thu).await;
    let page = coordinator.get("/dau-moi").await;
    sees(&page, "Nguyễn Thị Lan");
    assert!(!page.says("mô phỏng"), "nothing is simulated without a demo");
    assert!(!page.says("Lê Thị Hoa"), "nobody of another unit");
    let shown = coordinator.post("/dau-moi", &[("account", &lan.account.to_string())]).await;
    let code = between(&shown, r#"<code class="code">"#, "<").to_owned();
    let foreign = coordinator.post("/dau-moi", &[("account", &hoa.account.to_string())]).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    assert_eq!(coordinator.get(&format!("/quan-tri/phieu/{}", world.unit("so-noi-vu").await)).await.status, StatusCode::NOT_FOUND);

    let slips = coordinator.get(&format!("/quan-tri/phieu/{}", world.unit("so-y-te").await)).await;
    sees(&slips, r#"href="/dau-moi" aria-current="page""#);

    let address = format!("/dau-moi/{}", lan.account);
    sees(&coordinator.get(&address).await, "Chuyển sang đơn vị khác");
    assert_eq!(coordinator.get(&format!("/dau-moi/{}", hoa.account)).await.status, StatusCode::NOT_FOUND);

    let mut colleague = world.client();
    sees(&colleague.get("/dat-lai-mat-khau").await, "30 phút");
    let form = [("code", code.as_str()), ("password", "Thiên-Ấn-1627"), ("tiep", "//evil.test")];
    let done = colleague.post("/dat-lai-mat-khau", &form).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/"), "{}", done.body);

    let other = world.unit("so-noi-vu").await.to_string();
    let moved = coordinator.post(&address, &[("deed", "move"), ("unit", &other), ("reason", "Điều động")]).await;
    assert_eq!(moved.location(), "/dau-moi", "{}", moved.body);
    assert!(!coordinator.get("/dau-moi").await.says("Nguyễn Thị Lan"));
});

story!(an_organiser_finds_moves_and_helps_a_person, |world| {
    let bao = world.organiser().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let other = world.unit("so-y-te").await.to_string();
    let mut organiser = browser_of(&world, &bao).await;
    let list = organiser.get("/quan-tri/nguoi-dung?tim=thi+lan").await;
    let address = format!("/quan-tri/nguoi-dung/{}", lan.account);
    sees(&list, &address);
    sees(&organiser.get(&address).await, "Chuyển đơn vị");
    let refused = organiser.post(&address, &[("deed", "move"), ("unit", &other), ("reason", "")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&refused, "Xin ghi rõ lý do");
    assert_eq!(
        organiser.post(&address, &[("deed", "move"), ("unit", &other), ("reason", "Điều động")]).await.status,
        StatusCode::SEE_OTHER
    );
    sees(&organiser.get(&address).await, "Sở Nội vụ → Sở Y tế");
    sees(&organiser.post(&address, &[("deed", "code")]).await, "Mã đặt lại mật khẩu của Nguyễn Thị Lan");
    assert_eq!(organiser.post(&address, &[("deed", "grant"), ("role", "author")]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(organiser.get("/quan-tri/nguoi-dung/khong-phai-ma").await.status, StatusCode::NOT_FOUND);
});

story!(an_administrator_grants_and_withdraws_and_reads_the_log, |world| {
    let admin = world.admin().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut browser = browser_of(&world, &admin).await;
    let wrong = browser.post("/quan-tri/phan-quyen", &[("deed", "grant"), ("login", "khong.co"), ("role", "vua")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&wrong, "Không có tài khoản với tên đăng nhập này");
    let granted = browser.post("/quan-tri/phan-quyen", &[("deed", "grant"), ("login", "Nguyen.Thi.Lan"), ("role", "author")]).await;
    assert_eq!(granted.location(), "/quan-tri/phan-quyen", "{}", granted.body);
    sees(&browser.get("/quan-tri/phan-quyen").await, "Thu hồi quyền Người ra đề của Nguyễn Thị Lan");
    let log = browser.get("/quan-tri/nhat-ky?viec=identity.grant_role").await;
    sees(&log, "Bùi Đức Long (bui.duc.long)");
    assert!(!log.says(Refusal::NotADate.words()));
    sees(&browser.get("/quan-tri/nhat-ky?tu=31/02/2026").await, Refusal::NotADate.words());
    let withdrawn =
        browser.post("/quan-tri/phan-quyen", &[("deed", "withdraw"), ("account", &lan.account.to_string()), ("held", "author")]).await;
    assert_eq!(withdrawn.status, StatusCode::SEE_OTHER);
    let last =
        browser.post("/quan-tri/phan-quyen", &[("deed", "withdraw"), ("account", &admin.account.to_string()), ("held", "admin")]).await;
    assert_eq!(last.status, StatusCode::CONFLICT);
    sees(&last, "quản trị viên cuối cùng");
});

story!(an_organiser_keeps_the_units, |world| {
    let bao = world.organiser().await;
    let unit = world.unit("xa-binh-minh").await;
    let heir = world.unit("xa-an-phu").await.to_string();
    let mut organiser = browser_of(&world, &bao).await;
    sees(&organiser.get("/quan-tri/don-vi?tim=nghia+ha").await, "Xã An Phú");
    sees(&organiser.get("/quan-tri/don-vi/moi").await, "Thêm đơn vị");
    let refused = organiser.post("/quan-tri/don-vi/moi", &[("code", "Xã mới"), ("name", "Xã mẫu 01")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&refused, r#"value="Xã mẫu 01""#);
    let form = [("code", "xa-mau-01"), ("name", "Xã mẫu 01"), ("kind", "commune"), ("block", "xa")];
    let added = organiser.post("/quan-tri/don-vi/moi", &form).await;
    assert!(added.location().starts_with("/quan-tri/don-vi/"), "{}", added.body);
    let address = format!("/quan-tri/don-vi/{unit}");
    sees(&organiser.get(&address).await, "Sáp nhập vào đơn vị khác");
    let merged = organiser.post(&address, &[("deed", "merge"), ("into", &heir), ("at", "2026-12-01"), ("reason", "Nghị quyết")]).await;
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);
    assert!(!organiser.get(&address).await.says("Sáp nhập vào đơn vị khác"));
});

story!(a_request_is_answered, |world| {
    let bao = world.organiser().await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let id = uuid::Uuid::from_u128(7);
    world
        .run(
            "insert into request (id, kind, account_id, detail, created_at, due_at, state)
             values ($1, 'correct_data', $2, '{\"full_name\":\"Nguyễn Thị Loan\"}', 1795395600000, 1795568400000, 'open')",
            &[id, lan.account.0],
        )
        .await;
    let mut organiser = browser_of(&world, &bao).await;
    let address = format!("/quan-tri/yeu-cau/{id}");
    sees(&organiser.get("/quan-tri/yeu-cau").await, &address);
    sees(&organiser.get(&address).await, "Nguyễn Thị Loan");
    let refused = organiser.post(&address, &[("answer", "Đã sửa <b>")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    sees(&refused, "Đã sửa &lt;b>");
    assert_eq!(organiser.post(&address, &[("state", "done"), ("answer", "Đã sửa.")]).await.location(), "/quan-tri/yeu-cau");
    assert!(!organiser.get("/quan-tri/yeu-cau").await.says(&address), "the queue shows what waits");
    sees(&organiser.get("/quan-tri/yeu-cau?trang-thai=done").await, &address);
});

story!(these_pages_are_closed_to_who_has_no_business_there, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let (unit, mut contestant) = (world.unit("so-noi-vu").await, browser_of(&world, &lan).await);
    let pages = [
        "/quan-tri/nguoi-dung".to_owned(),
        format!("/quan-tri/nguoi-dung/{}", lan.account),
        "/quan-tri/danh-sach".to_owned(),
        format!("/quan-tri/danh-sach/{}", "0".repeat(64)),
        format!("/quan-tri/phieu/{unit}"),
        "/quan-tri/yeu-cau".to_owned(),
        format!("/quan-tri/yeu-cau/{}", uuid::Uuid::nil()),
        "/quan-tri/phan-quyen".to_owned(),
        "/quan-tri/don-vi".to_owned(),
        "/quan-tri/don-vi/moi".to_owned(),
        format!("/quan-tri/don-vi/{unit}"),
        "/quan-tri/nhat-ky".to_owned(),
        "/dau-moi".to_owned(),
    ];
    for page in &pages {
        assert_eq!(contestant.get(page).await.status, StatusCode::FORBIDDEN, "{page}");
        let nobody = world.client().get(page).await;
        assert_eq!(nobody.status, StatusCode::SEE_OTHER, "{page}");
        assert!(nobody.location().starts_with("/dang-nhap?tiep="), "{page}");
    }
    let admin = world.member("Bùi Đức Long", "so-noi-vu", &[Role::Admin]).await;
    assert_eq!(browser_of(&world, &admin).await.get("/quan-tri/nhat-ky").await.status, StatusCode::OK);
});
