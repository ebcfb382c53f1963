//! The ground: a fresh installation answers, pages are guarded, forms keep what was typed.

use axum::body::Body;
use http::{Request, StatusCode, header};
use tests::story;

story!(a_fresh_installation_is_ready, |world| {
    world.engine.ready().await.expect("the database answers");
    let mut client = world.client();
    assert_eq!(client.get("/healthz").await.status, StatusCode::OK);
    assert_eq!(client.get("/readyz").await.status, StatusCode::OK);
});

story!(an_unknown_address_is_a_page_that_helps, |world| {
    let reply = world.client().get("/khong-co-trang-nay").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    assert!(reply.says("Không tìm thấy trang"), "{}", reply.body);
    assert!(reply.says("Đường dây hỗ trợ"));
    assert!(reply.headers.contains_key(header::CONTENT_SECURITY_POLICY));
});

story!(a_page_carries_a_policy_with_its_own_nonce, |world| {
    let mut client = world.client();
    let (one, two) = (client.get("/dang-nhap").await, client.get("/dang-nhap").await);
    let policy = |reply: &tests::Reply| reply.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
    assert!(policy(&one).contains("script-src 'nonce-"), "{}", policy(&one));
    assert!(!policy(&one).contains("unsafe-inline"));
    assert_ne!(policy(&one), policy(&two), "a nonce is used once");
    assert_eq!(one.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(one.headers[header::CACHE_CONTROL], "private, no-store");
});

story!(a_refused_form_keeps_what_was_typed_but_no_password, |world| {
    let reply = world.client().post("/dang-nhap", &[("login", "lan<nguyen"), ("password", "sai-mat-khau"), ("tiep", "/luot-thi")]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.says("Tên đăng nhập hoặc mật khẩu chưa đúng."), "{}", reply.body);
    assert!(reply.says(r#"value="lan&lt;nguyen""#) || reply.says(r#"value="lan<nguyen""#), "{}", reply.body);
    assert!(reply.says("/luot-thi"));
    assert!(!reply.says("sai-mat-khau"));
});

story!(a_form_from_another_site_is_refused, |world| {
    let mut client = world.client();
    let foreign = Request::post("/dang-nhap")
        .header("sec-fetch-site", "cross-site")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("login=a&password=b"))
        .expect("a request");
    assert_eq!(client.send(foreign).await.status, StatusCode::FORBIDDEN);
    let silent = Request::post("/dang-nhap").body(Body::from("login=a")).expect("a request");
    assert_eq!(client.send(silent).await.status, StatusCode::FORBIDDEN);
});

story!(an_oversized_body_is_refused, |world| {
    let big = "a".repeat(app::door::FORM_LIMIT + 1);
    let reply = world.client().post("/dang-nhap", &[("login", &big)]).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(reply.says("Đăng nhập") && reply.says("Nội dung gửi lên quá lớn."), "the form's own page: {}", reply.body);
    assert!(reply.says("nút Quay lại của trình duyệt"), "what was typed is not lost: {}", reply.body);
});

#[test]
fn every_file_here_is_told() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let told = ["stories.rs", "lib.rs", "Cargo.toml"].map(|file| std::fs::read_to_string(here.join(file)).expect("a list")).concat();
    let mut seen = 0;
    for entry in std::fs::read_dir(here).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        if path.extension().is_some_and(|extension| extension == "rs") || path.join("main.rs").exists() {
            seen += 1;
            assert!(told.contains(&format!("mod {name};")) || told.contains(&format!("{name}.rs")), "nobody runs {}", path.display());
        }
    }
    assert!(seen > 15, "the stories were found: {seen}");
}
