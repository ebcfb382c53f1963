//! The server's clock as this page knows it: what the server said, and how long ago that was.

use std::cell::Cell;

/// The server's clock; the device's own clock is never believed.
pub struct ServerClock {
    /// What the server's clock said when the page's clock stood at 0.
    offset: Cell<f64>,
}

impl ServerClock {
    /// From the rendered page: it was made after the page's clock began, so this is never too slow.
    pub fn rendered(now: f64) -> Self {
        Self { offset: Cell::new(now) }
    }

    /// From an answer that took this long there and back.
    pub fn hear(&self, now: f64, round_trip: f64) {
        self.offset.set(now + round_trip / 2.0 - page());
    }

    /// What the server's clock says now.
    pub fn now(&self) -> f64 {
        self.offset.get() + page()
    }
}

/// Milliseconds since this page was opened; no step of the device's clock moves it.
pub fn page() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// "14:03:22": the time of day in Vietnam of a moment in milliseconds since 1970.
pub fn of_day(ms: i64) -> String {
    let seconds = (ms.div_euclid(1_000) + 7 * 3_600).rem_euclid(86_400);
    format!("{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

/// "18:42", or "1:18:42": a span that is left.
#[expect(clippy::cast_possible_truncation, reason = "a span of days fits by far")]
pub fn span(ms: f64) -> String {
    let seconds = (ms.max(0.0) / 1_000.0).ceil() as i64;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}
