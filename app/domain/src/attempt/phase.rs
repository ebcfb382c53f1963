//! What may be done right now: one pure function of the rules, the start and the clock.

use crate::{Millis, Timestamp, contest::LateStart};

/// Saves received so long after the deadline still count: they were on their way.
pub const GRACE: Millis = Millis::seconds(30);

/// What the rules say about time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// The first moment at which one may start.
    pub opens_at: Timestamp,
    /// The first moment at which one may no longer start.
    pub closes_at: Timestamp,
    /// Time to work on the paper.
    pub duration: Millis,
    /// What happens to those who start shortly before the close.
    pub late_start: LateStart,
}

/// Where somebody stands, with the boundary at which that changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// The window has not opened.
    Waiting {
        /// When it opens.
        opens_at: Timestamp,
    },
    /// One may start.
    Open {
        /// Until then.
        closes_at: Timestamp,
        /// The time that somebody gets who starts right now.
        time: Millis,
    },
    /// The window has closed and nothing was started.
    Closed {
        /// Since then.
        closes_at: Timestamp,
    },
    /// The sheet takes answers.
    Running {
        /// Until then.
        deadline: Timestamp,
    },
    /// The sheet is locked; what was on its way is still received.
    Locked {
        /// Since then.
        deadline: Timestamp,
        /// The last moment at which a save counts.
        until: Timestamp,
    },
    /// Nothing counts any more.
    Over {
        /// When the time was up.
        deadline: Timestamp,
    },
}

impl Timing {
    /// When the time of somebody is up who started then and has so much extra time.
    pub fn deadline(&self, allowance: Millis, started: Timestamp) -> Timestamp {
        let full = started + self.duration + allowance;
        match self.late_start {
            LateStart::EndsAtClose => full.min(self.closes_at),
            LateStart::FullTime => full,
        }
    }

    /// The phase of somebody who has (or has not) started.
    pub fn phase(&self, allowance: Millis, started: Option<Timestamp>, now: Timestamp) -> Phase {
        if let Some(started) = started {
            return Phase::of_sheet(self.deadline(allowance, started), now);
        }
        if now < self.opens_at {
            Phase::Waiting { opens_at: self.opens_at }
        } else if now < self.closes_at {
            Phase::Open { closes_at: self.closes_at, time: self.deadline(allowance, now) - now }
        } else {
            Phase::Closed { closes_at: self.closes_at }
        }
    }

    /// Whether somebody who starts now gets less than the full time.
    pub fn is_short(&self, allowance: Millis, now: Timestamp) -> bool {
        self.deadline(allowance, now) < now + self.duration + allowance
    }
}

impl Phase {
    /// The phase of a sheet with this deadline.
    pub fn of_sheet(deadline: Timestamp, now: Timestamp) -> Self {
        if now < deadline {
            Self::Running { deadline }
        } else if now <= deadline + GRACE {
            Self::Locked { deadline, until: deadline + GRACE }
        } else {
            Self::Over { deadline }
        }
    }

    /// The first moment of the next phase, if time alone leads there.
    pub fn boundary(self) -> Option<Timestamp> {
        match self {
            Self::Waiting { opens_at } => Some(opens_at),
            Self::Open { closes_at, .. } => Some(closes_at),
            Self::Running { deadline } => Some(deadline),
            Self::Locked { until, .. } => Some(until + Millis(1)),
            Self::Closed { .. } | Self::Over { .. } => None,
        }
    }

    /// Whether a save that is received in this phase counts.
    pub fn counts(self) -> bool {
        matches!(self, Self::Running { .. } | Self::Locked { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const OPENS: Timestamp = Timestamp(1_795_395_600_000);
    const CLOSES: Timestamp = Timestamp(1_795_395_600_000 + 3_600_000);
    const MS: Millis = Millis(1);

    fn timing(late_start: LateStart) -> Timing {
        Timing { opens_at: OPENS, closes_at: CLOSES, duration: Millis::minutes(20), late_start }
    }

    fn before(moment: Timestamp) -> Timestamp {
        Timestamp(moment.0 - 1)
    }

    #[test]
    fn the_window_is_open_from_its_first_to_its_last_moment() {
        let timing = timing(LateStart::EndsAtClose);
        let phase = |now| timing.phase(Millis(0), None, now);
        assert_eq!(phase(before(OPENS)), Phase::Waiting { opens_at: OPENS });
        assert_eq!(phase(OPENS), Phase::Open { closes_at: CLOSES, time: Millis::minutes(20) });
        assert_eq!(phase(before(CLOSES)), Phase::Open { closes_at: CLOSES, time: MS });
        assert_eq!(phase(CLOSES), Phase::Closed { closes_at: CLOSES });
    }

    #[test]
    fn a_sheet_locks_at_its_deadline_and_is_over_after_the_grace() {
        let deadline = OPENS + Millis::minutes(20);
        let phase = |now| timing(LateStart::EndsAtClose).phase(Millis(0), Some(OPENS), now);
        assert_eq!(phase(OPENS), Phase::Running { deadline });
        assert_eq!(phase(before(deadline)), Phase::Running { deadline });
        assert_eq!(phase(deadline), Phase::Locked { deadline, until: deadline + GRACE });
        assert_eq!(phase(deadline + GRACE), Phase::Locked { deadline, until: deadline + GRACE });
        assert_eq!(phase(deadline + GRACE + MS), Phase::Over { deadline });
        assert!(phase(deadline + GRACE).counts());
        assert!(!phase(deadline + GRACE + MS).counts());
    }

    #[test]
    fn who_starts_late_ends_at_the_close_or_has_the_full_time() {
        let late = before(CLOSES);
        assert_eq!(timing(LateStart::EndsAtClose).deadline(Millis(0), late), CLOSES);
        assert_eq!(timing(LateStart::FullTime).deadline(Millis(0), late), late + Millis::minutes(20));
        assert!(timing(LateStart::EndsAtClose).is_short(Millis(0), late));
        assert!(!timing(LateStart::FullTime).is_short(Millis(0), late));
    }

    #[test]
    fn exactly_the_full_time_before_the_close_is_not_short() {
        let started = Timestamp(CLOSES.0 - Millis::minutes(20).0);
        assert!(!timing(LateStart::EndsAtClose).is_short(Millis(0), started));
        assert!(timing(LateStart::EndsAtClose).is_short(Millis(0), started + MS));
    }

    #[test]
    fn extra_time_moves_the_deadline_within_the_window() {
        let extra = Millis::minutes(5);
        assert_eq!(timing(LateStart::EndsAtClose).deadline(extra, OPENS), OPENS + Millis::minutes(25));
        let late = Timestamp(CLOSES.0 - Millis::minutes(22).0);
        assert_eq!(timing(LateStart::EndsAtClose).deadline(extra, late), CLOSES);
        assert_eq!(timing(LateStart::FullTime).deadline(extra, late), late + Millis::minutes(25));
    }

    proptest! {
        #[test]
        fn each_boundary_is_the_first_moment_of_another_phase(
            start in proptest::option::of(0_i64..3_600_000),
            now in -3_600_000_i64..9_000_000,
            full in any::<bool>(),
            allowance in 0_i64..600_000,
        ) {
            let timing = timing(if full { LateStart::FullTime } else { LateStart::EndsAtClose });
            let started = start.map(|ms| OPENS + Millis(ms));
            let at = |now| timing.phase(Millis(allowance), started, now);
            let kind = |phase: Phase| std::mem::discriminant(&phase);
            let here = at(OPENS + Millis(now));
            if let Some(boundary) = here.boundary() {
                prop_assert!(boundary > OPENS + Millis(now));
                prop_assert_eq!(kind(at(before(boundary))), kind(here));
                prop_assert_ne!(kind(at(boundary)), kind(here));
            }
        }

        #[test]
        fn nobody_gets_more_than_the_rules_give(start in 0_i64..3_600_000, allowance in 0_i64..600_000) {
            let started = OPENS + Millis(start);
            let timing = timing(LateStart::EndsAtClose);
            let deadline = timing.deadline(Millis(allowance), started);
            prop_assert!(deadline <= CLOSES && deadline > started);
            prop_assert!(deadline - started <= timing.duration + Millis(allowance));
        }
    }
}
