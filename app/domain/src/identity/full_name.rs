//! A full name, "có dấu, như trên căn cước".

use crate::{
    Refusal,
    vietnamese::{has_diacritics, tidy},
};

const LONGEST: usize = 100;

/// What a name without any diacritic is gently told.
pub const NAME_WARNING: &str = "Họ và tên chưa có dấu. Nếu trên căn cước có dấu, xin sửa lại để giấy chứng nhận ghi đúng tên anh/chị.";

/// Reads a full name: composed, single spaces; letters, spaces, hyphens, dots and the apostrophes of Central Highlands names.
///
/// # Errors
/// [`Refusal::Required`], [`Refusal::TooLong`], or [`Refusal::BadName`] for anything that is no name.
pub fn read_full_name(typed: &str) -> Result<String, Refusal> {
    let name = tidy(typed);
    if name.is_empty() {
        return Err(Refusal::Required);
    }
    if name.chars().count() > LONGEST {
        return Err(Refusal::TooLong);
    }
    let plain =
        name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '.' | '\'' | '’') || ('\u{300}'..='\u{36f}').contains(&c));
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if plain && letters >= 2 { Ok(name) } else { Err(Refusal::BadName) }
}

/// The gentle warning for a name that carries no mark, which is unusual but not wrong; a missing name is asked for instead.
pub fn name_warning(name: &str) -> Option<&'static str> {
    (!name.trim().is_empty() && !has_diacritics(name)).then_some(NAME_WARNING)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_composed_and_tidied() {
        assert_eq!(read_full_name("  Nguye\u{302}\u{303}n  Thị Lan "), Ok("Nguyễn Thị Lan".into()));
        for name in ["Y Blơ K'Pă", "A Đuk", "Đinh Thị-Hà", "Y Nhơt Kbuôr"] {
            assert_eq!(read_full_name(name), Ok(name.to_owned()));
        }
    }

    #[test]
    fn what_is_no_name_is_refused() {
        assert_eq!(read_full_name("   "), Err(Refusal::Required));
        for typed in ["A", "Lan 1990", "<b>Lan</b>", "lan@noivu", "…"] {
            assert_eq!(read_full_name(typed), Err(Refusal::BadName), "{typed}");
        }
        assert_eq!(read_full_name(&"Lan ".repeat(30)), Err(Refusal::TooLong));
    }

    #[test]
    fn a_name_without_marks_is_taken_with_a_gentle_warning() {
        assert_eq!(read_full_name("Nguyen Thi Lan"), Ok("Nguyen Thi Lan".into()));
        assert_eq!(name_warning("Nguyen Thi Lan"), Some(NAME_WARNING));
        assert_eq!(name_warning("Nguyễn Thị Lan"), None);
        assert_eq!(name_warning("  "), None, "a missing name is asked for");
    }
}
