//! What came after the grace: kept beside what counts, never counted, and shown to the jury (I2).

use super::{
    live::head,
    store::{AttemptRow, LateRow, SavedRow},
};
use crate::{
    Caller, Engine, Fault, Result,
    store::{StoreError, Work},
};
use domain::{
    Refusal, Timestamp,
    attempt::{Answer, Digest, Keeping, Link, Sheet, keep_late, link},
    contest::{Prediction, RoundStage},
    id::{AttemptId, RoundId},
    identity::Action,
};

/// So many late sheets stand on a page.
const PAGE: i64 = 200;

/// A sheet that came too late, as it was received.
pub(super) struct Arrived<'a> {
    /// The number that it was sent under; a plain form has none.
    pub sent: Option<i64>,
    /// The one that it is kept under.
    pub seq: i64,
    pub received_at: Timestamp,
    pub answers: &'a [u8],
}

/// What came too late in a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LateSheets {
    /// Of whom, by name: those of this page.
    pub people: Vec<LatePerson>,
    /// How many sheets there are in all.
    pub sheets: i64,
    /// This page, from 1.
    pub page: u32,
    /// The last page.
    pub last: u32,
}

/// What came too late of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatePerson {
    /// The attempt.
    pub attempt: AttemptId,
    /// The name.
    pub full_name: String,
    /// The unit.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: Option<String>,
    /// When the time was up.
    pub deadline: Timestamp,
    /// In the order in which they came.
    pub sheets: Vec<LateSheet>,
}

/// A sheet that came too late.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LateSheet {
    /// When it was received.
    pub at: Timestamp,
    /// How many questions it answers.
    pub answered: usize,
    /// Where it says something else than the sheet that counts: the number of the question, and both answers.
    pub differs: Vec<(usize, Answer, Answer)>,
    /// Both predictions, where they are not the same.
    pub guess_differs: Option<(String, String)>,
}

impl Engine {
    /// What came too late in a round, from its review on, page by page from 1; none of it counts.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; [`Refusal::NotFound`]; [`Refusal::WrongOrder`] before the review.
    pub async fn late_sheets(&self, caller: &Caller, round: RoundId, page: u32) -> Result<LateSheets> {
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.read().await?;
        let stage = work.round_to_judge(round).await?.stage;
        if matches!(stage, RoundStage::Draft | RoundStage::Scheduled | RoundStage::Cancelled) {
            return Err(Refusal::WrongOrder.into());
        }
        let sheets = work.count_late(round).await?;
        let last = u32::try_from((sheets.max(1) - 1) / PAGE + 1).unwrap_or(u32::MAX);
        let page = page.clamp(1, last);
        let mut late = LateSheets { sheets, page, last, ..LateSheets::default() };
        let rows = work.late_rows(round, PAGE, i64::from(page - 1) * PAGE).await?;
        drop(work);
        for row in rows {
            let frozen = self.frozen(round).await?;
            let asked = frozen.division(row.division_id).and_then(|division| division.rules.prediction.as_ref());
            let sheet = row.sheet(asked.map_or(0, Prediction::scale))?;
            match late.people.last_mut() {
                Some(person) if person.attempt == row.attempt_id => person.sheets.push(sheet),
                _ => late.people.push(row.person(sheet)),
            }
        }
        Ok(late)
    }
}

impl LateRow {
    /// The sheet beside the one that counts; predictions have so many decimals.
    fn sheet(&self, decimals: u32) -> Result<LateSheet> {
        let read = |bytes: &[u8]| Sheet::from_bytes(bytes).map_err(|error| Fault::Unreadable("answers of an attempt", Box::new(error)));
        let (counted, late) = (read(&self.counted)?, read(&self.answers)?);
        let both = (1..).zip(counted.answers.iter().zip(&late.answers)).filter(|(_, (counted, late))| counted != late);
        let differs = both.map(|(number, (counted, late))| (number, counted.clone(), late.clone())).collect();
        let guess_differs = (counted.guess != late.guess).then(|| (counted.guess.typed(decimals), late.guess.typed(decimals)));
        Ok(LateSheet { at: self.received_at, answered: late.answered(), differs, guess_differs })
    }

    fn person(self, first: LateSheet) -> LatePerson {
        LatePerson {
            attempt: self.attempt_id,
            full_name: self.full_name,
            unit: self.unit,
            code: self.code,
            deadline: self.deadline,
            sheets: vec![first],
        }
    }
}

impl Work {
    /// Keeps what came too late as far as [`keep_late`] says; a head that has moved is a duplicate, to be looked at again.
    pub(super) async fn take_late(&mut self, row: &AttemptRow, arrived: Arrived<'_>) -> Result<()> {
        let newest = head(row)?;
        let so_far = self.late_so_far((row.id, row.round_id), &newest, arrived.answers).await?;
        let hung = match keep_late(arrived.sent, row.seq, so_far) {
            Keeping::Nothing => true,
            Keeping::Next => self.hang_late(row.id, &newest, &next(row, &newest, &arrived)).await?,
            Keeping::InPlaceOfNewest => {
                let before = self.head_before(row.id, &newest).await?;
                let before = Digest::try_from(before).map_err(|_| Fault::Broken("a chain's hash has another length"))?;
                self.replace_late(row.id, &newest, &next(row, &before, &arrived)).await?
            }
        };
        if hung { Ok(()) } else { Err(StoreError::Duplicate.into()) }
    }
}

/// The save that hangs on this one: of the hold that has the sheet, whoever sent it, so that the order of the chain stands.
fn next(row: &AttemptRow, previous: &Digest, arrived: &Arrived<'_>) -> SavedRow {
    let (hold, seq, received_at) = (row.hold, arrived.seq, arrived.received_at);
    let answers = arrived.answers.to_vec();
    let hash = link(previous, row.id, &Link { hold, seq, received_at, answers: answers.clone(), hash: [0; 32] });
    SavedRow { seq, hold, received_at, late: true, answers, hash: hash.to_vec() }
}
