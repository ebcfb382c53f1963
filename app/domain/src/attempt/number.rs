//! Numbers as people type them in Vietnam: dots and spaces part thousands, a comma parts decimals.
//! What could be read in two ways is refused, never guessed.

use crate::{
    Refusal,
    contest::{Prediction, PredictionTarget},
    vietnamese,
};

/// No number has more decimals than this.
const MOST_DECIMALS: u8 = 6;
/// Nothing that is predicted can be larger: more people than Vietnam has.
const MOST_PEOPLE: i64 = 1_000_000_000;

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
    if fraction.len() > usize::from(MOST_DECIMALS) {
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

/// Reads a prediction in units of the rule's decimals; `None` when nothing was typed.
///
/// # Errors
/// [`Refusal::NotANumber`], [`Refusal::AmbiguousNumber`] or [`Refusal::OutOfRange`].
pub fn read_prediction(typed: &str, asked: &Prediction) -> Result<Option<i64>, Refusal> {
    let typed = typed.trim().trim_end_matches(unit(asked.target)).trim_end();
    if typed.is_empty() {
        return Ok(None);
    }
    let percent = asked.target == PredictionTarget::PercentPerfect;
    // In a percentage a dot may be meant as the decimal sign, in a count a comma as thousands.
    if typed.contains(if percent { '.' } else { ',' }) {
        return Err(Refusal::AmbiguousNumber);
    }
    let (scaled, decimals) = read_decimal(typed)?;
    let wanted = if percent { asked.decimals.min(MOST_DECIMALS) } else { 0 };
    let missing = wanted.checked_sub(decimals).ok_or(Refusal::OutOfRange)?;
    let value = scaled.checked_mul(10_i64.pow(missing.into())).ok_or(Refusal::OutOfRange)?;
    let most = if percent { 100 * 10_i64.pow(wanted.into()) } else { MOST_PEOPLE };
    if (0..=most).contains(&value) { Ok(Some(value)) } else { Err(Refusal::OutOfRange) }
}

/// What is counted: "người", "lượt", "%".
pub const fn unit(target: PredictionTarget) -> &'static str {
    match target {
        PredictionTarget::People | PredictionTarget::PeoplePerfect => "người",
        PredictionTarget::Attempts => "lượt",
        PredictionTarget::PercentPerfect => "%",
    }
}

/// The number with its unit, as the page repeats it: "14.492 người".
pub fn echo(value: i64, asked: &Prediction) -> String {
    let decimals = if asked.target == PredictionTarget::PercentPerfect { asked.decimals } else { 0 };
    format!("{} {}", vietnamese::decimal(value, decimals.into()), unit(asked.target))
}

/// How an answer may be typed.
pub fn example(asked: &Prediction) -> String {
    match (asked.target, asked.decimals) {
        (PredictionTarget::PercentPerfect, 0) => "ví dụ: 12".to_owned(),
        (PredictionTarget::PercentPerfect, decimals) => format!("ví dụ: 12,{}", &"345678"[..usize::from(decimals.min(6))]),
        _ => "ví dụ: 14492 hoặc 14.492".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::BlankPrediction;
    use proptest::prelude::*;

    fn asked(target: PredictionTarget, decimals: u8) -> Prediction {
        Prediction { question: String::new(), target, decimals, blank: BlankPrediction::RanksLast }
    }

    #[test]
    fn a_count_is_read_with_or_without_thousands() {
        let people = asked(PredictionTarget::People, 0);
        for typed in ["14492", "14.492", "14 492", " 14\u{a0}492 ", "14.492 người", "014492"] {
            assert_eq!(read_prediction(typed, &people), Ok(Some(14_492)), "{typed}");
        }
        assert_eq!(read_prediction("  ", &people), Ok(None));
        assert_eq!(echo(14_492, &people), "14.492 người");
    }

    #[test]
    fn what_could_be_two_numbers_is_refused() {
        let people = asked(PredictionTarget::People, 0);
        for typed in ["14,492", "14.49", "14.4920", "1.44.92", "0.500", ".492"] {
            assert_eq!(read_prediction(typed, &people), Err(Refusal::AmbiguousNumber), "{typed}");
        }
        assert_eq!(read_prediction("12.5", &asked(PredictionTarget::PercentPerfect, 2)), Err(Refusal::AmbiguousNumber));
        assert_eq!(read_decimal("1,5,5"), Err(Refusal::AmbiguousNumber));
    }

    #[test]
    fn a_percentage_has_a_comma() {
        let percent = asked(PredictionTarget::PercentPerfect, 5);
        assert_eq!(read_prediction("12,34567", &percent), Ok(Some(1_234_567)));
        assert_eq!(read_prediction("12,5 %", &percent), Ok(Some(1_250_000)));
        assert_eq!(read_prediction("100", &percent), Ok(Some(10_000_000)));
        assert_eq!(echo(1_250_000, &percent), "12,50000 %");
        assert_eq!(example(&percent), "ví dụ: 12,34567");
    }

    #[test]
    fn what_lies_outside_is_refused() {
        let percent = asked(PredictionTarget::PercentPerfect, 2);
        for typed in ["100,01", "-1", "12,345", "99999999999999999999"] {
            assert_eq!(read_prediction(typed, &percent), Err(Refusal::OutOfRange), "{typed}");
        }
        assert_eq!(read_prediction("2.000.000.000", &asked(PredictionTarget::Attempts, 0)), Err(Refusal::OutOfRange));
    }

    #[test]
    fn words_are_no_number() {
        for typed in ["nhiều", "12a", "1e5", "-", ",5", "5,", "１２"] {
            assert_eq!(read_decimal(typed), Err(Refusal::NotANumber), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_echoed_reads_back(value in 0_i64..=10_000_000, count in 0_i64..=MOST_PEOPLE) {
            let percent = asked(PredictionTarget::PercentPerfect, 5);
            prop_assert_eq!(read_prediction(&echo(value, &percent), &percent), Ok(Some(value)));
            let people = asked(PredictionTarget::PeoplePerfect, 0);
            prop_assert_eq!(read_prediction(&echo(count, &people), &people), Ok(Some(count)));
        }

        #[test]
        fn nothing_typed_panics(typed in "\\PC{0,30}") {
            let _ = read_decimal(&typed);
            let _ = read_prediction(&typed, &asked(PredictionTarget::PercentPerfect, 6));
        }
    }
}
