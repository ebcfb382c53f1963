//! What is kept of a sheet that comes after the grace: nothing of it counts, and the jury sees it (I2).

/// So many late sheets of an attempt are kept at most.
///
/// A contestant whose line was down sends a handful; a program could send hundreds and fill the disk. So the first nineteen
/// stay for good, and the last row is always the newest: a higher number takes its place. Each save is a whole sheet, so what
/// gives way says nothing that the newest does not say better. Only the end of the chain is written anew by it, which
/// nothing that was ever acknowledged hangs on.
pub const MOST_LATE: i64 = 20;

/// What is kept of a sheet when something too late arrives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LateSoFar {
    /// How many late saves.
    pub kept: i64,
    /// Whether the newest save is one of them: a deadline that was moved may have let counted ones follow.
    pub newest: bool,
    /// Whether a save, counted or late, says the same.
    pub known: bool,
    /// Whether results of the round are public: then what the jury had before it stays as it was.
    pub published: bool,
}

/// What to do with a sheet that came too late.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// Keep it after the newest.
    Next,
    /// Keep it in the place of the newest, which is late too.
    InPlaceOfNewest,
    /// Nothing: it is here already, or nothing more is kept.
    Nothing,
}

/// Decides what is kept of a sheet that came too late under this number, when `newest` is the highest that is kept.
///
/// An old number is kept too, under the next one: a late save never counts, so its place in the order does no harm. It
/// is not where it may be the repeat of one that is here, or that has given way already.
pub fn keep_late(seq: Option<i64>, newest: i64, so_far: LateSoFar) -> Keeping {
    let is_higher = seq.is_some_and(|seq| seq > newest);
    if so_far.published || so_far.known && !is_higher {
        return Keeping::Nothing;
    }
    if so_far.kept < MOST_LATE {
        return Keeping::Next;
    }
    match (is_higher || seq.is_none(), so_far.newest) {
        (true, true) => Keeping::InPlaceOfNewest,
        (true, false) => Keeping::Next,
        (false, _) => Keeping::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Millis, Timestamp,
        attempt::{Decision, GRACE, Incoming, Newest, Stage, decide},
        contest::Pause,
    };
    use proptest::prelude::*;

    const DEADLINE: Timestamp = Timestamp(1_000_000);
    const OVER: Timestamp = Timestamp(DEADLINE.0 + GRACE.0 + 1);

    /// A sheet as the store has it: number, what it says, whether it is late; counted ones first.
    #[derive(Debug, Clone, PartialEq)]
    struct Kept(Vec<(i64, u8, bool)>);

    impl Kept {
        fn late(&self) -> i64 {
            i64::try_from(self.0.iter().filter(|(.., late)| *late).count()).expect("few")
        }

        /// Receives it as the store does.
        fn receive(&mut self, (seq, says): (Option<i64>, u8)) -> Decision {
            let (newest, words, late) = self.0.last().copied().unwrap_or((0, 0, false));
            let counted = self.0.iter().rev().find(|(.., late)| !late).map_or(0, |(_, says, _)| *says);
            let same = if seq == Some(newest) { words == says } else { counted == says };
            let held = Newest { stage: Stage::Running, deadline: DEADLINE, hold: 1, seq: newest, late, pause: Pause::default() };
            let decision = decide(held, Incoming { hold: 1, seq, seen: None, same }, OVER);
            if let Decision::TooLate(number) = decision {
                let known = self.0.iter().any(|(_, known, _)| *known == says);
                let so_far = LateSoFar { kept: self.late(), newest: late, known, published: false };
                match keep_late(seq, newest, so_far) {
                    Keeping::Next => self.0.push((number, says, true)),
                    Keeping::InPlaceOfNewest => *self.0.last_mut().expect("one") = (number, says, true),
                    Keeping::Nothing => {}
                }
            }
            decision
        }
    }

    const SO_FAR: LateSoFar = LateSoFar { kept: 3, newest: true, known: false, published: false };
    const FULL: LateSoFar = LateSoFar { kept: MOST_LATE, ..SO_FAR };

    #[test]
    fn a_late_sheet_is_kept_whatever_its_number() {
        for seq in [Some(9), Some(5), Some(2), None] {
            assert_eq!(keep_late(seq, 5, SO_FAR), Keeping::Next, "{seq:?}");
        }
    }

    #[test]
    fn what_is_here_already_is_kept_once_unless_it_comes_under_a_new_number() {
        let known = LateSoFar { known: true, ..SO_FAR };
        assert_eq!(keep_late(Some(9), 5, known), Keeping::Next, "an answer may be changed back");
        for seq in [Some(5), Some(2), None] {
            assert_eq!(keep_late(seq, 5, known), Keeping::Nothing, "{seq:?}");
        }
    }

    #[test]
    fn beyond_the_most_that_are_kept_the_newest_takes_the_place_of_the_last() {
        assert_eq!(keep_late(Some(9), 5, FULL), Keeping::InPlaceOfNewest);
        assert_eq!(keep_late(None, 5, FULL), Keeping::InPlaceOfNewest);
        assert_eq!(keep_late(Some(4), 5, FULL), Keeping::Nothing, "it may have given way already");
        assert_eq!(keep_late(Some(9), 5, LateSoFar { newest: false, ..FULL }), Keeping::Next, "a counted save gives way to nothing");
    }

    #[test]
    fn once_results_are_public_nothing_more_is_kept() {
        for seq in [Some(9), Some(2), None] {
            assert_eq!(keep_late(seq, 5, LateSoFar { published: true, ..SO_FAR }), Keeping::Nothing);
        }
    }

    #[test]
    fn who_has_the_sheet_no_longer_matters_when_nothing_counts() {
        let held =
            Newest { stage: Stage::Marked, deadline: DEADLINE, hold: 3, seq: 5, late: false, pause: Pause { since: Some(DEADLINE) } };
        let stale = |seq| Incoming { hold: 2, seq, seen: None, same: false };
        assert_eq!(decide(held, stale(Some(9)), OVER), Decision::TooLate(9));
        assert_eq!(decide(held, stale(Some(5)), OVER), Decision::TooLate(6));
        assert_eq!(decide(held, stale(None), OVER), Decision::TooLate(6));
        assert_eq!(decide(held, stale(Some(9)), DEADLINE + Millis(1)), Decision::TakenOver);
    }

    proptest! {
        /// I2: whatever comes too late is kept; at most so many, and then the highest number among them.
        #[test]
        fn every_late_sheet_is_kept_or_the_newest_in_its_place(
            counted in 0_i64..4,
            sent in proptest::collection::vec((1_i64..60, any::<u8>()), 1..80),
        ) {
            let mut kept = Kept((1..=counted).map(|seq| (seq, 0, false)).collect());
            for (seq, says) in sent {
                let before = kept.clone();
                let decision = kept.receive((Some(seq), says));
                let newest = before.0.last().map_or(0, |(newest, ..)| *newest);
                let here = kept.0.iter().any(|(_, known, _)| *known == says);
                prop_assert!(here || before.late() == MOST_LATE && seq <= newest, "{seq} is gone: {decision:?}");
                prop_assert!(seq <= newest || kept.0.last() == Some(&(seq, says, true)));
                prop_assert!(kept.late() <= MOST_LATE);
                prop_assert!(kept.0.is_sorted_by(|one, two| one.0 < two.0), "numbers only grow");
                prop_assert_eq!(before.0.iter().filter(|(.., late)| !late).count(), kept.0.iter().filter(|(.., late)| !late).count());
                let stays = before.0.len().min(kept.0.len() - 1);
                prop_assert_eq!(&before.0[..stays], &kept.0[..stays], "but for the last row nothing is touched");
            }
        }

        /// I11: what was received once has no second effect, at once or whenever later.
        #[test]
        fn a_repeated_late_sheet_has_no_second_effect(
            counted in 0_i64..4,
            sent in proptest::collection::vec((1_i64..60, any::<u8>()), 1..60),
            again in proptest::collection::vec(any::<prop::sample::Index>(), 1..20),
        ) {
            let mut kept = Kept((1..=counted).map(|seq| (seq, 0, false)).collect());
            for (seq, says) in &sent {
                kept.receive((Some(*seq), *says));
            }
            for index in again {
                let before = kept.clone();
                let (seq, says) = sent[index.index(sent.len())];
                kept.receive((Some(seq), says));
                prop_assert_eq!(&before, &kept, "{} said {} again", seq, says);
            }
        }
    }
}
