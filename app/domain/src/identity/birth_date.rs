//! A date of birth, typed ngày/tháng/năm.

use crate::{Refusal, Timestamp};

/// Years that the oldest and the youngest who may enter have lived.
const OLDEST: i64 = 120;
const YOUNGEST: i64 = 6;
const YEAR_MS: i64 = 31_556_952_000;

/// Reads a date of birth: "05/06/1985", "5.6.1985", "05-06-1985"; the first moment of that day.
///
/// # Errors
/// [`Refusal::Required`], [`Refusal::NotADate`], or [`Refusal::BadBirthDate`] for a day on which nobody who enters was born.
pub fn read_birth_date(typed: &str, now: Timestamp) -> Result<Timestamp, Refusal> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Err(Refusal::Required);
    }
    let year_first = typed.find(|c: char| !c.is_ascii_digit()) == Some(4);
    let parts: Vec<&str> = typed.split(['.', '-', '/', ' ']).filter(|part| !part.is_empty()).collect();
    let separated = parts.join(if year_first { "-" } else { "/" });
    let born = Timestamp::read_date(&separated).ok_or(Refusal::NotADate)?;
    let years = (now - born).0.div_euclid(YEAR_MS);
    if (YOUNGEST..=OLDEST).contains(&years) { Ok(born) } else { Err(Refusal::BadBirthDate) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp(1_795_395_600_000);

    #[test]
    fn a_day_is_read_however_it_is_separated() {
        let day = Timestamp::read_date("1985-06-05").expect("a day");
        for typed in ["05/06/1985", "5/6/1985", "5.6.1985", "05-06-1985", " 05 06 1985 ", "05 / 06 / 1985", "1985-06-05"] {
            assert_eq!(read_birth_date(typed, NOW), Ok(day), "{typed}");
        }
        assert_eq!(day.date(), "05/06/1985");
    }

    #[test]
    fn what_is_no_day_of_birth_is_refused() {
        assert_eq!(read_birth_date(" ", NOW), Err(Refusal::Required));
        for typed in ["1985", "31/02/1985", "05/06/85", "06/1985", "hôm qua"] {
            assert_eq!(read_birth_date(typed, NOW), Err(Refusal::NotADate), "{typed}");
        }
        for typed in ["05/06/2027", "22/11/2026", "05/06/1885"] {
            assert_eq!(read_birth_date(typed, NOW), Err(Refusal::BadBirthDate), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_it(typed in "\\PC{0,20}") {
            let _ = read_birth_date(&typed, NOW);
        }
    }
}
