//! Statements about how people sign in: the stored hash, and who chose it when.

use crate::store::{Result, Work};
use domain::{Timestamp, id::AccountId};

/// What signing in needs to know of an account.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SignInRow {
    /// The account.
    pub id: AccountId,
    /// The stored hash; none for imported and simulated people.
    pub password_hash: Option<String>,
}

impl Work {
    pub(in crate::identity) async fn sign_in_row(&mut self, login: &str) -> Result<Option<SignInRow>> {
        find!(self, "select id, password_hash from account where login = $1 and state = 'active'", login)
    }

    /// The login and the stored hash of an account.
    pub(in crate::identity) async fn password_row(&mut self, account: AccountId) -> Result<Option<(String, Option<String>)>> {
        find!(self, "select login, password_hash from account where id = $1 and state = 'active'", account)
    }

    /// Replaces the hash that was read by a new one.
    pub(in crate::identity) async fn replace_password(&mut self, account: AccountId, old: &str, new: &str, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update account
             set password_hash = $3, password_at = $4
             where id = $1
               and password_hash = $2",
            account,
            old,
            new,
            now,
        )
    }

    /// Gives an invited account its owner's password.
    pub(in crate::identity) async fn activate_account(&mut self, account: AccountId, password_hash: &str, now: Timestamp) -> Result<u64> {
        self.set_password((account, "invited"), password_hash, now).await
    }

    /// Gives an active account another password.
    pub(in crate::identity) async fn reset_password_hash(
        &mut self,
        account: AccountId,
        password_hash: &str,
        now: Timestamp,
    ) -> Result<u64> {
        self.set_password((account, "active"), password_hash, now).await
    }

    /// Gives an account that is in this state a password; it is active afterwards.
    async fn set_password(&mut self, (account, state): (AccountId, &str), password_hash: &str, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update account
             set password_hash = $3, password_at = $4, state = 'active'
             where id = $1
               and state = $2",
            account,
            state,
            password_hash,
            now,
        )
    }
}
