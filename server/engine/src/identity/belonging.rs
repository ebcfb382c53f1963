//! Which unit somebody enters for: one's own choice until the first attempt, later a decision with a reason.

use super::sign_up::keep;
use crate::{Caller, Engine, Result, Stop, fault::accept, random, store::Work};
use domain::{
    Refusal, Refused, Timestamp,
    id::{AccountId, UnitId},
    identity::{ANSWER_DAYS, Action, Audience, Deed, RequestKind, Role, UnitTree, due_after},
    vietnamese::tidy,
};

const LONGEST_REASON: usize = 500;

impl Engine {
    /// Chooses the caller's own audience and unit (codes and ids as the form sends them), until the first attempt.
    ///
    /// # Errors
    /// [`Refusal::NotOffered`] and [`Refusal::UnitUnknown`] at their fields, [`Refusal::UnitFixed`] after the first attempt,
    /// [`Refusal::UnitCoordinated`] for a coordinator, who would take the sight of a unit along to any other.
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
            let coordinates = work.roles_of(caller.account).await?.contains(&Role::Coordinator);
            return Err(if coordinates { Refusal::UnitCoordinated } else { Refusal::UnitFixed }.into());
        }
        work.add_unit_change((random::id(now), now), (caller.account, caller.account), (caller.unit, unit), "").await?;
        let detail = serde_json::json!({ "audience": audience, "from": caller.unit, "to": unit });
        work.note(now, caller, Deed::ChooseUnit, &caller.account.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        self.forget_account(caller.account);
        Ok(())
    }

    /// Asks the organisers for another unit, once the own choice is over; until when an answer is due. Asked again while it
    /// waits, the same day is told.
    ///
    /// # Errors
    /// [`Refusal::UnitUnknown`] and [`Refusal::AlreadyDone`], for the unit one is in, at `unit`; [`Refusal::WrongOrder`]
    /// before the first attempt, unless the caller coordinates a unit.
    pub async fn ask_unit_change(&self, caller: &Caller, unit: &str) -> Result<Timestamp> {
        let now = self.now();
        caller.must(Action::OwnData)?;
        let tree = self.unit_tree().await?;
        let unit: Option<UnitId> = unit.parse().ok().filter(|unit| tree.offers(*unit, caller.audience, now));
        let unit = unit.ok_or_else(|| Stop::at("unit", Refusal::UnitUnknown))?;
        let mut work = self.store.begin().await?;
        let (_, own) = work.belonging(caller.account).await?.ok_or(Refusal::NotFound)?;
        if own == Some(unit) {
            return Err(Stop::at("unit", Refusal::AlreadyDone));
        }
        let coordinates = work.roles_of(caller.account).await?.contains(&Role::Coordinator);
        if !coordinates && !work.has_attempt(caller.account).await? {
            return Err(Refusal::WrongOrder.into());
        }
        let due = due_after(now, ANSWER_DAYS);
        if let Some(waiting) = work.open_request(RequestKind::UnitChange, caller.account).await? {
            return Ok(waiting.unwrap_or(due));
        }
        let detail = serde_json::json!({ "unit": unit }).to_string();
        work.add_request((random::id(now), RequestKind::UnitChange), (Some(caller.account), None), &detail, (now, Some(due))).await?;
        work.note(now, caller, Deed::AskUnitChange, &caller.account.to_string(), &detail).await?;
        work.commit().await?;
        Ok(due)
    }

    /// Moves somebody to another unit, with a reason: an organiser anybody, a coordinator whoever stands in the own unit.
    /// Attempts keep the unit that was copied onto them; a coordinator who is moved coordinates no longer.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an account that is none of the caller's business, [`Refusal::SecondPerson`] for oneself,
    /// [`Refusal::NotAllowed`] to a coordinator for whoever holds a role; [`Refusal::ReasonNeeded`] and
    /// [`Refusal::UnitUnknown`] at their fields.
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
        if !everywhere && !work.roles_of(account).await?.is_empty() {
            return Err(Refusal::NotAllowed.into());
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
        let coordinated = work.lead_away(account, (old, unit)).await?;
        work.add_unit_change((random::id(now), now), (account, caller.account), (old, unit), &reason).await?;
        let detail = serde_json::json!({ "from": old, "to": unit, "reason": reason, "coordinated": coordinated });
        work.note(now, caller, Deed::MoveAccount, &account.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        self.forget_account(account);
        Ok(())
    }
}

impl Work {
    /// Moves the account from one unit to another, where it coordinates nothing: the role was given for the unit it leaves.
    /// Whether it had that role.
    ///
    /// # Errors
    /// [`Refusal::ChangedMeanwhile`] when it is no longer in that unit.
    async fn lead_away(&mut self, account: AccountId, (from, to): (Option<UnitId>, UnitId)) -> Result<bool> {
        if self.move_account(account, from, to).await? == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        Ok(self.withdraw(account, Role::Coordinator).await? > 0)
    }

    /// Moves the account to the unit it asked for; nothing when it is there already. Whether it coordinated the one before.
    ///
    /// # Errors
    /// [`Refusal::UnitUnknown`] when the unit is no longer offered, [`Refusal::ChangedMeanwhile`].
    pub(super) async fn move_on_request(
        &mut self,
        (by, now): (AccountId, Timestamp),
        account: AccountId,
        (tree, unit): (&UnitTree, UnitId),
        reason: &str,
    ) -> Result<bool> {
        let Some((audience, old)) = self.belonging(account).await?.filter(|(_, old)| *old != Some(unit)) else { return Ok(false) };
        if !tree.offers(unit, audience, now) {
            return Err(Refusal::UnitUnknown.into());
        }
        let coordinated = self.lead_away(account, (old, unit)).await?;
        self.add_unit_change((random::id(now), now), (account, by), (old, unit), reason).await?;
        Ok(coordinated)
    }
}
