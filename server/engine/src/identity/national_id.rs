//! Giving one's identity number: sealed when kept, compared by a keyed digest, masked when shown.

use crate::{
    Caller, Engine, Result, Stop, random,
    store::{StoreError, Work},
};
use domain::{
    Refusal, Timestamp,
    identity::{Action, Deed, NationalId, RequestKind, masked_id},
};

/// The purpose under which numbers are sealed and looked up.
const PURPOSE: &str = "national-id";

impl Engine {
    /// Keeps the caller's identity number until a moment, in place of an earlier one.
    ///
    /// A number that another account holds is not kept: the caller reads a neutral message, and a request
    /// naming both accounts waits for the organisers.
    ///
    /// # Errors
    /// At `national_id`: [`Refusal::OldIdNumber`], [`Refusal::BadIdNumber`], [`Refusal::IdNumberHeld`].
    pub async fn give_national_id(&self, caller: &Caller, typed: &str, until: Option<Timestamp>) -> Result<()> {
        let now = self.now();
        caller.must(Action::OwnData)?;
        let number = NationalId::read(typed).map_err(|refusal| Stop::at("national_id", refusal))?;
        let mut work = self.store.begin().await?;
        if !self.keep_national_id(&mut work, caller, (&number, until), now).await? {
            drop(work);
            return self.refuse_held_id(caller, &number, now).await;
        }
        work.note(now, caller, Deed::GiveIdNumber, &caller.account.to_string(), "").await?;
        work.commit().await?;
        Ok(())
    }

    /// Whether the newest kept number opens with the secret in use; `None` when no number is kept.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn secret_opens(&self) -> Result<Option<bool>> {
        let newest = self.store.glance().await?.newest_sealed().await?;
        Ok(newest.map(|(sealed,)| self.secrets.open(PURPOSE, &sealed).is_ok()))
    }

    /// Keeps the number in this unit of work until a moment; `false`: another account holds it, and then nothing of the
    /// unit of work may stay.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn keep_national_id(
        &self,
        work: &mut Work,
        caller: &Caller,
        (number, until): (&NationalId, Option<Timestamp>),
        now: Timestamp,
    ) -> Result<bool> {
        let lookup = self.secrets.lookup(PURPOSE, number.digits());
        let sealed = self.secrets.seal(PURPOSE, number.digits())?;
        if work.id_holder(&lookup).await?.is_some_and(|holder| holder != caller.account) {
            return Ok(false);
        }
        match work.keep_id(caller.account, (&sealed, &lookup, number.tail()), (now, until)).await {
            Ok(()) => Ok(true),
            // Somebody gave the same number at the same moment.
            Err(StoreError::Duplicate) => Ok(false),
            Err(failed @ StoreError::Driver(_)) => Err(failed.into()),
        }
    }

    /// Queues the caller and whoever holds the number for the organisers, and refuses.
    ///
    /// # Errors
    /// At `national_id`: [`Refusal::IdNumberHeld`]; [`Refusal::ChangedMeanwhile`] when nobody holds it any more.
    pub(crate) async fn refuse_held_id<T>(&self, caller: &Caller, number: &NationalId, now: Timestamp) -> Result<T> {
        let mut work = self.store.begin().await?;
        let holder = work.id_holder(&self.secrets.lookup(PURPOSE, number.digits())).await?.ok_or(Refusal::ChangedMeanwhile)?;
        if !work.duplicate_waits(caller.account, holder).await? {
            work.add_request((random::id(now), RequestKind::DuplicateId), (Some(caller.account), Some(holder)), "", (now, None)).await?;
            work.note(now, caller, Deed::GiveIdNumber, &caller.account.to_string(), r#"{"held":true}"#).await?;
        }
        work.commit().await?;
        Err(Stop::at("national_id", Refusal::IdNumberHeld))
    }

    /// The caller's number, masked, where one is kept.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn masked_national_id(&self, caller: &Caller) -> Result<Option<String>> {
        let kept = self.store.glance().await?.id_tail(caller.account).await?;
        Ok(kept.map(|(tail, _)| masked_id(&tail)))
    }
}
