//! An article as an editor types it, and how it is read: every wrong field at once.

use crate::{
    Field, Refusal, Refused,
    contest::check_slug,
    vietnamese::{fold, tidy, tidy_text},
};

words! {
    /// In which column an article stands.
    pub enum ArticleKind {
        /// News of the contests.
        News = "news", "Tin tức";
        /// An initiative, a solution, a pilot model (plan II.7).
        Initiative = "initiative", "Sáng kiến, mô hình hay";
        /// An organisation or person set as an example (plan I.2).
        GoodModel = "good_model", "Điển hình tiên tiến";
        /// A text to learn from.
        Study = "study", "Tài liệu học tập";
    }
}

impl ArticleKind {
    /// Whether it stands among the news; the others have pages of their own.
    pub const fn is_news(self) -> bool {
        matches!(self, Self::News | Self::Initiative)
    }
}

const LONGEST_TITLE: usize = 200;
const LONGEST_SUMMARY: usize = 500;
const LONGEST_LINE: usize = 300;
/// In bytes; a long newspaper page has about 20,000.
const LONGEST_BODY: usize = 100_000;
/// The longest address that is made from a title.
const LONGEST_SLUG: usize = 60;

/// What was typed about an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleForm {
    /// Code of an [`ArticleKind`].
    pub kind: String,
    /// The address; empty: made from the title.
    pub slug: String,
    /// The title.
    pub title: String,
    /// One or two sentences for lists, feeds and cards.
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// Of an initiative or model: whose it is.
    pub unit: String,
    /// Of an initiative or model: whom to ask.
    pub contact: String,
    /// Of an initiative: the administrative procedure concerned.
    pub procedure: String,
}

/// An article's text, read and tidy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleText {
    /// The column.
    pub kind: ArticleKind,
    /// The address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// For lists, feeds and cards.
    pub summary: String,
    /// Markdown.
    pub body: String,
    /// Whose initiative or model it is.
    pub unit: String,
    /// Whom to ask.
    pub contact: String,
    /// The procedure concerned.
    pub procedure: String,
}

impl ArticleForm {
    /// Reads the form.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn read(&self) -> Result<ArticleText, Refused> {
        let mut refused = Refused::new();
        let kind = ArticleKind::from_code(&self.kind);
        if kind.is_none() {
            refused.push((Field::named("kind"), Refusal::NotOffered));
        }
        let title = line(&mut refused, "title", &self.title, LONGEST_TITLE);
        if title.is_empty() {
            refused.push((Field::named("title"), Refusal::Required));
        }
        let slug = match self.slug.trim() {
            "" => slug_of(&title),
            typed => typed.to_lowercase(),
        };
        // An unnamed article has its refusal at the title already.
        if !title.is_empty()
            && let Err(refusal) = check_slug(&slug)
        {
            refused.push((Field::named("slug"), refusal));
        }
        let summary = line(&mut refused, "summary", &self.summary, LONGEST_SUMMARY);
        if summary.is_empty() {
            refused.push((Field::named("summary"), Refusal::Required));
        }
        let body = tidy_text(&self.body);
        match body.len() {
            0 => refused.push((Field::named("body"), Refusal::Required)),
            1..=LONGEST_BODY => {}
            _ => refused.push((Field::named("body"), Refusal::TooLong)),
        }
        let unit = line(&mut refused, "unit", &self.unit, LONGEST_LINE);
        if unit.is_empty() && kind == Some(ArticleKind::Initiative) {
            refused.push((Field::named("unit"), Refusal::Required));
        }
        let contact = line(&mut refused, "contact", &self.contact, LONGEST_LINE);
        let procedure = line(&mut refused, "procedure", &self.procedure, LONGEST_LINE);
        match kind {
            Some(kind) if refused.is_empty() => Ok(ArticleText { kind, slug, title, summary, body, unit, contact, procedure }),
            _ => Err(refused),
        }
    }
}

fn line(refused: &mut Refused, field: &'static str, typed: &str, longest: usize) -> String {
    let line = tidy(typed);
    if line.chars().count() > longest {
        refused.push((Field::named(field), Refusal::TooLong));
    }
    line
}

/// The address that a title gives: folded, words joined by hyphens, cut at a word.
pub fn slug_of(title: &str) -> String {
    let folded = fold(title);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        let hyphen = usize::from(!slug.is_empty());
        if slug.len() + hyphen + word.len() > LONGEST_SLUG {
            break;
        }
        if hyphen == 1 {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn form() -> ArticleForm {
        ArticleForm {
            kind: "news".to_owned(),
            title: "Phát động cuộc thi năm 2026".to_owned(),
            summary: "Cuộc thi mở từ tháng 11.".to_owned(),
            body: "Nội dung **tin**.".to_owned(),
            ..ArticleForm::default()
        }
    }

    #[test]
    fn an_article_is_read_and_its_address_is_made_from_its_title() {
        let text = form().read().expect("read");
        assert_eq!(text.kind, ArticleKind::News);
        assert_eq!(text.slug, "phat-dong-cuoc-thi-nam-2026");
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let refused =
            ArticleForm { kind: "poem".to_owned(), procedure: "x".repeat(301), ..ArticleForm::default() }.read().expect_err("refused");
        let at = |name: &str| refused.iter().find(|(field, _)| field.0 == name).map(|(_, refusal)| *refusal);
        assert_eq!(at("kind"), Some(Refusal::NotOffered));
        assert_eq!(at("title"), Some(Refusal::Required));
        assert_eq!(at("summary"), Some(Refusal::Required));
        assert_eq!(at("body"), Some(Refusal::Required));
        assert_eq!(at("procedure"), Some(Refusal::TooLong));
        assert_eq!(at("slug"), None, "a missing title is said once");
    }

    #[test]
    fn an_initiative_names_its_unit() {
        let initiative = ArticleForm { kind: "initiative".to_owned(), ..form() };
        assert_eq!(initiative.read(), Err(vec![(Field::named("unit"), Refusal::Required)]));
        assert!(ArticleForm { unit: "Sở Nội vụ".to_owned(), ..initiative }.read().is_ok());
    }

    #[test]
    fn an_address_typed_by_hand_is_checked() {
        for (slug, refusal) in [("Tin Một", Refusal::BadSlug), ("a", Refusal::TooShort), ("-a-b", Refusal::BadSlug)] {
            let typed = ArticleForm { slug: slug.to_owned(), ..form() };
            assert_eq!(typed.read(), Err(vec![(Field::named("slug"), refusal)]), "{slug}");
        }
        let without_letters = ArticleForm { title: "!!!".to_owned(), ..form() };
        assert_eq!(without_letters.read(), Err(vec![(Field::named("slug"), Refusal::Required)]));
    }

    #[test]
    fn a_body_has_an_end() {
        let long = ArticleForm { body: "x".repeat(LONGEST_BODY + 1), ..form() };
        assert_eq!(long.read(), Err(vec![(Field::named("body"), Refusal::TooLong)]));
    }

    proptest! {
        #[test]
        fn an_address_made_from_a_title_is_a_good_one_or_short(title in "\\PC{0,200}") {
            let slug = slug_of(&title);
            prop_assert!(slug.len() <= LONGEST_SLUG);
            prop_assert!(slug.len() < 3 || check_slug(&slug).is_ok(), "{slug}");
        }
    }
}
