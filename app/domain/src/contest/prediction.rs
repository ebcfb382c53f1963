//! Reading and echoing a prediction: whole numbers or fixed point, never a float.

use super::{Prediction, PredictionTarget};
use crate::{Refusal, vietnamese};

/// The largest whole number that is taken: more people than there are.
const LARGEST: i64 = 10_000_000_000;

impl PredictionTarget {
    /// The unit of the number.
    pub const fn unit(self) -> &'static str {
        match self {
            Self::People | Self::PeoplePerfect => "người",
            Self::Attempts => "lượt",
            Self::PercentPerfect => "%",
        }
    }

    /// Whether it is a percentage.
    pub const fn is_percentage(self) -> bool {
        matches!(self, Self::PercentPerfect)
    }
}

impl Prediction {
    /// Decimals that count: none but of a percentage.
    pub fn scale(&self) -> u32 {
        if self.target.is_percentage() { u32::from(self.decimals) } else { 0 }
    }

    /// "14.492 người", "88,37 %".
    pub fn figure(&self, scaled: i64) -> String {
        format!("{} {}", vietnamese::decimal(scaled, self.scale()), self.target.unit())
    }

    /// "Anh/chị dự đoán: 14.492 người".
    pub fn echo(&self, scaled: Option<i64>) -> String {
        scaled.map_or_else(|| "Anh/chị chưa dự đoán".to_owned(), |scaled| format!("Anh/chị dự đoán: {}", self.figure(scaled)))
    }

    /// An example of how to write it, the same for everybody.
    pub fn example(&self) -> String {
        let scaled = if self.target.is_percentage() {
            12 * 10_i64.pow(self.scale()) + 345_678 / 10_i64.pow(6_u32.saturating_sub(self.scale()))
        } else {
            12_345
        };
        vietnamese::decimal(scaled, self.scale())
    }

    /// What stands below the question: target, unit, example, and what a blank means.
    pub fn hint(&self) -> String {
        let decimals = if self.scale() > 0 { format!(", {} chữ số sau dấu phẩy", self.scale()) } else { String::new() };
        format!(
            "Dự đoán {} (đơn vị: {}{decimals}). Ví dụ: {}. Quy định: {}.",
            self.target.label(),
            self.target.unit(),
            self.example(),
            self.blank.label()
        )
    }
}

/// Reads what a contestant typed; an empty answer is no prediction. The value is in units of `10^-decimals`.
///
/// In a whole number, dots and spaces separate thousands; in a percentage, a comma separates the decimals.
///
/// # Errors
/// [`Refusal::AmbiguousNumber`] when it could mean two numbers, [`Refusal::NotANumber`],
/// [`Refusal::TooManyDecimals`] or [`Refusal::OutOfRange`].
pub fn read_prediction(typed: &str, prediction: &Prediction) -> Result<Option<i64>, Refusal> {
    let tidy = vietnamese::tidy(typed);
    let bare = tidy.strip_suffix(prediction.target.unit()).unwrap_or(&tidy).trim();
    if bare.is_empty() {
        return if tidy.is_empty() { Ok(None) } else { Err(Refusal::NotANumber) };
    }
    if let Some(rest) = bare.strip_prefix(['-', '−']) {
        let digits = rest.trim().starts_with(|c: char| c.is_ascii_digit());
        return Err(if digits { Refusal::OutOfRange } else { Refusal::NotANumber });
    }
    if !bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ')) || !bare.contains(|c: char| c.is_ascii_digit()) {
        return Err(Refusal::NotANumber);
    }
    if prediction.target.is_percentage() { read_percentage(bare, prediction.scale()) } else { read_whole(bare) }.map(Some)
}

fn read_whole(bare: &str) -> Result<i64, Refusal> {
    let separator = bare.chars().find(|c| !c.is_ascii_digit());
    let digits = match separator {
        None => bare.to_owned(),
        Some(',') => return Err(Refusal::AmbiguousNumber),
        Some(separator) => {
            let mut groups = bare.split(separator);
            let first = groups.next().unwrap_or_default();
            let head = (1..=3).contains(&first.len()) && !first.starts_with('0') && all_digits(first);
            if !head || !groups.all(|group| group.len() == 3 && all_digits(group)) {
                return Err(Refusal::AmbiguousNumber);
            }
            bare.replace(separator, "")
        }
    };
    // Digits only by now: what does not fit is too large.
    digits.parse().ok().filter(|n| *n <= LARGEST).ok_or(Refusal::OutOfRange)
}

fn read_percentage(bare: &str, decimals: u32) -> Result<i64, Refusal> {
    let (whole, rest) = bare.split_once(',').unwrap_or((bare, ""));
    let misplaced = bare.ends_with(',') || whole.is_empty();
    if misplaced || !all_digits(whole) || !all_digits(rest) {
        return Err(Refusal::AmbiguousNumber);
    }
    let width = decimals as usize;
    if rest.len() > width {
        return Err(Refusal::TooManyDecimals);
    }
    let digits = format!("{whole}{rest:0<width$}");
    let largest = 100 * 10_i64.pow(decimals);
    digits.parse().ok().filter(|n| *n <= largest).ok_or(Refusal::OutOfRange)
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::BlankPrediction;
    use proptest::prelude::*;

    fn people() -> Prediction {
        Prediction {
            question: "Có bao nhiêu người?".to_owned(),
            target: PredictionTarget::People,
            decimals: 0,
            blank: BlankPrediction::RanksLast,
        }
    }

    fn percent(decimals: u8) -> Prediction {
        Prediction { target: PredictionTarget::PercentPerfect, decimals, ..people() }
    }

    #[test]
    fn dots_and_spaces_are_thousands_of_a_whole_number() {
        for typed in ["14492", "14.492", "14 492", " 14\u{a0}492 ", "14.492 người"] {
            assert_eq!(read_prediction(typed, &people()), Ok(Some(14_492)), "{typed}");
        }
        assert_eq!(read_prediction("1.014.492", &people()), Ok(Some(1_014_492)));
        assert_eq!(read_prediction("0", &people()), Ok(Some(0)));
    }

    #[test]
    fn what_could_be_two_numbers_is_refused() {
        for typed in ["14,492", "14.49", "1.4492", "14 49", "1.014 492", "0.492", ".492", "14.", "14..492"] {
            assert_eq!(read_prediction(typed, &people()), Err(Refusal::AmbiguousNumber), "{typed}");
        }
        for typed in ["88.37", "1 2", "88,3,7", ",5", "88,", "8.8,37"] {
            assert_eq!(read_prediction(typed, &percent(2)), Err(Refusal::AmbiguousNumber), "{typed}");
        }
    }

    #[test]
    fn a_comma_is_the_decimal_sign_of_a_percentage() {
        assert_eq!(read_prediction("88,37", &percent(2)), Ok(Some(8_837)));
        assert_eq!(read_prediction("88,37 %", &percent(5)), Ok(Some(8_837_000)));
        assert_eq!(read_prediction("88", &percent(2)), Ok(Some(8_800)));
        assert_eq!(read_prediction("100", &percent(2)), Ok(Some(10_000)));
        assert_eq!(read_prediction("0,5", &percent(1)), Ok(Some(5)));
        assert_eq!(read_prediction("88,375", &percent(2)), Err(Refusal::TooManyDecimals));
        assert_eq!(read_prediction("100,01", &percent(2)), Err(Refusal::OutOfRange));
    }

    #[test]
    fn nothing_typed_is_no_prediction_and_words_are_no_number() {
        assert_eq!(read_prediction("  ", &people()), Ok(None));
        for typed in ["nhiều", "12a", "1e5", "người", "--5", "٣", "."] {
            assert_eq!(read_prediction(typed, &people()), Err(Refusal::NotANumber), "{typed}");
        }
        assert_eq!(read_prediction("-5", &people()), Err(Refusal::OutOfRange));
        assert_eq!(read_prediction("99999999999999999999", &people()), Err(Refusal::OutOfRange));
    }

    #[test]
    fn the_page_says_what_it_understood() {
        assert_eq!(people().echo(Some(14_492)), "Anh/chị dự đoán: 14.492 người");
        assert_eq!(percent(2).echo(Some(8_837)), "Anh/chị dự đoán: 88,37 %");
        assert_eq!(people().echo(None), "Anh/chị chưa dự đoán");
        assert_eq!(percent(2).example(), "12,34");
        assert_eq!(percent(0).example(), "12");
        assert_eq!(percent(5).example(), "12,34567");
        assert!(people().hint().contains("số người dự thi"));
    }

    proptest! {
        #[test]
        fn what_is_echoed_reads_back(n in 0..=LARGEST) {
            prop_assert_eq!(read_prediction(&people().figure(n), &people()), Ok(Some(n)));
        }

        #[test]
        fn a_percentage_reads_back(decimals in 0_u8..=6, n in 0_i64..=100_000_000) {
            let rule = percent(decimals);
            let n = n.min(100 * 10_i64.pow(u32::from(decimals)));
            prop_assert_eq!(read_prediction(&rule.figure(n), &rule), Ok(Some(n)));
        }

        #[test]
        fn an_example_reads(decimals in 0_u8..=6) {
            prop_assert!(matches!(read_prediction(&percent(decimals).example(), &percent(decimals)), Ok(Some(_))));
        }

        #[test]
        fn nothing_typed_makes_it_fall(typed in "\\PC{0,20}") {
            let _ = read_prediction(&typed, &people());
            let _ = read_prediction(&typed, &percent(3));
        }
    }
}
