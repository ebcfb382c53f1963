//! Leading the clock through the weeks before today.

use crate::Engine;
use domain::{Millis, Timestamp, time::Day};
use std::sync::atomic::{AtomicI64, Ordering};

/// A way through time that ends where it began.
pub(super) struct Journey<'e> {
    engine: &'e Engine,
    /// The day on which the demo is loaded.
    today: Day,
    /// How far the clock has been led, in milliseconds.
    led: AtomicI64,
}

impl<'e> Journey<'e> {
    /// A journey that begins now.
    pub fn begin(engine: &'e Engine) -> Self {
        Self { engine, today: engine.now().day(), led: AtomicI64::new(0) }
    }

    /// The moment at this hour, so many days from today.
    pub fn moment(&self, days: i64, hour: i64) -> Timestamp {
        Day(self.today.0 + days).start() + Millis::hours(hour)
    }

    /// Leads the clock to this hour, so many days from today.
    pub fn to(&self, days: i64, hour: i64) {
        self.wind(self.moment(days, hour) - self.engine.now());
    }

    /// Leads the clock back to now.
    pub fn home(&self) {
        self.wind(Millis(-self.led.load(Ordering::Relaxed)));
    }

    /// Ends the journey where it began.
    pub fn end(self) {
        self.home();
    }

    fn wind(&self, by: Millis) {
        self.led.fetch_add(by.0, Ordering::Relaxed);
        self.engine.clock.wind(by);
    }
}
