//! Statements about a unit as its coordinator sees it: who takes part, never how well.

use crate::{
    identity::coordinator::{ON_A_PAGE, UnitRound},
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, RoundId, UnitId},
};

/// Somebody of a coordinator's unit: whether, never how well.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Colleague {
    /// The account.
    pub id: AccountId,
    /// The full name.
    pub full_name: String,
    /// The position.
    pub position: String,
    /// `active` or `invited`.
    pub state: String,
    /// Whether the person is simulated.
    pub sample: bool,
    /// Whether a sheet of the person has ended in the round, whatever became of it.
    pub taken_part: bool,
}

/// Of whom a list is: the unit, the round, what names look like, and who has taken part or who has not.
#[derive(Debug, Clone)]
pub(in crate::identity) struct Wanted {
    pub unit: UnitId,
    pub round: RoundId,
    pub name: String,
    pub taken_part: Option<bool>,
}

impl Work {
    /// Rounds in which the unit's civil servants can have taken part, newest first.
    pub(in crate::identity) async fn unit_rounds(&mut self, now: Timestamp) -> Result<Vec<UnitRound>> {
        list!(
            self,
            "select r.id, c.title as contest, r.label, r.opens_at, r.closes_at, r.headcount_as_of
             from round r
             join contest c on c.id = r.contest_id
             join division d on d.round_id = r.id and d.audience = 'civil_servant'
             where r.stage not in ('draft', 'cancelled') and c.stage <> 'draft' and r.opens_at <= $1
             order by r.opens_at desc, r.id",
            now,
        )
    }

    /// How many of the unit's civil servants are wanted.
    pub(in crate::identity) async fn count_colleagues(&mut self, wanted: &Wanted) -> Result<i64> {
        let row: (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from account a
             where a.unit_id = $1
               and a.audience = 'civil_servant'
               and a.state <> 'closed'
               and a.folded like $3 escape '\\'
               and ($4 is null
                    or $4 = exists (select 1
                                    from attempt t
                                    where t.account_id = a.id and t.round_id = $2 and t.stage <> 'running'))",
            wanted.unit,
            wanted.round,
            &wanted.name,
            wanted.taken_part,
        )?;
        Ok(row.0)
    }

    /// A page of the unit's civil servants who are wanted, and whether they have taken part.
    pub(in crate::identity) async fn colleagues(&mut self, wanted: &Wanted, from: i64) -> Result<Vec<Colleague>> {
        list!(
            self,
            "select c.id, c.full_name, c.position, c.state, c.sample, c.taken_part
             from (
                 select a.id, a.full_name, a.position, a.state, a.sample, a.sort_key, a.login,
                        exists (select 1
                                from attempt t
                                where t.account_id = a.id and t.round_id = $2 and t.stage <> 'running') as taken_part
                 from account a
                 where a.unit_id = $1
                   and a.audience = 'civil_servant'
                   and a.state <> 'closed'
                   and a.folded like $3 escape '\\'
             ) c
             where $4 is null or c.taken_part = $4
             order by c.sort_key, c.login
             limit $5 offset $6",
            wanted.unit,
            wanted.round,
            &wanted.name,
            wanted.taken_part,
            ON_A_PAGE,
            from,
        )
    }

    /// People whose sheets carry the unit.
    pub(in crate::identity) async fn people_of_unit(&mut self, unit: UnitId, round: RoundId) -> Result<i64> {
        let row: (i64,) = get!(
            self,
            "select cast(count(distinct t.account_id) as bigint)
             from attempt t
             join division d on d.id = t.division_id
             where t.round_id = $2 and t.unit_id = $1 and t.stage <> 'running' and d.audience = 'civil_servant'",
            unit,
            round,
        )?;
        Ok(row.0)
    }
}
