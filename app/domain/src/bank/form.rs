//! The editor's form: what an author types becomes a writing, and a writing becomes what the form shows.

use super::{Choice, Content, Difficulty, Key, Kind, LegalBasis, Quantity, Writing};
use crate::{
    Field, Refusal, Refused, Timestamp,
    vietnamese::{tidy, tidy_text},
};

/// The most rows of options that the form has.
pub const MOST_ROWS: usize = 8;

/// Names and values as a form sends them, in the order of the page.
pub type Pairs = [(String, String)];

fn one<'a>(pairs: &'a Pairs, name: &str) -> &'a str {
    pairs.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.as_str())
}

fn all<'a>(pairs: &'a Pairs, name: &'a str) -> impl Iterator<Item = &'a str> {
    pairs.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// The numbers (from 1) of the rows that are ticked under this name, as places (from 0).
fn ticked(pairs: &Pairs, name: &str, rows: usize) -> Vec<u8> {
    let mut places: Vec<u8> =
        all(pairs, name).filter_map(|value| value.parse::<u8>().ok()?.checked_sub(1)).filter(|place| usize::from(*place) < rows).collect();
    places.sort_unstable();
    places.dedup();
    places
}

/// The texts of `name1`, `name2` … up to the last that is not empty.
fn rows(pairs: &Pairs, name: &str) -> Vec<String> {
    let mut texts: Vec<String> = (1..=MOST_ROWS).map(|n| tidy(one(pairs, &format!("{name}{n}")))).collect();
    let filled = texts.iter().rposition(|text| !text.is_empty()).map_or(0, |last| last + 1);
    texts.truncate(filled);
    texts
}

/// Reads the form. What is missing is no refusal here, a draft may be unfinished; what cannot be read is.
pub fn read(pairs: &Pairs) -> (Option<Writing>, Refused) {
    let mut refused = Refused::new();
    let mut refuse = |field: &'static str, refusal: Refusal| refused.push((Field::named(field), refusal));
    let kind = Kind::from_code(one(pairs, "kind"));
    let difficulty = Difficulty::from_code(one(pairs, "difficulty"));
    let topic = one(pairs, "topic").parse().ok();
    for (field, chosen) in [("kind", kind.is_some()), ("difficulty", difficulty.is_some()), ("topic", topic.is_some())] {
        if !chosen {
            refuse(field, Refusal::NotOffered);
        }
    }
    let mut day = |field: &'static str| match one(pairs, field).trim() {
        "" => None,
        typed => Timestamp::read_date(typed).or_else(|| {
            refuse(field, Refusal::NotADate);
            None
        }),
    };
    let (from, until) = (day("legal_from"), day("legal_until"));
    let kind = kind.unwrap_or(Kind::Single);
    let content = content(pairs, kind);
    let key = match key(pairs, &content) {
        Ok(key) => key,
        Err((field, refusal)) => {
            refuse(field, refusal);
            None
        }
    };
    let writing = topic.zip(difficulty).map(|(topic, difficulty)| Writing {
        topic,
        difficulty,
        content,
        key,
        explanation: tidy_text(one(pairs, "explanation")),
        legal: LegalBasis { document: tidy(one(pairs, "legal_document")), article: tidy(one(pairs, "legal_article")), from, until },
        tags: one(pairs, "tags").split(',').map(tidy).filter(|tag| !tag.is_empty()).collect(),
    });
    (writing.filter(|_| refused.is_empty()), refused)
}

/// Reads what a contestant would see, as far as it is typed: a preview never refuses.
pub fn read_content(pairs: &Pairs) -> Content {
    content(pairs, Kind::from_code(one(pairs, "kind")).unwrap_or(Kind::Single))
}

fn content(pairs: &Pairs, kind: Kind) -> Content {
    let has_choices = matches!(kind, Kind::Single | Kind::Several | Kind::Ordering | Kind::Matching);
    let mut texts = if has_choices { rows(pairs, "option") } else { vec![] };
    let mut matches = if kind == Kind::Matching { rows(pairs, "match") } else { vec![] };
    if kind == Kind::Matching {
        // A pair of which one side is still empty keeps its row.
        let pairs = texts.len().max(matches.len());
        texts.resize(pairs, String::new());
        matches.resize(pairs, String::new());
    }
    let pinned = if matches!(kind, Kind::Single | Kind::Several) { ticked(pairs, "pin", texts.len()) } else { vec![] };
    let choice = |(place, text): (u8, String)| Choice { text, pinned: pinned.contains(&place) };
    Content {
        kind,
        text: tidy_text(one(pairs, "text")),
        choices: (0..).zip(texts).map(choice).collect(),
        matches,
        unit: if kind == Kind::Number { tidy(one(pairs, "unit")) } else { String::new() },
    }
}

fn key(pairs: &Pairs, content: &Content) -> Result<Option<Key>, (&'static str, Refusal)> {
    let rights = || ticked(pairs, "right", content.choices.len());
    Ok(match content.kind {
        Kind::Single => match rights()[..] {
            [right] => Some(Key::One(right)),
            _ => None,
        },
        Kind::Several => Some(Key::Set(rights())).filter(|key| *key != Key::Set(vec![])),
        Kind::TrueFalse => one(pairs, "truth").parse().ok().map(Key::Truth),
        Kind::Ordering | Kind::Matching => Some(Key::AsWritten),
        Kind::Number => number(one(pairs, "answer"), one(pairs, "tolerance"))?,
        Kind::ShortText => {
            let texts: Vec<String> = one(pairs, "texts").lines().map(tidy).filter(|text| !text.is_empty()).collect();
            Some(Key::Texts(texts)).filter(|key| *key != Key::Texts(vec![]))
        }
    })
}

fn number(answer: &str, tolerance: &str) -> Result<Option<Key>, (&'static str, Refusal)> {
    if answer.trim().is_empty() {
        return Ok(None);
    }
    let answer = Quantity::read(answer).map_err(|refusal| ("answer", refusal))?;
    let margin = if tolerance.trim().is_empty() { "0" } else { tolerance };
    let margin = Quantity::read(margin).map_err(|refusal| ("tolerance", refusal))?;
    let decimals = answer.decimals.max(margin.decimals);
    let (answer, margin) = answer.widened(decimals).zip(margin.widened(decimals)).ok_or(("answer", Refusal::OutOfRange))?;
    Ok(Some(Key::Number { scaled: answer.scaled, decimals, tolerance: margin.scaled }))
}

/// What the form shows of a writing.
pub fn fill(writing: &Writing) -> Vec<(String, String)> {
    let date = |moment: Option<Timestamp>| moment.map(Timestamp::date).unwrap_or_default();
    let content = &writing.content;
    let mut pairs: Vec<(String, String)> = [
        ("topic", writing.topic.to_string()),
        ("difficulty", writing.difficulty.code().to_owned()),
        ("kind", content.kind.code().to_owned()),
        ("text", content.text.clone()),
        ("unit", content.unit.clone()),
        ("explanation", writing.explanation.clone()),
        ("legal_document", writing.legal.document.clone()),
        ("legal_article", writing.legal.article.clone()),
        ("legal_from", date(writing.legal.from)),
        ("legal_until", date(writing.legal.until)),
        ("tags", writing.tags.join(", ")),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    for (n, choice) in (1..).zip(&content.choices) {
        pairs.push((format!("option{n}"), choice.text.clone()));
        if choice.pinned {
            pairs.push(("pin".to_owned(), n.to_string()));
        }
        if writing.marks(n - 1) {
            pairs.push(("right".to_owned(), n.to_string()));
        }
    }
    pairs.extend((1..).zip(&content.matches).map(|(n, text): (usize, &String)| (format!("match{n}"), text.clone())));
    match &writing.key {
        Some(Key::Truth(truth)) => pairs.push(("truth".to_owned(), truth.to_string())),
        Some(Key::Number { scaled, decimals, tolerance }) => {
            pairs.push(("answer".to_owned(), Quantity { scaled: *scaled, decimals: *decimals }.to_string()));
            pairs.push(("tolerance".to_owned(), Quantity { scaled: *tolerance, decimals: *decimals }.to_string()));
        }
        Some(Key::Texts(texts)) => pairs.push(("texts".to_owned(), texts.join("\n"))),
        Some(Key::One(_) | Key::Set(_) | Key::AsWritten) | None => {}
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::TopicId;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn typed(more: &[(&str, &str)]) -> Vec<(String, String)> {
        let topic = Uuid::from_u128(7).to_string();
        let basis = [("topic", topic.as_str()), ("difficulty", "apply"), ("text", " Cơ quan nào? ")];
        more.iter().chain(&basis).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn accepted(more: &[(&str, &str)]) -> Writing {
        let (writing, refused) = read(&typed(more));
        assert_eq!(refused, []);
        writing.expect("a writing")
    }

    fn refused(more: &[(&str, &str)]) -> Refused {
        let (writing, refused) = read(&typed(more));
        assert_eq!(writing, None);
        refused
    }

    #[test]
    fn options_are_read_up_to_the_last_that_says_something() {
        let writing = accepted(&[
            ("kind", "single"),
            ("option1", " Bộ  Nội vụ"),
            ("option2", ""),
            ("option3", "VCCI"),
            ("option4", ""),
            ("right", "3"),
            ("pin", "1"),
        ]);
        let texts: Vec<(&str, bool)> = writing.content.choices.iter().map(|choice| (choice.text.as_str(), choice.pinned)).collect();
        assert_eq!(texts, [("Bộ Nội vụ", true), ("", false), ("VCCI", false)]);
        assert_eq!(writing.key, Some(Key::One(2)));
        assert_eq!(writing.content.text, "Cơ quan nào?");
    }

    #[test]
    fn keys_are_read_by_kind() {
        assert_eq!(accepted(&[("kind", "single"), ("option1", "a"), ("right", "2")]).key, None, "there is no second row");
        assert_eq!(
            accepted(&[("kind", "several"), ("option1", "a"), ("option2", "b"), ("right", "2"), ("right", "1")]).key,
            Some(Key::Set(vec![0, 1]))
        );
        assert_eq!(accepted(&[("kind", "true_false"), ("truth", "false")]).key, Some(Key::Truth(false)));
        assert_eq!(accepted(&[("kind", "true_false")]).key, None);
        assert_eq!(
            accepted(&[("kind", "short_text"), ("texts", "một cửa\n\n một  cửa liên thông")]).key,
            Some(Key::Texts(vec!["một cửa".into(), "một cửa liên thông".into()]))
        );
        let number = accepted(&[("kind", "number"), ("answer", "88,37"), ("tolerance", "0,5"), ("unit", "%")]);
        assert_eq!(number.key, Some(Key::Number { scaled: 8_837, decimals: 2, tolerance: 50 }));
        assert_eq!(number.content.unit, "%");
        let pairs = accepted(&[("kind", "matching"), ("option1", "PAPI"), ("match1", "UNDP"), ("match2", "VCCI")]);
        assert_eq!((pairs.content.choices.len(), pairs.content.matches.len(), pairs.key), (2, 2, Some(Key::AsWritten)));
    }

    #[test]
    fn what_cannot_be_read_is_refused_at_its_field() {
        assert_eq!(refused(&[("kind", "essay")]), [("kind".into(), Refusal::NotOffered)]);
        assert_eq!(refused(&[("kind", "number"), ("answer", "88.37")]), [("answer".into(), Refusal::AmbiguousNumber)]);
        assert_eq!(refused(&[("kind", "number"), ("answer", "5"), ("tolerance", "ít")]), [("tolerance".into(), Refusal::NotANumber)]);
        assert_eq!(
            refused(&[("kind", "single"), ("legal_from", "hôm qua"), ("legal_until", "2025-13-01")]),
            [("legal_from".into(), Refusal::NotADate), ("legal_until".into(), Refusal::NotADate)]
        );
        let (writing, nothing) = read(&[]);
        assert_eq!(writing, None);
        assert_eq!(nothing.iter().map(|(field, _)| field.0.as_ref()).collect::<Vec<_>>(), ["kind", "difficulty", "topic"]);
    }

    fn any_writing() -> impl Strategy<Value = Writing> {
        let words = "[a-z]{1,9}( [a-z]{1,9}){0,2}";
        let options = prop::collection::vec((words, any::<bool>()), 1..=8);
        (0..Kind::ALL.len(), 0..Difficulty::ALL.len(), options, any::<bool>(), -999_999_i64..999_999, 0_u8..4, 0_i64..400).prop_map(
            |(kind, difficulty, options, flag, scaled, decimals, days)| {
                let kind = Kind::ALL[kind];
                let has = |kinds: &[Kind]| kinds.contains(&kind);
                let mut writing = Writing::blank(TopicId(Uuid::from_u128(9)));
                writing.difficulty = Difficulty::ALL[difficulty];
                writing.content.kind = kind;
                writing.content.matches =
                    if has(&[Kind::Matching]) { options.iter().map(|(text, _)| format!("{text} x")).collect() } else { vec![] };
                writing.content.unit = if has(&[Kind::Number]) { "%".into() } else { String::new() };
                writing.key = match kind {
                    Kind::Single => Some(Key::One(0)),
                    Kind::Several => flag.then(|| Key::Set((0..).take(options.len()).collect())),
                    Kind::TrueFalse => Some(Key::Truth(flag)),
                    Kind::Ordering | Kind::Matching => Some(Key::AsWritten),
                    Kind::Number => Some(Key::Number { scaled, decimals, tolerance: days }),
                    Kind::ShortText => Some(Key::Texts(options.iter().map(|(text, _)| text.clone()).collect())),
                };
                let may_pin = has(&[Kind::Single, Kind::Several]);
                let choices = options.into_iter().map(|(text, pinned)| Choice { text, pinned: pinned && may_pin });
                writing.content.choices = if may_pin || has(&[Kind::Ordering, Kind::Matching]) { choices.collect() } else { vec![] };
                writing.legal.from = Some(crate::time::Day(20_000 + days).start());
                writing.tags = vec!["một cửa".into(), "PAPI".into()];
                writing
            },
        )
    }

    proptest! {
        #[test]
        fn what_the_form_shows_reads_back(writing in any_writing()) {
            let (back, refused) = read(&fill(&writing));
            prop_assert_eq!(refused, vec![]);
            prop_assert_eq!(back, Some(writing));
        }
    }
}
