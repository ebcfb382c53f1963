//! What the server was sent of a trial sheet, as the browser carries it: one small cookie.

use domain::{
    Millis, Refusal, Timestamp,
    attempt::{Phase, Sheet},
};
use http::{HeaderMap, HeaderValue, header};

/// The cookie's name.
const COOKIE: &str = "cchc-thu";
/// Seconds after which the browser forgets it.
const MINUTES_15: u32 = 900;
/// Time to work on the trial paper.
pub const TIME: Millis = Millis::seconds(60);
/// The end of a trial can be looked at for so long.
const SHOWN: Millis = Millis::minutes(15);

/// A trial: the moment at which it was begun is its whole name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trial {
    /// When it was begun.
    pub began: Timestamp,
}

/// What the server was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The number of the newest save; 0: none yet.
    pub seq: i64,
    /// When it was received.
    pub at: Timestamp,
    /// Whether the trial was handed in.
    pub ended: bool,
    /// The answers.
    pub sheet: Sheet,
}

impl Trial {
    /// The trial of this name, if it was begun a short while ago.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn named(name: &str, now: Timestamp) -> Result<Self, Refusal> {
        let began = name.parse().map(Timestamp).map_err(|_| Refusal::NotFound)?;
        // A moment out of range would not only lie ahead: its sum might not be a moment.
        let known = began.0 >= 0 && began <= now && now - began <= SHOWN;
        if known { Ok(Self { began }) } else { Err(Refusal::NotFound) }
    }

    /// Its address.
    pub fn address(self) -> String {
        format!("/thu-may/{}", self.began.0)
    }

    /// When its time is up.
    pub fn deadline(self) -> Timestamp {
        self.began + TIME
    }

    /// What may be done with it.
    pub fn phase(self, now: Timestamp) -> Phase {
        Phase::of_sheet(self.deadline(), now)
    }

    /// What the browser carries of this trial; of another one it is nothing.
    pub fn kept(self, headers: &HeaderMap) -> Kept {
        let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
        let carried = cookies.filter_map(|pair| pair.trim().split_once('=')).find(|(name, _)| *name == COOKIE);
        carried.and_then(|(_, value)| self.read(value)).unwrap_or_else(|| Kept {
            seq: 0,
            at: self.began,
            ended: false,
            sheet: Sheet::blank(super::questions::COUNT),
        })
    }

    fn read(self, value: &str) -> Option<Kept> {
        let mut parts = value.splitn(5, '.');
        let mut number = || parts.next()?.parse::<i64>().ok();
        let (began, seq, at, ended) = (number()?, number()?, number()?, number()? == 1);
        let sheet = Sheet::from_bytes(&unhex(parts.next()?)?).ok()?;
        let whole = began == self.began.0 && sheet.answers.len() == super::questions::COUNT;
        whole.then_some(Kept { seq, at: Timestamp(at), ended, sheet })
    }

    /// The header that gives it to the browser.
    pub fn cookie(self, kept: &Kept, secure: bool) -> Option<HeaderValue> {
        use std::fmt::Write;
        let mut value = format!("{COOKIE}={}.{}.{}.{}.", self.began.0, kept.seq, kept.at.0, u8::from(kept.ended));
        for byte in kept.sheet.to_bytes() {
            // Writing to a string never fails.
            let _ = write!(value, "{byte:02x}");
        }
        let secure = if secure { "; Secure" } else { "" };
        HeaderValue::from_str(&format!("{value}; Path=/thu-may; HttpOnly; SameSite=Lax; Max-Age={MINUTES_15}{secure}")).ok()
    }
}

fn unhex(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok().and_then(|pair| u8::from_str_radix(pair, 16).ok()));
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::attempt::Answer;

    const BEGAN: Timestamp = Timestamp(1_795_395_600_000);
    const TRIAL: Trial = Trial { began: BEGAN };

    fn carried(cookie: &str) -> Kept {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(cookie).expect("a cookie"));
        TRIAL.kept(&headers)
    }

    fn blank() -> Kept {
        TRIAL.kept(&HeaderMap::new())
    }

    #[test]
    fn what_was_sent_comes_back_from_the_browser() {
        let mut kept = Kept { seq: 3, at: BEGAN + Millis::seconds(7), ended: false, ..blank() };
        kept.sheet.answers[0] = Answer::Options(vec![2]);
        let cookie = TRIAL.cookie(&kept, true).expect("a cookie");
        let cookie = cookie.to_str().expect("text");
        assert!(cookie.ends_with("; Path=/thu-may; HttpOnly; SameSite=Lax; Max-Age=900; Secure"), "{cookie}");
        let pair = cookie.split(';').next().expect("a pair");
        assert_eq!(carried(&format!("x=1; {pair}")), kept);
        let other = Trial { began: BEGAN + Millis(1) };
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_str(pair).expect("a cookie"));
        assert_eq!(other.kept(&headers).seq, 0, "another trial begins blank");
    }

    #[test]
    fn nonsense_is_a_blank_sheet() {
        let name = BEGAN.0;
        for nonsense in ["", "x", "1.2.3.4.", "1795395600000.1.2.0.zz", "1795395600000.1.2.0.é", "1795395600000.1.2.0.0"] {
            assert_eq!(Trial { began: Timestamp(name) }.read(nonsense), None, "{nonsense:?}");
        }
        assert_eq!(carried("cchc-thu=1795395600000.1.2.0.ff"), blank());
    }

    #[test]
    fn a_trial_is_known_for_a_quarter_of_an_hour() {
        let named = |name: &str, after: i64| Trial::named(name, BEGAN + Millis::seconds(after));
        let name = BEGAN.0.to_string();
        assert_eq!(named(&name, 0), Ok(TRIAL));
        assert_eq!(named(&name, 900), Ok(TRIAL));
        for (name, after) in [(name.as_str(), 901), (name.as_str(), -1), ("x", 0), ("-5", 0), ("9223372036854775807", 0)] {
            assert_eq!(named(name, after), Err(Refusal::NotFound), "{name} after {after}");
        }
    }
}
