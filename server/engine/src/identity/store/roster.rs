//! Statements about roster files that were tried and wait to be accepted.

use crate::store::{Result, Work};
use domain::{Timestamp, id::AccountId};

/// A file that was tried and waits to be accepted.
#[derive(sqlx::FromRow)]
pub(in crate::identity) struct DraftRow {
    pub name: String,
    pub bytes: Vec<u8>,
}

impl Work {
    /// Keeps a file for its uploader until it is accepted or out of date.
    pub(in crate::identity) async fn keep_roster(
        &mut self,
        hash: &[u8],
        by: AccountId,
        name: &str,
        bytes: &[u8],
        now: Timestamp,
    ) -> Result<()> {
        exec!(
            self,
            "insert into roster_draft (hash, account_id, name, bytes, tried_at)
             values ($1, $2, $3, $4, $5)
             on conflict (hash, account_id) do update set name = excluded.name, tried_at = excluded.tried_at",
            hash,
            by,
            name,
            bytes,
            now,
        )?;
        Ok(())
    }

    pub(in crate::identity) async fn kept_roster(&mut self, hash: &[u8], by: AccountId, after: Timestamp) -> Result<Option<DraftRow>> {
        find!(
            self,
            "select name, bytes
             from roster_draft
             where hash = $1 and account_id = $2 and tried_at > $3",
            hash,
            by,
            after,
        )
    }

    pub(in crate::identity) async fn drop_roster(&mut self, hash: &[u8], by: AccountId) -> Result<u64> {
        exec!(self, "delete from roster_draft where hash = $1 and account_id = $2", hash, by)
    }

    pub(in crate::identity) async fn forget_rosters_before(&mut self, moment: Timestamp) -> Result<u64> {
        exec!(self, "delete from roster_draft where tried_at <= $1", moment)
    }
}
