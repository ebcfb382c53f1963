//! Ending the sheets of somebody who takes part no longer.

use super::{ending::end, start::TRIES};
use crate::{
    Engine, Fault, Result, Stop,
    store::{StoreError, Work},
};
use domain::{
    Refusal, Timestamp,
    attempt::EndedBy,
    id::{AccountId, AttemptId},
};

impl Engine {
    /// Ends what the account sits right now, in this unit of work; after its commit [`Self::forget_sheets`] is due.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when saves of the sheet come in all the time.
    pub(crate) async fn end_sheets_of(&self, work: &mut Work, account: AccountId, now: Timestamp) -> Result<Vec<AttemptId>> {
        let mut ended = Vec::new();
        for (attempt, round) in work.running_of(account).await? {
            let keys = self.held(round).await?.keys;
            let mut tries = 0..TRIES;
            loop {
                tries.next().ok_or(Refusal::Busy)?;
                match end(work, &keys, attempt, EndedBy::Organiser, now).await {
                    // A save came in between: look again.
                    Err(Stop::Fault(Fault::Store(StoreError::Duplicate))) => {}
                    Ok(_) => break,
                    Err(stop) => return Err(stop),
                }
            }
            ended.push(attempt);
        }
        Ok(ended)
    }

    /// Forgets what this node remembers of sheets that were ended.
    pub(crate) fn forget_sheets(&self, ended: &[AttemptId]) {
        for attempt in ended {
            self.sittings.live.forget(*attempt);
        }
    }
}
