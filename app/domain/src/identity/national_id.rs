//! The personal identity number (số định danh cá nhân): read, compared and masked, never shown.

use crate::Refusal;

/// Twelve digits; neither `Debug` nor a page shows them.
#[derive(Clone, PartialEq, Eq)]
pub struct NationalId(String);

impl std::fmt::Debug for NationalId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NationalId(hidden)")
    }
}

impl NationalId {
    /// Reads what is typed: twelve digits, spaces ignored.
    ///
    /// # Errors
    /// [`Refusal::Required`], [`Refusal::OldIdNumber`] for nine digits, [`Refusal::BadIdNumber`] for anything else.
    pub fn read(typed: &str) -> Result<Self, Refusal> {
        let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        let only_digits = digits.bytes().all(|b| b.is_ascii_digit());
        match digits.len() {
            0 => Err(Refusal::Required),
            9 if only_digits => Err(Refusal::OldIdNumber),
            12 if only_digits => Ok(Self(digits)),
            _ => Err(Refusal::BadIdNumber),
        }
    }

    /// The digits, to be sealed or compared; never to be shown.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// The last three digits.
    pub fn tail(&self) -> &str {
        &self.0[9..]
    }
}

/// How a number is shown when only its last three digits are known: `•••••••••234`.
pub fn masked_id(tail: &str) -> String {
    format!("•••••••••{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn twelve_digits_are_read_and_masked() {
        let id = NationalId::read(" 051 085 001 234 ").expect("twelve digits");
        assert_eq!(id.digits(), "051085001234");
        assert_eq!(masked_id(id.tail()), "•••••••••234");
        assert_eq!(format!("{id:?}"), "NationalId(hidden)");
    }

    #[test]
    fn the_old_card_is_told_apart() {
        assert_eq!(NationalId::read("212 345 678"), Err(Refusal::OldIdNumber));
        assert_eq!(NationalId::read(""), Err(Refusal::Required));
        for typed in ["05108500123", "0510850012345", "05108500123a", "21234567x", "０５１０"] {
            assert_eq!(NationalId::read(typed), Err(Refusal::BadIdNumber), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_it(typed in "\\PC{0,20}") {
            if let Ok(id) = NationalId::read(&typed) {
                prop_assert_eq!(id.tail().len(), 3);
            }
        }
    }
}
