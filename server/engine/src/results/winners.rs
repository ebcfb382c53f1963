//! Who won what in a ranking, each with the reason of the place.

use super::store::CollectiveRow;
use crate::{
    Result,
    ranking::store::{Ranking, RoundRow},
    store::Work,
};
use domain::{
    id::PrizeId,
    ranking::{Performance, RankingRule},
    results::{CollectivePrize, Facts, Winner},
};
use std::{collections::HashMap, hash::Hash};

/// The rank of a prize in its field: from 1, in the order in which prizes first appear there.
fn rank<F: Hash + Eq>(seen: &mut HashMap<F, Vec<PrizeId>>, field: F, prize: PrizeId) -> i64 {
    let seen = seen.entry(field).or_default();
    let at = seen.iter().position(|known| *known == prize).unwrap_or_else(|| {
        seen.push(prize);
        seen.len() - 1
    });
    i64::try_from(at + 1).unwrap_or(i64::MAX)
}

impl Work {
    pub(super) async fn winners(&mut self, row: &RoundRow, ranking: Ranking, facts: &Facts) -> Result<Vec<Winner>> {
        let rule = RankingRule::new(&row.read_rules()?.ranking);
        let mut winners = Vec::new();
        let mut seen = HashMap::new();
        for winner in self.winner_rows(ranking).await? {
            let (span, audience) = (winner.span, winner.line.audience);
            let why = self.why(ranking, (span, &winner.line), (&rule, facts)).await?;
            let own = Performance::from(&winner.line);
            let code = winner.person.code.clone().unwrap_or_default();
            let (name, unit) = winner.person.public();
            winners.push(Winner {
                span,
                rank: rank(&mut seen, (span, audience), winner.prize_id),
                prize: winner.prize,
                value: winner.value,
                audience,
                name,
                unit,
                code,
                place: winner.line.place,
                correct: own.correct,
                score: own.score.0,
                prediction: own.prediction,
                distance: own.distance,
                duration: own.duration,
                handed_in_at: own.handed_in_at,
                why,
            });
        }
        Ok(winners)
    }

    pub(super) async fn collective(&mut self, ranking: Ranking) -> Result<Vec<CollectivePrize>> {
        let mut seen = HashMap::new();
        let rows = self.collective_rows(ranking).await?;
        let prize = |row: CollectiveRow| CollectivePrize {
            span: row.span,
            rank: rank(&mut seen, (row.span, row.block), row.prize_id),
            prize: row.prize,
            value: row.value,
            block: row.block,
            unit: row.unit_id,
            name: row.name,
            place: row.place,
        };
        Ok(rows.into_iter().map(prize).collect())
    }
}
