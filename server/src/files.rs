//! The site's own files, and uploaded ones at `/tep/{hash}`.

use crate::{headers, router::Site};
use app::problem;
use axum::{
    Router,
    body::Body,
    extract::{Path, Request, State},
    middleware::{Next, from_fn},
    response::Response,
    routing::get,
};
use domain::Refusal;
use http::{HeaderValue, header};
use tower_http::services::ServeDir;

const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

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
    let Some(hash) = unhex(&hash) else { return headers::plain(Refusal::NotFound) };
    match site.engine.file(&hash).await {
        Ok(file) => {
            let mut response = Response::new(Body::from(file.bytes));
            let headers = response.headers_mut();
            if let Ok(kind) = HeaderValue::from_str(&file.media_type) {
                headers.insert(header::CONTENT_TYPE, kind);
            }
            headers.insert(header::CACHE_CONTROL, FOREVER);
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
            response
        }
        Err(stop) => {
            problem::log(&stop);
            headers::plain(stop.refusal())
        }
    }
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
    use super::unhex;

    #[test]
    fn a_file_is_addressed_by_sixty_four_digits() {
        assert_eq!(unhex(&"0f".repeat(32)), Some(vec![15; 32]));
        assert_eq!(unhex("0f"), None);
        assert_eq!(unhex(&"zz".repeat(32)), None);
        assert_eq!(unhex(&"é".repeat(32)), None);
    }
}
