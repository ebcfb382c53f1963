//! The phone number of a help line: written as people write it, and one that can be dialled in Vietnam.

use crate::Refusal;

/// What an extension begins with.
const EXTENSION: &str = "máy lẻ";

/// Whether somebody who reads this tidy line can dial it: a landline or mobile number (also with +84), one of 1800 or
/// 1900, or a short one such as 1022; an extension may follow ("máy lẻ 12").
///
/// # Errors
/// [`Refusal::BadHelpLine`].
pub fn check_help_line(line: &str) -> Result<(), Refusal> {
    let line = line.to_lowercase();
    let dialled = match line.split_once(EXTENSION) {
        None => is_number(&line),
        Some((number, extension)) => is_number(number) && is_extension(extension),
    };
    if dialled { Ok(()) } else { Err(Refusal::BadHelpLine) }
}

fn is_number(typed: &str) -> bool {
    let typed = typed.trim();
    let (begins, rest) = typed.strip_prefix("+84").map_or(("", typed), |rest| ("0", rest));
    let separates = |c: char| matches!(c, ' ' | '.' | '-' | '(' | ')');
    if rest.chars().any(|c| !c.is_ascii_digit() && !separates(c)) {
        return false;
    }
    let digits: String = begins.chars().chain(rest.chars().filter(char::is_ascii_digit)).collect();
    match (digits.as_bytes(), digits.len()) {
        // Landlines (02…) have eleven digits, mobile numbers ten.
        ([b'0', b'2', ..], 11) | ([b'0', b'3'..=b'9', ..], 10) | ([b'1', b'8' | b'9', b'0', b'0', ..], 8..=10) => true,
        ([b'1', ..], 3..=5) => begins.is_empty(),
        _ => false,
    }
}

fn is_extension(typed: &str) -> bool {
    let digits = typed.trim_matches([' ', ':', ')']);
    matches!(digits.len(), 1..=5) && digits.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_can_be_dialled_is_taken_as_it_is_written() {
        for line in [
            "0255 3822 123",
            "0255.3822.123",
            "(0255) 3822-123",
            "02553822123",
            "+84 255 3822 123",
            "0905 123 456",
            "1022",
            "1900 1234",
            "1800.599920",
            "0255 3822 123 máy lẻ 12",
            "0255 3822 123 (Máy lẻ: 104)",
        ] {
            assert_eq!(check_help_line(line), Ok(()), "{line}");
        }
    }

    #[test]
    fn what_nobody_can_dial_is_refused() {
        for line in [
            "",
            "abc",
            "gọi văn phòng",
            "0255",
            "255 3822 123",
            "0055 3822 123",
            "0255 382 212",
            "0905 123 4567",
            "0255 3822 123 456",
            "12",
            "123456",
            "1900 12",
            "+84 1022",
            "84 255 3822 123",
            "0255 3822 123 máy lẻ",
            "0255 3822 123 máy lẻ mười",
            "máy lẻ 12",
            "0905 123 456, 0905 123 457",
        ] {
            assert_eq!(check_help_line(line), Err(Refusal::BadHelpLine), "{line}");
        }
    }
}
