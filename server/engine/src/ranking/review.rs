//! The review of a closed round (rà soát): every sheet ended, every flagged entry decided.

use super::store::ReviewRow;
use crate::{Caller, Engine, Result, Stop, notify::Change, store::Work};
use domain::{
    Refusal, Timestamp,
    contest::RoundStage,
    id::{AttemptId, RoundId},
    identity::{Action, Deed},
    vietnamese::tidy_text,
};

/// What the review decided about an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody has decided yet.
    Open,
    /// It counts.
    Kept,
    /// It is not recognised, for this reason.
    Voided(String),
}

/// An entry in the list of the review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// The attempt.
    pub attempt: AttemptId,
    /// The name.
    pub full_name: String,
    /// The unit.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: Option<String>,
    /// Right answers.
    pub correct: i64,
    /// When it was handed in.
    pub ended_at: Option<Timestamp>,
    /// Why it was flagged; empty when it was not.
    pub flag: String,
    /// Another entrant of the round gave the same identity number.
    pub same_number: bool,
    /// What was decided.
    pub verdict: Verdict,
}

impl From<ReviewRow> for Reviewed {
    fn from(row: ReviewRow) -> Self {
        let verdict = match row.verdict.as_deref() {
            None => Verdict::Open,
            Some("kept") => Verdict::Kept,
            Some(_) => Verdict::Voided(row.reason.unwrap_or_default()),
        };
        Self {
            attempt: row.id,
            full_name: row.full_name,
            unit: row.unit,
            code: row.code,
            correct: row.correct,
            ended_at: row.ended_at,
            flag: row.flag,
            same_number: row.same_number,
            verdict,
        }
    }
}

/// The longest reason that is kept.
const LONGEST_REASON: usize = 1_000;

/// A reason somebody typed, tidied.
///
/// # Errors
/// [`Refusal::ReasonNeeded`] when it is blank, [`Refusal::TooLong`]; both at the field `reason`.
pub(crate) fn reason(typed: &str) -> Result<String> {
    let reason = tidy_text(typed);
    match reason.chars().count() {
        0 => Err(Stop::at("reason", Refusal::ReasonNeeded)),
        1..=LONGEST_REASON => Ok(reason),
        _ => Err(Stop::at("reason", Refusal::TooLong)),
    }
}

impl Engine {
    /// Takes a closed round into review, or a ranked one back into it; sheets whose time is over are ended first.
    ///
    /// # Errors
    /// [`Refusal::StillOpen`], [`Refusal::LateStartOpen`], [`Refusal::SheetsRunning`], [`Refusal::AlreadyDone`],
    /// [`Refusal::WrongOrder`].
    pub async fn begin_review(&self, caller: &Caller, round: RoundId) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        // Organisers need not wait for the sweeper.
        self.sweep_rounds(Some(round)).await?;
        let mut work = self.store.begin().await?;
        let row = work.round_to_judge(round).await?;
        match row.stage {
            RoundStage::Scheduled | RoundStage::Ranked => {}
            RoundStage::Review => return Err(Refusal::AlreadyDone.into()),
            RoundStage::Draft | RoundStage::Submitted | RoundStage::Published | RoundStage::Cancelled => {
                return Err(Refusal::WrongOrder.into());
            }
        }
        // What is paused goes on after its hour too.
        if now < row.closes_at || row.paused_since.is_some() {
            return Err(Refusal::StillOpen.into());
        }
        if work.last_late_start(round).await?.is_some_and(|until| now < until) {
            return Err(Refusal::LateStartOpen.into());
        }
        if work.unended(round).await? > 0 {
            return Err(Refusal::SheetsRunning.into());
        }
        if !work.move_round(round, row.stage, RoundStage::Review).await? {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        work.note(now, caller, Deed::BeginReview, &round.to_string(), "").await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }

    /// The entries to look at: flagged ones, those that share an identity number, and those already decided.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn entries_to_review(&self, caller: &Caller, round: RoundId) -> Result<Vec<Reviewed>> {
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.read().await?;
        work.round_to_judge(round).await?;
        Ok(work.review_rows(round).await?.into_iter().map(Reviewed::from).collect())
    }

    /// Recognises an entry, also one that the review had voided before.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`] outside the review, [`Refusal::NotFound`].
    pub async fn keep_attempt(&self, caller: &Caller, attempt: AttemptId) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.begin().await?;
        let round = work.round_in_review(attempt).await?;
        work.recognise(attempt).await?;
        work.put_review((attempt, round), ("kept", ""), (caller.account, now)).await?;
        work.note(now, caller, Deed::KeepAttempt, &attempt.to_string(), "").await?;
        work.commit().await?;
        Ok(())
    }

    /// Does not recognise an entry (không công nhận kết quả); its owner reads the reason.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] at `reason`, [`Refusal::WrongOrder`] outside the review, [`Refusal::AlreadyDone`].
    pub async fn void_attempt(&self, caller: &Caller, attempt: AttemptId, why: &str) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let why = reason(why)?;
        let mut work = self.store.begin().await?;
        let round = work.round_in_review(attempt).await?;
        if !work.void(attempt, &why).await? {
            return Err(Refusal::AlreadyDone.into());
        }
        work.put_review((attempt, round), ("voided", &why), (caller.account, now)).await?;
        let detail = serde_json::json!({ "reason": why }).to_string();
        work.note(now, caller, Deed::VoidAttempt, &attempt.to_string(), &detail).await?;
        work.commit().await?;
        Ok(())
    }
}

impl Work {
    /// The round of an ended attempt, which must be under review.
    async fn round_in_review(&mut self, attempt: AttemptId) -> Result<RoundId> {
        let (round,) = self.round_of_marked(attempt).await?.ok_or(Refusal::NotFound)?;
        if self.round_to_judge(round).await?.stage == RoundStage::Review { Ok(round) } else { Err(Refusal::WrongOrder.into()) }
    }
}
