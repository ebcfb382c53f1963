//! A pause of a round: while it lasts, time stands still for whatever had not ended when it began.

use crate::{Millis, Timestamp};

/// The pause that is on in a round, if one is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pause {
    /// Since when; none: the round is not paused.
    pub since: Option<Timestamp>,
}

impl Pause {
    /// The pause as it meets a sheet that was started then: one begun by another node in the same moment loses nothing by it.
    #[must_use]
    pub fn after(self, started: Timestamp) -> Self {
        Self { since: self.since.map(|since| since.max(started)) }
    }

    /// Whether a round is paused.
    pub const fn is_on(self) -> bool {
        self.since.is_some()
    }

    /// Since when it holds something that ends then; what had ended before the pause stays ended.
    pub fn holds(self, end: Timestamp) -> Option<Timestamp> {
        self.since.filter(|since| *since < end)
    }

    /// What the clock shows to something that ends then.
    pub fn clock(self, end: Timestamp, now: Timestamp) -> Timestamp {
        self.holds(end).map_or(now, |since| now.min(since))
    }

    /// How long time has stood still for something that ends then.
    pub fn length(self, end: Timestamp, now: Timestamp) -> Millis {
        now - self.clock(end, now)
    }

    /// The end as it is if the pause is over right now: later by exactly its length.
    pub fn moved(self, end: Timestamp, now: Timestamp) -> Timestamp {
        end + self.length(end, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attempt::Phase;
    use proptest::prelude::*;

    const SINCE: Timestamp = Timestamp(1_000_000);
    const ON: Pause = Pause { since: Some(SINCE) };
    const MS: Millis = Millis(1);

    #[test]
    fn without_a_pause_the_clock_runs() {
        let none = Pause::default();
        assert_eq!((none.clock(SINCE, SINCE + MS), none.moved(SINCE, SINCE + MS), none.is_on()), (SINCE + MS, SINCE, false));
    }

    #[test]
    fn time_stands_still_from_the_first_moment_of_a_pause() {
        let end = SINCE + MS;
        for (now, shown) in [(SINCE - MS, SINCE - MS), (SINCE, SINCE), (SINCE + MS, SINCE), (SINCE + Millis::hours(3), SINCE)] {
            assert_eq!(ON.clock(end, now), shown, "at {now:?}");
        }
        assert_eq!(ON.moved(end, SINCE + Millis::hours(3)), end + Millis::hours(3));
    }

    #[test]
    fn what_had_ended_when_it_began_stays_ended() {
        for end in [SINCE, SINCE - MS] {
            assert_eq!(ON.holds(end), None);
            assert_eq!((ON.clock(end, SINCE + MS), ON.moved(end, SINCE + MS)), (SINCE + MS, end));
        }
    }

    #[test]
    fn who_started_during_a_pause_is_held_from_then_on() {
        let started = SINCE + Millis::seconds(1);
        let end = started + Millis::minutes(20);
        assert_eq!(ON.after(started).length(end, SINCE + Millis::seconds(11)), Millis::seconds(10));
        assert_eq!(ON.after(SINCE - MS), ON);
    }

    proptest! {
        #[test]
        fn after_a_pause_a_sheet_goes_on_exactly_where_it_stood(
            left in 1_i64..3_600_000,
            length in 0_i64..86_400_000,
            later in 0_i64..7_200_000,
        ) {
            let (deadline, resumed) = (SINCE + Millis(left), SINCE + Millis(length));
            let moved = ON.moved(deadline, resumed);
            prop_assert_eq!(moved - deadline, Millis(length));
            prop_assert_eq!(moved - resumed, deadline - SINCE);
            // What it may do then is what it might have done without the pause, so much later.
            let with = Phase::of_sheet(moved, resumed + Millis(later));
            let without = Phase::of_sheet(deadline, SINCE + Millis(later));
            prop_assert_eq!(std::mem::discriminant(&with), std::mem::discriminant(&without));
        }

        #[test]
        fn a_pause_never_shortens(end in 0_i64..2_000_000, now in 1_000_000_i64..3_000_000) {
            prop_assert!(ON.moved(Timestamp(end), Timestamp(now)) >= Timestamp(end));
        }
    }
}
