//! Reading what was typed into one field of a form: the value, or its refusal beside the others.

use crate::{
    Field, Refusal, Refused, Timestamp,
    vietnamese::{tidy, tidy_text},
};

/// The longest text of one page, in bytes.
const LONGEST_TEXT: usize = 60_000;

/// One line of text of a bounded number of characters; a lower bound of 0 leaves it optional.
pub(super) fn line(refused: &mut Refused, field: &'static str, typed: &str, (least, most): (usize, usize)) -> String {
    let tidy = tidy(typed);
    let length = tidy.chars().count();
    if least > 0 && length == 0 {
        refused.push((Field::named(field), Refusal::Required));
    } else if length < least {
        refused.push((Field::named(field), Refusal::TooShort));
    } else if length > most {
        refused.push((Field::named(field), Refusal::TooLong));
    }
    tidy
}

/// A text of several lines.
pub(super) fn text(refused: &mut Refused, field: &'static str, typed: &str) -> String {
    let tidy = tidy_text(typed);
    if tidy.len() > LONGEST_TEXT {
        refused.push((Field::named(field), Refusal::TooLong));
    }
    tidy
}

/// A choice among words; what was not sent is `usual`.
pub(super) fn choice<W: Copy>(refused: &mut Refused, field: &'static str, code: &str, usual: W, from_code: fn(&str) -> Option<W>) -> W {
    if code.is_empty() {
        return usual;
    }
    from_code(code).unwrap_or_else(|| {
        refused.push((Field::named(field), Refusal::NotOffered));
        usual
    })
}

/// A whole number within bounds; dots and spaces separate thousands.
pub(super) fn number(refused: &mut Refused, field: impl Into<Field>, typed: &str, (least, most): (i64, i64)) -> i64 {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '.').collect();
    let refusal = match digits.parse::<i64>() {
        Ok(n) if (least..=most).contains(&n) => return n,
        Ok(_) => Refusal::OutOfRange,
        Err(_) if digits.is_empty() => Refusal::Required,
        Err(_) => Refusal::NotANumber,
    };
    refused.push((field.into(), refusal));
    least
}

/// A number that may be left out.
pub(super) fn optional<N: TryFrom<i64>>(refused: &mut Refused, field: &'static str, typed: &str, bounds: (i64, i64)) -> Option<N> {
    if typed.trim().is_empty() {
        return None;
    }
    N::try_from(number(refused, field, typed, bounds)).ok()
}

/// A moment, which must be there.
pub(super) fn moment(refused: &mut Refused, field: &'static str, typed: &str) -> Option<Timestamp> {
    let read = Timestamp::read(typed);
    if read.is_none() {
        refused.push((Field::named(field), if typed.trim().is_empty() { Refusal::Required } else { Refusal::NotAMoment }));
    }
    read
}

/// A day that may be left out.
pub(super) fn date(refused: &mut Refused, field: &'static str, typed: &str) -> Option<Timestamp> {
    let read = Timestamp::read_date(typed);
    if read.is_none() && !typed.trim().is_empty() {
        refused.push((Field::named(field), Refusal::NotADate));
    }
    read
}
