//! Statements about units, and about which unit an account belongs to.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, UnitId},
    identity::{Audience, Block, Unit, UnitKind},
    vietnamese::fold,
};
use uuid::Uuid;

impl Work {
    /// Every unit, by block and in Vietnamese order.
    pub(crate) async fn units(&mut self) -> Result<Vec<Unit>> {
        let rows: Vec<UnitRow> = list!(
            self,
            "select id, code, name, kind, parent_id, block, headcount, headcount_as_of, valid_from, valid_until, former_names, sample
             from unit
             order by sort_key, code"
        )?;
        Ok(rows.into_iter().map(UnitRow::unit).collect())
    }

    pub(crate) async fn add_unit(&mut self, unit: &Unit, sort_key: &str) -> Result<()> {
        exec!(
            self,
            "insert into unit (id, code, name, folded, sort_key, kind, parent_id, block, headcount, headcount_as_of,
                               valid_from, valid_until, former_names, sample)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            unit.id,
            &unit.code,
            &unit.name,
            fold(&format!("{} {}", unit.name, unit.former_line())),
            sort_key,
            unit.kind,
            unit.parent,
            unit.block,
            unit.headcount,
            unit.headcount_as_of,
            unit.valid_from,
            unit.valid_until,
            unit.former_line(),
            unit.sample,
        )?;
        Ok(())
    }

    /// Notes that the unit of this old name became the unit.
    pub(crate) async fn add_lineage(&mut self, old_name: &str, unit: UnitId, at: Timestamp) -> Result<u64> {
        exec!(
            self,
            "insert into unit_lineage (old_code, old_name, unit_id, at)
             values ($1, $2, $3, $4)
             on conflict (old_code, unit_id) do nothing",
            fold(old_name),
            old_name,
            unit,
            at,
        )
    }

    /// Gives the account another unit as long as it has no attempt; how many accounts that were.
    pub(in crate::identity) async fn choose_unit(&mut self, account: AccountId, audience: Audience, unit: UnitId) -> Result<u64> {
        exec!(
            self,
            "update account
             set audience = $2, unit_id = $3
             where id = $1
               and not exists (select 1 from attempt where attempt.account_id = account.id)",
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

    /// Where the account belongs: its audience, its unit and its state.
    pub(in crate::identity) async fn belonging(&mut self, account: AccountId) -> Result<Option<(Audience, Option<UnitId>)>> {
        find!(self, "select audience, unit_id from account where id = $1 and state <> 'closed'", account)
    }
}

#[derive(sqlx::FromRow)]
struct UnitRow {
    id: UnitId,
    code: String,
    name: String,
    kind: UnitKind,
    parent_id: Option<UnitId>,
    block: Block,
    headcount: Option<i64>,
    headcount_as_of: Option<Timestamp>,
    valid_from: Option<Timestamp>,
    valid_until: Option<Timestamp>,
    former_names: String,
    sample: bool,
}

impl UnitRow {
    fn unit(self) -> Unit {
        Unit {
            id: self.id,
            code: self.code,
            name: self.name,
            kind: self.kind,
            parent: self.parent_id,
            block: self.block,
            headcount: self.headcount,
            headcount_as_of: self.headcount_as_of,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            former_names: self.former_names.split(';').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
            sample: self.sample,
        }
    }
}
