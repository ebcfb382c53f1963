//! The pulse of an open sheet: answered from memory, so that it costs nothing to ask often.

use crate::{Caller, Engine, Result};
use domain::{
    Timestamp,
    attempt::{Phase, Stage},
    id::AttemptId,
};

/// What an open sheet must know without having said anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pulse {
    /// What the clock of the server says.
    pub now: Timestamp,
    /// When the time is up; extra time moves it. In a pause: as if the round went on right now.
    pub deadline: Timestamp,
    /// Which tab or device has the sheet.
    pub hold: i64,
    /// The number of the newest kept save.
    pub seq: i64,
    /// Whether it still runs.
    pub running: bool,
    /// Whether a pause holds it: it is locked, and loses no time.
    pub paused: bool,
}

impl Engine {
    /// The pulse of one's own sheet.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`] when it is none of the caller's.
    pub async fn pulse(&self, caller: &Caller, attempt: AttemptId) -> Result<Pulse> {
        let now = self.now();
        let live = self.live(caller, attempt, now).await?;
        let pause = self.frozen(live.round).await?.pause;
        let deadline = pause.moved(live.deadline, now);
        let running = live.stage == Stage::Running && Phase::of_sheet(deadline, now).counts();
        let paused = running && pause.holds(live.deadline).is_some();
        Ok(Pulse { now, deadline, hold: live.hold, seq: live.seq, running, paused })
    }
}
