//! What may be done right now: one pure function of the rules, the start and the clock.

use super::Granted;
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
    /// The first moment at which somebody may no longer start who was granted so much.
    pub fn starts_until(&self, granted: Granted) -> Timestamp {
        granted.start_until.map_or(self.closes_at, |until| until.max(self.closes_at))
    }

    /// When the time of somebody is up who started then and was granted so much.
    ///
    /// Extra time passes the close by as much as was granted; whoever may start later has the full time.
    pub fn deadline(&self, granted: Granted, started: Timestamp) -> Timestamp {
        let full = started + self.duration + granted.extra;
        let starts_late = self.closes_at < self.starts_until(granted) && started < self.starts_until(granted);
        match self.late_start {
            LateStart::EndsAtClose if !starts_late => full.min(self.closes_at + granted.extra),
            LateStart::EndsAtClose | LateStart::FullTime => full,
        }
    }

    /// The phase of somebody who has (or has not) started.
    pub fn phase(&self, granted: Granted, started: Option<Timestamp>, now: Timestamp) -> Phase {
        if let Some(started) = started {
            return Phase::of_sheet(self.deadline(granted, started), now);
        }
        let closes_at = self.starts_until(granted);
        if now < self.opens_at {
            Phase::Waiting { opens_at: self.opens_at }
        } else if now < closes_at {
            Phase::Open { closes_at, time: self.deadline(granted, now) - now }
        } else {
            Phase::Closed { closes_at }
        }
    }

    /// Whether somebody who starts now gets less than the full time.
    pub fn is_short(&self, granted: Granted, now: Timestamp) -> bool {
        self.deadline(granted, now) < now + self.duration + granted.extra
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

    const NOTHING: Granted = Granted { extra: Millis(0), start_until: None, attempts: 0 };

    fn extra(extra: Millis) -> Granted {
        Granted { extra, ..NOTHING }
    }

    fn before(moment: Timestamp) -> Timestamp {
        Timestamp(moment.0 - 1)
    }

    #[test]
    fn the_window_is_open_from_its_first_to_its_last_moment() {
        let timing = timing(LateStart::EndsAtClose);
        let phase = |now| timing.phase(NOTHING, None, now);
        assert_eq!(phase(before(OPENS)), Phase::Waiting { opens_at: OPENS });
        assert_eq!(phase(OPENS), Phase::Open { closes_at: CLOSES, time: Millis::minutes(20) });
        assert_eq!(phase(before(CLOSES)), Phase::Open { closes_at: CLOSES, time: MS });
        assert_eq!(phase(CLOSES), Phase::Closed { closes_at: CLOSES });
    }

    #[test]
    fn a_sheet_locks_at_its_deadline_and_is_over_after_the_grace() {
        let deadline = OPENS + Millis::minutes(20);
        let phase = |now| timing(LateStart::EndsAtClose).phase(NOTHING, Some(OPENS), now);
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
        assert_eq!(timing(LateStart::EndsAtClose).deadline(NOTHING, late), CLOSES);
        assert_eq!(timing(LateStart::FullTime).deadline(NOTHING, late), late + Millis::minutes(20));
        assert!(timing(LateStart::EndsAtClose).is_short(NOTHING, late));
        assert!(!timing(LateStart::FullTime).is_short(NOTHING, late));
    }

    #[test]
    fn exactly_the_full_time_before_the_close_is_not_short() {
        let started = Timestamp(CLOSES.0 - Millis::minutes(20).0);
        assert!(!timing(LateStart::EndsAtClose).is_short(NOTHING, started));
        assert!(timing(LateStart::EndsAtClose).is_short(NOTHING, started + MS));
    }

    #[test]
    fn extra_time_moves_the_deadline_and_passes_the_close_by_as_much() {
        let five = extra(Millis::minutes(5));
        assert_eq!(timing(LateStart::EndsAtClose).deadline(five, OPENS), OPENS + Millis::minutes(25));
        let late = CLOSES - Millis::minutes(22);
        assert_eq!(timing(LateStart::EndsAtClose).deadline(five, late), CLOSES + Millis::minutes(3));
        let later = before(CLOSES);
        assert_eq!(timing(LateStart::EndsAtClose).deadline(five, later), CLOSES + Millis::minutes(5));
        assert_eq!(timing(LateStart::FullTime).deadline(five, later), later + Millis::minutes(25));
        assert_eq!(timing(LateStart::EndsAtClose).phase(five, None, CLOSES), Phase::Closed { closes_at: CLOSES }, "it starts nobody later");
    }

    #[test]
    fn whoever_may_start_late_has_the_full_time() {
        let until = CLOSES + Millis::minutes(30);
        let late = Granted { start_until: Some(until), ..NOTHING };
        let timing = timing(LateStart::EndsAtClose);
        let time = Millis::minutes(20);
        for now in [OPENS, before(CLOSES), CLOSES, before(until)] {
            assert_eq!(timing.phase(late, None, now), Phase::Open { closes_at: until, time }, "at {now:?}");
            assert!(!timing.is_short(late, now));
        }
        assert_eq!(timing.phase(late, None, until), Phase::Closed { closes_at: until });
        assert_eq!(timing.phase(late, None, before(OPENS)), Phase::Waiting { opens_at: OPENS });
        let overtaken = Granted { start_until: Some(CLOSES), ..NOTHING };
        assert_eq!(timing.phase(overtaken, None, before(CLOSES)), Phase::Open { closes_at: CLOSES, time: MS }, "the close moved past it");
    }

    fn granted() -> impl Strategy<Value = Granted> {
        let until = proptest::option::of(-3_600_000_i64..7_200_000);
        (0_i64..600_000, until, 0_u16..3).prop_map(|(extra, until, attempts)| Granted {
            extra: Millis(extra),
            start_until: until.map(|ms| CLOSES + Millis(ms)),
            attempts,
        })
    }

    proptest! {
        #[test]
        fn each_boundary_is_the_first_moment_of_another_phase(
            start in proptest::option::of(0_i64..3_600_000),
            now in -3_600_000_i64..9_000_000,
            full in any::<bool>(),
            granted in granted(),
        ) {
            let timing = timing(if full { LateStart::FullTime } else { LateStart::EndsAtClose });
            let started = start.map(|ms| OPENS + Millis(ms));
            let at = |now| timing.phase(granted, started, now);
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
            let deadline = timing.deadline(extra(Millis(allowance)), started);
            prop_assert!(deadline <= CLOSES + Millis(allowance) && deadline > started);
            prop_assert!(deadline - started <= timing.duration + Millis(allowance));
        }

        #[test]
        fn no_grant_ever_shortens(start in 0_i64..3_600_000, one in granted(), other in granted(), full in any::<bool>()) {
            let timing = timing(if full { LateStart::FullTime } else { LateStart::EndsAtClose });
            let (started, both) = (OPENS + Millis(start), one.and(other));
            prop_assert!(timing.deadline(both, started) >= timing.deadline(one, started));
            prop_assert!(timing.deadline(one, started) >= timing.deadline(NOTHING, started) + one.extra);
            prop_assert!(timing.starts_until(both) >= timing.starts_until(one));
            prop_assert!(both.attempts >= one.attempts);
        }
    }
}
