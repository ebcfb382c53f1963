//! Giving one's identity number: sealed when kept, compared by a keyed digest, masked when shown.

use crate::{Caller, Engine, Result, Stop, random, store::StoreError};
use domain::{
    Refusal, Timestamp,
    id::AccountId,
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
        let lookup = self.secrets.lookup(PURPOSE, number.digits());
        let sealed = self.secrets.seal(PURPOSE, number.digits())?;
        let mut work = self.store.begin().await?;
        if let Some(holder) = work.id_holder(&lookup).await?
            && holder != caller.account
        {
            drop(work);
            return self.report_duplicate(caller, holder, now).await;
        }
        match work.keep_id(caller.account, (&sealed, &lookup, number.tail()), (now, until)).await {
            Ok(()) => {}
            // Somebody gave the same number at the same moment.
            Err(StoreError::Duplicate) => {
                drop(work);
                let holder = self.store.read().await?.id_holder(&lookup).await?.ok_or(Refusal::ChangedMeanwhile)?;
                return self.report_duplicate(caller, holder, now).await;
            }
            Err(other) => return Err(other.into()),
        }
        work.note(now, caller, Deed::GiveIdNumber, &caller.account.to_string(), "").await?;
        work.commit().await?;
        Ok(())
    }

    /// Queues the pair for the organisers and refuses.
    async fn report_duplicate(&self, caller: &Caller, holder: AccountId, now: Timestamp) -> Result<()> {
        let mut work = self.store.begin().await?;
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
        let kept = self.store.read().await?.id_tail(caller.account).await?;
        Ok(kept.map(|(tail, _)| masked_id(&tail)))
    }
}
