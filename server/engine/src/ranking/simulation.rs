//! Simulated entries for the demonstration and for stories: only ever in a contest that says so.

use super::store::SimulatedRow;
use crate::{Engine, Result, attempt::SimulatedSheet, random};
use domain::{
    Points, Refusal, Timestamp,
    id::{AccountId, RoundId},
    identity::Deed,
};

/// One simulated sitting, handed in and marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedSitting {
    /// Its start.
    pub started_at: Timestamp,
    /// The hand-in.
    pub ended_at: Timestamp,
    /// Right answers.
    pub correct: i64,
    /// Points.
    pub score: Points,
    /// The guess, scaled by the question's decimals.
    pub prediction: Option<i64>,
    /// Why a reviewer should look at it; empty for no reason.
    pub flag: &'static str,
    /// Its paper and answers; none where only the mark matters.
    pub sheet: Option<SimulatedSheet>,
}

/// What an account did in the round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulatedPerson {
    /// The account.
    pub account: AccountId,
    /// Its sittings, the earliest first.
    pub sittings: Vec<SimulatedSitting>,
}

/// People stored in one unit of work: enough to be quick, few enough to let others write in between.
const TOGETHER: usize = 200;

impl Engine {
    /// Stores simulated sittings; people without an entry get one with a random code.
    ///
    /// # Errors
    /// [`Refusal::NotSimulated`] unless the contest is marked as simulated, [`Refusal::NoDivision`] when the round
    /// has none for somebody, [`Refusal::NotFound`].
    pub async fn simulate_sittings(&self, round: RoundId, people: &[SimulatedPerson]) -> Result<()> {
        let now = self.now();
        for some in people.chunks(TOGETHER) {
            let mut work = self.store.begin().await?;
            let row = work.round_to_judge(round).await?;
            if !row.simulated {
                return Err(Refusal::NotSimulated.into());
            }
            let divisions = work.judged_divisions(round).await?;
            for person in some {
                let (audience, unit) = work.audience_and_unit(person.account).await?.ok_or(Refusal::NotFound)?;
                let division = divisions.iter().find(|division| division.audience == audience).ok_or(Refusal::NoDivision)?;
                work.enter_simulated((row.contest_id, person.account), &random::code(6), now).await?;
                let before = work.last_ordinal(round, person.account).await?;
                for (ordinal, sitting) in (before + 1..).zip(&person.sittings) {
                    let receipt = random::code(8);
                    let simulated = SimulatedRow {
                        id: random::id(sitting.started_at),
                        round,
                        division: division.id,
                        account: person.account,
                        unit,
                        ordinal,
                        deadline: sitting.started_at + division.rules.duration,
                        receipt: &receipt,
                        sitting,
                    };
                    work.add_simulated(&simulated).await?;
                    if let Some(sheet) = &sitting.sheet {
                        work.keep_simulated_sheet(simulated.id, (sitting.started_at, sitting.ended_at), sheet).await?;
                    }
                }
            }
            let detail = format!(r#"{{"sittings_of_people":{}}}"#, some.len());
            work.note_by(now, None, Deed::SeedDemo, &round.to_string(), &detail).await?;
            work.commit().await?;
        }
        Ok(())
    }
}
