//! Where an attempt stands: running → handed in → marked, or void; and its one ending.

use crate::Timestamp;

words! {
    /// The stage of an attempt.
    pub enum Stage {
        /// The contestant is working on it, or left it without handing in.
        Running = "running", "Đang làm bài";
        /// It has ended and waits for its mark.
        HandedIn = "handed_in", "Đã nộp bài";
        /// It has its mark.
        Marked = "marked", "Đã nộp bài";
        /// Its result is not recognised, with a reason.
        Void = "void", "Không công nhận kết quả";
    }
}

words! {
    /// Who or what ended it.
    pub enum EndedBy {
        /// The contestant handed it in.
        Contestant = "contestant", "Anh/chị nộp bài";
        /// The time was up.
        Clock = "clock", "Hết giờ, hệ thống nộp bài";
        /// An organiser ended it.
        Organiser = "organiser", "Ban Tổ chức kết thúc";
    }
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// When: never after the deadline.
    pub at: Timestamp,
    /// By whom.
    pub by: EndedBy,
}

impl Ending {
    /// The ending of a sheet with this deadline, asked for at `now`.
    ///
    /// What arrives after the deadline, from whomever, is the clock's ending: the same is
    /// recorded whichever way it ended.
    pub fn of(deadline: Timestamp, by: EndedBy, now: Timestamp) -> Self {
        if now < deadline { Self { at: now, by } } else { Self { at: deadline, by: EndedBy::Clock } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Millis;

    #[test]
    fn an_ending_is_never_recorded_after_the_deadline() {
        let deadline = Timestamp(1_000_000);
        let early = Timestamp(999_999);
        assert_eq!(Ending::of(deadline, EndedBy::Contestant, early), Ending { at: early, by: EndedBy::Contestant });
        let by_clock = Ending { at: deadline, by: EndedBy::Clock };
        for late in [deadline, deadline + Millis::seconds(30), deadline + Millis::hours(1)] {
            for by in EndedBy::ALL {
                assert_eq!(Ending::of(deadline, *by, late), by_clock);
            }
        }
    }
}
