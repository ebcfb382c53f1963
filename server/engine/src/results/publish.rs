//! Submission, approval by a second person, publication with its decision, and corrections.

use super::store::PublicationRow;
use crate::{Caller, Engine, Result, fault::accept, notify::Change, random, ranking::review_reason, store::Work};
use domain::{
    Field, Refusal, Timestamp,
    contest::RoundStage,
    id::RoundId,
    identity::{Action, Deed},
    ranking::AwardState,
    results::PublicationState,
    vietnamese::tidy,
};
use std::collections::HashSet;
use uuid::Uuid;

/// The decision that approves the results, as it was typed.
#[derive(Debug, Clone, Copy)]
pub struct Decision<'a> {
    /// Number: 12/QĐ-BTC.
    pub number: &'a str,
    /// Date: 23/11/2026.
    pub date: &'a str,
    /// The signed PDF: its name and bytes.
    pub file: Option<(&'a str, &'a [u8])>,
}

/// A version on its way to the public, as organisers see it.
pub type PublicationLine = PublicationRow;

const LONGEST_NUMBER: usize = 100;

impl Engine {
    /// Every version of the round's results, the newest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn publications(&self, caller: &Caller, round: RoundId) -> Result<Vec<PublicationLine>> {
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.read().await?;
        work.round_to_judge(round).await?;
        Ok(work.publications(round).await?)
    }

    /// Submits complete results for approval (trình duyệt).
    ///
    /// # Errors
    /// [`Refusal::SheetsRunning`], [`Refusal::FlagsOpen`], [`Refusal::TieOpen`], [`Refusal::Unverified`];
    /// [`Refusal::ChangedMeanwhile`] when prizes no longer follow the order; [`Refusal::WrongOrder`];
    /// [`Refusal::ContestNotSummed`] when the prizes of the contest would rest on rounds that are not public.
    pub async fn submit_results(&self, caller: &Caller, round: RoundId) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.begin().await?;
        let row = work.round_to_judge(round).await?;
        if row.stage == RoundStage::Submitted {
            return Err(Refusal::AlreadyDone.into());
        }
        work.must_be_reviewed(round).await?;
        if row.stage != RoundStage::Ranked {
            return Err(Refusal::WrongOrder.into());
        }
        let version = work.working_version(round).await?;
        work.must_be_complete(round, version).await?;
        if !work.resubmit(round, version, caller.account, now).await? {
            let key = (random::id(now), round, version);
            work.add_publication(key, PublicationState::Submitted, "", Some((caller.account, now))).await?;
        }
        if !work.move_round(round, RoundStage::Ranked, RoundStage::Submitted).await? {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        work.note(now, caller, Deed::SubmitResults, &round.to_string(), &format!(r#"{{"version":{version}}}"#)).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }

    /// Approves submitted results; never by the person who submitted them, nor by whoever became an organiser only since.
    ///
    /// # Errors
    /// [`Refusal::SecondPerson`], [`Refusal::WrongOrder`], [`Refusal::AlreadyDone`].
    pub async fn approve_results(&self, caller: &Caller, round: RoundId) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.begin().await?;
        let (version, publication) = work.submitted(round).await?;
        if publication.state == PublicationState::Approved {
            return Err(Refusal::AlreadyDone.into());
        }
        let first = publication.submitted_by.zip(publication.submitted_at).ok_or(Refusal::WrongOrder)?;
        if !work.is_second_person(caller.account, first).await? {
            return Err(Refusal::SecondPerson.into());
        }
        if !work.approve(round, version, caller.account, now).await? {
            return Err(Refusal::WrongOrder.into());
        }
        work.note(now, caller, Deed::ApproveResults, &round.to_string(), &format!(r#"{{"version":{version}}}"#)).await?;
        work.commit().await?;
        Ok(())
    }

    /// Sends submitted results back to verification, with a reason.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] at `reason`, [`Refusal::WrongOrder`].
    pub async fn decline_results(&self, caller: &Caller, round: RoundId, why: &str) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let why = review_reason(why)?;
        let mut work = self.store.begin().await?;
        let (version, _) = work.submitted(round).await?;
        let declined = work.decline(round, version, &why).await?;
        if !declined || !work.move_round(round, RoundStage::Submitted, RoundStage::Ranked).await? {
            return Err(Refusal::WrongOrder.into());
        }
        let detail = serde_json::json!({ "version": version, "reason": why }).to_string();
        work.note(now, caller, Deed::DeclineResults, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }

    /// Publishes approved results together with their decision; from here on everybody may read them.
    ///
    /// # Errors
    /// At `number`, `date` and `file` what is wrong with the decision; [`Refusal::WrongOrder`] before the approval;
    /// [`Refusal::ChangedMeanwhile`] when a winner has meanwhile won in another round, [`Refusal::ContestNotSummed`] when
    /// another round was meanwhile corrected.
    pub async fn publish_results(&self, caller: &Caller, round: RoundId, decision: Decision<'_>) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let (number, date) = read_decision(decision)?;
        let mut work = self.store.begin().await?;
        let (version, publication) = work.submitted(round).await?;
        if publication.state != PublicationState::Approved {
            return Err(Refusal::WrongOrder.into());
        }
        work.must_be_complete(round, version).await?;
        let file = work.keep_decision(now, caller, decision).await?;
        work.put_decision((round, version), &number, date, file).await?;
        let published = work.make_public(round, version, now).await?;
        if !published || !work.move_round(round, RoundStage::Submitted, RoundStage::Published).await? {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let detail = serde_json::json!({ "version": version, "decision": number }).to_string();
        work.note(now, caller, Deed::PublishResults, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        self.notify.tell(Change::Library);
        Ok(())
    }

    /// Records or completes the decision of what is published: its number, date, and the signed PDF.
    ///
    /// # Errors
    /// At `number`, `date` and `file` what is wrong with it; [`Refusal::NotPublished`].
    pub async fn record_decision(&self, caller: &Caller, round: RoundId, decision: Decision<'_>) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let (number, date) = read_decision(decision)?;
        let mut work = self.store.begin().await?;
        work.round_to_judge(round).await?;
        let version = work.published_version(round).await?.ok_or(Refusal::NotPublished)?;
        let file = work.keep_decision(now, caller, decision).await?;
        work.put_decision((round, version), &number, date, file).await?;
        let detail = serde_json::json!({ "version": version, "decision": number }).to_string();
        work.note(now, caller, Deed::RecordDecision, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }

    /// Begins a correction (đính chính): the round goes back into review, what is published stays public until
    /// the new version replaces it.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] at `reason`, [`Refusal::NotPublished`].
    pub async fn correct_results(&self, caller: &Caller, round: RoundId, why: &str) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let why = review_reason(why)?;
        let mut work = self.store.begin().await?;
        let row = work.round_to_judge(round).await?;
        if row.stage != RoundStage::Published || !work.move_round(round, RoundStage::Published, RoundStage::Review).await? {
            return Err(Refusal::NotPublished.into());
        }
        let version = work.working_version(round).await?;
        work.add_publication((random::id(now), round, version), PublicationState::Preparing, &why, None).await?;
        let detail = serde_json::json!({ "version": version, "reason": why }).to_string();
        work.note(now, caller, Deed::CorrectResults, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }
}

/// The decision's number and date, tidied.
fn read_decision(decision: Decision<'_>) -> Result<(String, Timestamp)> {
    let number = tidy(decision.number);
    let mut refused = Vec::new();
    match number.chars().count() {
        0 => refused.push((Field::named("number"), Refusal::Required)),
        1..=LONGEST_NUMBER => {}
        _ => refused.push((Field::named("number"), Refusal::TooLong)),
    }
    let date = Timestamp::read_date(decision.date);
    if date.is_none() {
        let why = if decision.date.trim().is_empty() { Refusal::Required } else { Refusal::NotADate };
        refused.push((Field::named("date"), why));
    }
    accept(refused)?;
    Ok((number, date.unwrap_or_default()))
}

impl Work {
    /// The version that was submitted, approved or not.
    async fn submitted(&mut self, round: RoundId) -> Result<(i64, PublicationRow)> {
        let row = self.round_to_judge(round).await?;
        if row.stage != RoundStage::Submitted {
            return Err(Refusal::WrongOrder.into());
        }
        let version = self.working_version(round).await?;
        let publication = self.publication(round, version).await?.ok_or(Refusal::WrongOrder)?;
        Ok((version, publication))
    }

    /// Refuses while a tie is open or a winner unverified, when the prizes given no longer follow the order, or when the
    /// prizes of the contest rest on rounds that are not public.
    async fn must_be_complete(&mut self, round: RoundId, version: i64) -> Result<()> {
        let row = self.round_to_judge(round).await?;
        let (ranking, ..) = self.facts(round, version).await?;
        self.contest_must_be_summed(&row, ranking).await?;
        let allocations = self.allocations(&row, ranking).await?;
        if allocations.iter().any(|allocation| allocation.open.is_some()) {
            return Err(Refusal::TieOpen.into());
        }
        let held: Vec<_> =
            self.award_rows(round, version).await?.into_iter().filter(|award| award.state != AwardState::Withdrawn).collect();
        let given: HashSet<(Uuid, Uuid)> =
            allocations.iter().flat_map(|allocation| &allocation.given).map(|given| (given.prize.0, given.id)).collect();
        let holders: HashSet<(Uuid, Uuid)> = held.iter().filter_map(|award| award.holder().map(|id| (award.prize_id.0, id))).collect();
        if given != holders {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        if held.iter().any(|award| award.state == AwardState::Proposed) {
            return Err(Refusal::Unverified.into());
        }
        Ok(())
    }

    async fn keep_decision(&mut self, now: Timestamp, caller: &Caller, decision: Decision<'_>) -> Result<Option<Vec<u8>>> {
        match decision.file {
            None => Ok(None),
            Some(upload) => Ok(Some(self.keep_file(now, caller, Field::named("file"), upload, &["application/pdf"]).await?)),
        }
    }
}
