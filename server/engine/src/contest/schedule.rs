//! Freezing and scheduling a round, and what a second person lets leave the schedule.

use crate::{Caller, Engine, Result, Stop, notify::Change, store::Work};
use domain::{
    Refusal, Timestamp,
    contest::RoundStage,
    id::{AccountId, RoundId},
    identity::{Action, Deed},
    vietnamese::tidy,
};

impl Engine {
    /// Freezes rules, pool and headcounts of a draft, excludes its makers, and lets the clock open it.
    ///
    /// # Errors
    /// [`Refusal::NotReady`] while the checklist is not empty, [`Refusal::BlueprintUncovered`] when only questions are
    /// missing; [`Refusal::AlreadyDone`] when it is frozen.
    pub async fn schedule_round(&self, caller: &Caller, round: RoundId) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let (planned, pools) = work.plan_round(round, now).await?;
        if planned.round.stage != RoundStage::Draft {
            return Err(Refusal::AlreadyDone.into());
        }
        if !planned.lacks.is_empty() {
            let only_questions = planned.lacks.iter().all(|lack| matches!(lack, domain::contest::Lack::Uncovered { .. }));
            return Err(if only_questions { Refusal::BlueprintUncovered } else { Refusal::NotReady }.into());
        }
        if work.freeze_round(round, planned.round.revision, caller.account, now).await? == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let mut questions = 0;
        for pool in &pools {
            for row in &pool.rows {
                work.add_to_pool(pool.division, *row).await?;
            }
            questions += pool.rows.len();
        }
        work.mark_pool_served(round).await?;
        let units = work.freeze_headcounts(round, now).await?;
        work.exclude_makers(planned.contest.id, now).await?;
        work.note(now, caller, Deed::ScheduleRound, &round.to_string(), &format!(r#"{{"questions":{questions},"units":{units}}}"#)).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        self.notify.tell(Change::Contest(planned.contest.id));
        Ok(())
    }
}

impl Work {
    /// Returns a scheduled round that has not opened to a draft, or calls it off: its pool and headcounts thaw, and what
    /// waits for a decision about it is turned down. How many rounds that were.
    pub(super) async fn leave_schedule(&mut self, round: RoundId, stage: RoundStage, (by, now): (AccountId, Timestamp)) -> Result<u64> {
        let left = self.thaw_round(round, stage, now).await?;
        if left > 0 {
            self.empty_pools(round).await?;
            self.thaw_headcounts(round).await?;
            self.drop_proposals(round, by, now).await?;
        }
        Ok(left)
    }
}

/// A reason of at least ten signs, tidy.
pub(super) fn reason_given(typed: &str) -> Result<String> {
    let reason = tidy(typed);
    match reason.chars().count() {
        0..10 => Err(Stop::at("reason", Refusal::ReasonNeeded)),
        10..=1_000 => Ok(reason),
        _ => Err(Stop::at("reason", Refusal::TooLong)),
    }
}
