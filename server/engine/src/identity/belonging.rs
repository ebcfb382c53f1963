//! Which unit somebody enters for: one's own choice until the first attempt, later a decision with a reason.

use super::sign_up::keep;
use crate::{Caller, Engine, Result, Stop, fault::accept, random};
use domain::{
    Refusal, Refused,
    id::{AccountId, UnitId},
    identity::{Action, Audience, Deed},
    vietnamese::tidy,
};

const LONGEST_REASON: usize = 500;

impl Engine {
    /// Chooses the caller's own audience and unit (codes and ids as the form sends them), until the first attempt.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] and [`Refusal::UnitUnknown`] at their fields, [`Refusal::UnitFixed`] after the first attempt.
    pub async fn choose_unit(&self, caller: &Caller, audience: &str, unit: &str) -> Result<()> {
        let now = self.now();
        caller.must(Action::OwnData)?;
        let tree = self.unit_tree().await?;
        let mut refused: Refused = Vec::new();
        let audience = keep(&mut refused, "audience", Audience::from_code(audience).ok_or(Refusal::NotOffered));
        let unit: Result<UnitId, Refusal> = unit.parse().map_err(|_| Refusal::UnitUnknown);
        let offered = unit.and_then(|unit| match audience {
            Some(audience) if !tree.offers(unit, audience, now) => Err(Refusal::UnitUnknown),
            _ => Ok(unit),
        });
        let unit = keep(&mut refused, "unit", offered);
        accept(refused)?;
        let (Some(audience), Some(unit)) = (audience, unit) else { return Err(Refusal::UnitUnknown.into()) };
        let mut work = self.store.begin().await?;
        if work.choose_unit(caller.account, audience, unit).await? == 0 {
            return Err(Refusal::UnitFixed.into());
        }
        work.add_unit_change((random::id(now), now), (caller.account, caller.account), (caller.unit, unit), "").await?;
        let detail = serde_json::json!({ "audience": audience, "from": caller.unit, "to": unit });
        work.note(now, caller, Deed::ChooseUnit, &caller.account.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        self.forget_account(caller.account);
        Ok(())
    }

    /// Moves somebody to another unit, with a reason: an organiser anybody, a coordinator whoever stands in the own unit.
    /// Attempts keep the unit that was copied onto them.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an account that is none of the caller's business, [`Refusal::SecondPerson`] for oneself,
    /// [`Refusal::ReasonNeeded`] and [`Refusal::UnitUnknown`] at their fields.
    pub async fn move_account(&self, caller: &Caller, account: AccountId, unit: UnitId, reason: &str) -> Result<()> {
        let now = self.now();
        let everywhere = caller.may(Action::ManagePeople);
        if !everywhere {
            caller.must(Action::HelpOwnUnit)?;
        }
        let tree = self.unit_tree().await?;
        let mut work = self.store.begin().await?;
        let (audience, old) = work.belonging(account).await?.ok_or(Refusal::NotFound)?;
        if !everywhere && (old.is_none() || old != caller.unit) {
            return Err(Refusal::NotFound.into());
        }
        if account == caller.account {
            return Err(Refusal::SecondPerson.into());
        }
        let reason = tidy(reason);
        let mut refused: Refused = Vec::new();
        if reason.is_empty() {
            refused.push(("reason".into(), Refusal::ReasonNeeded));
        } else if reason.chars().count() > LONGEST_REASON {
            refused.push(("reason".into(), Refusal::TooLong));
        }
        if !tree.offers(unit, audience, now) {
            refused.push(("unit".into(), Refusal::UnitUnknown));
        }
        accept(refused)?;
        if old == Some(unit) {
            return Err(Stop::at("unit", Refusal::AlreadyDone));
        }
        if work.move_account(account, old, unit).await? == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        work.add_unit_change((random::id(now), now), (account, caller.account), (old, unit), &reason).await?;
        let detail = serde_json::json!({ "from": old, "to": unit, "reason": reason });
        work.note(now, caller, Deed::MoveAccount, &account.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        self.forget_account(account);
        Ok(())
    }
}
