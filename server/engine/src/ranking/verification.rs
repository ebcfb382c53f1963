//! Verification of winners (xác minh): ticked one by one, a prize that is taken back passes to the next.

use super::{
    review::reason,
    store::{Ranking, RoundRow},
    ties::TieLine,
};
use crate::{Caller, Engine, Fault, Result, notify::Change, store::Work};
use domain::{
    Refusal, Timestamp,
    contest::{IdNumberRule, RoundStage},
    id::{AwardId, RoundId},
    identity::{Action, Audience, Block, Deed},
    ranking::{Announces, AwardState, Span},
};

/// A prize with its winner, as the organisers verify it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AwardLine {
    /// The award.
    pub id: AwardId,
    /// Whether it is a prize of the round or of the whole contest.
    pub span: Span,
    /// The prize's name.
    pub prize: String,
    /// Individual: the audience.
    pub audience: Option<Audience>,
    /// Collective: the block.
    pub block: Option<Block>,
    /// The person's or the unit's name.
    pub name: String,
    /// The person's unit.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: Option<String>,
    /// The end of the identity number, where one was given.
    pub number_tail: Option<String>,
    /// Since when the winner has been asked for it.
    pub number_asked_at: Option<Timestamp>,
    /// The place.
    pub place: i64,
    /// Where it stands.
    pub state: AwardState,
    /// Why it was withdrawn.
    pub why: String,
}

/// What the page of verification shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Prizes given, and those withdrawn.
    pub awards: Vec<AwardLine>,
    /// Ties to decide.
    pub ties: Vec<TieLine>,
    /// Winners must give their identity number before they are verified.
    pub asks_number: bool,
    /// Whether the prizes of the whole contest are announced with this round; none where there are none to announce.
    pub contest: Option<Announces>,
    /// The sums of the contest rest on rankings of other rounds that hold no longer.
    pub outdated: bool,
}

impl AwardLine {
    /// Whether a person's number is still missing where the rules ask for it.
    pub fn lacks_number(&self, asks_number: bool) -> bool {
        asks_number && self.audience.is_some() && self.number_tail.is_none() && self.state != AwardState::Withdrawn
    }
}

impl Engine {
    /// The winners to verify and the ties to decide.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`]; [`Refusal::WrongOrder`] before the round was ranked.
    pub async fn verification(&self, caller: &Caller, round: RoundId) -> Result<Verification> {
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.read().await?;
        let row = work.round_to_judge(round).await?;
        let ranking = work.working_ranking(&row).await?;
        Ok(Verification {
            awards: work.award_lines(ranking).await?,
            ties: work.open_ties(&row, ranking).await?,
            asks_number: row.asks_winners(),
            contest: work.announces_contest(&row).await?,
            outdated: work.contest_is_outdated(&row, ranking).await?,
        })
    }

    /// Ticks one winner as verified.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`] unless the round is being verified, [`Refusal::AlreadyDone`], [`Refusal::NotFound`];
    /// [`Refusal::NumberMissing`] where the contest asks winners for their identity number and this one gave none.
    pub async fn verify_winner(&self, caller: &Caller, award: AwardId) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.begin().await?;
        let (row, ranking) = work.round_being_verified(award).await?;
        if row.asks_winners() {
            let own = work.award_lines(ranking).await?.into_iter().find(|line| line.id == award).ok_or(Refusal::NotFound)?;
            if own.lacks_number(true) {
                return Err(Refusal::NumberMissing.into());
            }
        }
        if !work.verify_award(award, caller.account, now).await? {
            return Err(Refusal::AlreadyDone.into());
        }
        work.note(now, caller, Deed::VerifyWinner, &award.to_string(), "").await?;
        work.commit().await?;
        Ok(())
    }

    /// Takes a prize back; its place passes to the next.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] at `reason`, [`Refusal::WrongOrder`], [`Refusal::AlreadyDone`], [`Refusal::NotFound`].
    pub async fn withdraw_winner(&self, caller: &Caller, award: AwardId, why: &str) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let why = reason(why)?;
        let mut work = self.store.begin().await?;
        let (row, ranking) = work.round_being_verified(award).await?;
        if !work.withdraw_award(award, &why, caller.account, now).await? {
            return Err(Refusal::AlreadyDone.into());
        }
        work.give_prizes(now, &row, ranking).await?;
        let detail = serde_json::json!({ "reason": why }).to_string();
        work.note(now, caller, Deed::WithdrawWinner, &award.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(row.id));
        Ok(())
    }
}

impl RoundRow {
    /// Whether the contest asks its winners, and only them, for their identity number.
    pub(super) fn asks_winners(&self) -> bool {
        self.id_number == IdNumberRule::WinnersOnly
    }
}

impl Work {
    /// The ranking that is being worked on; once the results are public, the one that was published.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`] before the round was ranked.
    pub(super) async fn working_ranking(&mut self, row: &RoundRow) -> Result<Ranking> {
        let working = self.working_version(row.id).await?;
        let version = if row.stage == RoundStage::Published { working - 1 } else { working };
        let (ranking, ..) = self.outcome(row.id, version).await?.ok_or(Refusal::WrongOrder)?;
        Ok(ranking)
    }

    /// The round and ranking of an award, which must be open for verification.
    async fn round_being_verified(&mut self, award: AwardId) -> Result<(RoundRow, Ranking)> {
        let (round, version) = self.round_of_award(award).await?.ok_or(Refusal::NotFound)?;
        let row = self.round_to_judge(round).await?;
        if row.stage != RoundStage::Ranked || version != self.working_version(round).await? {
            return Err(Refusal::WrongOrder.into());
        }
        let (ranking, ..) = self.outcome(round, version).await?.ok_or(Fault::Broken("a prize is given without a ranking"))?;
        Ok((row, ranking))
    }
}
