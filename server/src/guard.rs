//! Whether an unsafe request comes from one of our own pages.

use axum::extract::Request;
use domain::Refusal;
use http::{HeaderMap, Method, header::ORIGIN};

use crate::router::Site;

/// Refuses a request that could change something unless the browser says it comes from our pages.
///
/// Browsers send Sec-Fetch-Site on every request to a trustworthy address (Fetch Metadata, W3C); older
/// ones at least send Origin with a POST (Fetch standard).
///
/// # Errors
/// [`Refusal::ForeignOrigin`].
pub fn own_pages_only(site: &Site, request: &Request) -> Result<(), Refusal> {
    if is_safe(request.method()) || is_own(request.headers(), &site.config.public_url) { Ok(()) } else { Err(Refusal::ForeignOrigin) }
}

fn is_safe(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn is_own(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => matches!(site, "same-origin" | "none"),
        None => text(ORIGIN.as_str()) == Some(public_url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (http::HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn only_our_own_pages_may_send_forms() {
        let url = "https://hoithi.example";
        assert!(is_own(&headers(&[("sec-fetch-site", "same-origin")]), url));
        assert!(is_own(&headers(&[("sec-fetch-site", "none")]), url));
        assert!(is_own(&headers(&[("origin", "https://hoithi.example")]), url));
        assert!(!is_own(&headers(&[("sec-fetch-site", "cross-site"), ("origin", "https://hoithi.example")]), url));
        assert!(!is_own(&headers(&[("sec-fetch-site", "same-site")]), url));
        assert!(!is_own(&headers(&[("origin", "https://evil.example")]), url));
        assert!(!is_own(&headers(&[("origin", "null")]), url));
        assert!(!is_own(&headers(&[]), url));
    }
}
