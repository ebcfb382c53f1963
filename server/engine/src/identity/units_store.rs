//! Statements about the administration of units.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, UnitId},
    identity::Unit,
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
    pub(super) async fn unit_tallies(&mut self) -> Result<Vec<UnitTally>> {
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

    pub(super) async fn lineage_of(&mut self, unit: UnitId) -> Result<Vec<(String, Timestamp)>> {
        list!(self, "select old_name, at from unit_lineage where unit_id = $1 order by at, old_name", unit)
    }

    /// Ends a unit that has not ended.
    pub(super) async fn end_unit(&mut self, unit: UnitId, at: Timestamp) -> Result<u64> {
        exec!(self, "update unit set valid_until = $2 where id = $1 and valid_until is null", unit, at)
    }

    /// Notes that the unit became part of another.
    pub(super) async fn add_merger(&mut self, old: &Unit, into: UnitId, at: Timestamp) -> Result<u64> {
        exec!(
            self,
            "insert into unit_lineage (old_code, old_name, unit_id, at)
             values ($1, $2, $3, $4)
             on conflict (old_code, unit_id) do nothing",
            &old.code,
            &old.name,
            into,
            at,
        )
    }

    /// Puts the units below one below another.
    pub(super) async fn adopt_units(&mut self, old: UnitId, new: UnitId) -> Result<u64> {
        exec!(self, "update unit set parent_id = $2 where parent_id = $1", old, new)
    }

    pub(super) async fn accounts_of(&mut self, unit: UnitId) -> Result<Vec<AccountId>> {
        let rows: Vec<(AccountId,)> = list!(self, "select id from account where unit_id = $1", unit)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}
