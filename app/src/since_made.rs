//! How long ago the server made the page: what counts down to a moment of the server's clock counts from there.

use web_sys::Performance;

/// Counts from the first byte of the page, so that neither a slow line nor a slow phone is late by the time it loads.
///
/// The server made the page before that byte left it: never more time has passed here than there.
#[derive(Debug, Clone, Copy)]
pub struct SinceMade {
    /// When the page was made, by the device's clock …
    date: f64,
    /// … and by the page's own.
    page: f64,
}

impl SinceMade {
    /// Begins to count.
    pub fn new() -> Self {
        let age = performance().map_or(0.0, |performance| {
            let timing = performance.timing();
            performance.now() - (timing.response_start() - timing.navigation_start())
        });
        Self { date: js_sys::Date::now() - age.max(0.0), page: page() - age.max(0.0) }
    }

    /// Milliseconds since the page was made. The page's clock may stand while a phone sleeps, the device's may be set back:
    /// the one that is further on is right.
    #[expect(clippy::cast_possible_truncation, reason = "milliseconds since a page was made fit by far")]
    pub fn passed(self) -> i64 {
        (js_sys::Date::now() - self.date).max(page() - self.page) as i64
    }
}

fn performance() -> Option<Performance> {
    web_sys::window()?.performance()
}

fn page() -> f64 {
    performance().map_or(0.0, |performance| performance.now())
}
