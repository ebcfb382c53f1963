//! Vietnamese text: composed form, folding for search, the order of names and of numbers.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Composed form (NFC), inner spaces single, ends trimmed: how every typed line is kept.
pub fn tidy(typed: &str) -> String {
    typed.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Composed form (NFC) of a text of several lines, with `\n` line ends and trimmed ends.
pub fn tidy_text(typed: &str) -> String {
    typed.nfc().collect::<String>().replace("\r\n", "\n").replace('\r', "\n").trim().to_owned()
}

/// What search compares: lower case, marks stripped, đ→d, single spaces.
pub fn fold(text: &str) -> String {
    let bare: String = text.to_lowercase().nfd().filter(|c| !is_combining_mark(*c)).map(|c| if c == 'đ' { 'd' } else { c }).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a name carries a Vietnamese mark anywhere.
pub fn has_diacritics(text: &str) -> bool {
    text.to_lowercase().nfd().any(|c| is_combining_mark(c) || c == 'đ')
}

/// A key whose byte order is the Vietnamese order: letters first (a ă â b c d đ e ê …), then the five tones.
pub fn order_key(text: &str) -> String {
    let mut letters = String::new();
    let mut tones = String::new();
    for c in text.to_lowercase().nfc() {
        let (letter, tone) = letter_and_tone(c);
        letters.push_str(letter_rank(letter).as_ref());
        tones.push(tone);
    }
    format!("{letters}\u{1}{tones}")
}

/// A key that orders people by given name, then by the whole name, as Vietnamese lists do.
pub fn person_key(full_name: &str) -> String {
    let given = full_name.split_whitespace().next_back().unwrap_or_default();
    format!("{}\u{2}{}", order_key(given), order_key(full_name))
}

/// "14.492": a whole number with dots for thousands.
pub fn number(n: i64) -> String {
    let digits = n.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3 + 1);
    if n < 0 {
        out.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}

/// "88,37": a fixed-point number given in units of `10^-decimals`, with a decimal comma.
pub fn decimal(scaled: i64, decimals: u32) -> String {
    if decimals == 0 {
        return number(scaled);
    }
    let unit = 10_u64.pow(decimals);
    let size = scaled.unsigned_abs();
    let sign = if scaled < 0 { "-" } else { "" };
    let whole = number(i64::try_from(size / unit).unwrap_or(i64::MAX));
    format!("{sign}{whole},{:0width$}", size % unit, width = decimals as usize)
}

/// Separates a letter from its tone: `ệ` → (`ê`, 5). Tones in dictionary order: ngang, huyền, hỏi, ngã, sắc, nặng.
fn letter_and_tone(c: char) -> (char, char) {
    let mut tone = '0';
    let rest: String = std::iter::once(c)
        .nfd()
        .filter(|mark| match mark {
            '\u{300}' => {
                tone = '1';
                false
            }
            '\u{309}' => {
                tone = '2';
                false
            }
            '\u{303}' => {
                tone = '3';
                false
            }
            '\u{301}' => {
                tone = '4';
                false
            }
            '\u{323}' => {
                tone = '5';
                false
            }
            _ => true,
        })
        .nfc()
        .collect();
    (rest.chars().next().unwrap_or(c), tone)
}

/// A letter's place in the Vietnamese alphabet as text whose byte order is that place.
fn letter_rank(letter: char) -> std::borrow::Cow<'static, str> {
    match letter {
        'ă' => "a1".into(),
        'â' => "a2".into(),
        'đ' => "d1".into(),
        'ê' => "e1".into(),
        'ô' => "o1".into(),
        'ơ' => "o2".into(),
        'ư' => "u1".into(),
        ' ' => " ".into(),
        'a' | 'd' | 'e' | 'o' | 'u' => format!("{letter}0").into(),
        other => other.to_string().into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn search_ignores_marks_and_case() {
        assert_eq!(fold("  Đặc khu  Lý Sơn "), "dac khu ly son");
        assert_eq!(fold("Ph\u{1b0}\u{1a1}\u{300}ng Cẩm Thành"), "phuong cam thanh");
    }

    #[test]
    fn names_are_composed() {
        assert_eq!(tidy(" Nguye\u{302}\u{303}n   Va\u{306}n A "), "Nguyễn Văn A");
        assert!(has_diacritics("Đỗ Nam"));
        assert!(!has_diacritics("Nguyen Van An"));
    }

    #[test]
    fn people_stand_by_given_name_in_vietnamese_order() {
        let mut people = vec!["Trần Văn Dũng", "Lê Thị Đào", "Phạm Ánh", "Võ An", "Nguyễn Thị Ân", "Bùi Ăn", "Hồ Dung"];
        people.sort_by_key(|name| person_key(name));
        assert_eq!(people, ["Võ An", "Phạm Ánh", "Bùi Ăn", "Nguyễn Thị Ân", "Hồ Dung", "Trần Văn Dũng", "Lê Thị Đào"]);
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!(number(14_492), "14.492");
        assert_eq!(number(-1_000_000), "-1.000.000");
        assert_eq!(decimal(8_837, 2), "88,37");
        assert_eq!(decimal(-5, 2), "-0,05");
        assert_eq!(decimal(7, 0), "7");
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn a_number_keeps_its_digits(n in any::<i64>()) {
            prop_assert_eq!(number(n).replace('.', ""), n.to_string());
        }
    }
}
