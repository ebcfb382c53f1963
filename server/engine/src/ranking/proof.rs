//! Proof of stored boards: every line stands where the rule puts it, with the figures of its attempt.

use super::{rank::stored, store::ReachedRow, tally::fixed_order};
use crate::{Engine, Result};
use domain::{
    contest::RoundRules,
    id::RoundId,
    ranking::{Performance, RankingRule, Span},
    results::Facts,
};
use std::cmp::Ordering;

/// A stored ranking with what its boards are ordered by.
#[derive(Debug, sqlx::FromRow)]
pub(crate) struct BoardProof {
    /// The round.
    pub round_id: RoundId,
    /// The version of its results.
    pub version: i64,
    /// The run under which its boards stand.
    pub run: i64,
    /// JSON of its figures.
    pub facts: String,
    /// JSON of the round's rules.
    pub rules: String,
    /// The contest's address.
    pub slug: String,
    /// The round's label.
    pub label: String,
    /// Whether nothing has been decided since that an older version need not know.
    pub holds: bool,
}

impl Engine {
    /// Every stored ranking.
    pub(crate) async fn board_proofs(&self) -> Result<Vec<BoardProof>> {
        Ok(self.store.glance().await?.board_proofs().await?)
    }

    /// Walks the boards of a ranking from the first line to the last; how many lines there were.
    pub(crate) async fn prove_boards(&self, proof: &BoardProof, mut find: impl FnMut(String)) -> Result<usize> {
        let rules: RoundRules = stored("rules of a round", &proof.rules)?;
        let facts: Facts = stored("facts", &proof.facts)?;
        let rule = RankingRule::new(&rules.ranking);
        let mut lines = 0;
        let mut work = self.store.snapshot().await?;
        for span in [Span::Round, Span::Contest] {
            let mut above: Option<ReachedRow> = None;
            let walk = |row: ReachedRow| {
                lines += 1;
                let contest = facts.whole_contest.as_ref().and_then(|contest| contest.division(row.line.audience));
                let rule = rule.on_board(span, contest.and_then(|division| division.prediction.as_ref()));
                if !follows(&rule, above.as_ref().filter(|above| above.line.audience == row.line.audience), &row) {
                    find(format!(
                        "account {} stands in line {}, place {}, against the rule",
                        row.account_id, row.line.line, row.line.place
                    ));
                }
                above = Some(row);
            };
            work.each_stored_line((proof.round_id, proof.run), span, walk).await?;
        }
        if proof.holds {
            for (attempt,) in work.unlike_their_attempts(proof.round_id, proof.run).await? {
                find(format!("attempt {attempt} has other figures than its line"));
            }
        }
        Ok(lines)
    }
}

/// Whether a line stands where the rule puts it below the one above; the first line of a board has none above.
fn follows(rule: &RankingRule, above: Option<&ReachedRow>, row: &ReachedRow) -> bool {
    let Some(above) = above else { return (row.line.line, row.line.place) == (1, 1) };
    let place = match rule.compare(&Performance::from(&above.line), &Performance::from(&row.line)) {
        Ordering::Less => row.line.line,
        Ordering::Equal if fixed_order(above.account_id) < fixed_order(row.account_id) => above.line.place,
        Ordering::Equal | Ordering::Greater => return false,
    };
    (row.line.line, row.line.place) == (above.line.line + 1, place)
}
