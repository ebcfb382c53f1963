//! A login: a phone number, or a name given by the roster.

use crate::{Refusal, vietnamese::fold};

const SHORTEST_NAME: usize = 4;
const LONGEST_NAME: usize = 40;

/// Reads a login as people type it: "0905 123 456", "+84 905.123.456", "Lan.NT".
///
/// # Errors
/// [`Refusal::Required`] when nothing is typed, [`Refusal::BadLogin`] when it is neither.
pub fn read_login(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Refusal::Required);
    }
    if typed.chars().any(char::is_alphabetic) { read_name(typed) } else { read_phone(typed).map_err(|_| Refusal::BadLogin) }
}

/// Reads a phone number: ten digits from 0, with or without +84, spaces, dots, hyphens and brackets.
///
/// # Errors
/// [`Refusal::Required`] when nothing is typed, [`Refusal::BadPhone`] when it is none.
pub fn read_phone(typed: &str) -> Result<String, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Refusal::Required);
    }
    let bare: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-' | '(' | ')')).collect();
    let local = match bare.strip_prefix("+84").or_else(|| bare.strip_prefix("84").filter(|rest| rest.len() == 9)) {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => bare,
    };
    let shaped = local.len() == 10 && local.starts_with('0') && local.bytes().all(|b| b.is_ascii_digit());
    if shaped { Ok(local) } else { Err(Refusal::BadPhone) }
}

fn read_name(typed: &str) -> Result<String, Refusal> {
    let name = typed.to_lowercase();
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.');
    let shaped = (SHORTEST_NAME..=LONGEST_NAME).contains(&name.len()) && !name.starts_with('.') && !name.ends_with('.');
    if plain && shaped && !name.contains("..") { Ok(name) } else { Err(Refusal::BadLogin) }
}

/// How a login is looked up at sign-in: what cannot be one is simply an unknown one.
pub fn login_key(typed: &str) -> String {
    read_login(typed).unwrap_or_else(|_| fold(typed))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_phone_number_is_read_however_it_is_written() {
        for typed in
            ["0905123456", " 0905 123 456 ", "0905.123.456", "+84 905 123 456", "84905123456", "+84 (0) 905-123-456", "(0905) 123456"]
        {
            assert_eq!(read_phone(typed), Ok("0905123456".into()), "{typed}");
            assert_eq!(read_login(typed), Ok("0905123456".into()), "{typed}");
        }
    }

    #[test]
    fn other_numbers_are_no_phone() {
        for typed in ["090512345", "09051234567", "1905123456", "84051", "+1 905 123 456", "０９０５１２３４５６"] {
            assert_eq!(read_phone(typed), Err(Refusal::BadPhone), "{typed}");
            assert_eq!(read_login(typed), Err(Refusal::BadLogin), "{typed}");
        }
        assert_eq!(read_phone("  "), Err(Refusal::Required));
    }

    #[test]
    fn a_roster_name_is_kept_in_lower_case() {
        assert_eq!(read_login(" Lan.NT "), Ok("lan.nt".into()));
        assert_eq!(read_login("snv001"), Ok("snv001".into()));
        for typed in ["lan", "lân.nt", "lan nt", ".lan", "lan.", "lan..nt", "lan@noivu", &"a".repeat(41)] {
            assert_eq!(read_login(typed), Err(Refusal::BadLogin), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_was_read_reads_back_the_same(typed in "\\PC{0,20}") {
            if let Ok(login) = read_login(&typed) {
                prop_assert_eq!(read_login(&login), Ok(login));
            }
        }
    }
}
