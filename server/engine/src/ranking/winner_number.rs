//! The identity number of winners, in contests that ask it of nobody else: asked for, given, seen by its end only.

use crate::{Caller, Engine, Result, Stop, store::Work};
use domain::{
    Refusal, Timestamp,
    contest::RoundStage,
    id::RoundId,
    identity::{Action, Deed, NationalId},
};

/// A request to a winner for the identity number. It names no prize and no place: those are told at the publication.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AskedNumber {
    /// The round whose result is being verified.
    pub round: RoundId,
    /// Its label.
    pub label: String,
    /// The contest's title.
    pub contest: String,
    /// Until when the number is kept.
    pub until: Option<Timestamp>,
    /// Whether a number was given meanwhile.
    pub given: bool,
}

impl Engine {
    /// Asks every proposed winner who has given no identity number for it; how many that are.
    ///
    /// Until then nobody learns that a result is being verified: a ranking may change.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`] unless winners are being verified; [`Refusal::NotOffered`] where the contest does not ask
    /// winners; [`Refusal::AlreadyDone`] when nobody is left to ask.
    pub async fn ask_winners(&self, caller: &Caller, round: RoundId) -> Result<u64> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.begin().await?;
        let row = work.round_to_judge(round).await?;
        if row.stage != RoundStage::Ranked {
            return Err(Refusal::WrongOrder.into());
        }
        if !row.asks_winners() {
            return Err(Refusal::NotOffered.into());
        }
        let ranking = work.working_ranking(&row).await?;
        let asked = work.ask_for_numbers(ranking, now).await?;
        if asked == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        work.note(now, caller, Deed::AskNumbers, &round.to_string(), &format!(r#"{{"winners":{asked}}}"#)).await?;
        work.commit().await?;
        Ok(asked)
    }

    /// What the caller is asked for and has not given yet.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn numbers_asked(&self, caller: &Caller) -> Result<Vec<AskedNumber>> {
        caller.must(Action::OwnData)?;
        Ok(self.store.glance().await?.numbers_asked(caller.account).await?)
    }

    /// The request to the caller in this round.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for everybody who is not asked.
    pub async fn number_asked(&self, caller: &Caller, round: RoundId) -> Result<AskedNumber> {
        caller.must(Action::OwnData)?;
        self.store.glance().await?.request_for_number(caller, round).await
    }

    /// A winner gives the identity number that was asked; it is kept until the moment that the contest states.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for everybody who is not asked; at `national_id`: [`Refusal::OldIdNumber`],
    /// [`Refusal::BadIdNumber`], [`Refusal::IdNumberHeld`].
    pub async fn give_winner_number(&self, caller: &Caller, round: RoundId, typed: &str) -> Result<()> {
        let now = self.now();
        caller.must(Action::OwnData)?;
        let mut work = self.store.begin().await?;
        let asked = work.request_for_number(caller, round).await?;
        let number = NationalId::read(typed).map_err(|refusal| Stop::at("national_id", refusal))?;
        if !self.keep_national_id(&mut work, caller, (&number, asked.until), now).await? {
            drop(work);
            return self.refuse_held_id(caller, &number, now).await;
        }
        work.note(now, caller, Deed::GiveIdNumber, &caller.account.to_string(), "").await?;
        work.commit().await?;
        Ok(())
    }
}

impl Work {
    async fn request_for_number(&mut self, caller: &Caller, round: RoundId) -> Result<AskedNumber> {
        Ok(self.number_asked(caller.account, round).await?.ok_or(Refusal::NotFound)?)
    }
}
