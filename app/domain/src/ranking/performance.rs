//! What ranking sees of one attempt.

use crate::{Millis, Points, Timestamp};

/// The figures of one attempt that ranking keys can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Performance {
    /// Right answers.
    pub correct: i64,
    /// Points earned.
    pub score: Points,
    /// The guess, scaled by the question's decimals; none when left blank.
    pub prediction: Option<i64>,
    /// How far the guess lies from the truth; none when blank or when the truth is not known yet.
    pub distance: Option<i64>,
    /// From the start to the hand-in.
    pub duration: Millis,
    /// When the sheet was handed in.
    pub handed_in_at: Timestamp,
}
