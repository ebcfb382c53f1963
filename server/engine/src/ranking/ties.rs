//! Ties that cross the end of a prize: shown to the organisers, divided, or decided by drawn lots with their minutes.

use super::{
    rank::json,
    review::reason,
    store::{PrizeRow, Ranking, RoundRow, TieRow},
};
use crate::{Caller, Engine, Result, Stop, notify::Change, store::Work};
use domain::{
    Refusal,
    contest::RoundStage,
    id::{PrizeId, RoundId},
    identity::{Action, Deed},
    ranking::{Span, TieRuling},
};
use std::collections::HashSet;
use uuid::Uuid;

/// Somebody in a tie.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct TieMember {
    /// The account or unit.
    pub id: Uuid,
    /// The name.
    pub name: String,
    /// Mã dự thi, or the unit's code.
    pub code: String,
}

/// A tie that waits for the organiser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TieLine {
    /// The prize.
    pub prize: PrizeId,
    /// Whether it is a prize of the round or of the whole contest.
    pub span: Span,
    /// Its name.
    pub name: String,
    /// How many of it are left.
    pub seats: i64,
    /// The shared place.
    pub place: i64,
    /// Everybody in the tie.
    pub among: Vec<TieMember>,
}

impl Engine {
    /// Settles the tie at the end of a prize: divided among all of it, or by drawn lots with their minutes.
    ///
    /// `drawn` are the drawn people or units in the order drawn, not looked at when the prize is divided, and the minutes.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] at `reason` without minutes, [`Refusal::NotInTie`] at `chosen`,
    /// [`Refusal::WrongOrder`], [`Refusal::NotFound`].
    pub async fn decide_tie(&self, caller: &Caller, tie: (RoundId, PrizeId), ruling: TieRuling, drawn: (&[Uuid], &str)) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let ((round, prize), (chosen, minutes)) = (tie, drawn);
        let minutes = reason(minutes)?;
        let mut work = self.store.begin().await?;
        let row = work.round_to_judge(round).await?;
        if row.stage != RoundStage::Ranked {
            return Err(Refusal::WrongOrder.into());
        }
        let ranking = work.working_ranking(&row).await?;
        let open = work.allocations(&row, ranking).await?.into_iter().filter_map(|allocation| allocation.open);
        let open = open.into_iter().find(|open| open.prize == prize).ok_or(Refusal::NotFound)?;
        let chosen = match ruling {
            TieRuling::Divide => open.among,
            TieRuling::Lots => drawn_lots(&open.among, open.seats, chosen)?,
        };
        let tie = TieRow { prize_id: prize, decision: ruling, chosen: json("chosen", &chosen)?, minutes };
        work.put_tie(ranking, &tie, (caller.account, now)).await?;
        work.give_prizes(now, &row, ranking).await?;
        let detail = serde_json::json!({ "prize": prize, "ruling": ruling.code(), "chosen": chosen }).to_string();
        work.note(now, caller, Deed::DecideTie, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }
}

/// The drawn ones, if all of them are in the tie, nobody twice, and enough for what is left.
fn drawn_lots(among: &[Uuid], seats: i64, chosen: &[Uuid]) -> Result<Vec<Uuid>> {
    let distinct: HashSet<&Uuid> = chosen.iter().collect();
    let fits = distinct.len() == chosen.len()
        && chosen.iter().all(|id| among.contains(id))
        && i64::try_from(chosen.len()).is_ok_and(|count| count >= seats);
    if fits { Ok(chosen.to_vec()) } else { Err(Stop::at("chosen", Refusal::NotInTie)) }
}

impl Work {
    /// The ties that wait for a decision.
    pub(super) async fn open_ties(&mut self, row: &RoundRow, ranking: Ranking) -> Result<Vec<TieLine>> {
        let prizes = self.prize_rows(row).await?;
        let mut ties = Vec::new();
        for open in self.allocations(row, ranking).await?.into_iter().filter_map(|allocation| allocation.open) {
            let Some(prize) = prizes.iter().find(|prize| prize.id == open.prize) else { continue };
            let among = self.tie_members(row, prize, &open.among).await?;
            ties.push(TieLine { prize: prize.id, span: prize.span, name: prize.name.clone(), seats: open.seats, place: open.place, among });
        }
        Ok(ties)
    }

    async fn tie_members(&mut self, row: &RoundRow, prize: &PrizeRow, among: &[Uuid]) -> Result<Vec<TieMember>> {
        let mut members = Vec::with_capacity(among.len());
        for id in among {
            let member = match prize.audience {
                Some(_) => self.person_in_tie(row.contest_id, (*id).into()).await?,
                None => self.unit_in_tie((*id).into()).await?,
            };
            members.extend(member);
        }
        Ok(members)
    }
}
