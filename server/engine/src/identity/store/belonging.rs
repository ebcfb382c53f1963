//! Statements about which unit an account belongs to.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, UnitId},
    identity::Audience,
};
use uuid::Uuid;

impl Work {
    /// Where the account belongs: its audience, its unit and its state.
    pub(in crate::identity) async fn belonging(&mut self, account: AccountId) -> Result<Option<(Audience, Option<UnitId>)>> {
        find!(self, "select audience, unit_id from account where id = $1 and state <> 'closed'", account)
    }

    pub(in crate::identity) async fn accounts_of(&mut self, unit: UnitId) -> Result<Vec<AccountId>> {
        let rows: Vec<(AccountId,)> = list!(self, "select id from account where unit_id = $1", unit)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Whether the account has any attempt.
    pub(in crate::identity) async fn has_attempt(&mut self, account: AccountId) -> Result<bool> {
        let row: Option<(AccountId,)> = find!(self, "select account_id from attempt where account_id = $1 limit 1", account)?;
        Ok(row.is_some())
    }

    /// Gives the account another unit as long as it has no attempt and coordinates none; how many accounts that were.
    pub(in crate::identity) async fn choose_unit(&mut self, account: AccountId, audience: Audience, unit: UnitId) -> Result<u64> {
        exec!(
            self,
            "update account
             set audience = $2, unit_id = $3
             where id = $1
               and not exists (select 1 from attempt where attempt.account_id = account.id)
               and not exists (select 1
                               from role_grant
                               where role_grant.account_id = account.id
                                 and role_grant.role = 'coordinator')",
            account,
            audience,
            unit,
        )
    }

    /// Moves the account from the unit it was seen in to another.
    pub(in crate::identity) async fn move_account(&mut self, account: AccountId, from: Option<UnitId>, to: UnitId) -> Result<u64> {
        exec!(
            self,
            "update account
             set unit_id = $3
             where id = $1
               and (unit_id = $2 or (unit_id is null and $2 is null))",
            account,
            from,
            to,
        )
    }

    /// Remembers a change of unit: account, the units before and after, who changed it, why.
    pub(in crate::identity) async fn add_unit_change(
        &mut self,
        (id, at): (Uuid, Timestamp),
        (account, by): (AccountId, AccountId),
        (old, new): (Option<UnitId>, UnitId),
        reason: &str,
    ) -> Result<()> {
        exec!(
            self,
            "insert into unit_change (id, account_id, old_unit_id, new_unit_id, changed_by, reason, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            id,
            account,
            old,
            new,
            by,
            reason,
            at,
        )?;
        Ok(())
    }
}
