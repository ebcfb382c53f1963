//! What leaves the site: uploaded files, the page that others may frame; and what an operator loads into it.

use engine::Caller;
use http::{StatusCode, header};
use tests::{Reply, RoundPlan, SLUG, World, story};

const PDF: &[u8] = b"%PDF-1.7 x";
const PNG: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0];

fn policy(reply: &Reply) -> &str {
    reply.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text")
}

/// Keeps a document of the study library; gives its address.
async fn keep(world: &World, editor: &Caller, name: &str, bytes: &[u8]) -> String {
    world.engine.add_study_document(editor, name, ("", Some((name, bytes)))).await.expect("kept");
    let documents = world.engine.study_documents().await.expect("the documents");
    let hash = documents.iter().find(|document| document.title == name).and_then(|document| document.file.clone()).expect("its file");
    app::parts::file_address(&hash)
}

story!(a_document_opens_in_the_browser_under_its_name, |world| {
    let editor = world.editor().await;
    let address = keep(&world, &editor, "Quyết định.pdf", PDF).await;
    let reply = world.client().get(&address).await;
    assert_eq!((reply.status, reply.bytes.as_slice()), (StatusCode::OK, PDF));
    assert_eq!(reply.headers[header::CONTENT_TYPE], "application/pdf");
    let shown = "inline; filename=\"tai-lieu.pdf\"; filename*=UTF-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.pdf";
    assert_eq!(reply.headers[header::CONTENT_DISPOSITION], shown);
    assert!(!policy(&reply).contains("sandbox"), "browsers show no PDF that is sandboxed: {}", policy(&reply));
    assert!(policy(&reply).contains("default-src 'none'") && policy(&reply).contains("frame-ancestors 'none'"), "{}", policy(&reply));
    assert_eq!(reply.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
});

story!(a_picture_does_nothing_whatever_it_is, |world| {
    let editor = world.editor().await;
    let address = keep(&world, &editor, "ảnh.png", PNG).await;
    let reply = world.client().get(&address).await;
    assert_eq!(reply.status, StatusCode::OK);
    assert!(policy(&reply).contains("sandbox") && policy(&reply).contains("frame-ancestors 'none'"), "{}", policy(&reply));
    assert!(!reply.headers.contains_key(header::CONTENT_DISPOSITION));
});

story!(other_sites_may_frame_one_page_and_no_other, |world| {
    world.open_round(&RoundPlan::default()).await;
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let address = format!("/nhung/{SLUG}");
    for mut client in [world.client(), world.browser_of(&lan).await] {
        let page = client.get(&address).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(policy(&page).contains("frame-ancestors *"), "{}", policy(&page));
        assert!(!page.says("<script src") && !page.says("/pkg/cchc.js"), "it needs no script: {}", page.body);
        assert!(!page.headers.contains_key(header::SET_COOKIE));
        assert!(page.says("đang mở, đóng lúc"), "{}", page.body);
        let way_out = format!(r#"href="http://hoi-thi.test/cuoc-thi/{SLUG}" target="_blank" rel="noopener""#);
        assert!(page.says(&way_out), "{}", page.body);
        assert!(!page.says("<form") && !page.says("Nguyễn Thị Lan"), "nothing to press, nothing of the visitor: {}", page.body);
        assert_eq!(page.headers[header::CACHE_CONTROL], "public, max-age=60");
    }
    let mut client = world.client();
    let (contest, rules) = (format!("/cuoc-thi/{SLUG}"), format!("/cuoc-thi/{SLUG}/the-le"));
    for other in ["/", "/dang-nhap", "/nhung", "/khong-co-trang-nay", contest.as_str(), rules.as_str()] {
        assert!(policy(&client.get(other).await).contains("frame-ancestors 'none'"), "{other}");
    }
    let missing = client.get("/nhung/khong-co").await;
    assert_eq!(
        (missing.status, missing.headers[header::CACHE_CONTROL].as_bytes()),
        (StatusCode::NOT_FOUND, b"private, no-store".as_slice())
    );
});

story!(the_poster_gives_newspapers_a_line_to_copy, |world| {
    world.open_round(&RoundPlan::default()).await;
    let poster = world.client().get(&format!("/t/{SLUG}/ap-phich")).await;
    assert!(
        poster.says("&lt;iframe src=&quot;http://hoi-thi.test/nhung/") || poster.says("<iframe src=&quot;http://hoi-thi.test/nhung/"),
        "{}",
        poster.body
    );
    assert!(!poster.says("<iframe src=\""), "it is shown, not framed: {}", poster.body);
});

story!(the_demo_is_not_loaded_where_people_have_accounts, |world| {
    assert!(!world.engine.has_accounts().await.expect("asked"));
    world.admin().await;
    let units = world.count("select cast(count(*) as bigint) from unit", &[]).await;
    let refused = server::demo::seed(&world.engine, false).await.expect_err("somebody is here");
    assert!(refused.to_string().contains("--force"), "{refused}");
    assert!(!world.engine.has_demo().await.expect("asked"));
    assert_eq!(world.count("select cast(count(*) as bigint) from unit", &[]).await, units, "nothing was loaded");
});
