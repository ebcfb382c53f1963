//! Numbers as people type them in Vietnam: dots and spaces part thousands, a comma parts decimals.
//! What could be read in two ways is refused, never guessed. (A prediction has stricter rules of its own.)

use crate::Refusal;

/// No number has more decimals than this.
const MOST_DECIMALS: usize = 6;

/// Reads a number: its value in units of `10^-decimals`, and the decimals that were typed.
///
/// # Errors
/// [`Refusal::NotANumber`], [`Refusal::AmbiguousNumber`] or [`Refusal::OutOfRange`].
pub fn read_decimal(typed: &str) -> Result<(i64, u8), Refusal> {
    let typed = typed.trim();
    let (negative, size) = match typed.strip_prefix(['-', '−']) {
        Some(size) => (true, size.trim_start()),
        None => (false, typed),
    };
    let (whole, fraction) = size.split_once(',').unwrap_or((size, ""));
    if size.contains(',') && (fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(if fraction.contains([',', '.']) { Refusal::AmbiguousNumber } else { Refusal::NotANumber });
    }
    if fraction.len() > MOST_DECIMALS {
        return Err(Refusal::OutOfRange);
    }
    let digits = format!("{}{fraction}", read_thousands(whole)?);
    let scaled: i64 = digits.parse().map_err(|_| Refusal::OutOfRange)?;
    Ok((if negative { -scaled } else { scaled }, u8::try_from(fraction.len()).unwrap_or(0)))
}

/// The digits of a whole number whose thousands may be parted by dots or spaces.
fn read_thousands(typed: &str) -> Result<String, Refusal> {
    let parts: Vec<&str> = typed.split(['.', ' ', '\u{a0}', '\u{202f}']).collect();
    if parts.iter().any(|part| !part.bytes().all(|byte| byte.is_ascii_digit())) || parts.concat().is_empty() {
        return Err(Refusal::NotANumber);
    }
    let parted = parts.len() > 1;
    let regular = (1..=3).contains(&parts[0].len()) && parts[1..].iter().all(|part| part.len() == 3);
    // "14.49" may be fourteen and a half, or a slip; "0.500" may be a half.
    if parted && (!regular || parts[0] == "0") {
        return Err(Refusal::AmbiguousNumber);
    }
    Ok(parts.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vietnamese;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_read_with_or_without_thousands() {
        for typed in ["14492", "14.492", "14 492", " 14\u{a0}492 ", "014492"] {
            assert_eq!(read_decimal(typed), Ok((14_492, 0)), "{typed}");
        }
        assert_eq!(read_decimal("-1.204,50"), Ok((-120_450, 2)));
        assert_eq!(read_decimal("88,37"), Ok((8_837, 2)));
    }

    #[test]
    fn what_could_be_two_numbers_is_refused() {
        for typed in ["14.49", "14.4920", "1.44.92", "0.500", ".492", "1,5,5", "1,5.5"] {
            assert_eq!(read_decimal(typed), Err(Refusal::AmbiguousNumber), "{typed}");
        }
    }

    #[test]
    fn what_is_too_long_is_refused() {
        for typed in ["1,1234567", "99999999999999999999"] {
            assert_eq!(read_decimal(typed), Err(Refusal::OutOfRange), "{typed}");
        }
    }

    #[test]
    fn words_are_no_number() {
        for typed in ["", "nhiều", "12a", "1e5", "-", ",5", "5,", "１２"] {
            assert_eq!(read_decimal(typed), Err(Refusal::NotANumber), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(scaled in any::<i32>(), decimals in 0_u8..=6) {
            let shown = vietnamese::decimal(scaled.into(), decimals.into());
            prop_assert_eq!(read_decimal(&shown), Ok((scaled.into(), decimals)));
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC{0,30}") {
            let _ = read_decimal(&typed);
        }
    }
}
