//! Sheets of simulated people: kept and chained like any other, so that a proof of the round holds for them too.

use super::store::SavedRow;
use crate::{
    Engine, Result,
    store::{Result as Stored, Work},
};
use domain::{
    Timestamp,
    attempt::{Keyed, Link, first_link, link},
    id::{AttemptId, DivisionId, RoundId},
};

/// The paper and the sheet of a simulated sitting, as canonical bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedSheet {
    /// The paper.
    pub paper: Vec<u8>,
    /// The answers.
    pub answers: Vec<u8>,
}

impl Engine {
    /// The keys of a division by number in the pool, for simulated people who know some of them.
    ///
    /// # Errors
    /// When the store fails, or there is no such frozen round.
    pub(crate) async fn keys_of(&self, round: RoundId, division: DivisionId) -> Result<Vec<Keyed>> {
        Ok(self.held(round).await?.keys.of(division).to_vec())
    }
}

impl Work {
    /// Keeps the sheet as the one save of a simulated attempt.
    pub(crate) async fn keep_simulated_sheet(
        &mut self,
        id: AttemptId,
        (started_at, ended_at): (Timestamp, Timestamp),
        sheet: &SimulatedSheet,
    ) -> Stored<()> {
        let mut save = Link { hold: 1, seq: 1, received_at: ended_at, answers: sheet.answers.clone(), hash: [0; 32] };
        save.hash = link(&first_link(id, started_at, &sheet.paper), id, &save);
        let row = SavedRow {
            seq: save.seq,
            hold: save.hold,
            received_at: ended_at,
            late: false,
            answers: save.answers,
            hash: save.hash.to_vec(),
        };
        self.put_simulated_paper(id, &sheet.paper, &row).await?;
        self.add_save(id, &row).await?;
        Ok(())
    }
}
