//! What was granted in a round, in memory beside its rules: whoever starts there gets it without a further question.

use super::store::GrantRow;
use crate::{Caller, Fault, Result};
use domain::{
    attempt::Granted,
    id::{AccountId, UnitId},
};
use std::collections::HashMap;

/// The grants of a round; usually there are none.
#[derive(Debug, Default)]
pub(super) struct Grants {
    /// How many there are: none is ever taken back.
    pub count: i64,
    people: HashMap<AccountId, Granted>,
    units: HashMap<UnitId, Granted>,
}

impl Grants {
    pub(super) fn of(rows: Vec<GrantRow>) -> Result<Self> {
        let mut grants = Self::default();
        for row in rows {
            grants.count += 1;
            let attempts = u16::try_from(row.attempts).map_err(|_| Fault::Broken("granted attempts are out of range"))?;
            let more = Granted { extra: row.extra, start_until: row.start_until, attempts };
            let known = match (row.account_id, row.unit_id) {
                (Some(account), None) => grants.people.entry(account).or_default(),
                (None, Some(unit)) => grants.units.entry(unit).or_default(),
                _ => return Err(Fault::Broken("a grant is for a person or for a unit").into()),
            };
            *known = known.and(more);
        }
        Ok(grants)
    }

    /// What the person has, and what the person's unit has, together.
    pub(super) fn to(&self, person: &Caller) -> Granted {
        let own = self.people.get(&person.account).copied().unwrap_or_default();
        let units = person.unit.and_then(|unit| self.units.get(&unit)).copied().unwrap_or_default();
        own.and(units)
    }
}
