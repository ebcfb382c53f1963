//! Statements about prizes, to whom they are given, and decided ties.

use super::{Ranking, RoundRow};
use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, AwardId, ContestId, PrizeId, RoundId, UnitId},
    identity::{Audience, Block},
    ranking::{AwardState, Span, TieRuling},
};

/// A prize of the round or of its contest.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PrizeRow {
    /// The prize.
    pub id: PrizeId,
    /// Whether it is a prize of the round or of the whole contest.
    pub span: Span,
    /// Individual: for this audience.
    pub audience: Option<Audience>,
    /// Collective: for this block.
    pub block: Option<Block>,
    /// Its name.
    pub name: String,
    /// How many.
    pub quantity: i64,
}

/// A prize given to somebody.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AwardRow {
    /// The award.
    pub id: AwardId,
    /// The prize.
    pub prize_id: PrizeId,
    /// Individual: the person.
    pub account_id: Option<AccountId>,
    /// Collective: the unit.
    pub unit_id: Option<UnitId>,
    /// The place.
    pub place: i64,
    /// Where it stands.
    pub state: AwardState,
    /// Since when the winner has been asked for the identity number.
    pub number_asked_at: Option<Timestamp>,
}

/// A tie's decision as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TieRow {
    /// The prize.
    pub prize_id: PrizeId,
    /// How it was settled.
    pub decision: TieRuling,
    /// JSON list of ids.
    pub chosen: String,
    /// Biên bản.
    pub minutes: String,
}

impl Work {
    /// The prizes of the round and of its whole contest, each kind from the highest.
    pub(crate) async fn prize_rows(&mut self, row: &RoundRow) -> Result<Vec<PrizeRow>> {
        list!(
            self,
            "select id, case when round_id is null then 'contest' else 'round' end as span, audience, block, name, quantity
             from prize
             where round_id = $1 or (round_id is null and contest_id = $2)
             order by case when round_id is null then 1 else 0 end, position, id",
            row.id,
            row.contest_id,
        )
    }

    /// Whether prizes of the whole contest were made public with another of its rounds.
    pub(in crate::ranking) async fn contest_was_announced(&mut self, row: &RoundRow) -> Result<bool> {
        let (count,): (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from award a
             join prize z on z.id = a.prize_id and z.round_id is null
             join publication p on p.round_id = a.round_id and p.version = a.version and p.state = 'published'
             where a.contest_id = $1 and a.round_id <> $2",
            row.contest_id,
            row.id,
        )?;
        Ok(count > 0)
    }

    pub(crate) async fn award_rows(&mut self, round: RoundId, version: i64) -> Result<Vec<AwardRow>> {
        list!(
            self,
            "select id, prize_id, account_id, unit_id, place, state, number_asked_at
             from award
             where round_id = $1 and version = $2
             order by place, id",
            round,
            version,
        )
    }

    /// Who was verified or lost a prize in any version of this round.
    pub(in crate::ranking) async fn judged_winners(
        &mut self,
        round: RoundId,
    ) -> Result<Vec<(Option<AccountId>, Option<UnitId>, AwardState)>> {
        list!(self, "select account_id, unit_id, state from award where round_id = $1 and state <> 'proposed'", round)
    }

    /// Who may receive no prize in this round: whoever was excluded before it closed, and with `one_prize_each` the winners
    /// of other rounds.
    pub(in crate::ranking) async fn barred_people(&mut self, row: &RoundRow) -> Result<Vec<(AccountId,)>> {
        list!(
            self,
            "select e.account_id
             from exclusion e
             join round r on r.id = $2
             where e.contest_id = $1 and e.since < r.closes_at
             union
             select a.account_id
             from award a
             join publication p on p.round_id = a.round_id and p.version = a.version and p.state = 'published'
             where $3 and a.contest_id = $1 and a.round_id <> $2 and a.account_id is not null and a.state <> 'withdrawn'",
            row.contest_id,
            row.id,
            row.one_prize_each,
        )
    }

    /// Forgets the awards that nobody took back, before they are given anew.
    pub(in crate::ranking) async fn clear_awards(&mut self, ranking: Ranking) -> Result<()> {
        exec!(self, "delete from award where round_id = $1 and version = $2 and state <> 'withdrawn'", ranking.round, ranking.version,)?;
        Ok(())
    }

    pub(in crate::ranking) async fn add_award(&mut self, contest: ContestId, ranking: Ranking, award: &AwardRow) -> Result<()> {
        exec!(
            self,
            "insert into award (id, contest_id, round_id, version, prize_id, account_id, unit_id, place, state, number_asked_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            award.id,
            contest,
            ranking.round,
            ranking.version,
            award.prize_id,
            award.account_id,
            award.unit_id,
            award.place,
            award.state,
            award.number_asked_at,
        )?;
        Ok(())
    }

    /// The round and version of an award.
    pub(in crate::ranking) async fn round_of_award(&mut self, award: AwardId) -> Result<Option<(RoundId, i64)>> {
        find!(self, "select round_id, version from award where id = $1 and round_id is not null", award)
    }

    pub(in crate::ranking) async fn verify_award(&mut self, award: AwardId, by: AccountId, now: Timestamp) -> Result<bool> {
        let done = exec!(
            self,
            "update award
             set state = 'verified', decided_by = $2, decided_at = $3
             where id = $1 and state = 'proposed'",
            award,
            by,
            now,
        )?;
        Ok(done == 1)
    }

    pub(in crate::ranking) async fn withdraw_award(&mut self, award: AwardId, why: &str, by: AccountId, now: Timestamp) -> Result<bool> {
        let done = exec!(
            self,
            "update award
             set state = 'withdrawn', why = $2, decided_by = $3, decided_at = $4
             where id = $1 and state <> 'withdrawn'",
            award,
            why,
            by,
            now,
        )?;
        Ok(done == 1)
    }

    pub(in crate::ranking) async fn tie_rows(&mut self, ranking: Ranking) -> Result<Vec<TieRow>> {
        list!(
            self,
            "select prize_id, decision, chosen, minutes
             from tie
             where round_id = $1 and version = $2
             order by decided_at",
            ranking.round,
            ranking.version,
        )
    }

    pub(in crate::ranking) async fn put_tie(&mut self, ranking: Ranking, tie: &TieRow, by: (AccountId, Timestamp)) -> Result<()> {
        exec!(
            self,
            "insert into tie (round_id, version, prize_id, decision, chosen, minutes, decided_by, decided_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (round_id, version, prize_id) do update
             set decision = excluded.decision, chosen = excluded.chosen, minutes = excluded.minutes,
                 decided_by = excluded.decided_by, decided_at = excluded.decided_at",
            ranking.round,
            ranking.version,
            tie.prize_id,
            tie.decision,
            &tie.chosen,
            &tie.minutes,
            by.0,
            by.1,
        )?;
        Ok(())
    }
}
