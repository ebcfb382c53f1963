//! What one person was granted beyond the rules: extra time, a late start, more attempts.

use crate::{Millis, Timestamp};

/// Everything that was granted to a person and to the person's unit, together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Granted {
    /// Extra time (bù giờ).
    pub extra: Millis,
    /// The person may start before this moment, whenever the round closes.
    pub start_until: Option<Timestamp>,
    /// Attempts beyond those of the rules.
    pub attempts: u16,
}

impl Granted {
    /// Both together: time and attempts add up, the later start holds.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            extra: self.extra + other.extra,
            start_until: self.start_until.max(other.start_until),
            attempts: self.attempts.saturating_add(other.attempts),
        }
    }
}
