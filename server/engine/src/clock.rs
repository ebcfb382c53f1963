//! The clock: the one place that asks what time it is.
//!
//! Now = a monotonic clock + an anchor, so that a step of the machine's clock changes nothing for
//! anybody. With PostgreSQL the database's clock gives the anchor; with SQLite the machine's at the start, never below
//! the latest stored time. Tests wind it; nobody sleeps.

use crate::{
    Engine, Result,
    store::{Result as Stored, Work},
};
use domain::{Millis, Timestamp, attempt::GRACE};
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
    /// Whether a test moved it away from the true time, so that it follows nobody.
    shifted: bool,
}

impl Clock {
    /// A clock that runs from the machine's wall clock, never below `floor` (the latest stored time).
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
    pub fn running(floor: Timestamp) -> Self {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
        Self { start: Instant::now(), anchor: Arc::new(AtomicI64::new(wall.max(floor.0))), stopped: false, shifted: false }
    }

    /// A clock for tests: it stands still until it is wound.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
    pub fn stopped(at: Timestamp) -> Self {
        Self { start: Instant::now(), anchor: Arc::new(AtomicI64::new(at.0)), stopped: true, shifted: false }
    }

    /// The same clock, so much ahead of the true time: for tests of whole processes.
    #[must_use]
    pub fn shifted(self, by: Millis) -> Self {
        self.wind(by);
        Self { shifted: by != Millis(0), ..self }
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

/// A drift beyond this means that something is wrong with a clock.
pub const ALARMING: Millis = Millis::seconds(1);

impl Clock {
    /// Whether it goes by the database's clock or the machine's, and not by a test's.
    fn follows(&self) -> bool {
        !self.stopped && !self.shifted
    }

    /// Milliseconds since it was made, whatever the wall clock says.
    fn elapsed(&self) -> i64 {
        i64::try_from(self.start.elapsed().as_millis()).unwrap_or(i64::MAX)
    }
}

impl Engine {
    /// Follows the clock of a PostgreSQL database, less half the way there and back; how far this node's clock was off.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn follow_clock(&self) -> Result<Millis> {
        if !self.store.is_postgres() || !self.clock.follows() {
            return Ok(Millis(0));
        }
        let mut work = self.store.glance().await?;
        let asked = self.clock.elapsed();
        let told = work.moment().await?;
        let way = self.clock.elapsed() - asked;
        let drift = told + Millis(way / 2) - self.clock.now();
        self.clock.wind(drift);
        Ok(drift)
    }

    /// Begins with a true time: the database's, or for an embedded one the machine's, but never before what is stored.
    pub(crate) async fn set_clock(&self) -> Result<()> {
        if self.store.is_postgres() {
            let drift = self.follow_clock().await?;
            if drift > ALARMING || Millis(-drift.0) > ALARMING {
                tracing::error!(drift_ms = drift.0, "the machine's clock is not the database's");
            }
            return Ok(());
        }
        let latest = self.store.read().await?.latest_moment().await?;
        if self.clock.follows() && latest > self.clock.now() {
            tracing::error!(behind_ms = (latest - self.clock.now()).0, "the machine's clock is behind the stored times");
            self.clock.set(latest);
        }
        Ok(())
    }
}

impl Work {
    /// What the clock of a PostgreSQL database says.
    async fn moment(&mut self) -> Stored<Timestamp> {
        let (now,): (Timestamp,) = get!(self, "select cast(extract(epoch from clock_timestamp()) * 1000 as bigint)")?;
        Ok(now)
    }

    /// The latest time at which something was noted, started, saved, handed in or came too late; each is found by an index.
    async fn latest_moment(&mut self) -> Stored<Timestamp> {
        // Ids sort by creation.
        let noted: Option<(Timestamp,)> = find!(&mut *self, "select at from audit_note order by id desc limit 1")?;
        let begun: Option<(Timestamp,)> = find!(&mut *self, "select started_at from attempt order by id desc limit 1")?;
        let late: Option<(Timestamp,)> =
            find!(&mut *self, "select received_at from saved_sheet where late order by received_at desc limit 1")?;
        let known = noted.max(begun).max(late).map_or(Timestamp(0), |(at,)| at);
        // Whatever counts was saved until the deadline and its grace: only sheets whose deadline lies later may say more.
        let (sat,): (Option<Timestamp>,) = get!(
            self,
            "select cast(max(case when ended_at > saved_at then ended_at else saved_at end) as bigint)
             from attempt
             where stage in ('running', 'handed_in', 'marked', 'void') and deadline > $1",
            known - GRACE,
        )?;
        Ok(sat.map_or(known, |sat| sat.max(known)))
    }
}
