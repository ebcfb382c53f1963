//! What one person or one unit may be granted beyond the rules of a frozen round, and how an organiser types it.

use super::{
    Window,
    change::RoundChange,
    typed::{line, moment, number},
};
use crate::{
    Field, Millis, Refusal, Refused, Timestamp,
    attempt::Granted,
    id::{AccountId, UnitId},
};
use serde::{Deserialize, Serialize};

/// The most minutes of one grant.
const MOST_MINUTES: i64 = 600;
/// The most attempts of one grant.
const MOST_ATTEMPTS: u16 = 20;
/// A late start lies at most so long after the close.
const LATEST: Millis = Millis::days(30);

/// Who gets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grantee {
    /// One person who entered the contest.
    Person(AccountId),
    /// Everybody who takes part for a unit.
    Unit(UnitId),
}

/// What is granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grant {
    /// Extra time (bù giờ): for sheets that run, and for those begun later.
    Time(Millis),
    /// A start up to this moment, with the full time.
    LateStart(Timestamp),
    /// More attempts (cho thi lại, thêm lượt).
    Attempts(u16),
}

/// Whom an organiser named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// A person, by login or mã dự thi.
    Person(String),
    /// A unit.
    Unit(UnitId),
}

/// What an organiser typed about a grant.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GrantForm {
    /// Which grant: see [`GrantForm::KINDS`].
    pub what: String,
    /// A login or a mã dự thi; or
    pub person: String,
    /// a unit.
    pub unit: String,
    /// Minutes of extra time.
    pub minutes: String,
    /// Until when one may start.
    pub until: String,
    /// How many attempts.
    pub count: String,
}

impl Grant {
    /// Whether it makes sense in a round with this window, at this moment.
    ///
    /// # Errors
    /// [`Refusal::OutOfRange`], [`Refusal::NotLater`].
    pub fn check(self, window: Window, now: Timestamp) -> Result<(), Refusal> {
        match self {
            Self::Time(extra) if extra <= Millis(0) || extra > Millis::minutes(MOST_MINUTES) => Err(Refusal::OutOfRange),
            Self::Attempts(count) if !(1..=MOST_ATTEMPTS).contains(&count) => Err(Refusal::OutOfRange),
            Self::LateStart(until) if until <= window.closes || until <= now => Err(Refusal::NotLater),
            Self::LateStart(until) if until > window.closes.max(now) + LATEST => Err(Refusal::OutOfRange),
            Self::Time(_) | Self::LateStart(_) | Self::Attempts(_) => Ok(()),
        }
    }

    /// What it gives to whoever it is for.
    pub fn gives(self) -> Granted {
        match self {
            Self::Time(extra) => Granted { extra, ..Granted::default() },
            Self::LateStart(until) => Granted { start_until: Some(until), ..Granted::default() },
            Self::Attempts(attempts) => Granted { attempts, ..Granted::default() },
        }
    }

    /// What the public reads: never a name.
    pub(super) fn words(self, whom: &str) -> String {
        match self {
            Self::Time(extra) => format!("Bù giờ {} phút cho {whom}.", extra.0 / 60_000),
            Self::LateStart(until) => format!("Cho {whom} bắt đầu muộn, trước {}, với đủ thời gian làm bài.", until.words()),
            Self::Attempts(count) => format!("Thêm {count:02} lượt dự thi cho {whom}."),
        }
    }
}

impl GrantForm {
    /// The words of the grants, with what organisers call them.
    pub const KINDS: &'static [(&'static str, &'static str)] =
        &[("time", "Bù giờ"), ("late_start", "Cho bắt đầu muộn"), ("attempts", "Cho thi lại, thêm lượt")];

    /// Reads the form: whom it is for, and what.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn read(&self) -> Result<(Meant, Grant), Refused> {
        let mut refused = Refused::new();
        let meant = self.meant(&mut refused);
        let grant = match self.what.as_str() {
            "time" => Grant::Time(Millis::minutes(number(&mut refused, "minutes", &self.minutes, (1, MOST_MINUTES)))),
            "late_start" => Grant::LateStart(moment(&mut refused, "until", &self.until).unwrap_or_default()),
            "attempts" => {
                let count = number(&mut refused, "count", &self.count, (1, MOST_ATTEMPTS.into()));
                Grant::Attempts(u16::try_from(count).unwrap_or(1))
            }
            _ => return Err(vec![(Field::named("what"), Refusal::NotOffered)]),
        };
        if refused.is_empty() { Ok((meant, grant)) } else { Err(refused) }
    }

    fn meant(&self, refused: &mut Refused) -> Meant {
        let unit = self.unit.trim();
        if unit.is_empty() {
            return Meant::Person(line(refused, "person", &self.person, (1, 60)));
        }
        if !self.person.trim().is_empty() {
            // Whether the person alone or the whole unit is meant decides how many people gain.
            refused.push((Field::named("unit"), Refusal::EitherOr));
        }
        let read = unit.parse();
        if read.is_err() {
            refused.push((Field::named("unit"), Refusal::UnitUnknown));
        }
        Meant::Unit(read.unwrap_or(UnitId(uuid::Uuid::nil())))
    }
}

impl From<(Grantee, Grant)> for RoundChange {
    fn from((to, grant): (Grantee, Grant)) -> Self {
        Self::Grant { to, grant }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const WINDOW: Window = Window { opens: Timestamp(1_000), closes: Timestamp(2_000) };
    const PERSON: Grantee = Grantee::Person(AccountId(Uuid::nil()));

    fn form(what: &str) -> GrantForm {
        GrantForm { what: what.to_owned(), person: "K7P4MX".to_owned(), ..GrantForm::default() }
    }

    #[test]
    fn a_typed_grant_is_read() {
        let person = Meant::Person("K7P4MX".to_owned());
        let time = GrantForm { minutes: "10".to_owned(), ..form("time") };
        assert_eq!(time.read(), Ok((person.clone(), Grant::Time(Millis::minutes(10)))));
        let late = GrantForm { until: "17:30 28/11/2026".to_owned(), ..form("late_start") };
        let until = Timestamp::read("17:30 28/11/2026").expect("a moment");
        assert_eq!(late.read(), Ok((person.clone(), Grant::LateStart(until))));
        let attempts = GrantForm { count: "2".to_owned(), ..form("attempts") };
        assert_eq!(attempts.read(), Ok((person, Grant::Attempts(2))));
        let unit = UnitId(Uuid::from_u128(7));
        let whole = GrantForm { person: String::new(), unit: unit.to_string(), ..attempts };
        assert_eq!(whole.read(), Ok((Meant::Unit(unit), Grant::Attempts(2))));
    }

    #[test]
    fn wrong_fields_are_named() {
        let wrong = |form: GrantForm| -> Vec<(String, Refusal)> {
            form.read().expect_err("refused").into_iter().map(|(field, refusal)| (field.0.into_owned(), refusal)).collect()
        };
        let at = |field: &str, refusal| (field.to_owned(), refusal);
        assert_eq!(wrong(form("time")), [at("minutes", Refusal::Required)]);
        assert_eq!(wrong(GrantForm { minutes: "601".to_owned(), ..form("time") }), [at("minutes", Refusal::OutOfRange)]);
        assert_eq!(wrong(GrantForm { until: "mai".to_owned(), ..form("late_start") }), [at("until", Refusal::NotAMoment)]);
        assert_eq!(wrong(GrantForm { count: "0".to_owned(), ..form("attempts") }), [at("count", Refusal::OutOfRange)]);
        assert_eq!(wrong(form("gold")), [at("what", Refusal::NotOffered)]);
        let nobody = GrantForm { person: " ".to_owned(), count: "1".to_owned(), ..form("attempts") };
        assert_eq!(wrong(nobody.clone()), [at("person", Refusal::Required)]);
        assert_eq!(wrong(GrantForm { unit: "sở".to_owned(), ..nobody.clone() }), [at("unit", Refusal::UnitUnknown)]);
        let both = GrantForm { unit: Uuid::nil().to_string(), person: "lan".to_owned(), ..nobody };
        assert_eq!(wrong(both), [at("unit", Refusal::EitherOr)]);
    }

    #[test]
    fn a_late_start_lies_after_the_close_and_ahead() {
        let check = |until, now| Grant::LateStart(Timestamp(until)).check(WINDOW, Timestamp(now));
        assert_eq!(check(2_000, 1_500), Err(Refusal::NotLater));
        assert_eq!(check(2_001, 1_500), Ok(()));
        assert_eq!(check(3_000, 3_000), Err(Refusal::NotLater));
        assert_eq!(check(3_001, 3_000), Ok(()));
        assert_eq!(check(2_001 + LATEST.0, 1_500), Err(Refusal::OutOfRange));
    }

    #[test]
    fn the_public_reads_what_was_granted_and_no_name() {
        let words = |grant| RoundChange::from((PERSON, grant)).words(None);
        assert_eq!(words(Grant::Time(Millis::minutes(10))), "Bù giờ 10 phút cho 01 người dự thi.");
        assert_eq!(words(Grant::Attempts(1)), "Thêm 01 lượt dự thi cho 01 người dự thi.");
        let unit = Grantee::Unit(UnitId(Uuid::nil()));
        let until = Timestamp::read("17:30 28/11/2026").expect("a moment");
        assert_eq!(
            RoundChange::from((unit, Grant::LateStart(until))).words(Some("Sở Y tế")),
            "Cho người dự thi của Sở Y tế bắt đầu muộn, trước 17 giờ 30 phút ngày 28/11/2026, với đủ thời gian làm bài."
        );
    }

    proptest! {
        #[test]
        fn only_bounded_grants_pass(minutes in -10_i64..1_000, count in 0_u16..40) {
            let time = Grant::Time(Millis::minutes(minutes)).check(WINDOW, Timestamp(0));
            prop_assert_eq!(time.is_ok(), (1..=600).contains(&minutes));
            prop_assert_eq!(Grant::Attempts(count).check(WINDOW, Timestamp(0)).is_ok(), (1..=20).contains(&count));
        }
    }
}
