//! Roles: who holds which, granting and withdrawing; somebody always administers.

use super::store::HolderOfRole;
use crate::{Caller, Engine, Result, fault::accept};
use domain::{
    Refusal, Refused,
    id::AccountId,
    identity::{Action, Deed, Role, bars, login_key},
};

impl Engine {
    /// Who holds which role, role by role.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn holders(&self, caller: &Caller) -> Result<Vec<HolderOfRole>> {
        if !caller.may(Action::ReadAudit) {
            caller.must(Action::GrantRoles)?;
        }
        Ok(self.store.glance().await?.holders().await?)
    }

    /// Entrusts somebody with a role.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; [`Refusal::SecondPerson`] for oneself;
    /// [`Refusal::NotFound`] for no such account or a closed one; [`Refusal::NotOffered`] for what is
    /// everybody's; [`Refusal::UnitNeeded`] for a coordinator without a unit; [`Refusal::StillCompetes`] for a role that shows
    /// keys or totals to somebody who has taken part in a contest that is not over; [`Refusal::AlreadyDone`].
    pub async fn grant_role(&self, caller: &Caller, account: AccountId, role: Role) -> Result<()> {
        caller.must(Action::GrantRoles)?;
        let now = self.now();
        if role == Role::Contestant {
            return Err(Refusal::NotOffered.into());
        }
        if account == caller.account {
            return Err(Refusal::SecondPerson.into());
        }
        let mut work = self.store.begin().await?;
        let person = work.person(account).await?.filter(|person| person.state != "closed" && !person.sample).ok_or(Refusal::NotFound)?;
        if role == Role::Coordinator && person.unit_id.is_none() {
            return Err(Refusal::UnitNeeded.into());
        }
        if bars(role) && work.still_competes(account, now).await? {
            return Err(Refusal::StillCompetes.into());
        }
        if work.grant(account, role, Some(caller.account), now).await? == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        work.note(now, caller, Deed::GrantRole, &account.to_string(), &role_line(role)).await?;
        work.commit().await?;
        self.forget_account(account);
        Ok(())
    }

    /// Entrusts whoever has this login with a role, as the form sends both.
    ///
    /// # Errors
    /// [`Refusal::LoginUnknown`] at `login`, [`Refusal::NotOffered`] at `role`, and as [`Self::grant_role`].
    pub async fn grant_role_to(&self, caller: &Caller, login: &str, role: &str) -> Result<()> {
        caller.must(Action::GrantRoles)?;
        let account = self.store.glance().await?.account_with_login(&login_key(login)).await?;
        let role = Role::from_code(role).filter(|role| *role != Role::Contestant);
        let mut refused: Refused = Vec::new();
        if account.is_none() {
            refused.push(("login".into(), if login.trim().is_empty() { Refusal::Required } else { Refusal::LoginUnknown }));
        }
        if role.is_none() {
            refused.push(("role".into(), Refusal::NotOffered));
        }
        accept(refused)?;
        let (Some(account), Some(role)) = (account, role) else { return Err(Refusal::NotFound.into()) };
        self.grant_role(caller, account, role).await
    }

    /// Takes a role back. The last administrator keeps the role; whoever saw keys or totals by it stays barred from the
    /// contests that there are.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::LastAdmin`]; [`Refusal::AlreadyDone`] when it is not held.
    pub async fn withdraw_role(&self, caller: &Caller, account: AccountId, role: Role) -> Result<()> {
        caller.must(Action::GrantRoles)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        // Two administrators who withdraw each other wait for one another here.
        work.hold_admins().await?;
        if role == Role::Admin && work.other_admins(account).await? == 0 {
            return Err(Refusal::LastAdmin.into());
        }
        if bars(role) {
            work.exclude_for_good(account, role, now).await?;
        }
        if work.withdraw(account, role).await? == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        work.note(now, caller, Deed::WithdrawRole, &account.to_string(), &role_line(role)).await?;
        work.commit().await?;
        self.forget_account(account);
        Ok(())
    }
}

fn role_line(role: Role) -> String {
    serde_json::json!({ "role": role }).to_string()
}
