//! What changed between two versions, word by word.

use super::{Content, Writing};
use crate::Timestamp;

/// A stretch of a text compared with another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// In both.
    Same(String),
    /// Only in the new one.
    Added(String),
    /// Only in the old one.
    Removed(String),
}

/// A part of the question that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which part: "Câu hỏi", "Phương án 2", "Đáp án" …
    pub what: String,
    /// Its words.
    pub parts: Vec<Part>,
}

/// Words and the spaces between them, so that they join to the text again.
fn words(text: &str) -> Vec<&str> {
    let mut words = vec![];
    let mut start = 0;
    let mut in_space = None;
    for (at, sign) in text.char_indices() {
        let space = sign.is_whitespace();
        if in_space.is_some_and(|before| before != space) {
            words.push(&text[start..at]);
            start = at;
        }
        in_space = Some(space);
    }
    if start < text.len() {
        words.push(&text[start..]);
    }
    words
}

/// Lines, each with the empty ones after it: an empty line by itself would be found again anywhere.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = vec![];
    let mut start = 0;
    for (at, sign) in text.match_indices('\n') {
        let end = at + sign.len();
        if !text[end..].starts_with(['\n', '\r']) {
            lines.push(&text[start..end]);
            start = end;
        }
    }
    if start < text.len() {
        lines.push(&text[start..]);
    }
    lines
}

/// Longest common subsequence lengths of every pair of suffixes.
fn suffixes(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut longest = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i][j] = if old[i] == new[j] { longest[i + 1][j + 1] + 1 } else { longest[i + 1][j].max(longest[i][j + 1]) };
        }
    }
    longest
}

/// The most pairs that are weighed against each other: 16 MiB of counts.
const MOST_PAIRS: usize = 4_000_000;

/// The difference of two texts, word by word; of long ones line by line, then word by word within what gave way.
pub fn difference(old: &str, new: &str) -> Vec<Part> {
    if let Some(parts) = compared(&words(old), &words(new)) {
        return parts;
    }
    let lines = compared(&lines(old), &lines(new)).unwrap_or_else(|| vec![Part::Removed(old.to_owned()), Part::Added(new.to_owned())]);
    let mut parts = vec![];
    let mut lines = lines.into_iter().peekable();
    while let Some(part) = lines.next() {
        let replaced = lines.next_if(|next| matches!((&part, next), (Part::Removed(_), Part::Added(_))));
        let finer = match (&part, &replaced) {
            (Part::Removed(old), Some(Part::Added(new))) => compared(&words(old), &words(new)),
            _ => None,
        };
        finer.unwrap_or_else(|| [part].into_iter().chain(replaced).collect()).into_iter().for_each(|part| push(&mut parts, part));
    }
    parts
}

/// The difference of two texts in pieces; none when that would weigh too many pairs.
fn compared(old: &[&str], new: &[&str]) -> Option<Vec<Part>> {
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        return None;
    }
    let longest = suffixes(old, new);
    let (mut i, mut j) = (0, 0);
    let mut parts = vec![];
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            push(&mut parts, Part::Same(old[i].to_owned()));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && longest[i + 1][j] >= longest[i][j + 1]) {
            push(&mut parts, Part::Removed(old[i].to_owned()));
            i += 1;
        } else {
            push(&mut parts, Part::Added(new[j].to_owned()));
            j += 1;
        }
    }
    Some(parts)
}

/// Appends a part, joined to the last one of its sort.
fn push(parts: &mut Vec<Part>, part: Part) {
    match (parts.last_mut(), &part) {
        (Some(Part::Same(text)), Part::Same(more))
        | (Some(Part::Added(text)), Part::Added(more))
        | (Some(Part::Removed(text)), Part::Removed(more)) => text.push_str(more),
        _ => parts.push(part),
    }
}

/// What differs between two versions; `topics` names the topic of the old and of the new one.
pub fn changes(old: &Writing, new: &Writing, topics: (&str, &str)) -> Vec<Change> {
    let (before, after) = (facts(old, topics.0), facts(new, topics.1));
    let mut names: Vec<&String> = before.iter().map(|(name, _)| name).collect();
    names.extend(after.iter().map(|(name, _)| name).filter(|name| !before.iter().any(|(known, _)| known == *name)));
    let text_of = |facts: &[(String, String)], name: &str| {
        facts.iter().find(|(known, _)| known == name).map(|(_, text)| text.clone()).unwrap_or_default()
    };
    names
        .into_iter()
        .map(|name| (name, text_of(&before, name), text_of(&after, name)))
        .filter(|(_, old, new)| old != new)
        .map(|(name, old, new)| Change { what: name.clone(), parts: difference(&old, &new) })
        .collect()
}

/// A writing as named texts, in the order in which people read it.
fn facts(writing: &Writing, topic: &str) -> Vec<(String, String)> {
    let Content { kind, text, choices, matches, unit } = &writing.content;
    let date = |moment: Option<Timestamp>| moment.map(Timestamp::date).unwrap_or_default();
    let named = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let mut facts = vec![
        named("Chủ đề", topic),
        named("Mức độ", writing.difficulty.label()),
        named("Dạng câu hỏi", kind.label()),
        named("Câu hỏi", text),
    ];
    facts.extend((1..).zip(choices).map(|(n, choice): (usize, _)| {
        let pinned = if choice.pinned { " (giữ nguyên vị trí)" } else { "" };
        (format!("Phương án {n}"), format!("{}{pinned}", choice.text))
    }));
    facts.extend((1..).zip(matches).map(|(n, text): (usize, _)| (format!("Vế phải {n}"), text.clone())));
    facts.extend([
        named("Đơn vị tính", unit),
        ("Đáp án".to_owned(), writing.key.as_ref().map(|key| key.words(&writing.content)).unwrap_or_default()),
        named("Giải thích", &writing.explanation),
        named("Căn cứ pháp lý", &writing.legal.document),
        named("Điều, khoản", &writing.legal.article),
        ("Có hiệu lực từ".to_owned(), date(writing.legal.from)),
        ("Hết hiệu lực từ".to_owned(), date(writing.legal.until)),
        ("Nhãn".to_owned(), writing.tags.join(", ")),
    ]);
    facts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        bank::{Choice, Key},
        id::TopicId,
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn same(text: &str) -> Part {
        Part::Same(text.into())
    }

    #[test]
    fn only_the_changed_words_stand_out() {
        let parts = difference("Nghị định số 61/2018/NĐ-CP quy định", "Nghị định số 118/2025/NĐ-CP quy định");
        assert_eq!(
            parts,
            [same("Nghị định số "), Part::Removed("61/2018/NĐ-CP".into()), Part::Added("118/2025/NĐ-CP".into()), same(" quy định")]
        );
    }

    #[test]
    fn long_texts_are_compared_by_lines_and_endless_ones_as_a_whole() {
        let lines = |count: usize, first: &str| first.to_owned() + &"một hai ba\n".repeat(count);
        let parts = difference(&lines(500, "Mỗi người hai lượt.\n"), &lines(500, "Mỗi người ba lượt.\n"));
        let rest = " lượt.\n".to_owned() + &lines(500, "");
        assert_eq!(parts, [same("Mỗi người "), Part::Removed("hai".into()), Part::Added("ba".into()), Part::Same(rest)]);
        let (old, new) = (lines(2_001, "cũ\n"), lines(2_001, "mới\n"));
        assert_eq!(difference(&old, &new), [Part::Removed(old.clone()), Part::Added(new.clone())]);
    }

    #[test]
    fn a_new_paragraph_of_a_long_text_stands_out_whole_beside_one_that_changed() {
        let rest = "\n\nMột hai ba bốn.".repeat(600);
        let old = format!("# Thể lệ\n\nMỗi người thi hai lượt trong đợt.{rest}");
        let new = format!("# Thể lệ\n\nBan Tổ chức điều hành.\n\nMỗi người thi ba lượt trong đợt.{rest}");
        let parts = difference(&old, &new);
        let added = |text: &str| Part::Added(text.into());
        assert_eq!(
            parts,
            [
                same("# Thể lệ\n\n"),
                added("Ban Tổ chức điều hành.\n\n"),
                same("Mỗi người thi "),
                Part::Removed("hai".into()),
                added("ba"),
                same(&format!(" lượt trong đợt.{rest}")),
            ]
        );
    }

    #[test]
    fn a_change_of_the_key_and_an_added_option_are_told() {
        let mut old = Writing::blank(TopicId(Uuid::nil()));
        old.content.choices = ["Bộ Nội vụ", "VCCI"].map(|text| Choice { text: text.into(), pinned: false }).into();
        old.key = Some(Key::One(0));
        let mut new = old.clone();
        new.content.choices.push(Choice { text: "UNDP".into(), pinned: false });
        new.key = Some(Key::One(1));
        let told = changes(&old, &new, ("Chỉ số", "Chỉ số"));
        assert_eq!(told.iter().map(|change| change.what.as_str()).collect::<Vec<_>>(), ["Đáp án", "Phương án 3"]);
        assert!(changes(&old, &old, ("a", "a")).is_empty());
        assert_eq!(changes(&old, &old, ("a", "b"))[0].what, "Chủ đề");
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_back(old in "[ab \n]{0,40}", new in "[ab \n]{0,40}") {
            let (mut before, mut after) = (String::new(), String::new());
            for part in difference(&old, &new) {
                match part {
                    Part::Same(text) => { before.push_str(&text); after.push_str(&text); }
                    Part::Added(text) => after.push_str(&text),
                    Part::Removed(text) => before.push_str(&text),
                }
            }
            prop_assert_eq!((before, after), (old, new));
        }
    }
}
