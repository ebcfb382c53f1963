//! Failures: whoever reads one with their own eyes finds a page in Vietnamese, with the help line and every guard.

use axum::{Router, body::Body, routing::get};
use futures::stream;
use http::{Method, Request, StatusCode, header};
use std::future::{Ready, ready};
use tests::{Reply, RoundPlan, SLUG, World, story};

/// The line on which help is called, in every world.
const HELP_LINE: &str = "tel:02550000000";

/// Asserts that a failure is a page that helps, and is guarded like every other.
fn helps(reply: &Reply, status: StatusCode, words: &str) {
    assert_eq!(reply.status, status, "{}", reply.body);
    assert_eq!(reply.headers[header::CONTENT_TYPE], "text/html; charset=utf-8");
    assert!(reply.body.starts_with("<!DOCTYPE html>"), "{}", reply.body);
    assert!(reply.says(words) && reply.says(HELP_LINE), "{}", reply.body);
    let policy = reply.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert_eq!(reply.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
    assert_eq!(reply.headers[header::CACHE_CONTROL], "private, no-store");
}

fn asked(method: Method, address: &str) -> http::request::Builder {
    Request::builder().method(method).uri(address).header("sec-fetch-site", "same-origin")
}

story!(a_form_from_another_site_is_told_so_on_a_page, |world| {
    let foreign = Request::post("/dang-nhap").header("sec-fetch-site", "cross-site").body(Body::from("login=a")).expect("a request");
    let reply = world.client().send(foreign).await;
    helps(&reply, StatusCode::FORBIDDEN, "Yêu cầu không đến từ trang của Hội thi.");
    assert!(reply.says(r#"<a href="/dang-nhap" class="button">Quay lại trang trước"#), "{}", reply.body);
});

story!(a_method_that_nothing_answers_is_a_page_that_helps, |world| {
    let reply = world.client().send(asked(Method::PUT, "/dang-nhap").body(Body::empty()).expect("a request")).await;
    helps(&reply, StatusCode::METHOD_NOT_ALLOWED, "Máy chủ không hiểu yêu cầu này.");
    assert!(reply.headers.contains_key(header::ALLOW), "a program reads what is allowed");
});

story!(a_server_function_says_in_its_own_words_what_it_does_not_do, |world| {
    let reply = world.client().send(asked(Method::PUT, "/api/identity/units").body(Body::empty()).expect("a request")).await;
    assert_eq!((reply.status, reply.body.as_str()), (StatusCode::METHOD_NOT_ALLOWED, r#"{"Refused":"NotUnderstood"}"#));
});

story!(a_download_that_is_not_there_is_a_page_that_helps, |world| {
    let absent = format!("/tep/{}", "0f".repeat(32));
    for address in [absent.as_str(), "/tep/khong-phai-tep", "/ket-qua/khong-co/1/tep/ket-qua.xlsx", "/ket-qua/khong-co/1/the.png"] {
        helps(&world.client().get(address).await, StatusCode::NOT_FOUND, "Không tìm thấy");
    }
});

story!(a_download_for_which_a_right_is_missing_says_what_to_do, |world| {
    let round = world.open_round(&RoundPlan::default()).await;
    let sheet = format!("/quan-tri/dot/{round}/bao-cao/ket-qua.xlsx");
    let nobody = world.client().get(&sheet).await;
    helps(&nobody, StatusCode::UNAUTHORIZED, "Anh/chị cần đăng nhập để tiếp tục.");
    assert!(nobody.says("/dang-nhap?tiep=%2Fquan-tri%2Fdot%2F"), "{}", nobody.body);
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    helps(&world.browser_of(&lan).await.get(&sheet).await, StatusCode::FORBIDDEN, "chưa được cấp quyền");
    // An open round has no results to report.
    let organiser = world.organiser().await;
    let early = world.browser_of(&organiser).await.get(&sheet).await;
    assert!(early.status.is_client_error() && early.status != StatusCode::FORBIDDEN, "{}", early.status);
    helps(&early, early.status, "Về trang chủ");
});

story!(an_upload_that_is_too_large_is_refused_at_its_field_and_keeps_what_was_typed, |world| {
    let editor = world.editor().await;
    let mut client = world.browser_of(&editor).await;
    for size in [app::door::UPLOAD_LIMIT + 1, 20 << 20] {
        let scan = vec![b'x'; size];
        let typed = [("deed", "save"), ("title", "Cải cách & đổi mới"), ("slug", "doi-moi")];
        let reply = client.upload("/quan-tri/tin-bai/moi", &typed, &[("picture", "anh.png", &scan)]).await;
        assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE, "{size}");
        assert!(reply.says(r#"id="picture-error""#) && reply.says("Nội dung gửi lên quá lớn."), "{size}: {}", reply.body);
        assert!(reply.says("Cải cách &amp; đổi mới"), "what was typed is kept: {}", reply.body);
        assert!(reply.says(HELP_LINE));
    }
    assert_eq!(world.count("select cast(count(*) as bigint) from article", &[]).await, 0);
});

story!(a_file_that_is_too_large_in_a_form_that_is_not_is_refused_at_its_field, |world| {
    let editor = world.editor().await;
    let scan = [b"%PDF-1.7 ".as_slice(), &vec![b'x'; engine::files::LARGEST]].concat();
    let typed = [("deed", "add"), ("document_title", "Nghị quyết")];
    let reply = world.browser_of(&editor).await.upload("/quan-tri/tai-lieu", &typed, &[("file", "nghi-quyet.pdf", &scan)]).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE, "{}", reply.body);
    assert!(reply.says(r#"id="file-error""#) && reply.says("Nghị quyết"), "{}", reply.body);
    assert!(world.engine.study_documents().await.expect("the documents").is_empty());
});

story!(a_body_beyond_what_is_received_at_all_is_refused_on_a_page, |world| {
    for address in ["/dang-nhap", "/khong-co-trang-nay"] {
        let form = asked(Method::POST, address)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::CONTENT_LENGTH, "100000000")
            .body(Body::from("login=a"))
            .expect("a request");
        let reply = world.client().send(form).await;
        helps(&reply, StatusCode::PAYLOAD_TOO_LARGE, "Nội dung gửi lên quá lớn.");
        assert!(reply.says("Quay lại trang trước"), "{}", reply.body);
    }
});

story!(a_server_function_reads_no_more_than_a_form_holds_even_if_its_length_is_not_said, |world| {
    let parts = std::iter::repeat_n("a".repeat(64 << 10), 5).map(Ok::<_, std::io::Error>);
    let unmeasured = asked(Method::POST, "/api/identity/units")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from_stream(stream::iter(parts)))
        .expect("a request");
    let reply = world.client().send(unmeasured).await;
    assert_eq!((reply.status, reply.body.as_str()), (StatusCode::PAYLOAD_TOO_LARGE, r#"{"Refused":"TooLarge"}"#));
});

fn breaks() -> Ready<StatusCode> {
    panic!("khóa của đề 7")
}

fn busy() -> Ready<StatusCode> {
    ready(StatusCode::SERVICE_UNAVAILABLE)
}

fn broken(world: &World) -> Router {
    server::surround(world.site(), Router::new().route("/vo", get(breaks)).route("/ban", get(busy)))
}

story!(a_panic_is_a_page_with_an_incident_that_says_nothing_of_it, |world| {
    let reply = world.client_of(broken(&world)).get("/vo").await;
    helps(&reply, StatusCode::INTERNAL_SERVER_ERROR, "Có lỗi xảy ra ở máy chủ.");
    assert!(reply.says("Mã sự việc") && !reply.says("khóa của đề 7"), "{}", reply.body);
});

story!(whoever_finds_the_server_busy_is_told_when_to_come_back, |world| {
    let reply = world.client_of(broken(&world)).get("/ban").await;
    helps(&reply, StatusCode::SERVICE_UNAVAILABLE, "Máy chủ đang bận.");
    assert_eq!(reply.headers[header::RETRY_AFTER], "5");
});

story!(a_session_that_cannot_be_looked_up_is_a_page_that_helps, |world| {
    let lan = world.contestant("Nguyễn Thị Lan", "so-noi-vu").await;
    let mut client = world.browser_of(&lan).await;
    world.run("drop table session", &[]).await;
    let reply = client.get("/luot-thi").await;
    helps(&reply, StatusCode::INTERNAL_SERVER_ERROR, "Có lỗi xảy ra ở máy chủ.");
    assert!(reply.says("Mã sự việc"), "{}", reply.body);
});

story!(a_mistyped_short_link_leads_to_the_contest_or_to_a_page_that_helps, |world| {
    world.open_round(&RoundPlan::default()).await;
    let mut client = world.client();
    let capital = format!("{}{}", SLUG[..1].to_uppercase(), &SLUG[1..]);
    let known = client.get(&format!("/t/{capital}")).await;
    assert_eq!((known.status, known.location()), (StatusCode::SEE_OTHER, format!("/cuoc-thi/{SLUG}").as_str()));
    for (typed, led) in [("DichVu", "/cuoc-thi/dichvu"), ("%C4%91ua%2F..%0D%0A", "/cuoc-thi/%C4%91ua%2F%2E%2E")] {
        let lost = client.get(&format!("/t/{typed}")).await;
        assert_eq!((lost.status, lost.location()), (StatusCode::SEE_OTHER, led));
        let page = client.get(led).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND);
        assert!(page.says("Không tìm thấy") && page.says(HELP_LINE), "{}", page.body);
    }
});
