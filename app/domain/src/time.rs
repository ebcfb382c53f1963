//! Moments and spans in milliseconds, shown and read in Vietnam's time (+07:00).
//!
//! Vietnam has kept one offset without daylight saving since 1975 (Decision 121-CP of 8/8/1967 and its
//! successors), so a fixed offset is exact and no zone table is carried.

use jiff::{Timestamp as Instant, civil, tz};
use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// A span of time in milliseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct Millis(pub i64);

/// A day of the calendar in Vietnam: days since 1970-01-01 at +07:00.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct Day(pub i64);

const DAY_MS: i64 = 86_400_000;
const OFFSET_MS: i64 = 7 * 3_600_000;

impl Millis {
    /// So many seconds.
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds * 1_000)
    }

    /// So many minutes.
    pub const fn minutes(minutes: i64) -> Self {
        Self(minutes * 60_000)
    }

    /// So many hours.
    pub const fn hours(hours: i64) -> Self {
        Self(hours * 3_600_000)
    }

    /// So many days of 24 hours.
    pub const fn days(days: i64) -> Self {
        Self(days * DAY_MS)
    }

    /// "12 phút 05 giây", "45 giây", "25 phút", "1 giờ 03 phút": how people read a duration.
    pub fn words(self) -> String {
        let seconds = self.0.max(0) / 1_000;
        let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
        let whole = match (hours, minutes) {
            (0, 0) => return format!("{rest} giây"),
            (0, _) => format!("{minutes} phút"),
            _ => format!("{hours} giờ {minutes:02} phút"),
        };
        if rest == 0 { whole } else { format!("{whole} {rest:02} giây") }
    }
}

impl std::ops::Add for Millis {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl std::ops::Add<Millis> for Timestamp {
    type Output = Self;
    fn add(self, span: Millis) -> Self {
        Self(self.0 + span.0)
    }
}

impl std::ops::Sub<Millis> for Timestamp {
    type Output = Self;
    fn sub(self, span: Millis) -> Self {
        Self(self.0 - span.0)
    }
}

impl std::ops::Sub for Timestamp {
    type Output = Millis;
    fn sub(self, earlier: Self) -> Millis {
        Millis(self.0 - earlier.0)
    }
}

impl Timestamp {
    /// The civil date and time in Vietnam, or the epoch for a moment beyond the calendar.
    fn civil(self) -> civil::DateTime {
        let instant = Instant::from_millisecond(self.0).unwrap_or(Instant::UNIX_EPOCH);
        tz::offset(7).to_datetime(instant)
    }

    /// The moment at which Vietnam's clocks show this date and time.
    fn from_civil(moment: civil::DateTime) -> Option<Self> {
        tz::offset(7).to_timestamp(moment).ok().map(|instant| Self(instant.as_millisecond()))
    }

    /// The day in Vietnam.
    pub const fn day(self) -> Day {
        Day((self.0 + OFFSET_MS).div_euclid(DAY_MS))
    }

    /// The year in Vietnam.
    pub fn year(self) -> i16 {
        self.civil().year()
    }

    /// "23/11/2026".
    pub fn date(self) -> String {
        self.civil().strftime("%d/%m/%Y").to_string()
    }

    /// "08:05".
    pub fn hour(self) -> String {
        self.civil().strftime("%H:%M").to_string()
    }

    /// "08:05:09".
    pub fn second(self) -> String {
        self.civil().strftime("%H:%M:%S").to_string()
    }

    /// "08 giờ 05 phút ngày 23/11/2026", as official texts write it.
    pub fn words(self) -> String {
        self.civil().strftime("%H giờ %M phút ngày %d/%m/%Y").to_string()
    }

    /// "08:05 ngày 23/11/2026", the short form of tables and fields.
    pub fn short(self) -> String {
        self.civil().strftime("%H:%M ngày %d/%m/%Y").to_string()
    }

    /// "2026-11-23T08:05:09+07:00", for `<time datetime>`, feeds and exports (RFC 3339).
    pub fn rfc3339(self) -> String {
        self.civil().strftime("%Y-%m-%dT%H:%M:%S+07:00").to_string()
    }

    /// Reads what an organiser types or a browser sends: "2026-11-23T08:00", "23/11/2026 08:00",
    /// "08 giờ 00 ngày 23/11/2026", "8h30 23/11/2026". "24 giờ 00" is midnight at the end of that day.
    pub fn read(typed: &str) -> Option<Self> {
        let (date, clock) = split(typed.trim())?;
        let day = read_date(date)?;
        let (hour, minute) = read_clock(clock)?;
        let midnight = Self::from_civil(day.at(0, 0, 0, 0))?;
        (hour < 24 && minute < 60 || hour == 24 && minute == 0).then(|| midnight + Millis::hours(hour) + Millis::minutes(minute))
    }

    /// Reads a date alone ("2026-11-23" or "23/11/2026"): its first moment in Vietnam.
    pub fn read_date(typed: &str) -> Option<Self> {
        Self::from_civil(read_date(typed.trim())?.at(0, 0, 0, 0))
    }
}

impl Day {
    /// The first moment of the day.
    pub const fn start(self) -> Timestamp {
        Timestamp(self.0 * DAY_MS - OFFSET_MS)
    }
}

/// Separates the date from the time of day, in either order.
fn split(typed: &str) -> Option<(&str, &str)> {
    if let Some((date, clock)) = typed.split_once('T') {
        return Some((date, clock));
    }
    if let Some((clock, date)) = typed.split_once("ngày") {
        return Some((date.trim(), clock.trim().trim_end_matches(',')));
    }
    let date_first = typed.split_whitespace().next().is_some_and(|word| word.contains(['/', '-']));
    let (one, other) = if date_first { typed.split_once(' ')? } else { typed.rsplit_once(' ')? };
    let (date, clock) = if date_first { (one, other) } else { (other, one) };
    Some((date.trim(), clock.trim()))
}

fn read_date(typed: &str) -> Option<civil::Date> {
    let (separator, day_first) = if typed.contains('/') { ('/', true) } else { ('-', false) };
    let mut parts = typed.split(separator).map(str::trim);
    let (a, month, b) = (parts.next()?, parts.next()?.parse().ok()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, day) = if day_first { (b, a) } else { (a, b) };
    if year.len() != 4 {
        return None;
    }
    civil::Date::new(year.parse().ok()?, month, day.parse().ok()?).ok()
}

fn read_clock(typed: &str) -> Option<(i64, i64)> {
    let plain = typed.replace("giờ", ":").replace("phút", "").replace(['h', 'g'], ":");
    let mut parts = plain.split(':').map(str::trim);
    let hour = parts.next()?.parse().ok()?;
    let minute = match parts.next()? {
        "" => 0,
        minute => minute.parse().ok()?,
    };
    // A browser may send seconds; only whole minutes mean anything here.
    let whole = parts.next().is_none_or(|seconds| seconds.parse::<i64>() == Ok(0));
    (whole && parts.next().is_none() && (0..=24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_moment_is_shown_at_plus_seven() {
        let moment = Timestamp(1_795_395_909_000);
        assert_eq!(moment.rfc3339(), "2026-11-23T08:05:09+07:00");
        assert_eq!(moment.words(), "08 giờ 05 phút ngày 23/11/2026");
        assert_eq!(moment.short(), "08:05 ngày 23/11/2026");
    }

    #[test]
    fn a_duration_is_read_without_seconds_where_there_are_none() {
        let words = |seconds| Millis::seconds(seconds).words();
        assert_eq!(
            [0, 45, 725, 1_500, 3_780, 3_781].map(words),
            ["0 giây", "45 giây", "12 phút 05 giây", "25 phút", "1 giờ 03 phút", "1 giờ 03 phút 01 giây"]
        );
    }

    #[test]
    fn twenty_four_o_clock_is_the_next_midnight() {
        assert_eq!(Timestamp::read("24 giờ 00 ngày 30/11/2026"), Timestamp::read("00:00 01/12/2026"));
        assert_eq!(Timestamp::read("24 giờ 01 ngày 30/11/2026"), None);
    }

    #[test]
    fn every_way_of_writing_it_is_the_same_moment() {
        let moment = Timestamp::read("2026-11-23T08:30");
        assert!(moment.is_some());
        for typed in ["23/11/2026 08:30", "8h30 23/11/2026", "08 giờ 30 phút ngày 23/11/2026", "8 giờ 30, ngày 23/11/2026"] {
            assert_eq!(Timestamp::read(typed), moment, "{typed}");
        }
    }

    #[test]
    fn nonsense_is_no_moment() {
        for typed in ["", "hôm nay", "31/02/2026 08:00", "23/11/26 08:00", "23/11/2026", "25:00 23/11/2026", "08:61 23/11/2026"] {
            assert_eq!(Timestamp::read(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_shown_in_a_field_reads_back(minutes in 0_i64..60_000_000) {
            let moment = Timestamp(minutes * 60_000);
            prop_assert_eq!(Timestamp::read(&moment.short()), Some(moment));
            prop_assert_eq!(Timestamp::read_date(&moment.date()), Some(moment.day().start()));
            prop_assert_eq!(Timestamp::read(&moment.words()), Some(moment));
        }

        #[test]
        fn a_day_holds_its_moments(ms in -1_000_000_000_000_i64..4_000_000_000_000) {
            let moment = Timestamp(ms);
            prop_assert!(moment.day().start() <= moment);
            prop_assert!(moment < Day(moment.day().0 + 1).start());
        }
    }
}
