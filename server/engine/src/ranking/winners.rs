//! Prizes and their winners: given by the order, verified one by one, passed on, ties decided.

use super::{
    rank::{json, stored},
    review::reason,
    store::{AwardRow, PrizeRow, RoundRow, TieRow},
};
use crate::{Caller, Engine, Result, Stop, notify::Change, random, store::Work};
use domain::{
    Refusal, Timestamp,
    contest::RoundStage,
    id::{AwardId, PrizeId, RoundId},
    identity::{Action, Audience, Block, Deed},
    ranking::{Allocation, AwardState, Candidate, Offer, TieDecision, TieRuling, allocate},
};
use std::collections::HashSet;
use uuid::Uuid;

/// Whom a prize is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    People(Audience),
    Units(Block),
}

/// A prize with its winner, as the organisers verify it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AwardLine {
    /// The award.
    pub id: AwardId,
    /// The prize's name.
    pub prize: String,
    /// Individual: the audience.
    pub audience: Option<Audience>,
    /// Collective: the block.
    pub block: Option<Block>,
    /// The person's or the unit's name.
    pub name: String,
    /// The person's unit.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: Option<String>,
    /// The end of the identity number, where one was given.
    pub number_tail: Option<String>,
    /// The place.
    pub place: i64,
    /// Where it stands.
    pub state: AwardState,
    /// Why it was withdrawn.
    pub why: String,
}

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
    /// Its name.
    pub name: String,
    /// How many of it are left.
    pub seats: i64,
    /// The shared place.
    pub place: i64,
    /// Everybody in the tie.
    pub among: Vec<TieMember>,
}

/// What the page of verification shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Prizes given, and those withdrawn.
    pub awards: Vec<AwardLine>,
    /// Ties to decide.
    pub ties: Vec<TieLine>,
}

impl Engine {
    /// The winners to verify and the ties to decide.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn verification(&self, caller: &Caller, round: RoundId) -> Result<Verification> {
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.read().await?;
        let row = work.round_to_judge(round).await?;
        let version = work.working_version(round).await?;
        let version = if row.stage == RoundStage::Published { version - 1 } else { version };
        let prizes = work.prize_rows(round).await?;
        let mut ties = Vec::new();
        for allocation in work.allocations(&row, version).await? {
            let Some(open) = allocation.open else { continue };
            let Some(prize) = prizes.iter().find(|prize| prize.id == open.prize) else { continue };
            let among = work.tie_members(&row, prize, &open.among).await?;
            ties.push(TieLine { prize: prize.id, name: prize.name.clone(), seats: open.seats, place: open.place, among });
        }
        Ok(Verification { awards: work.award_lines(round, version).await?, ties })
    }

    /// Ticks one winner as verified.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`] unless the round is being verified, [`Refusal::AlreadyDone`], [`Refusal::NotFound`].
    pub async fn verify_winner(&self, caller: &Caller, award: AwardId) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.begin().await?;
        work.round_being_verified(award).await?;
        if !work.verify_award(award, caller.account, now).await? {
            return Err(Refusal::AlreadyDone.into());
        }
        work.note(now, caller, Deed::VerifyWinner, &award.to_string(), "").await?;
        work.commit().await?;
        Ok(())
    }

    /// Takes a prize back; its place passes to the next.
    ///
    /// # Errors
    /// [`Refusal::ReasonNeeded`] at `reason`, [`Refusal::WrongOrder`], [`Refusal::AlreadyDone`], [`Refusal::NotFound`].
    pub async fn withdraw_winner(&self, caller: &Caller, award: AwardId, why: &str) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let why = reason(why)?;
        let mut work = self.store.begin().await?;
        let (row, version) = work.round_being_verified(award).await?;
        if !work.withdraw_award(award, &why, caller.account, now).await? {
            return Err(Refusal::AlreadyDone.into());
        }
        work.give_prizes(now, &row, version).await?;
        let detail = serde_json::json!({ "reason": why }).to_string();
        work.note(now, caller, Deed::WithdrawWinner, &award.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(row.id));
        Ok(())
    }

    /// Settles the tie at the end of a prize: divided among all of it, or by drawn lots with their minutes.
    ///
    /// `chosen` are the drawn people or units in the order drawn; it is not looked at when the prize is divided.
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
        let version = work.working_version(round).await?;
        let open = work.allocations(&row, version).await?.into_iter().filter_map(|allocation| allocation.open);
        let open = open.into_iter().find(|open| open.prize == prize).ok_or(Refusal::NotFound)?;
        let chosen = match ruling {
            TieRuling::Divide => open.among,
            TieRuling::Lots => drawn_lots(&open.among, open.seats, chosen)?,
        };
        let tie = TieRow { prize_id: prize, decision: ruling, chosen: json("chosen", &chosen)?, minutes };
        work.put_tie((round, version), &tie, (caller.account, now)).await?;
        work.give_prizes(now, &row, version).await?;
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
    /// The round and version of an award, which must be open for verification.
    async fn round_being_verified(&mut self, award: AwardId) -> Result<(RoundRow, i64)> {
        let (round, version) = self.round_of_award(award).await?.ok_or(Refusal::NotFound)?;
        let row = self.round_to_judge(round).await?;
        if row.stage != RoundStage::Ranked || version != self.working_version(round).await? {
            return Err(Refusal::WrongOrder.into());
        }
        Ok((row, version))
    }

    /// Gives the prizes anew; who was verified stays so, who was taken out stays out.
    pub(super) async fn give_prizes(&mut self, now: Timestamp, row: &RoundRow, version: i64) -> Result<()> {
        let verified: HashSet<Uuid> =
            self.judged(row.id).await?.into_iter().filter(|(_, state)| *state == AwardState::Verified).map(|(id, _)| id).collect();
        let prizes = self.prize_rows(row.id).await?;
        let allocations = self.allocations(row, version).await?;
        self.clear_awards(row.id, version).await?;
        for given in allocations.into_iter().flat_map(|allocation| allocation.given) {
            let individual = prizes.iter().any(|prize| prize.id == given.prize && prize.audience.is_some());
            let award = AwardRow {
                id: random::id(now),
                prize_id: given.prize,
                account_id: individual.then(|| given.id.into()),
                unit_id: (!individual).then(|| given.id.into()),
                place: given.place,
                state: if verified.contains(&given.id) { AwardState::Verified } else { AwardState::Proposed },
            };
            self.add_award(row, version, &award).await?;
        }
        Ok(())
    }

    /// Who was verified or withdrawn in any version, people and units alike.
    async fn judged(&mut self, round: RoundId) -> Result<Vec<(Uuid, AwardState)>> {
        let rows = self.judged_winners(round).await?;
        Ok(rows
            .into_iter()
            .filter_map(|(account, unit, state)| account.map(|id| id.0).or(unit.map(|id| id.0)).map(|id| (id, state)))
            .collect())
    }

    /// The prizes given by the order and the decisions so far, one allocation for each audience and block.
    pub(crate) async fn allocations(&mut self, row: &RoundRow, version: i64) -> Result<Vec<Allocation<Uuid>>> {
        let prizes = self.prize_rows(row.id).await?;
        let mut out: HashSet<Uuid> = self.barred_people(row).await?.into_iter().map(|(id,)| id.0).collect();
        out.extend(self.judged(row.id).await?.into_iter().filter(|(_, state)| *state == AwardState::Withdrawn).map(|(id, _)| id));
        let mut decisions = Vec::new();
        for tie in self.tie_rows(row.id, version).await? {
            decisions.push(TieDecision { prize: tie.prize_id, ruling: tie.decision, chosen: stored("chosen", &tie.chosen)? });
        }
        let mut allocations = Vec::new();
        for field in fields(&prizes) {
            let offers: Vec<Offer> = prizes
                .iter()
                .filter(|prize| field_of(prize) == Some(field))
                .map(|prize| Offer { prize: prize.id, quantity: prize.quantity })
                .collect();
            let seats: i64 = offers.iter().map(|offer| offer.quantity).sum();
            let lines = seats + i64::try_from(out.len()).unwrap_or(i64::MAX);
            let mut candidates = self.candidates((row.id, version), field, lines).await?;
            candidates.retain(|candidate| !out.contains(&candidate.id));
            allocations.push(allocate(&offers, &candidates, &decisions));
        }
        Ok(allocations)
    }

    async fn candidates(&mut self, key: (RoundId, i64), field: Field, lines: i64) -> Result<Vec<Candidate<Uuid>>> {
        match field {
            Field::People(audience) => {
                let division = self.division_rows(key.0).await?.into_iter().find(|division| division.audience == audience);
                let Some(division) = division else { return Ok(Vec::new()) };
                let head = self.head_of_board((key.0, key.1, division.id), lines).await?;
                Ok(head.into_iter().map(|(id, place)| Candidate { id: id.0, place }).collect())
            }
            Field::Units(block) => {
                let placed = self.placed_units(key.0, key.1, block).await?;
                Ok(placed.into_iter().map(|(id, place)| Candidate { id: id.0, place }).collect())
            }
        }
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

fn field_of(prize: &PrizeRow) -> Option<Field> {
    prize.audience.map(Field::People).or(prize.block.map(Field::Units))
}

/// Every audience and block for which there are prizes, each once.
fn fields(prizes: &[PrizeRow]) -> Vec<Field> {
    let mut fields = Vec::new();
    for field in prizes.iter().filter_map(field_of) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}
