//! Numbers as people in Vietnam type them: dots or spaces for thousands, a comma before the decimals.

use crate::{Refusal, vietnamese};

/// The most decimals that a number may have.
pub const MOST_DECIMALS: u8 = 6;
/// The most digits before the decimals: twelve and six decimals fit an `i64`.
const MOST_DIGITS: usize = 12;

/// A fixed-point number: `scaled` units of `10^-decimals`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// The value, scaled.
    pub scaled: i64,
    /// How many decimals `scaled` has.
    pub decimals: u8,
}

impl Quantity {
    /// Reads "50", "1,25", "14.492", "14 492,5" or "−3".
    ///
    /// # Errors
    /// [`Refusal::AmbiguousNumber`] when dots do not part thousands ("0.5"); [`Refusal::NotANumber`] for
    /// anything that is no number; [`Refusal::OutOfRange`] when it has too many digits.
    pub fn read(typed: &str) -> Result<Self, Refusal> {
        let typed = vietnamese::tidy(typed).replace(['\u{2212}', '\u{2013}'], "-");
        let (negative, size) = typed.strip_prefix('-').map_or((false, typed.as_str()), |rest| (true, rest.trim_start()));
        let (whole, part) = size.split_once(',').unwrap_or((size, ""));
        if size.ends_with(',') || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(Refusal::NotANumber);
        }
        let digits = ungroup(whole)?;
        let decimals = u8::try_from(part.len()).unwrap_or(u8::MAX);
        if digits.len() > MOST_DIGITS || decimals > MOST_DECIMALS {
            return Err(Refusal::OutOfRange);
        }
        let size: i64 = format!("{digits}{part}").parse().map_err(|_| Refusal::NotANumber)?;
        Ok(Self { scaled: if negative { -size } else { size }, decimals })
    }

    /// The same number with at least so many decimals, none if it no longer fits.
    pub fn widened(self, decimals: u8) -> Option<Self> {
        let more = decimals.saturating_sub(self.decimals);
        let scaled = self.scaled.checked_mul(10_i64.checked_pow(u32::from(more))?)?;
        Some(Self { scaled, decimals: self.decimals.max(decimals) })
    }
}

impl std::fmt::Display for Quantity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&vietnamese::decimal(self.scaled, u32::from(self.decimals)))
    }
}

/// The digits of a whole number, without the dots or spaces that part its thousands.
fn ungroup(whole: &str) -> Result<String, Refusal> {
    if whole.is_empty() || !whole.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b' ') {
        return Err(Refusal::NotANumber);
    }
    let groups: Vec<&str> = whole.split(['.', ' ']).collect();
    let parted = groups.len() == 1 || ((1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3));
    // "0.125" is no thousands either: somebody meant a decimal point.
    let leading_zero = groups.len() > 1 && groups[0].starts_with('0');
    if parted && !leading_zero && !(whole.contains('.') && whole.contains(' ')) {
        Ok(groups.concat())
    } else {
        Err(Refusal::AmbiguousNumber)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(typed: &str) -> Result<(i64, u8), Refusal> {
        Quantity::read(typed).map(|quantity| (quantity.scaled, quantity.decimals))
    }

    #[test]
    fn dots_part_thousands_and_a_comma_the_decimals() {
        assert_eq!(read("50"), Ok((50, 0)));
        assert_eq!(read(" 1,25 "), Ok((125, 2)));
        assert_eq!(read("14.492"), Ok((14_492, 0)));
        assert_eq!(read("1 014 492,5"), Ok((10_144_925, 1)));
        assert_eq!(read("−3"), Ok((-3, 0)));
        assert_eq!(read("0,05"), Ok((5, 2)));
    }

    #[test]
    fn a_decimal_point_is_refused_as_ambiguous() {
        for typed in ["0.5", "88.37", "1.2345", "0.125", "1.234 567"] {
            assert_eq!(read(typed), Err(Refusal::AmbiguousNumber), "{typed}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for typed in ["", "-", "năm mươi", "1,2,3", "12,", ",5", "50%", "1e5"] {
            assert_eq!(read(typed), Err(Refusal::NotANumber), "{typed}");
        }
        assert_eq!(read("1234567890123"), Err(Refusal::OutOfRange));
        assert_eq!(read("1,1234567"), Err(Refusal::OutOfRange));
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(scaled in -999_999_999_999_i64..=999_999_999_999, decimals in 0_u8..=6) {
            let quantity = Quantity { scaled, decimals };
            prop_assert_eq!(Quantity::read(&quantity.to_string()), Ok(quantity));
        }

        #[test]
        fn reading_never_panics(typed in "\\PC{0,20}") {
            let _ = Quantity::read(&typed);
        }
    }
}
