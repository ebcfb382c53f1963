//! The clock: the one place that asks what time it is.
//!
//! Now = a monotonic clock + an anchor, so that a step of the machine's clock changes nothing for
//! anybody; it only raises the alarm. With PostgreSQL the database's clock gives the anchor; with SQLite the machine's at
//! the start, never below the latest stored time. Tests wind it; nobody sleeps.

use crate::{
    Engine, Result,
    store::{Result as Stored, Work},
};
use domain::{Millis, Timestamp, attempt::GRACE};
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
    time::{Instant, SystemTime, UNIX_EPOCH},
};

/// Tells the time; copies share what moves.
#[derive(Clone)]
pub struct Clock {
    start: Instant,
    moving: Arc<Moving>,
    /// Whether time stands still but for winding.
    stopped: bool,
    /// Whether a test moved it away from the true time, so that it follows nobody.
    shifted: bool,
}

/// What moves in a clock; times in milliseconds since the epoch, at `start`.
struct Moving {
    /// The time by which the product goes.
    anchor: AtomicI64,
    /// What the machine's wall clock said, by its latest known step.
    wall: AtomicI64,
    /// How far tests made the machine's wall clock step, in milliseconds.
    stepped: AtomicI64,
    /// How often something was found to be wrong with a clock.
    alarms: AtomicU64,
}

impl Clock {
    /// A clock that runs from the machine's wall clock, never below `floor` (the latest stored time).
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
    pub fn running(floor: Timestamp) -> Self {
        let wall = machine_time();
        Self { start: Instant::now(), moving: Arc::new(Moving::from(wall.max(floor), wall)), stopped: false, shifted: false }
    }

    /// A clock for tests: it stands still until it is wound.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
    pub fn stopped(at: Timestamp) -> Self {
        Self { start: Instant::now(), moving: Arc::new(Moving::from(at, at)), stopped: true, shifted: false }
    }

    /// The same clock, so much ahead of the true time: for tests of whole processes.
    #[must_use]
    pub fn shifted(self, by: Millis) -> Self {
        self.wind(by);
        Self { shifted: by != Millis(0), ..self }
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        let anchor = Timestamp(self.moving.anchor.load(Ordering::Relaxed));
        if self.stopped { anchor } else { anchor + self.elapsed() }
    }

    /// Moves the anchor: tests wind time, a node follows the database's clock.
    pub fn wind(&self, by: Millis) {
        self.moving.anchor.fetch_add(by.0, Ordering::Relaxed);
    }

    /// Sets the anchor so that it is `now` right now.
    pub fn set(&self, now: Timestamp) {
        self.wind(now - self.now());
    }

    /// The machine's wall clock steps: for tests.
    pub fn step_machine(&self, by: Millis) {
        self.moving.stepped.fetch_add(by.0, Ordering::Relaxed);
    }

    /// How often something was found to be wrong with a clock since this one was made.
    pub fn alarms(&self) -> u64 {
        self.moving.alarms.load(Ordering::Relaxed)
    }
}

impl Moving {
    fn from(anchor: Timestamp, wall: Timestamp) -> Self {
        Self { anchor: AtomicI64::new(anchor.0), wall: AtomicI64::new(wall.0), stepped: AtomicI64::new(0), alarms: AtomicU64::new(0) }
    }
}

/// What the machine's wall clock says.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clocks")]
fn machine_time() -> Timestamp {
    Timestamp(SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX)))
}

/// A drift beyond this means that something is wrong with a clock.
const ALARMING: Millis = Millis::seconds(1);

fn is_alarming(drift: Millis) -> bool {
    drift > ALARMING || Millis(-drift.0) > ALARMING
}

impl Clock {
    /// Whether it goes by the database's clock or the machine's, and not by a test's.
    fn follows(&self) -> bool {
        !self.stopped && !self.shifted
    }

    /// How long ago it was made, whatever the wall clock says.
    fn elapsed(&self) -> Millis {
        Millis(i64::try_from(self.start.elapsed().as_millis()).unwrap_or(i64::MAX))
    }

    /// How far the machine's wall clock is from where it should be by the monotonic one; a step that alarms is told once.
    /// Nothing goes by it: the wall clock is read when the process starts, and then only looked at.
    fn step(&self) -> Millis {
        let wall = machine_time() + Millis(self.moving.stepped.load(Ordering::Relaxed));
        let step = wall - (Timestamp(self.moving.wall.load(Ordering::Relaxed)) + self.elapsed());
        if is_alarming(step) {
            self.moving.wall.fetch_add(step.0, Ordering::Relaxed);
        }
        step
    }

    fn alarm(&self) {
        self.moving.alarms.fetch_add(1, Ordering::Relaxed);
    }
}

impl Engine {
    /// Looks at the clocks: this node's follows that of a PostgreSQL database, and nobody's follows the machine's wall
    /// clock; what is more than a second off is an alarm. How far this node's clock was off the database's, or with an
    /// embedded one how far the wall clock has stepped.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn follow_clock(&self) -> Result<Millis> {
        if !self.clock.follows() {
            return Ok(Millis(0));
        }
        let step = self.clock.step();
        if is_alarming(step) {
            self.clock.alarm();
            tracing::error!(step_ms = step.0, "the machine's clock has stepped; nobody's time moves with it");
        }
        if !self.store.is_postgres() {
            return Ok(step);
        }
        let drift = self.follow_database().await?;
        if is_alarming(drift) {
            self.clock.alarm();
            tracing::error!(drift_ms = drift.0, "the clock was off and follows the database again");
        }
        Ok(drift)
    }

    /// Follows the database's clock, less half the way there and back; how far this node's was off.
    async fn follow_database(&self) -> Result<Millis> {
        let mut work = self.store.glance().await?;
        let asked = self.clock.elapsed();
        let told = work.moment().await?;
        let way = self.clock.elapsed().0 - asked.0;
        let drift = told + Millis(way / 2) - self.clock.now();
        self.clock.wind(drift);
        Ok(drift)
    }

    /// Begins with a true time: the database's, or for an embedded one the machine's, but never before what is stored.
    pub(crate) async fn set_clock(&self) -> Result<()> {
        if self.store.is_postgres() {
            if self.clock.follows() {
                let drift = self.follow_database().await?;
                if is_alarming(drift) {
                    self.clock.alarm();
                    tracing::error!(drift_ms = drift.0, "the machine's clock is not the database's");
                }
            }
            return Ok(());
        }
        let latest = self.store.read().await?.latest_moment().await?;
        if self.clock.follows() && latest > self.clock.now() {
            self.clock.alarm();
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
