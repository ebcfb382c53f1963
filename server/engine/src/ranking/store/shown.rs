//! Statements that show winners and ties to the organisers, and to winners that their number is asked.

use super::Ranking;
use crate::{
    ranking::{AskedNumber, AwardLine, TieMember},
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, ContestId, RoundId, UnitId},
};

/// Rounds in which an account is a winner who was asked for the identity number.
macro_rules! asked_numbers {
    ($where:literal) => {
        concat!(
            "select r.id as round, c.title as contest, r.label, c.id_number_until as until, n.account_id is not null as given
             from round r
             join contest c on c.id = r.contest_id and c.id_number = 'winners_only'
             left join national_id n on n.account_id = $1
             where exists (
                 select 1
                 from award a
                 where a.round_id = r.id and a.account_id = $1 and a.state <> 'withdrawn' and a.number_asked_at is not null
                   and a.version = (select max(m.version) from award m where m.round_id = r.id))
               and ",
            $where,
            " order by r.closes_at desc, r.id"
        )
    };
}

impl Work {
    /// Every prize of the version with its winner, the withdrawn ones last.
    pub(in crate::ranking) async fn award_lines(&mut self, ranking: Ranking) -> Result<Vec<AwardLine>> {
        list!(
            self,
            "select a.id, case when p.round_id is null then 'contest' else 'round' end as span,
                    p.name as prize, p.audience, p.block,
                    coalesce(c.full_name, u.name, '') as name,
                    h.name as unit, e.code, n.tail as number_tail, a.number_asked_at, a.place, a.state, a.why
             from award a
             join prize p on p.id = a.prize_id
             left join account c on c.id = a.account_id
             left join unit u on u.id = a.unit_id
             left join standing s on s.round_id = a.round_id and s.run = $3 and s.account_id = a.account_id
                                 and s.span = case when p.round_id is null then 'contest' else 'round' end
             left join unit h on h.id = s.unit_id
             left join entry e on e.contest_id = a.contest_id and e.account_id = a.account_id
             left join national_id n on n.account_id = a.account_id
             where a.round_id = $1 and a.version = $2
             order by case when a.state = 'withdrawn' then 1 else 0 end, case when p.round_id is null then 1 else 0 end,
                      case when p.audience is null then 1 else 0 end,
                      p.audience desc, p.block, p.position, a.place, a.id",
            ranking.round,
            ranking.version,
            ranking.run,
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

    /// Marks every winner of the version who has not given a number as asked for it; how many that are.
    pub(in crate::ranking) async fn ask_for_numbers(&mut self, ranking: Ranking, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update award
             set number_asked_at = $3
             where round_id = $1 and version = $2 and account_id is not null and state = 'proposed'
               and number_asked_at is null and account_id not in (select account_id from national_id)",
            ranking.round,
            ranking.version,
            now,
        )
    }

    pub(in crate::ranking) async fn number_asked(&mut self, account: AccountId, round: RoundId) -> Result<Option<AskedNumber>> {
        find!(self, asked_numbers!("r.id = $2"), account, round)
    }

    pub(in crate::ranking) async fn numbers_asked(&mut self, account: AccountId) -> Result<Vec<AskedNumber>> {
        list!(self, asked_numbers!("n.account_id is null"), account)
    }
}
