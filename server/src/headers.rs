//! The headers that every answer carries.

use crate::router::Site;
use app::{contest::EMBEDDED, page::Pattern};
use axum::response::Response;
use http::{HeaderName, HeaderValue, StatusCode, header};
use leptos::{nonce::use_nonce, prelude::use_context};
use leptos_axum::ResponseOptions;
use std::sync::LazyLock;

/// Where a page may connect to: to us, and while `cargo-leptos watch` runs also to the socket that tells it to reload.
static CONNECTED: LazyLock<&str> = LazyLock::new(|| match std::env::var_os("LEPTOS_WATCH") {
    Some(_) => "'self' ws://*:3001",
    None => "'self'",
});

/// The policy of a page: scripts only with the page's own nonce, nothing from anywhere else.
pub fn page_policy() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         img-src 'self' data:; font-src 'self'; connect-src {}; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        *CONNECTED
    );
    if let Ok(value) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, value);
    }
}

/// The policy of everything that sets none: no script at all.
const SCRIPTLESS: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// The policy of the one page that other sites may show in a frame: its own, but that anybody may, and that it sends no form.
fn framed(policy: &HeaderValue) -> Option<HeaderValue> {
    let policy =
        policy.to_str().ok()?.replace("frame-ancestors 'none'", "frame-ancestors *").replace("form-action 'self'", "form-action 'none'");
    HeaderValue::from_str(&policy).ok()
}

/// Sets what the answer at this path has not set itself.
pub fn complete(site: &Site, path: &str, response: &mut Response) {
    let headers = response.headers_mut();
    // Once, instead of at every fourth, eighth … header.
    headers.reserve(12);
    let policy = headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(SCRIPTLESS);
    if Pattern(EMBEDDED).matches(path).is_some()
        && let Some(framed) = framed(policy)
    {
        *policy = framed;
    }
    headers.entry(header::X_CONTENT_TYPE_OPTIONS).or_insert(HeaderValue::from_static("nosniff"));
    headers.entry(header::REFERRER_POLICY).or_insert(HeaderValue::from_static("same-origin"));
    headers.entry(HeaderName::from_static("cross-origin-opener-policy")).or_insert(HeaderValue::from_static("same-origin"));
    headers
        .entry(HeaderName::from_static("permissions-policy"))
        .or_insert(HeaderValue::from_static("camera=(), microphone=(), geolocation=()"));
    if matches!(response.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("5"));
    }
    let headers = response.headers_mut();
    // What is not said to be cacheable may be personal.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    if site.config.is_secure() {
        headers.entry(header::STRICT_TRANSPORT_SECURITY).or_insert(HeaderValue::from_static("max-age=31536000; includeSubDomains"));
    }
}
