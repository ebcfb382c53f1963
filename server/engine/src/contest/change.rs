//! Changes of a frozen round: one organiser proposes with a reason, another decides, the public reads it.

use super::{json, schedule::reason_given, store::ChangeRow, stored};
use crate::{Caller, Engine, Result, notify::Change, random, store::Work};
use domain::{
    Refusal, Timestamp,
    contest::{ChangeState, RoundChange, RoundStage, Window},
    id::{AccountId, ChangeId, DivisionId, QuestionId, RoundId, VersionId},
    identity::{Action, Deed},
};
use std::collections::BTreeSet;

/// A proposed, done or declined change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedChange {
    /// Which.
    pub id: ChangeId,
    /// Of which round.
    pub round: RoundId,
    /// What changes.
    pub what: RoundChange,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub proposer: String,
    /// Whether the one who asks proposed it and so cannot decide it.
    pub own: bool,
    /// When.
    pub proposed_at: Timestamp,
    /// Who decided it.
    pub decider: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Where it stands.
    pub state: ChangeState,
}

impl ChangeRow {
    pub(super) fn what(&self) -> Result<RoundChange, crate::Fault> {
        stored("the change", &self.what)
    }
}

impl Engine {
    /// The changes of a round, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn changes_of(&self, caller: &Caller, round: RoundId) -> Result<Vec<ProposedChange>> {
        caller.must(Action::SetUpContest)?;
        let rows = self.store.glance().await?.changes_of(round).await?;
        let change = |row: ChangeRow| {
            Ok(ProposedChange {
                what: row.what()?,
                own: row.proposed_by == caller.account,
                id: row.id,
                round: row.round_id,
                reason: row.reason,
                proposer: row.proposer,
                proposed_at: row.proposed_at,
                decider: row.decider,
                decided_at: row.decided_at,
                state: row.state,
            })
        };
        rows.into_iter().map(change).collect()
    }

    /// Proposes a change of a frozen round; nothing changes before a second person agrees.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] at `reason`; what [`RoundChange::check`] refuses; [`Refusal::NotOffered`] when a unit
    /// or question has no part in the round.
    pub async fn propose_change(&self, caller: &Caller, round: RoundId, what: &RoundChange, reason: &str) -> Result<ChangeId> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let reason = reason_given(reason)?;
        let mut work = self.store.begin().await?;
        work.check_change(round, what, now).await?;
        let id = random::id(now);
        let what = json(what)?;
        work.add_change(id, round, (&what, &reason), (caller.account, now)).await?;
        work.note(now, caller, Deed::ProposeChange, &round.to_string(), &what).await?;
        work.commit().await?;
        Ok(id)
    }

    /// Decides a proposed change; agreeing is for a second person, and makes it hold at once.
    ///
    /// # Errors
    /// [`Refusal::SecondPerson`] for whoever proposed it, or became an organiser only since;
    /// [`Refusal::AlreadyDone`]; whatever refuses the change by now.
    pub async fn decide_change(&self, caller: &Caller, change: ChangeId, agreed: bool) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let row = work.change_row(change).await?.ok_or(Refusal::NotFound)?;
        if agreed && !work.is_second_person(caller.account, (row.proposed_by, row.proposed_at)).await? {
            return Err(Refusal::SecondPerson.into());
        }
        let state = if agreed { ChangeState::Done } else { ChangeState::Declined };
        if work.decide_change(change, state, caller.account, now).await? == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        let round = work.round(row.round_id, now).await?;
        if agreed {
            let what = row.what()?;
            let swap = work.check_change(row.round_id, &what, now).await?;
            work.apply_change(row.round_id, (&what, swap), (caller.account, now)).await?;
            work.exclude_makers(round.contest, now).await?;
        }
        let detail = serde_json::json!({ "change": change, "state": state }).to_string();
        work.note(now, caller, Deed::DecideChange, &row.round_id.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(row.round_id));
        self.notify.tell(Change::Contest(round.contest));
        Ok(())
    }
}

impl Work {
    /// Refuses a change that makes no sense by now; for a replaced question, the version that comes.
    async fn check_change(&mut self, id: RoundId, what: &RoundChange, now: Timestamp) -> Result<Option<VersionId>> {
        let round = self.round(id, now).await?;
        what.check(round.state, round.settings.window, now)?;
        match what {
            RoundChange::CorrectHeadcount { unit, .. } => {
                self.frozen_headcount(id, *unit).await?.ok_or(Refusal::NotOffered)?;
                Ok(None)
            }
            RoundChange::ReplaceQuestion { division, question, by } => {
                self.check_swap(id, (*division, *question, *by), now).await.map(Some)
            }
            RoundChange::ShiftWindow { .. }
            | RoundChange::ExtendClose { .. }
            | RoundChange::ExpectResults { .. }
            | RoundChange::ReturnToDraft
            | RoundChange::CallOff => Ok(None),
        }
    }

    /// The version that may replace a question of a pool: of the same cell, not in the pool yet, not made by a contestant.
    async fn check_swap(&mut self, round: RoundId, swap: (DivisionId, QuestionId, QuestionId), now: Timestamp) -> Result<VersionId> {
        let (division, question, by) = swap;
        let known = self.round(round, now).await?;
        let divisions = self.divisions(round).await?;
        let division = divisions.into_iter().find(|known| known.id == division).ok_or(Refusal::NotOffered)?;
        let pool = self.pool_of(division.id).await?;
        let leaving = pool.iter().find(|row| row.question_id == question).ok_or(Refusal::NotOffered)?;
        if pool.iter().any(|row| row.question_id == by) {
            return Err(Refusal::Repeated.into());
        }
        let cell =
            usize::try_from(leaving.cell).ok().and_then(|cell| division.rules.blueprint.cells.get(cell)).ok_or(Refusal::NotOffered)?;
        let drawable = self.drawable(cell.topic, cell.difficulty, known.settings.window.opens).await?;
        let (_, version) = drawable.into_iter().find(|(question, _)| *question == by).ok_or(Refusal::NotOffered)?;
        let contest = self.contest(known.contest, now).await?;
        if self.barred(&contest, &BTreeSet::from([by])).await? > 0 {
            return Err(Refusal::Excluded.into());
        }
        Ok(version)
    }

    async fn apply_change(
        &mut self,
        round: RoundId,
        (what, version): (&RoundChange, Option<VersionId>),
        (by, now): (AccountId, Timestamp),
    ) -> Result<()> {
        let touched = match what {
            RoundChange::ShiftWindow { opens, closes } => self.move_window(round, Window { opens: *opens, closes: *closes }, now).await?,
            RoundChange::ExtendClose { closes } => {
                let opens = self.round(round, now).await?.settings.window.opens;
                // Who is sitting right now gains the time too.
                self.follow_window(round, *closes).await?;
                self.move_window(round, Window { opens, closes: *closes }, now).await?
            }
            RoundChange::ExpectResults { at } => self.expect_results(round, *at).await?,
            RoundChange::CorrectHeadcount { unit, headcount } => self.correct_headcount(round, *unit, *headcount).await?,
            RoundChange::ReplaceQuestion { division, question, by } => {
                let version = version.ok_or(Refusal::NotOffered)?;
                let touched = self.replace_in_pool(*division, *question, (*by, version)).await?;
                self.mark_pool_served(round).await?;
                touched
            }
            RoundChange::ReturnToDraft => self.leave_schedule(round, RoundStage::Draft, (by, now)).await?,
            RoundChange::CallOff => self.leave_schedule(round, RoundStage::Cancelled, (by, now)).await?,
        };
        if touched == 0 { Err(Refusal::ChangedMeanwhile.into()) } else { Ok(()) }
    }
}
