//! What the sheet's page and the hand-in page show: the paper in displayed order and what was saved.

use super::{
    frozen::{Division, Frozen},
    live,
    store::AttemptRow,
};
use crate::{Caller, Engine, Fault, Result};
use domain::{
    Refusal, Timestamp,
    attempt::{Answer, Paper, Phase, Sheet, Stage},
    bank::Kind,
    id::AttemptId,
    identity::Action,
};
use std::sync::Arc;

/// A sheet as its owner sees it.
#[derive(Debug)]
pub struct SheetView {
    /// The attempt.
    pub attempt: AttemptId,
    /// The round, with its ready-made questions.
    pub frozen: Arc<Frozen>,
    /// Which of its divisions.
    division: usize,
    /// The paper.
    pub paper: Paper,
    /// The newest counted answers.
    pub sheet: Sheet,
    /// Where it stands.
    pub stage: Stage,
    /// What may be done right now.
    pub phase: Phase,
    /// When the time is up; in a pause: as if the round went on right now.
    pub deadline: Timestamp,
    /// Whether a pause holds it: it is locked, and loses no time.
    pub paused: bool,
    /// What the clock of the server says.
    pub now: Timestamp,
    /// Which tab or device has it.
    pub hold: i64,
    /// The number of the newest kept save.
    pub seq: i64,
    /// When it was saved last; `None`: not yet.
    pub saved_at: Option<Timestamp>,
}

impl SheetView {
    /// The division.
    pub fn division(&self) -> &Division {
        &self.frozen.divisions[self.division]
    }

    /// Which numbers were typed but cannot be read, by number on the sheet.
    pub fn unread(&self) -> Vec<usize> {
        let answers = (1..).zip(self.paper.places.iter().zip(&self.sheet.answers));
        let unread = answers.filter(|(_, (place, answer))| {
            matches!(answer, Answer::Typed(_)) && self.division().shape(place.pool).is_some_and(|shape| shape.kind == Kind::Number)
        });
        unread.map(|(number, _)| number).collect()
    }

    /// How many questions are answered; what cannot be read is not.
    pub fn answered(&self) -> usize {
        self.sheet.answered() - self.unread().len()
    }

    /// Which questions are not answered, by number on the sheet.
    pub fn unanswered(&self) -> Vec<usize> {
        self.sheet.unanswered()
    }

    /// Whether it still takes answers.
    pub fn is_running(&self) -> bool {
        self.stage == Stage::Running && matches!(self.phase, Phase::Running { .. })
    }
}

impl Engine {
    /// One's own sheet.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is none of the caller's.
    pub async fn sheet(&self, caller: &Caller, attempt: AttemptId) -> Result<SheetView> {
        let now = self.now();
        caller.must(Action::TakePart)?;
        let row = self.own_attempt(caller, attempt).await?;
        let frozen = self.frozen(row.round_id).await?;
        let division = frozen
            .divisions
            .iter()
            .position(|division| division.id == row.division_id)
            .ok_or(Fault::Broken("an attempt's division is gone"))?;
        let pause = frozen.pause.after(row.started_at);
        let deadline = pause.moved(row.deadline, now);
        Ok(SheetView {
            attempt,
            division,
            paper: live::paper(&row)?,
            sheet: Sheet::from_bytes(&row.answers).map_err(|error| Fault::Unreadable("answers of an attempt", Box::new(error)))?,
            stage: row.stage,
            phase: Phase::of_sheet(deadline, now),
            deadline,
            paused: row.stage == Stage::Running && pause.holds(row.deadline).is_some(),
            now,
            hold: row.hold,
            seq: row.seq,
            saved_at: (row.seq > 0).then_some(row.saved_at),
            frozen,
        })
    }

    /// The attempt, if it is the caller's own.
    pub(super) async fn own_attempt(&self, caller: &Caller, attempt: AttemptId) -> Result<AttemptRow> {
        let row = self.store.glance().await?.attempt(attempt).await?;
        row.filter(|row| row.account_id == caller.account).ok_or(Refusal::NotFound.into())
    }
}
