//! Statements about rounds while they are open: totals, and people by unit.

use crate::{
    results::DivisionTotals,
    store::{Result, Work},
};
use domain::id::RoundId;

impl Work {
    pub(in crate::results) async fn totals(&mut self, round: RoundId) -> Result<Vec<DivisionTotals>> {
        list!(
            self,
            "select d.audience,
                    cast(count(distinct a.account_id) as bigint) as people,
                    cast(count(a.id) as bigint) as attempts,
                    cast(coalesce(sum(case when a.stage = 'running' then 1 else 0 end), 0) as bigint) as running,
                    cast(coalesce(sum(case when a.stage = 'void' then 1 else 0 end), 0) as bigint) as void
             from division d
             left join attempt a on a.division_id = d.id
             where d.round_id = $1
             group by d.id, d.audience
             order by d.audience desc",
            round,
        )
    }

    /// The units that compete, each with the number of its people who have taken part so far; only civil servants
    /// count for a unit.
    pub(in crate::results) async fn people_by_unit(&mut self, round: RoundId) -> Result<Vec<(String, i64)>> {
        list!(
            self,
            "select u.name, cast(count(distinct a.account_id) as bigint)
             from frozen_headcount h
             join unit u on u.id = h.unit_id
             left join attempt a on a.round_id = h.round_id and a.unit_id = h.unit_id and a.stage <> 'void'
                                and a.division_id in (select id from division where round_id = $1 and audience = 'civil_servant')
             where h.round_id = $1
             group by u.id, u.name, u.sort_key
             order by u.sort_key",
            round,
        )
    }
}
