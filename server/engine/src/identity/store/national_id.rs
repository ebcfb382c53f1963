//! Statements about sealed identity numbers.

use crate::store::{Result, Work};
use domain::{Timestamp, id::AccountId};

impl Work {
    /// The account that holds the number of this look-up digest.
    pub(in crate::identity) async fn id_holder(&mut self, lookup: &[u8]) -> Result<Option<AccountId>> {
        let row: Option<(AccountId,)> = find!(self, "select account_id from national_id where lookup = $1", lookup)?;
        Ok(row.map(|(account,)| account))
    }

    /// Keeps the account's number, sealed, in place of an earlier one; a number held by another account is a duplicate.
    pub(in crate::identity) async fn keep_id(
        &mut self,
        account: AccountId,
        (sealed, lookup, tail): (&[u8], &[u8], &str),
        (now, until): (Timestamp, Option<Timestamp>),
    ) -> Result<()> {
        exec!(
            self,
            "insert into national_id (account_id, sealed, lookup, tail, until, given_at)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (account_id) do update
             set sealed = excluded.sealed, lookup = excluded.lookup, tail = excluded.tail,
                 until = excluded.until, given_at = excluded.given_at",
            account,
            sealed,
            lookup,
            tail,
            until,
            now,
        )?;
        Ok(())
    }

    /// The last digits of the account's number, and until when it is kept.
    pub(in crate::identity) async fn id_tail(&mut self, account: AccountId) -> Result<Option<(String, Option<Timestamp>)>> {
        find!(self, "select tail, until from national_id where account_id = $1", account)
    }

    /// The newest sealed number.
    pub(in crate::identity) async fn newest_sealed(&mut self) -> Result<Option<(Vec<u8>,)>> {
        find!(self, "select sealed from national_id order by given_at desc limit 1")
    }

    /// Erases the numbers whose time is over; how many.
    pub(in crate::identity) async fn erase_old_ids(&mut self, now: Timestamp) -> Result<u64> {
        exec!(self, "delete from national_id where until <= $1", now)
    }
}
