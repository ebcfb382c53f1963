//! Markdown to HTML, through the only door by which HTML may reach a page.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};
use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

/// HTML that was sanitised; nothing else may be shown as HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SafeHtml(Arc<str>);

impl SafeHtml {
    /// The markup.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::default();
    cleaner
        // A page has one h1, its own; headings written as Markdown begin below it.
        .rm_tags(["area", "map", "style", "center", "font", "h1"])
        .add_generic_attributes(["align"])
        .url_schemes(["https", "http", "mailto", "tel"].into())
        .link_rel(Some("noopener noreferrer"))
        // Pictures are our own: another site would learn who reads the page, and the policy would block it anyway.
        .attribute_filter(|element, attribute, value| {
            let foreign = element == "img" && attribute == "src" && !value.starts_with("/tep/");
            (!foreign).then(|| value.into())
        });
    cleaner
});

/// Renders Markdown (CommonMark with tables and strike-through) and sanitises it.
///
/// The highest headings of the text become h2, the next ones h3: h1 is the page's own, and no level is skipped.
pub fn render(markdown: &str) -> SafeHtml {
    let mut events: Vec<Event<'_>> = parse(markdown).collect();
    below_the_page(&mut events);
    let mut markup = String::with_capacity(markdown.len() * 2);
    html::push_html(&mut markup, events.into_iter());
    SafeHtml(CLEANER.clean(&markup).to_string().into())
}

fn parse(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

/// Gives the levels of headings that a text uses, in their order, those from 2 on.
fn below_the_page(events: &mut [Event<'_>]) {
    let used: BTreeSet<HeadingLevel> = events
        .iter()
        .filter_map(|event| match event {
            Event::End(TagEnd::Heading(level)) => Some(*level),
            _ => None,
        })
        .collect();
    for event in events {
        if let Event::Start(Tag::Heading { level, .. }) | Event::End(TagEnd::Heading(level)) = event {
            let above = used.range(..*level).count();
            *level = HeadingLevel::try_from(above + 2).unwrap_or(HeadingLevel::H6);
        }
    }
}

/// Renders one line of Markdown without its paragraph, for options and titles.
pub fn render_line(markdown: &str) -> SafeHtml {
    let whole = render(markdown);
    let bare = whole.as_str().trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    match bare {
        Some(line) if !line.contains("<p>") => SafeHtml(line.into()),
        _ => whole,
    }
}

/// The words of a Markdown text without its marks, for summaries and search.
pub fn plain(markdown: &str) -> String {
    let mut words = String::with_capacity(markdown.len());
    for event in parse(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::End(_) => words.push(' '),
            _ => {}
        }
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_of_other_sites_are_left_out() {
        assert!(render("![Sơ đồ](/tep/0af3)").as_str().contains(r#"src="/tep/0af3""#));
        for foreign in ["https://example.org/a.png", "//example.org/a.png", "/khac.png", "data:image/png;base64,AA=="] {
            assert!(!render(&format!("![Sơ đồ]({foreign})")).as_str().contains("src="), "{foreign}");
        }
    }

    #[test]
    fn markdown_becomes_html() {
        assert_eq!(render("**Nghị quyết** số 76").as_str(), "<p><strong>Nghị quyết</strong> số 76</p>\n");
        assert_eq!(render_line("Điều *8*").as_str(), "Điều <em>8</em>");
        assert_eq!(plain("# Thể lệ\n\n- một\n- **hai**"), "Thể lệ một hai");
    }

    #[test]
    fn headings_begin_below_that_of_the_page_and_skip_no_level() {
        let headings = |markdown: &str| -> Vec<String> {
            render(markdown).as_str().split("<h").skip(1).filter_map(|rest| rest.chars().next()).map(String::from).collect()
        };
        assert_eq!(headings("# Thể lệ\n\n## Điều 1\n\n### Khoản\n\n## Điều 2"), ["2", "3", "4", "3"]);
        assert_eq!(headings("## Điều 1\n\n## Điều 2"), ["2", "2"], "a text without a title of its own");
        assert_eq!(headings("# Thể lệ\n\n#### Điều 1"), ["2", "3"], "a skipped level is closed");
        assert_eq!(headings("# 1\n## 2\n### 3\n#### 4\n##### 5\n###### 6"), ["2", "3", "4", "5", "6", "6"]);
        assert_eq!(render("<h1>Thể lệ</h1>").as_str().trim(), "Thể lệ", "nor does one that is written as HTML");
        assert_eq!(render("# Thể lệ").as_str(), "<h2>Thể lệ</h2>\n");
    }

    #[test]
    fn what_could_run_is_taken_out() {
        for hostile in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "<img src=x onerror=alert(1)>",
            "<p style=\"color:red\">x</p>",
            "<iframe src=https://a.b></iframe>",
            "<svg onload=alert(1)>",
        ] {
            let safe = render(hostile);
            for trace in ["<script", "javascript:", "onerror", "onload", "style=", "<iframe", "<svg"] {
                assert!(!safe.as_str().contains(trace), "{hostile} left {trace} in {}", safe.as_str());
            }
        }
    }
}
