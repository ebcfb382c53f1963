//! Statements about accounts, units, roles and sessions.

mod national_id;
mod own_data;
mod sign_in;
mod units;

pub use own_data::{AccountAbout, OwnAttempt, OwnConsent, OwnEntry, OwnNote, OwnRequest, OwnSession, OwnUnitChange};

use super::account::AccountRow;
use crate::{
    Caller,
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, UnitId},
    identity::{Audience, Role},
};

/// A session as the table has it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SessionRow {
    /// Whose it is.
    pub account_id: AccountId,
    /// When it was last used, to about five minutes.
    pub seen_at: Timestamp,
    /// Its absolute end.
    pub ends_at: Timestamp,
}

/// What signing in needs to know of an account.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SignInRow {
    /// The account.
    pub id: AccountId,
    /// The stored hash; none for imported and simulated people.
    pub password_hash: Option<String>,
}

impl Work {
    pub(super) async fn add_session(&mut self, hash: &[u8], account: AccountId, now: Timestamp, ends_at: Timestamp) -> Result<()> {
        exec!(
            self,
            "insert into session (token_hash, account_id, created_at, seen_at, ends_at)
             values ($1, $2, $3, $4, $5)",
            hash,
            account,
            now,
            now,
            ends_at,
        )?;
        Ok(())
    }

    pub(super) async fn session(&mut self, hash: &[u8]) -> Result<Option<SessionRow>> {
        find!(self, "select account_id, seen_at, ends_at from session where token_hash = $1", hash)
    }

    pub(super) async fn see_session(&mut self, hash: &[u8], now: Timestamp) -> Result<u64> {
        exec!(self, "update session set seen_at = $2 where token_hash = $1", hash, now)
    }

    pub(super) async fn end_session(&mut self, hash: &[u8]) -> Result<u64> {
        exec!(self, "delete from session where token_hash = $1", hash)
    }

    pub(super) async fn end_sessions_of(&mut self, account: AccountId) -> Result<u64> {
        exec!(self, "delete from session where account_id = $1", account)
    }

    /// The latest deadline of a running attempt of the account.
    pub(super) async fn last_running_deadline(&mut self, account: AccountId) -> Result<Option<Timestamp>> {
        let row: (Option<Timestamp>,) =
            get!(self, "select max(deadline) from attempt where account_id = $1 and stage = 'running'", account)?;
        Ok(row.0)
    }

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
        let roles: Vec<(Role,)> = list!(&mut *self, "select role from role_grant where account_id = $1 order by role", account)?;
        Ok(Some(Caller { account, full_name, audience, unit, roles: roles.into_iter().map(|(role,)| role).collect() }))
    }

    pub(super) async fn sign_in_row(&mut self, login: &str) -> Result<Option<SignInRow>> {
        find!(self, "select id, password_hash from account where login = $1 and state = 'active'", login)
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

    /// Grants a role; one that is held already stays as it was granted.
    pub(crate) async fn grant(&mut self, account: AccountId, role: Role, by: Option<AccountId>, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "insert into role_grant (account_id, role, granted_by, granted_at)
             values ($1, $2, $3, $4)
             on conflict (account_id, role) do nothing",
            account,
            role,
            by,
            now,
        )
    }
}
