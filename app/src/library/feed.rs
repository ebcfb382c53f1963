//! The Atom feed of the news (RFC 4287), for the provincial portal and newsreaders.

use crate::door::{Ask, Doing};
use crate::problem::Problem;
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use engine::library::{ArticleLine, Column};
use http::{HeaderValue, header};

/// The feed.
pub fn atom(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        match ask.engine.published_articles(Column::News, 1).await {
            Ok(found) => {
                let mut response = Response::new(Body::from(feed(&ask.engine.public_url, &found.lines)));
                let headers = response.headers_mut();
                headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/atom+xml; charset=utf-8"));
                headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
                response
            }
            Err(stop) => Problem::from(&stop).into_response(),
        }
    })
}

fn feed(site: &str, lines: &[ArticleLine]) -> String {
    let updated = lines.iter().map(|line| line.changed_at).max().unwrap_or_default();
    let entries: String = lines.iter().map(|line| entry(site, line)).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\">\n\
         <id>{site}/tin-tuc</id>\n\
         <title>Tin tức Hội thi CCHC</title>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{site}/tin-tuc.atom\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{site}/tin-tuc\"/>\n\
         <updated>{}</updated>\n\
         <author><name>Ban Tổ chức Hội thi CCHC</name></author>\n\
         {entries}</feed>\n",
        updated.rfc3339(),
        site = escaped(site),
    )
}

fn entry(site: &str, line: &ArticleLine) -> String {
    let address = format!("{}/tin-tuc/{}", escaped(site), escaped(&line.slug));
    format!(
        "<entry>\n<id>{address}</id>\n<title>{}</title>\n<link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n\
         <published>{}</published>\n<updated>{}</updated>\n<category term=\"{}\" label=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
        escaped(&line.title),
        line.published_at.rfc3339(),
        line.changed_at.rfc3339(),
        line.kind.code(),
        line.kind.label(),
        escaped(&line.summary),
    )
}

/// Text as it may stand in XML, in attributes too; what XML cannot hold is left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{Timestamp, library::ArticleKind};

    #[test]
    fn a_title_cannot_break_out_of_the_feed() {
        let line = ArticleLine {
            slug: "tin-mot".to_owned(),
            kind: ArticleKind::News,
            title: "A & B <b>\u{1}\"".to_owned(),
            summary: "Tóm tắt".to_owned(),
            unit: String::new(),
            picture: None,
            published_at: Timestamp(1_795_395_600_000),
            changed_at: Timestamp(1_795_395_909_000),
        };
        let feed = feed("https://hoithi.example", &[line]);
        assert!(feed.contains("<title>A &amp; B &lt;b&gt;&quot;</title>"), "{feed}");
        assert!(feed.contains("<id>https://hoithi.example/tin-tuc/tin-mot</id>"));
        assert!(feed.contains("<updated>2026-11-23T08:05:09+07:00</updated>"));
    }
}
