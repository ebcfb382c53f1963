//! The one ending of an attempt, whoever or whatever brings it about; and the sweeper.

use super::{
    frozen::{Held, Keys},
    live,
    start::TRIES,
    store::{AttemptRow, EndedRow},
};
use crate::{
    Caller, Engine, Fault, Result, Stop, random,
    store::{StoreError, Work},
};
use domain::{
    Refusal, Timestamp,
    attempt::{EndedBy, Ending, GRACE, Mark, Phase, Sheet, Stage, mark},
    contest::Pause,
    id::{AttemptId, RoundId},
    identity::Action,
};
use futures::{FutureExt, StreamExt};
use std::sync::Arc;

/// Letters of a receipt's code.
const RECEIPT_LETTERS: usize = 8;
/// Sheets that one look of the sweeper ends.
const SWEEP: i64 = 2_000;
/// Endings that the sweeper has under way at once.
const AT_ONCE: usize = 64;

/// The proof that a sheet was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The attempt.
    pub attempt: AttemptId,
    /// When it ended.
    pub at: Timestamp,
    /// Who or what ended it.
    pub by: EndedBy,
    /// The code.
    pub code: String,
}

/// What one look of the sweeper did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Swept {
    /// Sheets that it ended.
    pub ended: usize,
    /// Sheets that it could not end; the log says why.
    pub failed: usize,
}

impl Engine {
    /// Hands in one's own sheet as it was acknowledged last; asked again, the same receipt is given.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is none of the caller's.
    pub async fn hand_in(&self, caller: &Caller, attempt: AttemptId) -> Result<Receipt> {
        let now = self.now();
        caller.must(Action::TakePart)?;
        let live = self.live(caller, attempt, now).await?;
        let ended = self.end(attempt, live.round, EndedBy::Contestant, now).await?;
        ended.ok_or_else(|| Fault::Broken("a hand-in did not end its sheet").into())
    }

    /// Ends every sheet whose time and grace are over; a task calls it every few seconds.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn sweep(&self) -> Result<Swept> {
        self.sweep_rounds(None).await
    }

    /// Ends every sheet of this round whose time and grace are over, or those of all rounds.
    pub(crate) async fn sweep_rounds(&self, round: Option<RoundId>) -> Result<Swept> {
        let now = self.now();
        let mut swept = Swept::default();
        loop {
            let overdue = self.store.glance().await?.overdue(round, now - GRACE, SWEEP).await?;
            let found = overdue.len();
            let endings = futures::stream::iter(overdue)
                .map(|(attempt, round)| async move { (attempt, self.end(attempt, round, EndedBy::Clock, now).await) });
            let results: Vec<_> = endings.buffer_unordered(AT_ONCE).collect().await;
            let before = swept.ended;
            for (attempt, result) in results {
                match result {
                    Ok(_) => swept.ended += 1,
                    Err(stop) => {
                        swept.failed += 1;
                        tracing::error!(%attempt, error = &stop as &dyn std::error::Error, "the sweeper could not end a sheet");
                    }
                }
            }
            // A full look may have left more behind; one that ended nothing will not get further.
            if i64::try_from(found).unwrap_or(i64::MAX) < SWEEP || swept.ended == before {
                return Ok(swept);
            }
        }
    }

    /// Every way of ending goes through here; `None`: the clock was asked too early.
    pub(super) async fn end(&self, attempt: AttemptId, round: RoundId, by: EndedBy, now: Timestamp) -> Result<Option<Receipt>> {
        for _ in 0..TRIES {
            let Held { frozen, keys } = self.held(round).await?;
            let paused = frozen.pause.is_on();
            let done = self
                .write_once(move |work| {
                    let keys = Arc::clone(&keys);
                    async move { end(work, (attempt, paused), &keys, (by, now)).await }.boxed()
                })
                .await;
            match done {
                Err(Stop::Fault(Fault::Store(StoreError::Duplicate))) => {}
                Ok(receipt) => {
                    if receipt.is_some() {
                        self.sittings.live.forget(attempt);
                        self.sittings.watch.ended(round, attempt, now);
                    }
                    return Ok(receipt);
                }
                Err(stop) => return Err(stop),
            }
        }
        Err(Refusal::Busy.into())
    }
}

pub(super) async fn end(
    work: &mut Work,
    (attempt, paused): (AttemptId, bool),
    keys: &Keys,
    (by, now): (EndedBy, Timestamp),
) -> Result<Option<Receipt>> {
    let row = work.attempt(attempt).await?.ok_or(Refusal::NotFound)?;
    if row.stage != Stage::Running {
        return receipt(&row).map(Some);
    }
    // Memory may not know yet that the round goes on: then the deadline has moved already.
    let since = if paused { work.paused_since(row.round_id).await? } else { None };
    let pause = Pause { since }.after(row.started_at);
    let deadline = pause.moved(row.deadline, now);
    if by == EndedBy::Clock && Phase::of_sheet(deadline, now).counts() {
        return Ok(None);
    }
    let ending = Ending::of(deadline, by, now);
    let marked = mark_row(&row, keys)?;
    let ended = EndedRow {
        deadline,
        paused: row.paused + pause.length(row.deadline, now),
        at: ending.at,
        by: ending.by,
        receipt: random::code(RECEIPT_LETTERS),
        correct: marked.correct,
        score: marked.score,
        key_version: keys.version,
    };
    if work.end_attempt(&row, &ended).await? == 0 {
        return Err(StoreError::Duplicate.into());
    }
    Ok(Some(Receipt { attempt, at: ended.at, by: ended.by, code: ended.receipt }))
}

/// The mark that the stored paper and answers earn with these keys.
pub(super) fn mark_row(row: &AttemptRow, keys: &Keys) -> Result<Mark> {
    let sheet = Sheet::from_bytes(&row.answers).map_err(|error| Fault::Unreadable("answers of an attempt", Box::new(error)))?;
    Ok(mark(&live::paper(row)?, keys.of(row.division_id), &sheet))
}

/// The receipt of an attempt that has ended.
pub(super) fn receipt(row: &AttemptRow) -> Result<Receipt> {
    match (row.ended_at, row.ended_by, &row.receipt) {
        (Some(at), Some(by), Some(code)) => Ok(Receipt { attempt: row.id, at, by, code: code.clone() }),
        _ => Err(Fault::Broken("an ended attempt has no ending").into()),
    }
}
