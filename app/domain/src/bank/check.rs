//! Whether a question may go to review: every rule of its kind, and all that is wrong at once.

use super::{Content, Key, Kind, LegalBasis, Writing};
use crate::{Field, Refusal, Refused, vietnamese};
use std::collections::HashSet;

const LONGEST_TEXT: usize = 4_000;
const LONGEST_OPTION: usize = 500;
const LONGEST_DOCUMENT: usize = 300;
const LONGEST_WORD: usize = 40;
const MOST_TAGS: usize = 10;

impl Writing {
    /// Everything that keeps this writing from being reviewed; nothing when it is complete.
    pub fn check(&self) -> Refused {
        let mut refused = check(&self.content, self.key.as_ref(), &self.legal);
        refused.extend(text_at("explanation", &self.explanation, LONGEST_TEXT, Some(Refusal::Required)));
        if self.tags.len() > MOST_TAGS || self.tags.iter().any(|tag| tag.chars().count() > LONGEST_WORD) {
            refused.push(("tags".into(), Refusal::TooLong));
        }
        refused
    }

    /// What is wrong even for a draft: only texts that are too long to be kept.
    pub fn check_draft(&self) -> Refused {
        self.check().into_iter().filter(|(_, refusal)| *refusal == Refusal::TooLong).collect()
    }
}

/// Checks content, key and legal basis against the rules of the kind.
pub fn check(content: &Content, key: Option<&Key>, legal: &LegalBasis) -> Refused {
    let mut refused = Refused::new();
    refused.extend(text_at("text", &content.text, LONGEST_TEXT, Some(Refusal::Required)));
    refused.extend(text_at("unit", &content.unit, LONGEST_WORD, None));
    refused.extend(options(content));
    refused.extend(pins(content));
    refused.extend(key_at(content, key));
    refused.extend(text_at("legal_document", &legal.document, LONGEST_DOCUMENT, Some(Refusal::LegalBasisMissing)));
    refused.extend(text_at("legal_article", &legal.article, LONGEST_DOCUMENT, None));
    if legal.from.zip(legal.until).is_some_and(|(from, until)| until <= from) {
        refused.push(("legal_until".into(), Refusal::EndsTooEarly));
    }
    refused
}

fn text_at(field: &'static str, text: &str, longest: usize, if_empty: Option<Refusal>) -> Option<(Field, Refusal)> {
    if text.trim().is_empty() {
        return if_empty.map(|refusal| (field.into(), refusal));
    }
    (text.chars().count() > longest).then(|| (field.into(), Refusal::TooLong))
}

/// How many options, items or pairs a kind takes.
const fn option_count(kind: Kind) -> std::ops::RangeInclusive<usize> {
    match kind {
        Kind::Single | Kind::Matching => 2..=8,
        Kind::Several | Kind::Ordering => 3..=8,
        Kind::TrueFalse | Kind::Number | Kind::ShortText => 0..=0,
    }
}

fn options(content: &Content) -> Refused {
    let mut refused = Refused::new();
    let lefts: Vec<&str> = content.choices.iter().map(|choice| choice.text.as_str()).collect();
    let rights: Vec<&str> = content.matches.iter().map(String::as_str).collect();
    let paired = if content.kind == Kind::Matching { rights.len() == lefts.len() } else { rights.is_empty() };
    if !option_count(content.kind).contains(&lefts.len()) || !paired {
        refused.push(("options".into(), Refusal::OptionCount));
    }
    refused.extend(each("option", &lefts));
    refused.extend(each("match", &rights));
    refused
}

/// Empty, overlong and repeated texts of a group of fields; marks matter, case does not ("Sơn Hà", "Sơn Hạ").
fn each(name: &str, texts: &[&str]) -> Refused {
    let mut seen = HashSet::new();
    let refusal_of = |text: &&str| {
        let plain = vietnamese::tidy(text).to_lowercase();
        match plain.as_str() {
            "" => Some(Refusal::OptionEmpty),
            plain if plain.chars().count() > LONGEST_OPTION => Some(Refusal::TooLong),
            plain if !seen.insert(plain.to_owned()) => Some(Refusal::OptionTwice),
            _ => None,
        }
    };
    let refusals: Vec<Option<Refusal>> = texts.iter().map(refusal_of).collect();
    (1..).zip(refusals).filter_map(|(n, refusal)| Some((Field::nth(name, n), refusal?))).collect()
}

/// Only options one chooses from are pinned, and at least two stay free, or nothing would be shuffled.
fn pins(content: &Content) -> Option<(Field, Refusal)> {
    let pinned = content.choices.iter().filter(|choice| choice.pinned).count();
    let may_pin = matches!(content.kind, Kind::Single | Kind::Several);
    let misplaced = pinned > 0 && (!may_pin || content.choices.len() - pinned < 2);
    misplaced.then(|| ("pin".into(), Refusal::PinMisplaced))
}

/// Where the editor asks for the key of a kind.
const fn key_field(kind: Kind) -> &'static str {
    match kind {
        Kind::Single | Kind::Several => "right",
        Kind::TrueFalse => "truth",
        Kind::Number => "answer",
        Kind::ShortText => "texts",
        Kind::Ordering | Kind::Matching => "options",
    }
}

fn key_at(content: &Content, key: Option<&Key>) -> Option<(Field, Refusal)> {
    let field = key_field(content.kind);
    let among = |right: &u8| usize::from(*right) < content.choices.len();
    let fits = match (content.kind, key) {
        (Kind::Single, Some(Key::One(right))) => among(right),
        // One right answer among several is the other kind.
        (Kind::Several, Some(Key::Set(rights))) => rights.len() >= 2 && rights.is_sorted_by(|a, b| a < b) && rights.iter().all(among),
        (Kind::TrueFalse, Some(Key::Truth(_))) | (Kind::Ordering | Kind::Matching, Some(Key::AsWritten)) => true,
        (Kind::Number, Some(Key::Number { tolerance, .. })) => {
            return (*tolerance < 0).then(|| ("tolerance".into(), Refusal::OutOfRange));
        }
        (Kind::ShortText, Some(Key::Texts(texts))) => {
            let too_long = texts.iter().any(|text| text.chars().count() > LONGEST_OPTION);
            if too_long {
                return Some((field.into(), Refusal::TooLong));
            }
            !texts.is_empty() && texts.iter().all(|text| !vietnamese::fold(text).is_empty())
        }
        _ => false,
    };
    (!fits).then(|| {
        (
            field.into(),
            if content.kind == Kind::Several && matches!(key, Some(Key::Set(_))) { Refusal::TwoKeysNeeded } else { Refusal::KeyMissing },
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Timestamp, bank::Choice, id::TopicId};
    use uuid::Uuid;

    fn question(kind: Kind, options: &[&str], key: Key) -> Writing {
        let mut writing = Writing::blank(TopicId(Uuid::nil()));
        writing.content.kind = kind;
        writing.content.text = "Cơ quan nào công bố PAR INDEX?".into();
        writing.content.choices = options.iter().map(|text| Choice { text: (*text).into(), pinned: false }).collect();
        writing.key = Some(key);
        writing.explanation = "Bộ Nội vụ công bố cùng SIPAS.".into();
        writing.legal.document = "Kế hoạch tuyên truyền CCHC năm 2023".into();
        writing
    }

    fn single() -> Writing {
        question(Kind::Single, &["Bộ Nội vụ", "VCCI", "UNDP"], Key::One(0))
    }

    fn refusal_at(writing: &Writing, field: &str) -> Option<Refusal> {
        let refused = writing.check();
        assert!(refused.len() <= 1, "only one thing is wrong: {refused:?}");
        refused.into_iter().find(|(at, _)| at.0 == field).map(|(_, refusal)| refusal)
    }

    #[test]
    fn a_complete_question_of_every_kind_is_accepted() {
        let mut matching = question(Kind::Matching, &["PAPI", "PCI"], Key::AsWritten);
        matching.content.matches = vec!["UNDP".into(), "VCCI".into()];
        let complete = [
            single(),
            question(Kind::Several, &["PAPI", "PCI", "VNeID"], Key::Set(vec![0, 1])),
            question(Kind::TrueFalse, &[], Key::Truth(false)),
            question(Kind::Ordering, &["một", "hai", "ba"], Key::AsWritten),
            matching,
            question(Kind::Number, &[], Key::Number { scaled: 8_837, decimals: 2, tolerance: 0 }),
            question(Kind::ShortText, &[], Key::Texts(vec!["một cửa".into()])),
        ];
        for writing in complete {
            assert_eq!(writing.check(), [], "{:?}", writing.content.kind);
        }
    }

    #[test]
    fn text_explanation_and_legal_basis_are_needed() {
        let mut writing = single();
        writing.content.text.clear();
        assert_eq!(refusal_at(&writing, "text"), Some(Refusal::Required));
        let mut writing = single();
        writing.explanation.clear();
        assert_eq!(refusal_at(&writing, "explanation"), Some(Refusal::Required));
        let mut writing = single();
        writing.legal.document = " ".into();
        assert_eq!(refusal_at(&writing, "legal_document"), Some(Refusal::LegalBasisMissing));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let blank = Writing::blank(TopicId(Uuid::nil()));
        let fields: Vec<String> = blank.check().into_iter().map(|(field, _)| field.0.into_owned()).collect();
        assert_eq!(fields, ["text", "option1", "option2", "option3", "option4", "right", "legal_document", "explanation"]);
        assert_eq!(blank.check_draft(), [], "a draft may be unfinished");
    }

    #[test]
    fn options_are_neither_empty_nor_repeated_nor_too_few() {
        let mut writing = single();
        writing.content.choices[1].text = " ".into();
        assert_eq!(refusal_at(&writing, "option2"), Some(Refusal::OptionEmpty));
        let mut writing = single();
        writing.content.choices[2].text = "bộ  nội vụ".into();
        assert_eq!(refusal_at(&writing, "option3"), Some(Refusal::OptionTwice));
        assert_eq!(question(Kind::Single, &["Xã Sơn Hà", "Xã Sơn Hạ"], Key::One(0)).check(), [], "marks make a difference");
        assert_eq!(refusal_at(&question(Kind::Single, &["một"], Key::One(0)), "options"), Some(Refusal::OptionCount));
        assert_eq!(refusal_at(&question(Kind::Ordering, &["một", "hai"], Key::AsWritten), "options"), Some(Refusal::OptionCount));
        assert_eq!(refusal_at(&question(Kind::Matching, &["một", "hai"], Key::AsWritten), "options"), Some(Refusal::OptionCount));
        assert_eq!(refusal_at(&question(Kind::TrueFalse, &["một", "hai"], Key::Truth(true)), "options"), Some(Refusal::OptionCount));
    }

    #[test]
    fn the_key_fits_the_kind() {
        let missing = [
            (question(Kind::Single, &["a", "b"], Key::One(2)), "right"),
            (question(Kind::Single, &["a", "b"], Key::Truth(true)), "right"),
            (question(Kind::TrueFalse, &[], Key::One(0)), "truth"),
            (question(Kind::Number, &[], Key::AsWritten), "answer"),
            (question(Kind::ShortText, &[], Key::Texts(vec![])), "texts"),
            (question(Kind::ShortText, &[], Key::Texts(vec![" ".into()])), "texts"),
        ];
        for (writing, field) in missing {
            assert_eq!(refusal_at(&writing, field), Some(Refusal::KeyMissing), "{writing:?}");
        }
        let mut writing = single();
        writing.key = None;
        assert_eq!(refusal_at(&writing, "right"), Some(Refusal::KeyMissing));
        let one_of_several = question(Kind::Several, &["a", "b", "c"], Key::Set(vec![1]));
        assert_eq!(refusal_at(&one_of_several, "right"), Some(Refusal::TwoKeysNeeded));
        let negative = question(Kind::Number, &[], Key::Number { scaled: 5, decimals: 0, tolerance: -1 });
        assert_eq!(refusal_at(&negative, "tolerance"), Some(Refusal::OutOfRange));
    }

    #[test]
    fn pins_stay_where_something_is_shuffled() {
        let mut writing = single();
        writing.content.choices[2].pinned = true;
        assert_eq!(writing.check(), []);
        writing.content.choices[1].pinned = true;
        assert_eq!(refusal_at(&writing, "pin"), Some(Refusal::PinMisplaced));
        let mut ordering = question(Kind::Ordering, &["a", "b", "c"], Key::AsWritten);
        ordering.content.choices[2].pinned = true;
        assert_eq!(refusal_at(&ordering, "pin"), Some(Refusal::PinMisplaced));
    }

    #[test]
    fn texts_have_their_length() {
        for (field, spoil) in [
            ("text", (|writing: &mut Writing| writing.content.text = "x".repeat(4_001)) as fn(&mut Writing)),
            ("explanation", |writing| writing.explanation = "x".repeat(4_001)),
            ("option1", |writing| writing.content.choices[0].text = "x".repeat(501)),
            ("legal_document", |writing| writing.legal.document = "x".repeat(301)),
            ("legal_article", |writing| writing.legal.article = "x".repeat(301)),
            ("unit", |writing| writing.content.unit = "x".repeat(41)),
            ("tags", |writing| writing.tags = vec!["x".repeat(41)]),
            ("tags", |writing| writing.tags = vec!["x".into(); 11]),
        ] {
            let mut writing = single();
            spoil(&mut writing);
            assert_eq!(refusal_at(&writing, field), Some(Refusal::TooLong), "{field}");
            assert_eq!(writing.check_draft().len(), 1, "{field} is too long even for a draft");
        }
        let long = question(Kind::ShortText, &[], Key::Texts(vec!["x".repeat(501)]));
        assert_eq!(refusal_at(&long, "texts"), Some(Refusal::TooLong));
    }

    #[test]
    fn a_validity_ends_after_it_begins() {
        let mut writing = single();
        writing.legal.from = Timestamp::read_date("2025-07-01");
        writing.legal.until = Timestamp::read_date("2025-07-01");
        assert_eq!(refusal_at(&writing, "legal_until"), Some(Refusal::EndsTooEarly));
        writing.legal.until = Timestamp::read_date("2025-07-02");
        assert_eq!(writing.check(), []);
    }
}
