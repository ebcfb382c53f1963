//! What search engines ask first: robots.txt and the site map.

use crate::{
    door::{Ask, Doing},
    library::escaped,
    problem::Problem,
};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use engine::library::Column;
use http::{HeaderValue, header};

/// Everything public may be found; what is personal or of the administration may not.
pub fn robots(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let text = format!(
            "User-agent: *\nDisallow: /quan-tri\nDisallow: /thi/\nDisallow: /tai-khoan\nDisallow: /luot-thi\nDisallow: /dang-nhap\nSitemap: {}/sitemap.xml\n",
            ask.engine.public_url
        );
        typed(text, HeaderValue::from_static("text/plain; charset=utf-8"))
    })
}

/// The public pages.
pub fn sitemap(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        match addresses(&ask.engine).await {
            Ok(addresses) => {
                let entry = |address: &String| format!("<url><loc>{}{}</loc></url>\n", escaped(&ask.engine.public_url), escaped(address));
                let entries = addresses.iter().map(entry).collect::<Vec<_>>().concat();
                let map = format!(
                    "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{entries}</urlset>\n"
                );
                typed(map, HeaderValue::from_static("application/xml; charset=utf-8"))
            }
            Err(stop) => Problem::from(&stop).into_response(),
        }
    })
}

async fn addresses(engine: &engine::Engine) -> engine::Result<Vec<String>> {
    let mut addresses: Vec<String> =
        ["/", "/cuoc-thi", "/ket-qua", "/tin-tuc", "/dien-hinh", "/vinh-danh", "/tai-lieu"].map(str::to_owned).to_vec();
    for contest in engine.public_contests().await?.iter() {
        for part in ["", "/the-le", "/huong-dan", "/tai-lieu", "/tin-tuc", "/hoi-dap", "/lien-he"] {
            addresses.push(format!("/cuoc-thi/{}{part}", contest.slug));
        }
    }
    let mut page = 1;
    loop {
        let found = engine.published_articles(Column::News, page).await?;
        addresses.extend(found.lines.into_iter().map(|line| format!("/tin-tuc/{}", line.slug)));
        if page >= found.last {
            return Ok(addresses);
        }
        page += 1;
    }
}

fn typed(text: String, kind: HeaderValue) -> Response {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    response
}
