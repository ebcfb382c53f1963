//! What happens to a save that arrives: one pure function, so that repeats and reorderings are harmless.

use super::{Phase, Stage};
use crate::{Millis, Refusal, Timestamp};

/// Late saves are kept so long after the deadline, for the jury to see what was on its way.
pub const LATE_KEPT: Millis = Millis::hours(1);
/// So many of a sheet; nobody can fill the disk with them.
pub const MOST_LATE: i64 = 20;

/// What the server holds of the sheet when a save arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Newest {
    /// Where the attempt stands.
    pub stage: Stage,
    /// When its time is up.
    pub deadline: Timestamp,
    /// Which tab or device has the sheet.
    pub hold: i64,
    /// The number of the newest kept save; 0: none yet.
    pub seq: i64,
    /// Whether that one came too late to count.
    pub late: bool,
}

/// A save that arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming {
    /// The tab or device that sends it.
    pub hold: i64,
    /// Its number; a plain form has none and comes next.
    pub seq: Option<i64>,
    /// Whether it says the same as the newest kept save.
    pub same: bool,
}

/// What to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Keep it and count it, under this number.
    Append(i64),
    /// It is here already: the same acknowledgement again.
    SameAgain,
    /// Its number is taken by other content.
    Conflict,
    /// A newer one is here: no effect.
    Superseded,
    /// Another tab or device has the sheet.
    TakenOver,
    /// Time and grace are over: keep it as late under this number, never count it.
    TooLate(i64),
    /// It is here already and was too late, or it is too late to be kept at all.
    StillTooLate,
    /// The sheet has been handed in before its time was up; nothing is kept.
    Ended,
}

impl Decision {
    /// The refusal that stands for it, if it is one.
    pub fn refusal(self) -> Option<Refusal> {
        match self {
            Self::Append(_) | Self::SameAgain | Self::Superseded => None,
            Self::Conflict => Some(Refusal::SaveConflict),
            Self::TakenOver => Some(Refusal::TakenOver),
            Self::TooLate(_) | Self::StillTooLate => Some(Refusal::TooLate),
            Self::Ended => Some(Refusal::HandedIn),
        }
    }
}

/// Decides on a save received at `now`.
pub fn decide(newest: Newest, incoming: Incoming, now: Timestamp) -> Decision {
    if incoming.hold != newest.hold {
        return Decision::TakenOver;
    }
    let phase = Phase::of_sheet(newest.deadline, now);
    match incoming.seq {
        // Nobody reads that a late save was saved, whatever came before it.
        Some(seq) if seq < newest.seq => return if phase.counts() { Decision::Superseded } else { Decision::StillTooLate },
        Some(seq) if seq == newest.seq => {
            return match (incoming.same, newest.late) {
                (true, false) => Decision::SameAgain,
                (true, true) => Decision::StillTooLate,
                (false, _) => Decision::Conflict,
            };
        }
        None if incoming.same => return Decision::SameAgain,
        Some(_) | None => {}
    }
    let seq = incoming.seq.unwrap_or(newest.seq + 1);
    match (phase, newest.stage) {
        (Phase::Over { deadline }, _) if now > deadline + LATE_KEPT => Decision::StillTooLate,
        (Phase::Over { .. }, _) => Decision::TooLate(seq),
        (_, Stage::Running) => Decision::Append(seq),
        (_, Stage::HandedIn | Stage::Marked | Stage::Void) => Decision::Ended,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Millis, attempt::GRACE};
    use proptest::prelude::*;

    const DEADLINE: Timestamp = Timestamp(1_000_000);
    const EARLY: Timestamp = Timestamp(900_000);

    fn newest(seq: i64) -> Newest {
        Newest { stage: Stage::Running, deadline: DEADLINE, hold: 3, seq, late: false }
    }

    fn save(seq: i64, same: bool) -> Incoming {
        Incoming { hold: 3, seq: Some(seq), same }
    }

    #[test]
    fn a_new_save_is_appended_and_a_repeated_one_acknowledged_again() {
        assert_eq!(decide(newest(4), save(5, false), EARLY), Decision::Append(5));
        assert_eq!(decide(newest(4), save(9, false), EARLY), Decision::Append(9));
        assert_eq!(decide(newest(5), save(5, true), EARLY), Decision::SameAgain);
    }

    #[test]
    fn a_taken_number_with_other_content_is_refused_and_an_old_one_has_no_effect() {
        assert_eq!(decide(newest(5), save(5, false), EARLY), Decision::Conflict);
        assert_eq!(decide(newest(5), save(4, false), EARLY), Decision::Superseded);
    }

    #[test]
    fn a_stale_hold_is_told_before_anything_else() {
        for hold in [0, 2, 4] {
            assert_eq!(decide(newest(5), Incoming { hold, seq: Some(5), same: true }, EARLY), Decision::TakenOver);
        }
    }

    #[test]
    fn a_plain_form_comes_next_unless_it_says_the_same() {
        assert_eq!(decide(newest(5), Incoming { hold: 3, seq: None, same: false }, EARLY), Decision::Append(6));
        assert_eq!(decide(newest(5), Incoming { hold: 3, seq: None, same: true }, EARLY), Decision::SameAgain);
    }

    #[test]
    fn saves_count_until_the_grace_is_over() {
        assert_eq!(decide(newest(5), save(6, false), DEADLINE + GRACE), Decision::Append(6));
        assert_eq!(decide(newest(5), save(6, false), DEADLINE + GRACE + Millis(1)), Decision::TooLate(6));
    }

    #[test]
    fn a_repeated_late_save_is_still_too_late() {
        let late = Newest { late: true, ..newest(6) };
        assert_eq!(decide(late, save(6, true), DEADLINE + Millis::minutes(1)), Decision::StillTooLate);
        assert_eq!(decide(late, save(6, false), DEADLINE + Millis::minutes(1)), Decision::Conflict);
        assert_eq!(Decision::StillTooLate.refusal(), Some(Refusal::TooLate));
    }

    #[test]
    fn an_old_number_after_the_time_is_too_late_and_not_superseded() {
        let over = DEADLINE + GRACE + Millis(1);
        assert_eq!(decide(newest(5), save(4, true), over), Decision::StillTooLate);
        assert_eq!(decide(newest(5), save(4, true), DEADLINE + GRACE), Decision::Superseded);
    }

    #[test]
    fn late_saves_are_kept_for_an_hour_and_no_longer() {
        assert_eq!(decide(newest(5), save(6, false), DEADLINE + LATE_KEPT), Decision::TooLate(6));
        assert_eq!(decide(newest(5), save(6, false), DEADLINE + LATE_KEPT + Millis(1)), Decision::StillTooLate);
    }

    #[test]
    fn after_handing_in_nothing_is_changed_but_late_answers_are_kept() {
        for stage in [Stage::HandedIn, Stage::Marked, Stage::Void] {
            let ended = Newest { stage, ..newest(5) };
            assert_eq!(decide(ended, save(6, false), EARLY), Decision::Ended);
            assert_eq!(decide(ended, save(5, true), EARLY), Decision::SameAgain);
            assert_eq!(decide(ended, save(6, false), DEADLINE + GRACE + Millis(1)), Decision::TooLate(6));
        }
    }

    proptest! {
        /// Whatever order and however often saves arrive: numbers only grow, and what stands at the end
        /// is the highest number that was sent.
        #[test]
        fn repeats_and_reorderings_have_no_second_effect(arrivals in proptest::collection::vec(1_i64..12, 1..60)) {
            let mut seq = 0;
            for arriving in &arrivals {
                match decide(newest(seq), save(*arriving, true), EARLY) {
                    Decision::Append(next) => {
                        prop_assert!(next > seq);
                        seq = next;
                    }
                    Decision::SameAgain => prop_assert_eq!(*arriving, seq),
                    Decision::Superseded => prop_assert!(*arriving < seq),
                    other => prop_assert!(false, "{:?}", other),
                }
            }
            prop_assert_eq!(Some(seq), arrivals.into_iter().max());
        }
    }
}
