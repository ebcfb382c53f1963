//! Statements about sessions.

use crate::store::{Result, Work};
use domain::{Timestamp, id::AccountId};

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

impl Work {
    pub(in crate::identity) async fn add_session(
        &mut self,
        hash: &[u8],
        account: AccountId,
        now: Timestamp,
        ends_at: Timestamp,
    ) -> Result<()> {
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

    pub(in crate::identity) async fn session(&mut self, hash: &[u8]) -> Result<Option<SessionRow>> {
        find!(self, "select account_id, seen_at, ends_at from session where token_hash = $1", hash)
    }

    pub(in crate::identity) async fn see_session(&mut self, hash: &[u8], now: Timestamp) -> Result<u64> {
        exec!(self, "update session set seen_at = $2 where token_hash = $1", hash, now)
    }

    pub(in crate::identity) async fn end_session(&mut self, hash: &[u8]) -> Result<u64> {
        exec!(self, "delete from session where token_hash = $1", hash)
    }

    pub(in crate::identity) async fn end_sessions_of(&mut self, account: AccountId) -> Result<u64> {
        exec!(self, "delete from session where account_id = $1", account)
    }

    /// Ends the sessions of the account but one.
    pub(in crate::identity) async fn end_other_sessions(&mut self, account: AccountId, kept: &[u8]) -> Result<u64> {
        exec!(self, "delete from session where account_id = $1 and token_hash <> $2", account, kept)
    }

    /// The latest deadline of a running attempt of the account.
    pub(in crate::identity) async fn last_running_deadline(&mut self, account: AccountId) -> Result<Option<Timestamp>> {
        let row: (Option<Timestamp>,) =
            get!(self, "select max(deadline) from attempt where account_id = $1 and stage = 'running'", account)?;
        Ok(row.0)
    }
}
