//! The frozen pool of a round, and the approved questions that could stand in it instead.

use crate::{Caller, Engine, Result};
use domain::{
    Refusal,
    id::{DivisionId, QuestionId, RoundId},
    identity::{Action, Audience},
};

/// A question of a pool, or one that could replace it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolPlace {
    /// Of which division.
    pub division: DivisionId,
    /// For whom.
    pub audience: Audience,
    /// Which cell of the blueprint it fills, from 0.
    pub cell: usize,
    /// The question.
    pub question: QuestionId,
    /// Its code.
    pub code: String,
}

impl Engine {
    /// The questions of the round's pools, by division and place.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn pool_of(&self, caller: &Caller, round: RoundId) -> Result<Vec<PoolPlace>> {
        must_read(caller)?;
        let mut work = self.store.read().await?;
        let mut places = Vec::new();
        for division in work.divisions(round).await? {
            for (row, code) in work.coded_pool_of(division.id).await? {
                let cell = usize::try_from(row.cell).unwrap_or(usize::MAX);
                places.push(PoolPlace { division: division.id, audience: division.audience, cell, question: row.question_id, code });
            }
        }
        Ok(places)
    }

    /// The approved questions that would fill a cell of the round's divisions and stand in no pool of theirs.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] or [`Refusal::NotFound`].
    pub async fn spare_questions(&self, caller: &Caller, round: RoundId) -> Result<Vec<PoolPlace>> {
        must_read(caller)?;
        let now = self.now();
        let mut work = self.store.read().await?;
        let (planned, pools) = work.plan_round(round, now).await?;
        let mut spares = Vec::new();
        for (division, pool) in planned.divisions.iter().zip(pools) {
            let held = work.pool_of(division.id).await?;
            for row in pool.rows.iter().filter(|row| !held.iter().any(|held| held.question_id == row.question_id)) {
                let cell = usize::try_from(row.cell).unwrap_or(usize::MAX);
                let code = work.question_code(row.question_id).await?.ok_or(Refusal::NotFound)?;
                spares.push(PoolPlace { division: division.id, audience: division.audience, cell, question: row.question_id, code });
            }
        }
        Ok(spares)
    }
}

fn must_read(caller: &Caller) -> Result<()> {
    caller.must(Action::SetUpContest)?;
    Ok(caller.must(Action::ReadBank)?)
}
