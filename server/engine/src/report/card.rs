//! Share cards, 1200 × 630: what Zalo and Facebook show of a page, composed as SVG and drawn as PNG.

use domain::{Timestamp, results::Facts, vietnamese::number};
use std::fmt::Write as _;

/// The size of a card in pixels, as Open Graph readers expect it.
pub const SIZE: (u32, u32) = (1_200, 630);

/// Letters that fit a line of the title.
const TITLE: usize = 30;
/// Letters that fit the line at the foot.
const FOOT: usize = 64;

/// What stands on a card.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The small line above.
    pub above: String,
    /// The title.
    pub title: String,
    /// Up to three figures with their words.
    pub figures: Vec<(String, &'static str)>,
    /// The line at the foot.
    pub below: String,
}

impl Card {
    /// A card of the site, a contest or an article.
    pub fn plain(title: &str, below: &str) -> Self {
        Self {
            above: "Hội thi CCHC · Tỉnh Quảng Ngãi".to_owned(), title: title.to_owned(), figures: Vec::new(), below: below.to_owned()
        }
    }

    /// The card of published results.
    pub fn of_results(facts: &Facts, published_at: Option<Timestamp>) -> Self {
        let date = published_at.map(|at| format!(" · công bố ngày {}", at.date())).unwrap_or_default();
        Self {
            above: format!("Kết quả chính thức · {}{date}", cut(&facts.round, 14)),
            title: facts.contest.clone(),
            figures: vec![
                (number(facts.people()), "người dự thi"),
                (number(facts.attempts()), "lượt dự thi"),
                (format!("{}/{}", number(facts.units_taking_part()), number(facts.units())), "đơn vị tham gia"),
            ],
            below: facts.host.clone(),
        }
    }

    /// The card as an SVG image, in the fonts that the renderer holds.
    pub fn svg(&self) -> String {
        let (width, height) = SIZE;
        let mut svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" font-family="Be Vietnam Pro"><rect width="{width}" height="{height}" fill="#8d1017"/><rect y="600" width="{width}" height="30" fill="#f0c66a"/>"##
        );
        let lines = if self.figures.is_empty() { 4 } else { 3 };
        label(&mut svg, (80, 112), (34, 400, GOLD), &cut(&self.above, 56));
        for (i, line) in (0..).zip(wrapped(&self.title, lines)) {
            label(&mut svg, (80, 202 + 76 * i), (60, 700, WHITE), &line);
        }
        for (column, (figure, words)) in (0..).zip(self.figures.iter().take(3)) {
            let x = 80 + 370 * column;
            label(&mut svg, (x, 464), (60, 700, GOLD), figure);
            label(&mut svg, (x, 506), (28, 400, WHITE), words);
        }
        label(&mut svg, (80, 566), (28, 400, WHITE), &cut(&self.below, FOOT));
        svg.push_str("</svg>");
        svg
    }
}

const GOLD: &str = "#f0c66a";
const WHITE: &str = "#ffffff";

/// One line of text at a place, in a size, weight and colour.
fn label(svg: &mut String, (x, y): (i32, i32), (size, weight, colour): (u16, u16, &str), words: &str) {
    let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // Writing into a String cannot fail.
    let _ = write!(svg, r#"<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">{words}</text>"#);
}

/// At most so many letters, with an ellipsis where something is left out.
fn cut(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let kept: String = words.chars().take(most - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The title in at most so many lines, broken at spaces, with an ellipsis where it is too long.
fn wrapped(title: &str, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= TITLE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(cut(word, TITLE)),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
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
    fn a_title_is_broken_at_spaces_and_cut() {
        assert_eq!(wrapped("Tìm hiểu cải cách hành chính năm 2026", 3), ["Tìm hiểu cải cách hành chính", "năm 2026"]);
        assert_eq!(wrapped("", 3), Vec::<String>::new());
        let lines = wrapped(&"từ ".repeat(200), 4);
        assert_eq!(lines.len(), 4);
        assert!(lines[3].ends_with('…'));
        assert_eq!(wrapped(&"x".repeat(99), 4)[0].chars().count(), TITLE);
    }

    #[test]
    fn a_name_cannot_break_out_of_the_card() {
        let svg = Card::plain("A < B & <script>", "x").svg();
        assert!(svg.contains("A &lt; B &amp; &lt;script&gt;") && !svg.contains("<script"));
    }
}
