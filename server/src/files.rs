//! The site's own files, and uploaded ones at `/tep/{hash}`.

use crate::router::Site;
use app::problem::Problem;
use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::Refusal;
use http::{HeaderValue, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tower_http::services::ServeDir;

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The policy of an uploaded picture: whatever it should turn out to be, it does nothing.
const INERT: HeaderValue = HeaderValue::from_static("default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox");
/// The policy of an uploaded PDF: browsers refuse to show one that is sandboxed, and Chromium's viewer styles itself.
const PDF: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);
/// What a header value cannot hold as it is (RFC 8187, attr-char).
const UNSAFE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// Hashed files of the build, and uploads.
pub fn files(site: &Site) -> Router<Site> {
    let hashed = ServeDir::new(site.config.site.join("pkg")).precompressed_br().precompressed_gzip();
    let fonts = ServeDir::new(site.config.site.join("fonts")).precompressed_br();
    Router::new()
        .nest_service("/pkg", hashed)
        .nest_service("/fonts", fonts)
        .layer(from_fn(|request: Request, next: Next| cached(FOREVER, request, next)))
        .route("/tep/{hash}", get(uploaded))
}

/// Files at the root of the site: logo, icons.
pub fn root(site: &Site) -> ServeDir {
    ServeDir::new(&site.config.site).append_index_html_on_directories(false).precompressed_br().precompressed_gzip()
}

async fn cached(how: HeaderValue, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() {
        response.headers_mut().insert(header::CACHE_CONTROL, how);
    }
    response
}

/// Marks a file of the root as cacheable for an hour.
pub fn cacheable(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, AN_HOUR);
    response
}

/// An upload: addressed by its content, so it never changes.
async fn uploaded(State(site): State<Site>, Path(hash): Path<String>) -> Response {
    let Some(hash) = unhex(&hash) else { return Problem::from(Refusal::NotFound).into_response() };
    match site.engine.file(&hash).await {
        Ok(file) => {
            let mut response = Response::new(Body::from(file.bytes));
            let headers = response.headers_mut();
            if let Ok(kind) = HeaderValue::from_str(&file.media_type) {
                headers.insert(header::CONTENT_TYPE, kind);
            }
            headers.insert(header::CACHE_CONTROL, FOREVER);
            if file.media_type == "application/pdf" {
                headers.insert(header::CONTENT_SECURITY_POLICY, PDF);
                if let Ok(shown) = HeaderValue::from_str(&shown_as(&file.name)) {
                    headers.insert(header::CONTENT_DISPOSITION, shown);
                }
            } else {
                headers.insert(header::CONTENT_SECURITY_POLICY, INERT);
            }
            response
        }
        Err(stop) => Problem::from(&stop).into_response(),
    }
}

/// Shown in the browser, and saved under the name with which it came (RFC 6266).
fn shown_as(name: &str) -> String {
    const NAMELESS: &str = "tai-lieu.pdf";
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let name = if last.is_empty() { NAMELESS } else { last };
    format!("inline; filename=\"{NAMELESS}\"; filename*=UTF-8''{}", utf8_percent_encode(name, UNSAFE))
}

/// The 32 bytes of 64 hexadecimal digits.
fn unhex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..32).map(|i| u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::{shown_as, unhex};

    #[test]
    fn a_file_is_addressed_by_sixty_four_digits() {
        assert_eq!(unhex(&"0f".repeat(32)), Some(vec![15; 32]));
        assert_eq!(unhex("0f"), None);
        assert_eq!(unhex(&"zz".repeat(32)), None);
        assert_eq!(unhex(&"é".repeat(32)), None);
    }

    #[test]
    fn a_document_is_saved_under_the_name_with_which_it_came() {
        let named = |name: &str| format!("inline; filename=\"tai-lieu.pdf\"; filename*=UTF-8''{name}");
        assert_eq!(shown_as("Quyết định.pdf"), named("Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.pdf"));
        assert_eq!(shown_as("C:\\van-ban\\QD_12.pdf"), named("QD_12.pdf"));
        assert_eq!(shown_as("a\"; filename=b\r\n.pdf"), named("a%22%3B%20filename%3Db%0D%0A.pdf"));
        assert_eq!(shown_as(" "), named("tai-lieu.pdf"));
    }
}
