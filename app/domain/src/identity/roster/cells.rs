//! What one cell of a roster means: a code, a date, a count, a login.

use super::RosterFault;
use crate::{
    Refusal, Timestamp,
    identity::{Audience, Block, UnitKind, read_birth_date, read_email, read_full_name, read_login},
    vietnamese::{fold, tidy},
};

/// Longest name of a unit, and longest position.
pub const LONGEST_NAME: usize = 120;

type Read<T> = Result<T, RosterFault>;

/// A unit's code: a–z, 0–9, hyphens between.
///
/// # Errors
/// [`RosterFault::BadCode`].
pub fn code(typed: &str) -> Read<String> {
    let code = typed.trim().to_lowercase();
    let plain = code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    let shaped = (2..=64).contains(&code.len()) && !code.starts_with('-') && !code.ends_with('-') && !code.contains("--");
    if plain && shaped { Ok(code) } else { Err(RosterFault::BadCode) }
}

/// A name of a unit.
///
/// # Errors
/// When it is too long or has fewer than two letters.
pub fn name(typed: &str) -> Read<String> {
    let name = tidy(typed);
    if name.chars().count() > LONGEST_NAME {
        return Err(RosterFault::CellTooLong);
    }
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 { Err(RosterFault::NameTooShort) } else { Ok(name) }
}

/// A position.
///
/// # Errors
/// When it is too long.
pub fn position(typed: &str) -> Read<String> {
    let position = tidy(typed);
    if position.chars().count() > LONGEST_NAME { Err(RosterFault::CellTooLong) } else { Ok(position) }
}

/// A kind of unit by its code or Vietnamese name.
///
/// # Errors
/// [`RosterFault::BadKind`].
pub fn kind(typed: &str) -> Read<UnitKind> {
    let folded = fold(typed);
    let known = UnitKind::ALL.iter().copied().find(|kind| folded == kind.code() || folded == fold(kind.label()));
    known
        .or(match folded.as_str() {
            "so" | "ban" | "nganh" | "so, nganh" | "so nganh" | "so ban nganh" => Some(UnitKind::Department),
            "trung tam" | "chi cuc" | "don vi su nghiep" => Some(UnitKind::Centre),
            _ => None,
        })
        .ok_or(RosterFault::BadKind)
}

/// A block by its code or Vietnamese name, with or without the word "khối".
///
/// # Errors
/// [`RosterFault::BadBlock`].
pub fn block(typed: &str) -> Read<Block> {
    let folded = fold(typed);
    let bare = |text: &str| text.trim_start_matches("khoi ").replace(',', "").trim().to_owned();
    Block::ALL
        .iter()
        .copied()
        .find(|block| !folded.is_empty() && (folded == block.code() || bare(&folded) == bare(&fold(block.label()))))
        .ok_or(RosterFault::BadBlock)
}

/// The block in which units of this kind compete unless the file says otherwise.
pub const fn usual_block(kind: UnitKind) -> Block {
    match kind {
        UnitKind::Province => Block::None,
        UnitKind::Department | UnitKind::Centre => Block::Departments,
        UnitKind::Commune => Block::Communes,
        UnitKind::Ward | UnitKind::SpecialZone => Block::Wards,
    }
}

/// A count of people: dots and spaces separate thousands.
///
/// # Errors
/// [`RosterFault::BadHeadcount`].
pub fn headcount(typed: &str) -> Read<i64> {
    let digits: String = typed.chars().filter(|c| !matches!(c, '.' | ' ' | '\u{a0}')).collect();
    let number = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i64>().ok()).flatten();
    number.filter(|n| (0..=100_000).contains(n)).ok_or(RosterFault::BadHeadcount)
}

/// A date, its first moment in Vietnam.
///
/// # Errors
/// [`RosterFault::BadDate`].
pub fn date(typed: &str) -> Read<Timestamp> {
    Timestamp::read_date(typed).ok_or(RosterFault::BadDate)
}

/// A date of birth.
///
/// # Errors
/// [`RosterFault::BadBirthDate`].
pub fn birth_date(typed: &str, now: Timestamp) -> Read<Timestamp> {
    read_birth_date(typed, now).map_err(|_| RosterFault::BadBirthDate)
}

/// Former names, separated by semicolons.
///
/// # Errors
/// When one is too long.
pub fn former_names(typed: &str) -> Read<Vec<String>> {
    let names: Vec<String> = typed.split(';').map(tidy).filter(|name| !name.is_empty()).collect();
    if names.iter().any(|name| name.chars().count() > LONGEST_NAME) { Err(RosterFault::CellTooLong) } else { Ok(names) }
}

/// Yes or no.
///
/// # Errors
/// [`RosterFault::BadChoice`].
pub fn choice(typed: &str) -> Read<bool> {
    match fold(typed).as_str() {
        "co" | "x" | "true" | "1" => Ok(true),
        "khong" | "false" | "0" => Ok(false),
        _ => Err(RosterFault::BadChoice),
    }
}

/// A phone number or roster name. Spreadsheets drop the 0 before a phone number: nine digits get it back.
///
/// # Errors
/// [`RosterFault::BadLogin`].
pub fn login(typed: &str) -> Read<String> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
    let cut = digits.len() == 9 && digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    let whole = if cut { format!("0{digits}") } else { typed.to_owned() };
    read_login(&whole).map_err(|_| RosterFault::BadLogin)
}

/// A person's full name.
///
/// # Errors
/// When it is too long or no name.
pub fn full_name(typed: &str) -> Read<String> {
    read_full_name(typed).map_err(|refusal| match refusal {
        Refusal::Required => RosterFault::CellEmpty,
        Refusal::TooLong => RosterFault::CellTooLong,
        _ => RosterFault::BadName,
    })
}

/// An audience by its code or Vietnamese name.
///
/// # Errors
/// [`RosterFault::BadAudience`].
pub fn audience(typed: &str) -> Read<Audience> {
    let folded = fold(typed);
    let known = Audience::ALL.iter().copied().find(|audience| folded == audience.code() || folded == fold(audience.label()));
    known
        .or(match folded.as_str() {
            "cbccvc"
            | "cbccvc va nguoi lao dong"
            | "cbccvc, nguoi lao dong"
            | "cbccvcnld"
            | "can bo"
            | "cong chuc"
            | "vien chuc"
            | "nguoi lao dong"
            | "can bo, cong chuc, vien chuc" => Some(Audience::CivilServant),
            "cong dan" | "nhan dan" => Some(Audience::Citizen),
            _ => None,
        })
        .ok_or(RosterFault::BadAudience)
}

/// An e-mail address: something, an @, a domain with a dot.
///
/// # Errors
/// [`RosterFault::BadEmail`].
pub fn email(typed: &str) -> Read<String> {
    read_email(typed).map(|email| email.to_lowercase()).map_err(|_| RosterFault::BadEmail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_number_is_read_however_the_spreadsheet_wrote_it() {
        for typed in ["0905 123 456", "905123456", "+84905123456", "84905123456", "0905.123.456"] {
            assert_eq!(login(typed), Ok("0905123456".to_owned()), "{typed}");
        }
        assert_eq!(login("Lan.NT"), Ok("lan.nt".to_owned()));
        for typed in ["", "abc", "nguyễn.an", "12345", ".lan.nt", "lan..nt", "lan@x.vn", "01234567890"] {
            assert_eq!(login(typed), Err(RosterFault::BadLogin), "{typed}");
        }
    }

    #[test]
    fn kinds_and_blocks_are_read_by_code_and_by_name() {
        for known in UnitKind::ALL {
            assert_eq!(kind(known.code()), Ok(*known));
            assert_eq!(kind(known.label()), Ok(*known));
        }
        for known in Block::ALL.iter().filter(|block| **block != Block::None) {
            assert_eq!(block(known.code()), Ok(*known));
        }
        for known in Block::ALL {
            assert_eq!(block(known.label()), Ok(*known));
        }
        assert_eq!(block("sở ban ngành"), Ok(Block::Departments));
        assert_eq!(kind("quận"), Err(RosterFault::BadKind));
        assert_eq!(block("huyện"), Err(RosterFault::BadBlock));
    }

    #[test]
    fn counts_dates_and_choices_say_what_they_want() {
        assert_eq!(headcount("1.204"), Ok(1_204));
        assert_eq!(headcount("12,5"), Err(RosterFault::BadHeadcount));
        assert_eq!(headcount("-3"), Err(RosterFault::BadHeadcount));
        assert_eq!(headcount("100001"), Err(RosterFault::BadHeadcount));
        assert_eq!(headcount(""), Err(RosterFault::BadHeadcount));
        assert_eq!(date("31/02/2026"), Err(RosterFault::BadDate));
        let now = Timestamp(1_795_395_600_000);
        assert_eq!(birth_date("01/01/1890", now), Err(RosterFault::BadBirthDate));
        assert!(birth_date("23/11/1990", now).is_ok());
        assert_eq!(full_name("Lan 1990"), Err(RosterFault::BadName));
        assert_eq!(full_name(&"Lan ".repeat(40)), Err(RosterFault::CellTooLong));
        assert_eq!(choice("có"), Ok(true));
        assert_eq!(choice("có lẽ"), Err(RosterFault::BadChoice));
    }

    #[test]
    fn names_codes_and_addresses_are_checked() {
        assert_eq!(code("So-Noi-Vu"), Ok("so-noi-vu".to_owned()));
        for typed in ["", "a", "sở-nội-vụ", "so noi vu", "-so", "so-", "so--vu"] {
            assert_eq!(code(typed), Err(RosterFault::BadCode), "{typed}");
        }
        assert_eq!(name("1"), Err(RosterFault::NameTooShort));
        assert_eq!(name(&"a".repeat(121)), Err(RosterFault::CellTooLong));
        assert_eq!(former_names("Xã A (cũ); Xã B (cũ);"), Ok(vec!["Xã A (cũ)".to_owned(), "Xã B (cũ)".to_owned()]));
        assert_eq!(email("Lan@quangngai.gov.vn"), Ok("lan@quangngai.gov.vn".to_owned()));
        for typed in ["lan", "lan@", "@x.vn", "lan@x", "a@b@c.vn", "lan nt@x.vn"] {
            assert_eq!(email(typed), Err(RosterFault::BadEmail), "{typed}");
        }
        assert_eq!(audience("người dân"), Ok(Audience::Citizen));
        assert_eq!(audience("CBCCVC"), Ok(Audience::CivilServant));
        assert_eq!(audience("học sinh"), Err(RosterFault::BadAudience));
    }
}
