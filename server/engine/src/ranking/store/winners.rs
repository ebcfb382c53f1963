//! Statements that show winners and ties to the organisers.

use crate::{
    ranking::{AwardLine, TieMember},
    store::{Result, Work},
};
use domain::id::{AccountId, ContestId, RoundId, UnitId};

impl Work {
    /// Every prize of the version with its winner, the withdrawn ones last.
    pub(in crate::ranking) async fn award_lines(&mut self, round: RoundId, version: i64) -> Result<Vec<AwardLine>> {
        list!(
            self,
            "select a.id, p.name as prize, p.audience, p.block,
                    coalesce(c.full_name, u.name, '') as name,
                    h.name as unit, e.code, n.tail as number_tail, a.place, a.state, a.why
             from award a
             join prize p on p.id = a.prize_id
             left join account c on c.id = a.account_id
             left join unit u on u.id = a.unit_id
             left join standing s on s.round_id = a.round_id and s.version = a.version and s.account_id = a.account_id
             left join unit h on h.id = s.unit_id
             left join entry e on e.contest_id = a.contest_id and e.account_id = a.account_id
             left join national_id n on n.account_id = a.account_id
             where a.round_id = $1 and a.version = $2
             order by case when a.state = 'withdrawn' then 1 else 0 end, case when p.audience is null then 1 else 0 end,
                      p.audience desc, p.block, p.position, a.place, a.id",
            round,
            version,
        )
    }

    pub(in crate::ranking) async fn person_in_tie(&mut self, contest: ContestId, account: AccountId) -> Result<Option<TieMember>> {
        find!(
            self,
            "select c.id, c.full_name as name, coalesce(e.code, '') as code
             from account c
             left join entry e on e.account_id = c.id and e.contest_id = $1
             where c.id = $2",
            contest,
            account,
        )
    }

    pub(in crate::ranking) async fn unit_in_tie(&mut self, unit: UnitId) -> Result<Option<TieMember>> {
        find!(self, "select id, name, code from unit where id = $1", unit)
    }
}
