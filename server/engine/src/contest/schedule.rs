//! Freezing and scheduling a round, and calling it off before it opens.

use crate::{Caller, Engine, Result, Stop, notify::Change};
use domain::{
    Refusal,
    contest::{RoundStage, RoundState},
    id::RoundId,
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
        work.exclude_makers(planned.contest.id).await?;
        work.note(now, caller, Deed::ScheduleRound, &round.to_string(), &format!(r#"{{"questions":{questions},"units":{units}}}"#)).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        self.notify.tell(Change::Contest(planned.contest.id));
        Ok(())
    }

    /// Takes a scheduled round back to a draft before it opens.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] at `reason`; [`Refusal::WrongOrder`] once it has opened or when it was not scheduled.
    pub async fn unschedule_round(&self, caller: &Caller, round: RoundId, reason: &str) -> Result<()> {
        self.leave_schedule(caller, round, (RoundStage::Draft, reason)).await
    }

    /// Calls a scheduled round off before it opens; it stays in the list with this word.
    ///
    /// # Errors
    /// As [`Engine::unschedule_round`].
    pub async fn cancel_round(&self, caller: &Caller, round: RoundId, reason: &str) -> Result<()> {
        self.leave_schedule(caller, round, (RoundStage::Cancelled, reason)).await
    }

    async fn leave_schedule(&self, caller: &Caller, round: RoundId, (stage, reason): (RoundStage, &str)) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let reason = reason_given(reason)?;
        let mut work = self.store.begin().await?;
        let known = work.round(round, now).await?;
        if known.state != RoundState::Waiting || work.thaw_round(round, stage, now).await? == 0 {
            return Err(Refusal::WrongOrder.into());
        }
        work.empty_pools(round).await?;
        work.thaw_headcounts(round).await?;
        work.drop_proposals(round, caller.account, now).await?;
        work.exclude_makers(known.contest).await?;
        let detail = serde_json::json!({ "to": stage, "reason": reason }).to_string();
        work.note(now, caller, Deed::UnscheduleRound, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        self.notify.tell(Change::Contest(known.contest));
        Ok(())
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
