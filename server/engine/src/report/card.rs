//! The share card of a published round: 1200 × 630, drawn as SVG from the frozen figures.

use crate::results::ResultsPage;
use domain::vietnamese::number;
use std::fmt::Write as _;

/// Letters that fit a line of the title.
const LINE: usize = 38;

/// The card as an SVG image.
pub fn card(page: &ResultsPage) -> String {
    let facts = &page.announcement.facts;
    let mut svg = String::with_capacity(2_048);
    svg.push_str(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630" font-family="'Be Vietnam Pro', 'Noto Sans', sans-serif"><rect width="1200" height="630" fill="#fbf7ef"/><rect width="1200" height="18" fill="#a3242b"/><rect y="612" width="1200" height="18" fill="#e6b84c"/>"##,
    );
    label(&mut svg, (72, 110), 30, &format!("Kết quả chính thức · {}", facts.round), "#a3242b");
    let lines = wrap(&facts.contest, LINE);
    for (i, line) in (0_i64..).zip(lines.iter().take(3)) {
        label(&mut svg, (72, 190 + 68 * i), 54, line, "#23201c");
    }
    for (column, (figure, words)) in (0_i64..).zip(tallies(page)) {
        let x = 72 + 370 * column;
        label(&mut svg, (x, 480), 76, &figure, "#a3242b");
        label(&mut svg, (x, 530), 28, words, "#23201c");
    }
    label(&mut svg, (72, 584), 24, &facts.host, "#5b544b");
    svg.push_str("</svg>");
    svg
}

fn tallies(page: &ResultsPage) -> [(String, &'static str); 3] {
    let facts = &page.announcement.facts;
    [
        (number(facts.people()), "người dự thi"),
        (number(facts.attempts()), "lượt dự thi"),
        (format!("{}/{}", number(facts.units_taking_part()), number(facts.units())), "đơn vị tham gia"),
    ]
}

fn label(svg: &mut String, at: (i64, i64), size: i64, words: &str, colour: &str) {
    let weight = if size >= 50 { 700 } else { 400 };
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    // Writing into a String cannot fail.
    let _ = write!(svg, r#"<text x="{}" y="{}" font-size="{size}" font-weight="{weight}" fill="{colour}">{words}</text>"#, at.0, at.1);
}

/// Breaks a title into lines of at most so many letters, at spaces.
fn wrap(title: &str, longest: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= longest => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_broken_at_spaces() {
        assert_eq!(wrap("Tìm hiểu cải cách hành chính", 14), ["Tìm hiểu cải", "cách hành", "chính"]);
        assert_eq!(wrap("", 10), Vec::<String>::new());
    }

    #[test]
    fn a_name_cannot_break_out_of_the_card() {
        let mut svg = String::new();
        label(&mut svg, (0, 0), 10, "<script>&", "#000");
        assert!(svg.ends_with("&lt;script>&amp;</text>"));
    }
}
