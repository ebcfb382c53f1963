//! Statements about tries to sign in, the networks an account is known from, passwords and consent.

use crate::store::{Result, Work};
use domain::{Timestamp, id::AccountId, identity::Purpose};
use uuid::Uuid;

impl Work {
    /// Counts a try under the key, in a new window when the old one began before `expired`; the count with it.
    pub(in crate::identity) async fn count_try(&mut self, key: &str, now: Timestamp, expired: Timestamp) -> Result<i64> {
        let row: (i64,) = get!(
            self,
            "insert into throttle (key, count, since)
             values ($1, 1, $2)
             on conflict (key) do update
             set count = case when throttle.since <= $3 then 1 else throttle.count + 1 end,
                 since = case when throttle.since <= $3 then $2 else throttle.since end
             returning count",
            key,
            now,
            expired,
        )?;
        Ok(row.0)
    }

    /// Takes a counted try back: it was right.
    pub(in crate::identity) async fn forgive_try(&mut self, key: &str) -> Result<u64> {
        exec!(self, "update throttle set count = count - 1 where key = $1 and count > 0", key)
    }

    /// Whether the account has been in use from this network since.
    pub(in crate::identity) async fn knows_network(&mut self, account: AccountId, network: &[u8]) -> Result<bool> {
        let row: Option<(Timestamp,)> =
            find!(self, "select seen_at from account_network where account_id = $1 and network = $2", account, network)?;
        Ok(row.is_some())
    }

    /// Remembers that the account is in use from this network.
    pub(in crate::identity) async fn learn_network(&mut self, account: AccountId, network: &[u8], now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "insert into account_network (account_id, network, seen_at)
             values ($1, $2, $3)
             on conflict (account_id, network) do update
             set seen_at = excluded.seen_at",
            account,
            network,
            now,
        )
    }

    /// Whether the login is in use.
    pub(in crate::identity) async fn login_taken(&mut self, login: &str) -> Result<bool> {
        let row: Option<(AccountId,)> = find!(self, "select id from account where login = $1", login)?;
        Ok(row.is_some())
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

    /// Ends the sessions of the account but one.
    pub(in crate::identity) async fn end_other_sessions(&mut self, account: AccountId, kept: &[u8]) -> Result<u64> {
        exec!(self, "delete from session where account_id = $1 and token_hash <> $2", account, kept)
    }

    /// Keeps a consent: purpose, version and words, since when and until when.
    pub(in crate::identity) async fn add_consent(
        &mut self,
        (id, account): (Uuid, AccountId),
        (purpose, version, text): (Purpose, &str, &str),
        (now, until): (Timestamp, Option<Timestamp>),
    ) -> Result<()> {
        exec!(
            self,
            "insert into consent (id, account_id, purpose, version, text, given_at, until)
             values ($1, $2, $3, $4, $5, $6, $7)",
            id,
            account,
            purpose,
            version,
            text,
            now,
            until,
        )?;
        Ok(())
    }

    /// Withdraws the standing consents to a purpose.
    pub(in crate::identity) async fn withdraw_consent(&mut self, account: AccountId, purpose: Purpose, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update consent
             set withdrawn_at = $3
             where account_id = $1
               and purpose = $2
               and withdrawn_at is null",
            account,
            purpose,
            now,
        )
    }

    /// Whether a consent to the purpose stands.
    pub(in crate::identity) async fn consents(&mut self, account: AccountId, purpose: Purpose) -> Result<bool> {
        let row: (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from consent
             where account_id = $1
               and purpose = $2
               and withdrawn_at is null",
            account,
            purpose,
        )?;
        Ok(row.0 > 0)
    }

    /// Forgets counters whose window is over, networks not seen for long, and sessions that ended.
    pub(in crate::identity) async fn forget_tries(&mut self, window: Timestamp, networks: Timestamp, sessions: Timestamp) -> Result<()> {
        exec!(&mut *self, "delete from throttle where since <= $1", window)?;
        exec!(&mut *self, "delete from account_network where seen_at <= $1", networks)?;
        exec!(&mut *self, "delete from session where ends_at <= $1", sessions)?;
        Ok(())
    }
}
