//! Prizes given by the order: those of the round first, then those of the whole contest.

use super::{
    rank::stored,
    store::{AwardRow, PrizeRow, Ranking, RoundRow},
};
use crate::{Result, random, store::Work};
use domain::{
    Timestamp,
    id::RoundId,
    identity::{Audience, Block},
    ranking::{Allocation, AwardState, Candidate, Offer, Span, TieDecision, allocate},
};
use std::collections::{HashMap, HashSet};
use uuid::Uuid;

/// Whom a prize is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Receivers {
    People(Audience),
    Units(Block),
}

/// Prizes that are given down one board.
type Field = (Span, Receivers);

impl PrizeRow {
    fn field(&self) -> Option<Field> {
        let receivers = self.audience.map(Receivers::People).or(self.block.map(Receivers::Units))?;
        Some((self.span, receivers))
    }
}

impl AwardRow {
    /// The person or unit, whichever it is.
    pub(crate) fn holder(&self) -> Option<Uuid> {
        self.account_id.map(|id| id.0).or(self.unit_id.map(|id| id.0))
    }
}

impl Work {
    /// Gives the prizes anew; who was verified stays so, who was taken out stays out, who was asked for a number stays asked.
    pub(super) async fn give_prizes(&mut self, now: Timestamp, row: &RoundRow, ranking: Ranking) -> Result<()> {
        let verified = self.judged(row.id, AwardState::Verified).await?;
        let before = self.award_rows(ranking.round, ranking.version).await?;
        let asked: HashMap<Uuid, Timestamp> = before.iter().filter_map(|award| award.holder().zip(award.number_asked_at)).collect();
        let prizes = self.prize_rows(row).await?;
        let allocations = self.allocations(row, ranking).await?;
        self.clear_awards(ranking).await?;
        for given in allocations.into_iter().flat_map(|allocation| allocation.given) {
            let individual = prizes.iter().any(|prize| prize.id == given.prize && prize.audience.is_some());
            let award = AwardRow {
                id: random::id(now),
                prize_id: given.prize,
                account_id: individual.then(|| given.id.into()),
                unit_id: (!individual).then(|| given.id.into()),
                place: given.place,
                state: if verified.contains(&given.id) { AwardState::Verified } else { AwardState::Proposed },
                number_asked_at: asked.get(&given.id).copied(),
            };
            self.add_award(row.contest_id, ranking, &award).await?;
        }
        Ok(())
    }

    /// People and units of whom this was decided in any version of the round.
    async fn judged(&mut self, round: RoundId, decided: AwardState) -> Result<HashSet<Uuid>> {
        let rows = self.judged_winners(round).await?.into_iter().filter(|(.., state)| *state == decided);
        Ok(rows.filter_map(|(account, unit, _)| account.map(|id| id.0).or(unit.map(|id| id.0))).collect())
    }

    /// The prizes given by the order and the decisions so far, one allocation for each field.
    ///
    /// Whoever lost a prize of this announcement receives no other one of it. Where each person may win once in the
    /// contest, who wins in the round is left out of the contest's own prizes.
    pub(crate) async fn allocations(&mut self, row: &RoundRow, ranking: Ranking) -> Result<Vec<Allocation<Uuid>>> {
        let prizes = self.prize_rows(row).await?;
        let mut out: HashSet<Uuid> = self.barred_people(row).await?.into_iter().map(|(id,)| id.0).collect();
        out.extend(self.judged(row.id, AwardState::Withdrawn).await?);
        let mut decisions = Vec::new();
        for tie in self.tie_rows(ranking).await? {
            decisions.push(TieDecision { prize: tie.prize_id, ruling: tie.decision, chosen: stored("chosen", &tie.chosen)? });
        }
        let mut allocations: Vec<Allocation<Uuid>> = Vec::new();
        for field in fields(&prizes) {
            let offers: Vec<Offer> = prizes
                .iter()
                .filter(|prize| prize.field() == Some(field))
                .map(|prize| Offer { prize: prize.id, quantity: prize.quantity })
                .collect();
            let seats: i64 = offers.iter().map(|offer| offer.quantity).sum();
            let lines = seats + i64::try_from(out.len()).unwrap_or(i64::MAX);
            let mut candidates = self.candidates(ranking, field, lines).await?;
            candidates.retain(|candidate| !out.contains(&candidate.id));
            let allocation = allocate(&offers, &candidates, &decisions);
            if row.one_prize_each && matches!(field, (_, Receivers::People(_))) {
                out.extend(allocation.given.iter().map(|given| given.id));
            }
            allocations.push(allocation);
        }
        Ok(allocations)
    }

    async fn candidates(&mut self, ranking: Ranking, (span, receivers): Field, lines: i64) -> Result<Vec<Candidate<Uuid>>> {
        Ok(match receivers {
            Receivers::People(audience) => {
                let head = self.head_of_board(ranking, (span, audience), lines).await?;
                head.into_iter().map(|(id, place)| Candidate { id: id.0, place }).collect()
            }
            Receivers::Units(block) => {
                let placed = self.placed_units(ranking, (span, block)).await?;
                placed.into_iter().map(|(id, place)| Candidate { id: id.0, place }).collect()
            }
        })
    }
}

/// Every field for which there are prizes, each once, those of the round first.
fn fields(prizes: &[PrizeRow]) -> Vec<Field> {
    let mut fields = Vec::new();
    for field in prizes.iter().filter_map(PrizeRow::field) {
        if !fields.contains(&field) {
            fields.push(field);
        }
    }
    fields
}
