//! The invariants I1 to I12, each a function of the evidence; each has a test in which something is broken and found.

mod answers;
mod marks;
mod secrecy;
mod times;

#[cfg(test)]
mod sample;

use crate::evidence::Evidence;
use std::fmt::Display;

pub use answers::{answers_are_kept, people_get_their_attempts, repeats_have_no_effect, what_is_late_does_not_count};
pub use marks::{boards_are_total, chains_verify, endings_are_one, marks_agree};
pub use secrecy::{keys_stay_inside, results_stay_inside};
pub use times::{deadlines_are_absolute, old_pages_go_on};

/// Something that must never be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Which invariant.
    pub invariant: &'static str,
    /// What was found.
    pub what: String,
}

/// The findings of one invariant.
#[derive(Debug)]
pub struct Findings {
    invariant: &'static str,
    found: Vec<Broken>,
}

impl Findings {
    /// Of this invariant, nothing yet.
    const fn of(invariant: &'static str) -> Self {
        Self { invariant, found: Vec::new() }
    }

    /// Unless it holds, it is broken.
    fn must(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.found.push(Broken { invariant: self.invariant, what: what() });
        }
    }

    fn broken(&mut self, what: impl Display) {
        self.must(false, || what.to_string());
    }
}

/// An invariant: a function that finds what breaks it.
pub type Invariant = fn(&Evidence) -> Vec<Broken>;

/// All invariants, by their numbers.
pub const ALL: [(&str, Invariant); 12] = [
    ("I1", answers_are_kept),
    ("I2", what_is_late_does_not_count),
    ("I3", people_get_their_attempts),
    ("I4", marks_agree),
    ("I5", boards_are_total),
    ("I6", chains_verify),
    ("I7", keys_stay_inside),
    ("I8", results_stay_inside),
    ("I9", endings_are_one),
    ("I10", deadlines_are_absolute),
    ("I11", repeats_have_no_effect),
    ("I12", old_pages_go_on),
];

/// Everything that is broken.
pub fn check(evidence: &Evidence) -> Vec<Broken> {
    ALL.iter().flat_map(|(_, invariant)| invariant(evidence)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_broken_in_a_good_history() {
        assert_eq!(check(&sample::good()), []);
        assert_eq!(check(&sample::good_with_time_given()), []);
        assert_eq!(check(&sample::good_with_a_late_sheet()), []);
    }

    #[test]
    fn each_invariant_speaks_for_itself() {
        for (name, invariant) in ALL {
            for (broken, evidence) in sample::broken_ones() {
                let found = invariant(&evidence);
                assert!(found.iter().all(|found| found.invariant == name));
                assert!(broken != name || !found.is_empty(), "{name} did not find what breaks it");
            }
        }
        let tried: Vec<_> = sample::broken_ones().into_iter().map(|(name, _)| name).collect();
        assert!(ALL.iter().all(|(name, _)| tried.contains(name)), "each has something that breaks it: {tried:?}");
    }
}
