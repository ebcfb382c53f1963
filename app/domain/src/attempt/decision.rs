//! What happens to a save that arrives: one pure function, so that repeats and reorderings are harmless.

use super::{GRACE, Phase, Stage};
use crate::{Refusal, Timestamp, contest::Pause};

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
    /// The pause of the round.
    pub pause: Pause,
}

/// A save that arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Incoming {
    /// The tab or device that sends it.
    pub hold: i64,
    /// Its number; a plain form has none and comes next …
    pub seq: Option<i64>,
    /// … after the save that its page showed, where the page says which: what was saved since it has not seen.
    pub seen: Option<i64>,
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
    /// A plain form whose page had not seen the newest save: whoever presses again replaces it knowingly.
    Unseen,
    /// A newer one is here: no effect.
    Superseded,
    /// Another tab or device has the sheet.
    TakenOver,
    /// Time and grace are over: never count it, and keep it as late under this number as far as
    /// [`keep_late`](super::keep_late) says.
    TooLate(i64),
    /// It is here already and was too late.
    StillTooLate,
    /// The round is paused, and what was on its way then has come: the browser keeps it and sends it again.
    Paused,
    /// The sheet has been handed in before its time was up; nothing is kept.
    Ended,
}

impl Decision {
    /// The refusal that stands for it, if it is one.
    pub fn refusal(self) -> Option<Refusal> {
        match self {
            Self::Append(_) | Self::SameAgain | Self::Superseded => None,
            Self::Conflict => Some(Refusal::SaveConflict),
            Self::Unseen => Some(Refusal::SavedSince),
            Self::TakenOver => Some(Refusal::TakenOver),
            Self::TooLate(_) | Self::StillTooLate => Some(Refusal::TooLate),
            Self::Paused => Some(Refusal::Paused),
            Self::Ended => Some(Refusal::HandedIn),
        }
    }
}

/// Decides on a save received at `now`.
pub fn decide(newest: Newest, incoming: Incoming, now: Timestamp) -> Decision {
    let clock = newest.pause.clock(newest.deadline, now);
    let phase = Phase::of_sheet(newest.deadline, clock);
    if !phase.counts() {
        return decide_late(newest, incoming);
    }
    if incoming.hold != newest.hold {
        return Decision::TakenOver;
    }
    match incoming.seq {
        Some(seq) if seq < newest.seq => return Decision::Superseded,
        Some(seq) if seq == newest.seq => {
            return match (incoming.same, newest.late) {
                (true, false) => Decision::SameAgain,
                (true, true) => Decision::StillTooLate,
                (false, _) => Decision::Conflict,
            };
        }
        None if incoming.same => return Decision::SameAgain,
        // Once the sheet is locked nobody can press again: what was on its way then counts.
        None if matches!(phase, Phase::Running { .. }) && incoming.seen.is_some_and(|seen| seen < newest.seq) => return Decision::Unseen,
        Some(_) | None => {}
    }
    let held = newest.pause.holds(newest.deadline);
    match newest.stage {
        Stage::Running if held.is_some_and(|since| now > since + GRACE) => Decision::Paused,
        Stage::Running => Decision::Append(incoming.seq.unwrap_or(newest.seq + 1)),
        Stage::HandedIn | Stage::Marked | Stage::Void => Decision::Ended,
    }
}

/// Decides on a save that came after the grace. Nothing of it counts, so neither who has the sheet matters nor the order;
/// and nobody reads that a late save was saved, but for the repeat of one that was.
fn decide_late(newest: Newest, incoming: Incoming) -> Decision {
    match incoming.seq {
        Some(seq) if seq > newest.seq => Decision::TooLate(seq),
        Some(seq) if seq == newest.seq && incoming.same && newest.late => Decision::StillTooLate,
        Some(seq) if seq == newest.seq && incoming.same => Decision::SameAgain,
        None if incoming.same => Decision::SameAgain,
        Some(_) | None => Decision::TooLate(newest.seq + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Millis;
    use proptest::prelude::*;

    const DEADLINE: Timestamp = Timestamp(1_000_000);
    const EARLY: Timestamp = Timestamp(900_000);

    fn newest(seq: i64) -> Newest {
        Newest { stage: Stage::Running, deadline: DEADLINE, hold: 3, seq, late: false, pause: Pause::default() }
    }

    fn save(seq: i64, same: bool) -> Incoming {
        Incoming { hold: 3, seq: Some(seq), seen: None, same }
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
            assert_eq!(decide(newest(5), Incoming { hold, seq: Some(5), seen: None, same: true }, EARLY), Decision::TakenOver);
        }
    }

    #[test]
    fn a_plain_form_comes_next_unless_it_says_the_same() {
        let plain = |seen, same| decide(newest(5), Incoming { hold: 3, seq: None, seen, same }, EARLY);
        assert_eq!(plain(None, false), Decision::Append(6));
        assert_eq!(plain(None, true), Decision::SameAgain);
        assert_eq!(plain(Some(5), false), Decision::Append(6));
    }

    #[test]
    fn a_plain_form_does_not_replace_what_its_page_has_not_shown() {
        let plain = |seen, same, at| decide(newest(5), Incoming { hold: 3, seq: None, seen: Some(seen), same }, at);
        assert_eq!(plain(4, false, EARLY), Decision::Unseen);
        assert_eq!(plain(4, true, EARLY), Decision::SameAgain, "pressed twice");
        assert_eq!(plain(4, false, DEADLINE + Millis(1)), Decision::Append(6), "locked: there is no second press");
        assert_eq!(plain(4, false, DEADLINE + GRACE + Millis(1)), Decision::TooLate(6), "what is late replaces nothing");
    }

    #[test]
    fn saves_count_until_the_grace_is_over() {
        assert_eq!(decide(newest(5), save(6, false), DEADLINE + GRACE), Decision::Append(6));
        assert_eq!(decide(newest(5), save(6, false), DEADLINE + GRACE + Millis(1)), Decision::TooLate(6));
    }

    #[test]
    fn in_a_pause_what_was_on_its_way_counts_and_then_nothing_is_taken() {
        let paused = Newest { pause: Pause { since: Some(EARLY) }, ..newest(5) };
        assert_eq!(decide(paused, save(6, false), EARLY + GRACE), Decision::Append(6));
        assert_eq!(decide(paused, save(6, false), EARLY + GRACE + Millis(1)), Decision::Paused);
        assert_eq!(decide(paused, save(6, false), DEADLINE + Millis::hours(1)), Decision::Paused, "its time stands still");
        assert_eq!(decide(paused, save(5, true), DEADLINE + Millis::hours(1)), Decision::SameAgain);
        assert_eq!(decide(Newest { stage: Stage::Marked, ..paused }, save(6, false), DEADLINE + Millis::hours(1)), Decision::Ended);
        assert_eq!(Decision::Paused.refusal(), Some(Refusal::Paused));
        let over = Newest { pause: Pause { since: Some(DEADLINE) }, ..newest(5) };
        assert_eq!(decide(over, save(6, false), DEADLINE + GRACE), Decision::Append(6), "its time was up before: the grace runs on");
        assert_eq!(decide(over, save(6, false), DEADLINE + GRACE + Millis(1)), Decision::TooLate(6));
    }

    #[test]
    fn a_repeated_late_save_is_still_too_late() {
        let late = Newest { late: true, ..newest(6) };
        assert_eq!(decide(late, save(6, true), DEADLINE + Millis::minutes(1)), Decision::StillTooLate);
        assert_eq!(decide(late, save(6, false), DEADLINE + Millis::minutes(1)), Decision::TooLate(7), "it is kept beside it");
        assert_eq!(Decision::StillTooLate.refusal(), Some(Refusal::TooLate));
    }

    #[test]
    fn an_old_number_after_the_time_is_too_late_and_not_superseded() {
        let over = DEADLINE + GRACE + Millis(1);
        assert_eq!(decide(newest(5), save(4, true), over), Decision::TooLate(6));
        assert_eq!(decide(newest(5), save(4, true), DEADLINE + GRACE), Decision::Superseded);
    }

    #[test]
    fn a_save_that_was_acknowledged_in_time_is_acknowledged_again_whenever_it_is_repeated() {
        for later in [GRACE + Millis(1), Millis::days(3)] {
            assert_eq!(decide(newest(5), save(5, true), DEADLINE + later), Decision::SameAgain);
        }
    }

    #[test]
    fn late_saves_are_kept_however_late_they_are() {
        assert_eq!(decide(newest(5), save(6, false), DEADLINE + Millis::days(30)), Decision::TooLate(6));
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
