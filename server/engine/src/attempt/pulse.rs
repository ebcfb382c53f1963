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
    /// When the time is up; extra time moves it.
    pub deadline: Timestamp,
    /// Which tab or device has the sheet.
    pub hold: i64,
    /// The number of the newest kept save.
    pub seq: i64,
    /// Whether it still takes answers.
    pub running: bool,
}

impl Engine {
    /// The pulse of one's own sheet.
    ///
    /// # Errors
    /// [`domain::Refusal::NotFound`] when it is none of the caller's.
    pub async fn pulse(&self, caller: &Caller, attempt: AttemptId) -> Result<Pulse> {
        let now = self.now();
        let live = self.live(caller, attempt, now).await?;
        let running = live.stage == Stage::Running && Phase::of_sheet(live.deadline, now).counts();
        Ok(Pulse { now, deadline: live.deadline, hold: live.hold, seq: live.seq, running })
    }
}
