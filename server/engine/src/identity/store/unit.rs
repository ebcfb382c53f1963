//! Statements about units: their names, their tree, and what became of them.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::UnitId,
    identity::{Block, Unit, UnitKind},
    vietnamese::{fold, order_key},
};

/// How many people a unit has.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UnitTally {
    /// The unit.
    pub unit_id: UnitId,
    /// Civil servants on its roster.
    pub servants: i64,
    /// Citizens living there.
    pub citizens: i64,
    /// People who have not activated the account.
    pub invited: i64,
    /// Coordinators.
    pub coordinators: i64,
}

impl UnitTally {
    /// Nobody.
    pub const fn empty(unit_id: UnitId) -> Self {
        Self { unit_id, servants: 0, citizens: 0, invited: 0, coordinators: 0 }
    }
}

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

    /// Writes every value of a unit but its code and id.
    pub(in crate::identity) async fn change_unit(&mut self, unit: &Unit) -> Result<u64> {
        exec!(
            self,
            "update unit
             set name = $2, folded = $3, sort_key = $4, kind = $5, parent_id = $6, block = $7, headcount = $8, headcount_as_of = $9,
                 valid_from = $10, valid_until = $11, former_names = $12, sample = $13
             where id = $1",
            unit.id,
            &unit.name,
            fold(&format!("{} {}", unit.name, unit.former_line())),
            order_key(&unit.name),
            unit.kind,
            unit.parent,
            unit.block,
            unit.headcount,
            unit.headcount_as_of,
            unit.valid_from,
            unit.valid_until,
            unit.former_line(),
            unit.sample,
        )
    }

    /// Ends a unit that has not ended.
    pub(in crate::identity) async fn end_unit(&mut self, unit: UnitId, at: Timestamp) -> Result<u64> {
        exec!(self, "update unit set valid_until = $2 where id = $1 and valid_until is null", unit, at)
    }

    /// Puts the units below one below another.
    pub(in crate::identity) async fn adopt_units(&mut self, old: UnitId, new: UnitId) -> Result<u64> {
        exec!(self, "update unit set parent_id = $2 where parent_id = $1", old, new)
    }

    /// Notes that the unit of this old name became the unit.
    pub(crate) async fn add_lineage(&mut self, old_name: &str, unit: UnitId, at: Timestamp) -> Result<u64> {
        self.remember_lineage((&fold(old_name), old_name), unit, at).await
    }

    /// Notes that the unit became part of another.
    pub(in crate::identity) async fn add_merger(&mut self, old: &Unit, into: UnitId, at: Timestamp) -> Result<u64> {
        self.remember_lineage((&old.code, &old.name), into, at).await
    }

    async fn remember_lineage(&mut self, (old_code, old_name): (&str, &str), unit: UnitId, at: Timestamp) -> Result<u64> {
        exec!(
            self,
            "insert into unit_lineage (old_code, old_name, unit_id, at)
             values ($1, $2, $3, $4)
             on conflict (old_code, unit_id) do nothing",
            old_code,
            old_name,
            unit,
            at,
        )
    }

    pub(in crate::identity) async fn lineage_of(&mut self, unit: UnitId) -> Result<Vec<(String, Timestamp)>> {
        list!(self, "select old_name, at from unit_lineage where unit_id = $1 order by at, old_name", unit)
    }

    pub(in crate::identity) async fn unit_tallies(&mut self) -> Result<Vec<UnitTally>> {
        list!(
            self,
            "select a.unit_id,
                    cast(sum(case when a.audience = 'civil_servant' then 1 else 0 end) as bigint) as servants,
                    cast(sum(case when a.audience = 'citizen' then 1 else 0 end) as bigint) as citizens,
                    cast(sum(case when a.state = 'invited' then 1 else 0 end) as bigint) as invited,
                    cast(count(g.role) as bigint) as coordinators
             from account a
             left join role_grant g on g.account_id = a.id and g.role = 'coordinator'
             where a.unit_id is not null and a.state <> 'closed'
             group by a.unit_id"
        )
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
