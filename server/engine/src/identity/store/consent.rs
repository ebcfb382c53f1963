//! Statements about consents.

use crate::store::{Result, Work};
use domain::{Timestamp, id::AccountId, identity::Purpose};
use uuid::Uuid;

impl Work {
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
        self.end_consents(account, Some(purpose), now).await
    }

    /// Withdraws every standing consent of the account.
    pub(in crate::identity) async fn withdraw_consents(&mut self, account: AccountId, now: Timestamp) -> Result<u64> {
        self.end_consents(account, None, now).await
    }

    async fn end_consents(&mut self, account: AccountId, purpose: Option<Purpose>, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update consent
             set withdrawn_at = $3
             where account_id = $1
               and (purpose = $2 or $2 is null)
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
}
