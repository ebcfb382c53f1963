//! Accounts that the installation itself opens: the first administrator, staff, simulated people.

use super::{hasher::Line, password::check_new_password, sign_up::keep};
use crate::{Caller, Engine, Result, Stop, fault::accept, random, store::StoreError};
use domain::{
    Refusal, Refused,
    id::{AccountId, UnitId},
    identity::{Audience, Deed, Role, read_full_name, read_login},
    vietnamese::{fold, person_key, tidy},
};

/// An account to open.
#[derive(Debug, Clone)]
pub struct NewAccount<'a> {
    /// Phone number or name.
    pub login: &'a str,
    /// The full name.
    pub full_name: &'a str,
    /// The audience.
    pub audience: Audience,
    /// The unit, where one is known.
    pub unit: Option<UnitId>,
    /// The password; whoever has none cannot sign in.
    pub password: Option<&'a str>,
    /// Whether the person is simulated.
    pub sample: bool,
    /// What the account is entrusted with from the start.
    pub roles: &'a [Role],
}

impl Engine {
    /// Opens accounts on behalf of the installation (command line, demo), all or none, in the given order.
    ///
    /// # Errors
    /// [`Refusal::LoginTaken`] when a login is in use.
    pub async fn open_accounts(&self, accounts: &[NewAccount<'_>]) -> Result<Vec<AccountId>> {
        let now = self.now();
        let mut hashes = Vec::with_capacity(accounts.len());
        for account in accounts {
            hashes.push(match account.password {
                Some(password) => Some(self.hasher.hash(&Line::Installation, password.to_owned()).await?),
                None => None,
            });
        }
        let mut work = self.store.begin().await?;
        let mut ids = Vec::with_capacity(accounts.len());
        for (account, hash) in accounts.iter().zip(&hashes) {
            let id = random::id(now);
            let name = tidy(account.full_name);
            let row = AccountRow {
                id,
                login: &account.login.trim().to_lowercase(),
                full_name: &name,
                audience: account.audience,
                unit: account.unit,
                password_hash: hash.as_deref(),
                state: "active",
                sample: account.sample,
            };
            work.add_account(&row, now).await.map_err(taken)?;
            for role in account.roles {
                work.grant(id, *role, None, now).await?;
            }
            if !account.sample {
                work.note_by(now, None, Deed::CreateAdmin, &id.to_string(), &roles_line(account.roles)).await?;
            }
            ids.push(id);
        }
        work.commit().await?;
        Ok(ids)
    }

    /// Opens an administrator's account, from the command line.
    ///
    /// # Errors
    /// Every wrong field at once: those of logins, names and passwords; [`Refusal::LoginTaken`] when the login is in use.
    pub async fn create_admin(&self, login: &str, full_name: &str, password: &str) -> Result<AccountId> {
        let mut refused: Refused = Vec::new();
        let read = keep(&mut refused, "login", read_login(login)).unwrap_or_default();
        keep(&mut refused, "full_name", read_full_name(full_name));
        keep(&mut refused, "password", check_new_password(password, &read));
        accept(refused)?;
        let admin = NewAccount {
            login: &read,
            full_name,
            audience: Audience::CivilServant,
            unit: None,
            password: Some(password),
            sample: false,
            roles: &[Role::Admin],
        };
        self.open_accounts(&[admin]).await?.pop().ok_or_else(|| Refusal::Broken.into())
    }

    /// The account as a caller.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when it is unknown or closed.
    pub async fn caller_of(&self, account: AccountId) -> Result<Caller> {
        Ok(self.store.read().await?.caller_of(account).await?.ok_or(Refusal::NotFound)?)
    }
}

/// An account as the table takes it.
pub(crate) struct AccountRow<'a> {
    pub id: AccountId,
    pub login: &'a str,
    pub full_name: &'a str,
    pub audience: Audience,
    pub unit: Option<UnitId>,
    pub password_hash: Option<&'a str>,
    pub state: &'a str,
    pub sample: bool,
}

impl AccountRow<'_> {
    pub(super) fn folded(&self) -> String {
        fold(self.full_name)
    }

    pub(super) fn sort_key(&self) -> String {
        person_key(self.full_name)
    }
}

pub(super) fn taken(error: StoreError) -> Stop {
    match error {
        StoreError::Duplicate => Stop::at("login", Refusal::LoginTaken),
        failed @ StoreError::Driver(_) => failed.into(),
    }
}

fn roles_line(roles: &[Role]) -> String {
    serde_json::json!({ "roles": roles }).to_string()
}
