//! Steps on the rows of options that need no script: one row more, a row up, down, or away.

use engine::bank::form::{MOST_ROWS, Pairs};

/// The form after the pressed button: what was typed, its rows changed as asked.
pub fn stepped(values: &Pairs) -> Vec<(String, String)> {
    let deed = values.iter().find(|(name, _)| name == "deed").map_or("", |(_, deed)| deed.as_str());
    let (step, row) = deed.split_once('-').unwrap_or((deed, ""));
    let row = row.parse().unwrap_or(0);
    let step = match step {
        "more" => Step::More,
        "up" if (2..=MOST_ROWS).contains(&row) => Step::Exchange(row - 1),
        "down" if (1..MOST_ROWS).contains(&row) => Step::Exchange(row),
        "remove" if (1..=MOST_ROWS).contains(&row) => Step::Remove(row),
        _ => Step::Nothing,
    };
    values.iter().filter(|(name, _)| name != "deed").filter_map(|(name, value)| step.take(name, value)).collect()
}

/// What happens to the rows, which are counted from 1.
#[derive(Clone, Copy)]
enum Step {
    Nothing,
    More,
    /// This row and the next change places.
    Exchange(usize),
    Remove(usize),
}

impl Step {
    /// Where a row stands afterwards; nowhere, when it is the one that is removed.
    fn place(self, row: usize) -> Option<usize> {
        match self {
            Self::Exchange(first) if row == first => Some(row + 1),
            Self::Exchange(first) if row == first + 1 => Some(first),
            Self::Remove(removed) if row == removed => None,
            Self::Remove(removed) if row > removed => Some(row - 1),
            _ => Some(row),
        }
    }

    /// A field after the step: its name, or its value where that is the number of a row.
    fn take(self, name: &str, value: &str) -> Option<(String, String)> {
        for group in ["option", "match"] {
            if let Some(row) = name.strip_prefix(group).and_then(|row| row.parse().ok()) {
                return Some((format!("{group}{}", self.place(row)?), value.to_owned()));
            }
        }
        let value = match (name, value.parse()) {
            ("right" | "pin", Ok(row)) => self.place(row)?.to_string(),
            ("rows", Ok(rows)) => self.count(rows).to_string(),
            _ => value.to_owned(),
        };
        Some((name.to_owned(), value))
    }

    /// How many rows are shown afterwards.
    fn count(self, rows: usize) -> usize {
        match self {
            Self::More => (rows + 1).min(MOST_ROWS),
            Self::Remove(_) => rows.saturating_sub(1),
            Self::Nothing | Self::Exchange(_) => rows,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::stepped;

    fn after(deed: &str) -> Vec<(String, String)> {
        let typed = [("option1", "a"), ("option2", "b"), ("option3", "c"), ("match2", "y"), ("right", "2"), ("pin", "3"), ("rows", "4")];
        let typed: Vec<_> =
            typed.iter().chain(&[("deed", deed), ("text", "2")]).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let mut after = stepped(&typed);
        after.sort();
        after
    }

    fn is(after: &[(String, String)], expected: &[(&str, &str)]) {
        let after: Vec<_> = after.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(after, expected);
    }

    #[test]
    fn a_row_moves_with_its_words_and_marks() {
        let up = [
            ("match1", "y"),
            ("option1", "b"),
            ("option2", "a"),
            ("option3", "c"),
            ("pin", "3"),
            ("right", "1"),
            ("rows", "4"),
            ("text", "2"),
        ];
        is(&after("up-2"), &up);
        is(&after("down-1"), &up);
        let down = [
            ("match3", "y"),
            ("option1", "a"),
            ("option2", "c"),
            ("option3", "b"),
            ("pin", "2"),
            ("right", "3"),
            ("rows", "4"),
            ("text", "2"),
        ];
        is(&after("down-2"), &down);
    }

    #[test]
    fn a_row_is_removed_with_its_marks_and_the_others_close_up() {
        is(&after("remove-2"), &[("option1", "a"), ("option2", "c"), ("pin", "2"), ("rows", "3"), ("text", "2")]);
    }

    #[test]
    fn one_row_more_changes_nothing_else_and_what_cannot_be_done_is_not() {
        let same = [
            ("match2", "y"),
            ("option1", "a"),
            ("option2", "b"),
            ("option3", "c"),
            ("pin", "3"),
            ("right", "2"),
            ("rows", "4"),
            ("text", "2"),
        ];
        for deed in ["preview", "up-1", "up-9", "up-", "down-8", "down-x", "remove-0"] {
            is(&after(deed), &same);
        }
        let mut more = same;
        more[6].1 = "5";
        is(&after("more"), &more);
    }
}
