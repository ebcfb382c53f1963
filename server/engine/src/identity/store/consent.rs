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

    /// Whether the account agreed to processing once, and none of these consents stands at that moment. Whoever was never
    /// asked, because the installation or a roster opened the account, has none that could end.
    pub(crate) async fn consent_ended(&mut self, account: AccountId, now: Timestamp) -> Result<bool> {
        let row: (i64, i64) = get!(
            self,
            "select cast(count(*) as bigint),
                    cast(coalesce(sum(case when withdrawn_at is null and (until is null or until >= $2) then 1 else 0 end), 0) as bigint)
             from consent
             where account_id = $1
               and purpose = 'process'",
            account,
            now,
        )?;
        Ok(row.0 > 0 && row.1 == 0)
    }

    /// Until when the latest standing consent to processing goes.
    pub(in crate::identity) async fn processed_until(&mut self, account: AccountId) -> Result<Option<Timestamp>> {
        let row: (Option<Timestamp>,) = get!(
            self,
            "select max(until)
             from consent
             where account_id = $1
               and purpose = 'process'
               and withdrawn_at is null",
            account,
        )?;
        Ok(row.0)
    }

    /// Accounts whose consent to processing has ended, a portion of them. Left alone are those who hold a role, which is
    /// not for taking part, and those who took part in a contest with a round that is still to be published.
    pub(in crate::identity) async fn accounts_out_of_consent(&mut self, now: Timestamp, most: i64) -> Result<Vec<(AccountId,)>> {
        list!(
            self,
            "select distinct k.account_id
             from consent k
             join account a on a.id = k.account_id
             where k.purpose = 'process'
               and k.until < $1
               and a.state <> 'closed'
               and not exists (select 1
                               from consent s
                               where s.account_id = a.id
                                 and s.purpose = 'process'
                                 and s.withdrawn_at is null
                                 and (s.until is null or s.until >= $1))
               and not exists (select 1 from role_grant g where g.account_id = a.id)
               and not exists (select 1
                               from attempt t
                               join round r on r.id = t.round_id
                               join round o on o.contest_id = r.contest_id
                               where t.account_id = a.id
                                 and o.stage in ('scheduled', 'review', 'ranked', 'submitted'))
             limit $2",
            now,
            most,
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
