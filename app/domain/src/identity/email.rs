//! An e-mail address, as far as its form tells.

use crate::Refusal;

/// Longer ones are kept nowhere.
const LONGEST: usize = 120;

/// Reads an e-mail address: a name, one @ and a host with a dot. Whether it is answered is found out by writing to it.
///
/// # Errors
/// [`Refusal::Required`] when nothing is typed, [`Refusal::TooLong`], [`Refusal::BadEmail`].
pub fn read_email(typed: &str) -> Result<String, Refusal> {
    let email = typed.trim();
    if email.is_empty() {
        return Err(Refusal::Required);
    }
    if email.chars().count() > LONGEST {
        return Err(Refusal::TooLong);
    }
    let shaped = email.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !host.contains('@') && !host.starts_with('.') && !host.ends_with('.')
    });
    let plain = email.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b',' | b';' | b'<' | b'>' | b'"'));
    if shaped && plain { Ok(email.to_owned()) } else { Err(Refusal::BadEmail) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        assert_eq!(read_email(" Lan.NT@quangngai.gov.vn "), Ok("Lan.NT@quangngai.gov.vn".to_owned()));
        for typed in ["lan", "lan@", "@a.vn", "lan@vn", "lan@.vn", "lan@a.", "a b@c.vn", "a@b@c.vn", "lân@a.vn", "lan@a.vn, b@a.vn"] {
            assert_eq!(read_email(typed), Err(Refusal::BadEmail), "{typed}");
        }
        assert_eq!(read_email(" "), Err(Refusal::Required));
        assert_eq!(read_email(&format!("{}@a.vn", "a".repeat(LONGEST))), Err(Refusal::TooLong));
    }
}
