//! Statements about accounts: made, listed by a roster, changed, closed.

use crate::{
    Caller,
    identity::account::AccountRow,
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, UnitId},
    identity::{Audience, roster::PersonRow},
    vietnamese::{fold, person_key},
};

/// What a roster compares its rows about people with.
#[derive(sqlx::FromRow)]
pub(in crate::identity) struct ListedRow {
    pub full_name: String,
    pub audience: Audience,
    pub unit_code: Option<String>,
    pub position: String,
    pub email: String,
    pub birth_date: Option<Timestamp>,
    pub state: String,
}

impl Work {
    /// The account as a caller, unless it is closed.
    pub(crate) async fn caller_of(&mut self, account: AccountId) -> Result<Option<Caller>> {
        let row: Option<(String, Audience, Option<UnitId>)> = find!(
            &mut *self,
            "select full_name, audience, unit_id
             from account
             where id = $1 and state = 'active'",
            account,
        )?;
        let Some((full_name, audience, unit)) = row else { return Ok(None) };
        Ok(Some(Caller { account, full_name, audience, unit, roles: self.roles_of(account).await? }))
    }

    pub(in crate::identity) async fn account_with_login(&mut self, login: &str) -> Result<Option<AccountId>> {
        let row: Option<(AccountId,)> = find!(self, "select id from account where login = $1 and state <> 'closed'", login)?;
        Ok(row.map(|(id,)| id))
    }

    /// Whether the login is in use.
    pub(in crate::identity) async fn login_taken(&mut self, login: &str) -> Result<bool> {
        let row: Option<(AccountId,)> = find!(self, "select id from account where login = $1", login)?;
        Ok(row.is_some())
    }

    pub(in crate::identity) async fn listed(&mut self, login: &str) -> Result<Option<ListedRow>> {
        find!(
            self,
            "select a.full_name, a.audience, u.code as unit_code, a.position, a.email, a.birth_date, a.state
             from account a
             left join unit u on u.id = a.unit_id
             where a.login = $1",
            login,
        )
    }

    /// Adds an account; a login in use is a duplicate.
    pub(crate) async fn add_account(&mut self, row: &AccountRow<'_>, now: Timestamp) -> Result<()> {
        exec!(
            self,
            "insert into account (id, login, full_name, folded, sort_key, audience, unit_id, password_hash, state, sample, created_at, password_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            row.id,
            row.login,
            row.full_name,
            row.folded(),
            row.sort_key(),
            row.audience,
            row.unit,
            row.password_hash,
            row.state,
            row.sample,
            now,
            row.password_hash.map(|_| now),
        )?;
        Ok(())
    }

    /// Adds somebody of a roster, who activates the account with a code.
    pub(in crate::identity) async fn add_invited(&mut self, id: AccountId, person: &PersonRow, unit: UnitId, now: Timestamp) -> Result<()> {
        exec!(
            self,
            "insert into account (id, login, full_name, folded, sort_key, audience, unit_id, state, email, position, birth_date, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, 'invited', $8, $9, $10, $11)",
            id,
            &person.login,
            &person.full_name,
            fold(&person.full_name),
            person_key(&person.full_name),
            person.audience,
            unit,
            person.email.as_deref().unwrap_or_default(),
            person.position.as_deref().unwrap_or_default(),
            person.birth_date,
            now,
        )?;
        Ok(())
    }

    /// Changes somebody whom nobody has activated meanwhile; in another unit, they coordinate nothing.
    pub(in crate::identity) async fn change_invited(&mut self, person: &PersonRow, unit: UnitId) -> Result<u64> {
        exec!(
            &mut *self,
            "delete from role_grant
             where role = 'coordinator'
               and account_id in (select id from account where login = $1 and state = 'invited' and unit_id <> $2)",
            &person.login,
            unit,
        )?;
        exec!(
            self,
            "update account
             set full_name = $2, folded = $3, sort_key = $4, audience = $5, unit_id = $6, email = $7, position = $8, birth_date = $9
             where login = $1 and state = 'invited'",
            &person.login,
            &person.full_name,
            fold(&person.full_name),
            person_key(&person.full_name),
            person.audience,
            unit,
            person.email.as_deref().unwrap_or_default(),
            person.position.as_deref().unwrap_or_default(),
            person.birth_date,
        )
    }

    /// Gives the account another full name.
    pub(crate) async fn rename_account(&mut self, account: AccountId, full_name: &str) -> Result<u64> {
        exec!(
            self,
            "update account
             set full_name = $2, folded = $3, sort_key = $4
             where id = $1",
            account,
            full_name,
            fold(full_name),
            person_key(full_name),
        )
    }

    /// Corrects what is kept beside the name.
    pub(in crate::identity) async fn correct_account(
        &mut self,
        account: AccountId,
        email: &str,
        position: &str,
        birth_date: Option<Timestamp>,
    ) -> Result<u64> {
        exec!(
            self,
            "update account
             set email = $2, position = $3, birth_date = $4
             where id = $1",
            account,
            email,
            position,
            birth_date,
        )
    }

    /// Closes the account and forgets what its records do not need: password, login, identity number, roles, networks, what
    /// was typed beside the name. The name and the unit stay with its attempts.
    pub(in crate::identity) async fn close_account(&mut self, account: AccountId) -> Result<u64> {
        exec!(&mut *self, "delete from national_id where account_id = $1", account)?;
        exec!(&mut *self, "delete from role_grant where account_id = $1", account)?;
        exec!(&mut *self, "delete from account_network where account_id = $1", account)?;
        exec!(&mut *self, "update entry set extra = '{}' where account_id = $1", account)?;
        exec!(&mut *self, "update request set detail = '' where account_id = $1", account)?;
        exec!(
            self,
            "update account
             set state = 'closed', login = $2, password_hash = null, email = '', position = '', birth_date = null
             where id = $1 and state <> 'closed'",
            account,
            // No login that is read has a hyphen, so that nobody ever signs in or up with it.
            format!("da-dong-{account}"),
        )
    }
}
