//! The clock: the one place that asks what time it is.
//!
//! Now = a monotonic clock + an anchor, so that a step of the machine's clock changes nothing for
//! anybody. Tests wind it; nobody sleeps.

use domain::{Millis, Timestamp};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Tells the time; copies share one anchor.
#[derive(Clone)]
pub struct Clock {
    start: Instant,
    /// Milliseconds since the epoch at `start`.
    anchor: Arc<AtomicI64>,
    /// Whether time stands still but for winding.
    stopped: bool,
}

impl Clock {
    /// A clock that runs from the machine's wall clock, never below `floor` (the latest stored time).
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
    pub fn running(floor: Timestamp) -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        Self { start: Instant::now(), anchor: Arc::new(AtomicI64::new(wall.max(floor.0))), stopped: false }
    }

    /// A clock for tests: it stands still until it is wound.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
    pub fn stopped(at: Timestamp) -> Self {
        Self { start: Instant::now(), anchor: Arc::new(AtomicI64::new(at.0)), stopped: true }
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        let anchor = self.anchor.load(Ordering::Relaxed);
        if self.stopped {
            return Timestamp(anchor);
        }
        Timestamp(anchor + i64::try_from(self.start.elapsed().as_millis()).unwrap_or(i64::MAX))
    }

    /// Moves the anchor: tests wind time, a node follows the database's clock.
    pub fn wind(&self, by: Millis) {
        self.anchor.fetch_add(by.0, Ordering::Relaxed);
    }

    /// Sets the anchor so that it is `now` right now.
    pub fn set(&self, now: Timestamp) {
        self.wind(now - self.now());
    }
}
