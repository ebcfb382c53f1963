//! Statements about tries to sign in and the networks and browsers that an account is known from.

use crate::store::{Result, Work};
use domain::{Timestamp, id::AccountId};

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

    /// Whether the account has been in use from this network or in this browser.
    pub(in crate::identity) async fn knows_network(&mut self, account: AccountId, network: &[u8]) -> Result<bool> {
        let row: Option<(Timestamp,)> =
            find!(self, "select seen_at from account_network where account_id = $1 and network = $2", account, network)?;
        Ok(row.is_some())
    }

    /// Remembers that the account is in use from this network or in this browser.
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

    /// Forgets counters whose window is over (that of sign-ups lasts a day), networks and browsers not seen for long, and
    /// sessions that ended a day ago.
    pub(in crate::identity) async fn forget_tries(&mut self, window: Timestamp, networks: Timestamp, yesterday: Timestamp) -> Result<()> {
        exec!(
            &mut *self,
            "delete from throttle
             where since <= $1
               and (key not like 'sign-up/%' or since <= $2)",
            window,
            yesterday,
        )?;
        exec!(&mut *self, "delete from account_network where seen_at <= $1", networks)?;
        exec!(&mut *self, "delete from session where ends_at <= $1", yesterday)?;
        Ok(())
    }
}
