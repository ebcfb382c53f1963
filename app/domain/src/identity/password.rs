//! Which passwords are too easy to guess here.

use crate::{Refusal, vietnamese::fold};
use std::collections::BTreeSet;

const SHORTEST: usize = 8;
/// Beyond this, hashing would be work for whoever likes to send books.
const LONGEST: usize = 200;
/// What people of this place and this contest would try first.
const PLACE: &[&str] = &[
    "caicachhanhchinh",
    "hanhchinhcong",
    "quangngai",
    "hanhchinh",
    "nguoidung",
    "caicach",
    "matkhau",
    "vietnam",
    "kontum",
    "hoithi",
    "cuocthi",
    "lyson",
    "ubnd",
    "cchc",
    "tthc",
    "tinh",
];

/// Refuses a password that is short, common, or made of words of the place or the own login.
///
/// `common` holds lower-case passwords that are known to be common.
///
/// # Errors
/// [`Refusal::Required`], [`Refusal::PasswordShort`], [`Refusal::TooLong`], [`Refusal::PasswordCommon`] or [`Refusal::PasswordIsLogin`].
pub fn check_password(password: &str, login: &str, common: &BTreeSet<&str>) -> Result<(), Refusal> {
    let length = password.chars().count();
    if length == 0 {
        return Err(Refusal::Required);
    }
    if length < SHORTEST {
        return Err(Refusal::PasswordShort);
    }
    if length > LONGEST {
        return Err(Refusal::TooLong);
    }
    let folded = fold(password);
    if login.len() >= 4 && bare(&folded).contains(&bare(login)) {
        return Err(Refusal::PasswordIsLogin);
    }
    let known =
        common.contains(password.to_lowercase().as_str()) || common.contains(folded.as_str()) || common.contains(bare(&folded).as_str());
    if known || names_the_place(&folded) || monotonous(&folded) { Err(Refusal::PasswordCommon) } else { Ok(()) }
}

/// Letters and digits alone.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether hardly anything is left of it without figures, signs and the words of the place: `QuangNgai@2026`.
fn names_the_place(folded: &str) -> bool {
    let letters: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
    let rest = PLACE.iter().fold(letters.clone(), |rest, word| rest.replace(word, ""));
    rest.len() < letters.len() && rest.chars().count() < 3
}

/// Whether it has fewer than four different signs: `aaaaaaaa`, `12121212`.
fn monotonous(folded: &str) -> bool {
    folded.chars().collect::<BTreeSet<_>>().len() < 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(password: &str) -> Result<(), Refusal> {
        check_password(password, "0905123456", &BTreeSet::from(["mật khẩu nhớ", "password1", "iloveyou1"]))
    }

    #[test]
    fn eight_signs_are_enough_and_any_signs_are_welcome() {
        assert_eq!(check("Trà-Bồng"), Ok(()));
        assert_eq!(check("con đường xưa"), Ok(()));
        assert_eq!(check("bảyký tự"), Ok(()));
        assert_eq!(check("bảykýtự"), Err(Refusal::PasswordShort));
        assert_eq!(check(""), Err(Refusal::Required));
        assert_eq!(check(&"dài ơi".repeat(40)), Err(Refusal::TooLong));
    }

    #[test]
    fn common_passwords_are_refused_in_any_case() {
        for password in ["Password1", "ILOVEYOU1", "i.love.you.1", "mật khẩu nhớ", "11111111", "121212121212"] {
            assert_eq!(check(password), Err(Refusal::PasswordCommon), "{password}");
        }
    }

    #[test]
    fn words_of_the_place_with_figures_are_refused() {
        for password in ["quangngai", "QuangNgai@2026", "Quảng Ngãi 76", "cchc2026!!", "HoiThiCCHC", "matkhau123", "ubndtinh01"] {
            assert_eq!(check(password), Err(Refusal::PasswordCommon), "{password}");
        }
        assert_eq!(check("quảng ngãi có núi ấn"), Ok(()), "a sentence about the place is fine");
    }

    #[test]
    fn the_own_login_is_no_password() {
        assert_eq!(check("0905123456"), Err(Refusal::PasswordIsLogin));
        assert_eq!(check("a-0905.123.456"), Err(Refusal::PasswordIsLogin));
        assert_eq!(check_password("lan.nt-2026", "lan.nt", &BTreeSet::new()), Err(Refusal::PasswordIsLogin));
    }

    proptest! {
        #[test]
        fn no_password_breaks_the_rule(password in "\\PC{0,40}") {
            let _ = check(&password);
        }
    }
}
