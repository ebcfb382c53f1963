//! Statements about sessions.

use crate::store::{Result, Work};
use domain::{
    Millis, Timestamp,
    id::{AccountId, UnitId},
    identity::{Audience, Role},
};

/// A session with whom it belongs to: a row for each of the account's roles, or one without.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::identity) struct SessionRow {
    /// Whose it is.
    pub account_id: AccountId,
    /// When it was last used, to about five minutes.
    pub seen_at: Timestamp,
    /// Its absolute end.
    pub ends_at: Timestamp,
    /// The name shown in the frame.
    pub full_name: String,
    /// The audience of the account.
    pub audience: Audience,
    /// The unit of the account.
    pub unit_id: Option<UnitId>,
    /// The latest deadline of a running attempt of the account that began while this session was alive.
    pub running_until: Option<Timestamp>,
    /// One of the roles.
    pub role: Option<Role>,
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

    /// The session of an active account, which ends when it idles for so long: every request of a signed-in person asks for
    /// it, so it is one statement.
    pub(in crate::identity) async fn session(&mut self, hash: &[u8], idle: Millis) -> Result<Vec<SessionRow>> {
        list!(
            self,
            "select s.account_id, s.seen_at, s.ends_at, a.full_name, a.audience, a.unit_id, g.role,
                    (select max(t.deadline)
                     from attempt t
                     where t.account_id = a.id
                       and t.stage = 'running'
                       and t.started_at < s.ends_at
                       and t.started_at < s.seen_at + $2) as running_until
             from session s
             join account a on a.id = s.account_id
             left join role_grant g on g.account_id = a.id
             where s.token_hash = $1 and a.state = 'active'
             order by g.role",
            hash,
            idle.0,
        )
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
}
