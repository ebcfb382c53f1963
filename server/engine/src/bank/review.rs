//! The steps of a version's life: submitting, taking back, approving, returning, retiring, renewing.

use super::{
    draft::{folded, must_own},
    store::{QuestionRow, StoredVersion},
};
use crate::{Caller, Engine, Result, Stop, fault::accept, random, store::Work};
use domain::{
    Refusal, Timestamp,
    bank::{Status, Step, Writing, life},
    id::QuestionId,
    identity::{Action, Deed},
    vietnamese,
};

/// How long a reviewer's comments may be, in signs.
const LONGEST_COMMENT: usize = 2_000;

/// The audit note of a step.
const fn deed(step: Step) -> Deed {
    match step {
        Step::Draft => Deed::DraftQuestion,
        Step::Submit => Deed::SubmitQuestion,
        Step::TakeBack => Deed::TakeBackQuestion,
        Step::Approve => Deed::ApproveQuestion,
        Step::Return => Deed::ReturnQuestion,
        Step::Retire => Deed::RetireQuestion,
        Step::Renew => Deed::RenewQuestion,
    }
}

impl Engine {
    /// Asks for a review of the open draft as it was saved.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to anybody but its author; [`Refusal::ChangedMeanwhile`]; [`Refusal::AlreadyDone`] or
    /// [`Refusal::WrongOrder`]; at fields: everything that is still missing.
    pub async fn submit(&self, caller: &Caller, question: QuestionId, revision: i64) -> Result<()> {
        self.hand_over(caller, question, revision, None).await
    }

    /// Saves what is typed and asks for a review of it; when something is missing, nothing is saved either.
    ///
    /// # Errors
    /// As [`Engine::submit`]; at `topic`: [`Refusal::NotOffered`].
    pub async fn submit_writing(&self, caller: &Caller, question: QuestionId, revision: i64, writing: &Writing) -> Result<()> {
        self.hand_over(caller, question, revision, Some(writing)).await
    }

    async fn hand_over(&self, caller: &Caller, question: QuestionId, revision: i64, typed: Option<&Writing>) -> Result<()> {
        caller.must(Action::WriteQuestion)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let (row, mut version) = work.newest_version(question).await?;
        must_own(caller.account, &version)?;
        version.status.after(Step::Submit)?;
        must_be_revision(&version, revision)?;
        accept(typed.unwrap_or(&version.writing).check())?;
        if let Some(writing) = typed.filter(|writing| **writing != version.writing) {
            work.must_know_topic(writing).await?;
            if work.write_version(now, version.id, revision, writing).await? == 0 {
                return Err(Refusal::ChangedMeanwhile.into());
            }
            version.writing = writing.clone();
            version.revision += 1;
        }
        work.take_step(now, caller, (&row, version), (Step::Submit, "")).await?;
        Ok(work.commit().await?)
    }

    /// Takes a submitted version back to go on writing.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to anybody but its author; [`Refusal::AlreadyDone`] or [`Refusal::WrongOrder`].
    pub async fn take_back(&self, caller: &Caller, question: QuestionId) -> Result<()> {
        caller.must(Action::WriteQuestion)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let (row, version) = work.newest_version(question).await?;
        must_own(caller.account, &version)?;
        work.take_step(now, caller, (&row, version), (Step::TakeBack, "")).await?;
        Ok(work.commit().await?)
    }

    /// Approves the version that waits for a review; from now on it may be drawn instead of the one before.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever is no reviewer; [`Refusal::OwnQuestion`] to its authors;
    /// [`Refusal::ChangedMeanwhile`]; [`Refusal::AlreadyDone`] or [`Refusal::WrongOrder`].
    pub async fn approve(&self, caller: &Caller, question: QuestionId, revision: i64) -> Result<()> {
        caller.must(Action::ReviewQuestion)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let (row, version) = work.newest_version(question).await?;
        work.must_not_own(caller, question).await?;
        version.status.after(Step::Approve)?;
        must_be_revision(&version, revision)?;
        work.take_step(now, caller, (&row, version), (Step::Approve, "")).await?;
        Ok(work.commit().await?)
    }

    /// Sends the version back to its author with comments.
    ///
    /// # Errors
    /// As [`Engine::approve`]; at `comment`: [`Refusal::ReasonNeeded`] or [`Refusal::TooLong`].
    pub async fn return_with_comments(&self, caller: &Caller, question: QuestionId, comment: &str) -> Result<()> {
        caller.must(Action::ReviewQuestion)?;
        let comment = vietnamese::tidy_text(comment);
        match comment.chars().count() {
            0 => return Err(Stop::at("comment", Refusal::ReasonNeeded)),
            length if length > LONGEST_COMMENT => return Err(Stop::at("comment", Refusal::TooLong)),
            _ => {}
        }
        let now = self.now();
        let mut work = self.store.begin().await?;
        let (row, version) = work.newest_version(question).await?;
        work.must_not_own(caller, question).await?;
        work.take_step(now, caller, (&row, version), (Step::Return, &comment)).await?;
        Ok(work.commit().await?)
    }

    /// Retires a question: none of its versions may be drawn any more. Rounds that are frozen keep theirs.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever is neither its author nor a reviewer; [`Refusal::AlreadyDone`] or
    /// [`Refusal::WrongOrder`].
    pub async fn retire(&self, caller: &Caller, question: QuestionId) -> Result<()> {
        caller.must(Action::ReadBank)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let (row, version) = work.newest_version(question).await?;
        let wrote = caller.may(Action::WriteQuestion) && version.author == caller.account;
        if !wrote && !caller.may(Action::ReviewQuestion) {
            return Err(Refusal::NotAllowed.into());
        }
        work.take_step(now, caller, (&row, version), (Step::Retire, "")).await?;
        Ok(work.commit().await?)
    }

    /// Begins a new version of an approved or retired question; the approved one is drawn until the new one is approved.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever is no author; [`Refusal::ReviewedQuestion`] to its reviewers;
    /// [`Refusal::AlreadyDone`] or [`Refusal::WrongOrder`].
    pub async fn renew(&self, caller: &Caller, question: QuestionId) -> Result<()> {
        caller.must(Action::WriteQuestion)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let (row, mut version) = work.newest_version(question).await?;
        let reviewers = work.reviewers_of(question).await?;
        life::may_renew(caller.account, &reviewers)?;
        version.status = version.status.after(Step::Renew)?;
        version.id = random::id(now);
        version.number += 1;
        version.author = caller.account;
        version.reviewer = None;
        version.revision = 1;
        version.served = false;
        version.changed_at = now;
        // Two who renew at once meet at the unique number.
        work.add_version(&version).await.map_err(|stop| match stop {
            Stop::Fault(crate::Fault::Store(crate::store::StoreError::Duplicate)) => Stop::Refused(Refusal::AlreadyDone),
            other => other,
        })?;
        work.sum_up_question(&version, row.approved_id, &folded(&row.code, &version.writing)).await?;
        work.remember_step(now, caller, &version, (Step::Renew, "")).await?;
        Ok(work.commit().await?)
    }
}

/// Refuses when the version was saved after the page that the person looked at.
fn must_be_revision(version: &StoredVersion, revision: i64) -> Result<()> {
    if version.revision == revision { Ok(()) } else { Err(Refusal::ChangedMeanwhile.into()) }
}

impl Work {
    async fn must_not_own(&mut self, caller: &Caller, question: QuestionId) -> Result<()> {
        let authors = self.authors_of(question).await?;
        Ok(life::may_review(caller.account, &authors)?)
    }

    /// Moves the newest version of a question one step on, with everything that follows from it.
    pub(super) async fn take_step(
        &mut self,
        now: Timestamp,
        caller: &Caller,
        at: (&QuestionRow, StoredVersion),
        step: (Step, &str),
    ) -> Result<StoredVersion> {
        let (row, mut version) = at;
        let from = version.status;
        let to = from.after(step.0)?;
        let reviewer = matches!(step.0, Step::Approve | Step::Return).then_some(caller.account);
        if self.move_version(now, version.id, (from, to), reviewer).await? == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        version.status = to;
        version.revision += 1;
        version.changed_at = now;
        let approved = match step.0 {
            Step::Approve => Some(version.id),
            Step::Retire => None,
            _ => row.approved_id,
        };
        if let Some(before) = row.approved_id.filter(|before| *before != version.id && approved != Some(*before)) {
            self.move_version(now, before, (Status::Approved, Status::Retired), None).await?;
        }
        self.sum_up_question(&version, approved, &folded(&row.code, &version.writing)).await?;
        self.remember_step(now, caller, &version, step).await?;
        Ok(version)
    }

    /// The step in the question's history and in the audit log.
    async fn remember_step(&mut self, now: Timestamp, caller: &Caller, version: &StoredVersion, step: (Step, &str)) -> Result<()> {
        self.add_event((random::id(now), now), version, caller.account, step).await?;
        let detail = format!(r#"{{"version":{}}}"#, version.number);
        Ok(self.note(now, caller, deed(step.0), &version.question.to_string(), &detail).await?)
    }
}
