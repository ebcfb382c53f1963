//! Share cards, 1200 × 630, drawn as SVG.

use crate::{
    door::{Ask, Doing},
    library::escaped,
    problem,
};
use axum::{body::Body, response::Response};
use http::{HeaderValue, StatusCode, header};

/// Signs on one line of the title.
const LINE: usize = 30;
const LINES: usize = 4;

/// The card of the site.
pub fn of_site(_: Ask) -> Doing<Response> {
    Box::pin(async {
        answer(Ok(draw("Hội thi cải cách hành chính", "Cuộc thi trực tuyến cho cán bộ, công chức, viên chức, người lao động và người dân")))
    })
}

/// The card of a contest.
pub fn of_contest(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let contest = ask.engine.contest_page(ask.param("slug")).await;
        answer(contest.map(|contest| draw(&contest.title, &contest.host)))
    })
}

/// The card of an article.
pub fn of_article(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let article = ask.engine.published_article(ask.param("slug")).await;
        answer(article.map(|article| draw(&article.line.title, article.line.kind.label())))
    })
}

fn answer(card: engine::Result<String>) -> Response {
    match card {
        Ok(card) => {
            let mut response = Response::new(Body::from(card));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml"));
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
            response
        }
        Err(stop) => {
            problem::log(&stop);
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::from_u16(stop.refusal().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            response
        }
    }
}

fn draw(title: &str, below: &str) -> String {
    let lines: String =
        (0..).zip(wrapped(title)).map(|(i, line)| format!("<tspan x=\"80\" y=\"{}\">{}</tspan>", 230 + 78 * i, escaped(&line))).collect();
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\" viewBox=\"0 0 1200 630\">\
         <rect width=\"1200\" height=\"630\" fill=\"#8d1017\"/>\
         <rect y=\"600\" width=\"1200\" height=\"30\" fill=\"#f0c66a\"/>\
         <g font-family=\"'Be Vietnam Pro', 'Noto Sans', Arial, sans-serif\" fill=\"#fff\">\
         <text x=\"80\" y=\"120\" font-size=\"34\" fill=\"#f0c66a\">Hội thi CCHC · Tỉnh Quảng Ngãi</text>\
         <text font-size=\"62\" font-weight=\"700\">{lines}</text>\
         <text x=\"80\" y=\"560\" font-size=\"30\">{}</text>\
         </g></svg>",
        escaped(below),
    )
}

/// The title in lines of at most so many signs, cut with an ellipsis when it is too long.
fn wrapped(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    if lines.len() > LINES {
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_title_is_wrapped_and_cut() {
        assert_eq!(wrapped("Tìm hiểu cải cách hành chính năm 2026"), ["Tìm hiểu cải cách hành chính", "năm 2026"]);
        let long = "từ ".repeat(200);
        let lines = wrapped(&long);
        assert_eq!(lines.len(), LINES);
        assert!(lines[LINES - 1].ends_with('…'));
    }

    #[test]
    fn a_card_is_well_formed_whatever_the_title() {
        assert!(draw("A < B & \"C\"", "x").contains("A &lt; B &amp; &quot;C&quot;"));
    }
}
