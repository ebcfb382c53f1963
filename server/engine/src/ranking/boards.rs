//! The boards of a round and, with the last one, of its contest: made in memory from one pass over the attempts.

use super::{
    rank::stored,
    store::RoundRow,
    tally::{FrozenUnit, Ranked, Tally, unit_board},
    whole_contest::LastRound,
};
use crate::{Result, store::Work};
use domain::{
    id::UnitId,
    identity::{Audience, Block},
    ranking::{Placed, RankingRule, Span, UnitStanding, unit_rule_text},
    results::{Facts, PreviousRound},
};

/// A board of people.
pub(super) struct Board {
    /// Over what it is counted.
    pub span: Span,
    /// Whose it is.
    pub audience: Audience,
    /// Every line, ties in a fixed order.
    pub lines: Vec<Placed<Ranked>>,
}

/// Everything that a ranking yields, before any of it is stored.
pub(super) struct Boards {
    /// Boards of people.
    pub people: Vec<Board>,
    /// Boards of units.
    pub units: Vec<(Span, Vec<UnitStanding>)>,
    /// The figures of the announcement.
    pub facts: Facts,
}

impl Work {
    /// Streams the attempts of the round once and makes its boards for this version and run.
    pub(super) async fn boards(&mut self, row: &RoundRow, (version, run): (i64, i64)) -> Result<Boards> {
        let rules = row.read_rules()?;
        let divisions = self.judged_divisions(row.id).await?;
        let mut tally = Tally::new(&rules, &divisions);
        self.each_sitting(row.id, |sitting| tally.take(sitting)).await?;
        let attempts = tally.attempts_by_unit().clone();
        let frozen = self.frozen_units(row.id).await?;
        let units = self.with_unknown(&frozen, attempts.keys()).await?;
        let (unit_lines, blocks) = unit_board(&rules, tally.units(&units));
        let boards = tally.boards();
        let last = LastRound { rules: &rules, run, boards: &boards, attempts: &attempts, units: &units };
        let contest = self.contest_boards(row, last, version).await?;
        let facts = Facts {
            contest: row.title.clone(),
            host: row.host.clone(),
            round: row.label.clone(),
            opened_at: row.opens_at,
            closed_at: row.closes_at,
            headcount_as_of: row.headcount_as_of,
            rule: RankingRule::new(&rules.ranking).text(),
            unit_rule: unit_rule_text(rules.unit_rule, rules.unit_minimum),
            divisions: boards.iter().map(|board| board.facts.clone()).collect(),
            blocks,
            previous: self.round_before(row).await?,
            whole_contest: contest.as_ref().map(|contest| contest.facts.clone()),
        };
        let own = boards.into_iter().map(|board| Board { span: Span::Round, audience: board.facts.audience, lines: board.lines });
        let mut made = Boards { people: own.collect(), units: vec![(Span::Round, unit_lines)], facts };
        if let Some(contest) = contest {
            made.people.extend(contest.people);
            made.units.push((Span::Contest, contest.units));
        }
        Ok(made)
    }

    /// The frozen units, and behind them those from which somebody came though they were not among them.
    pub(super) async fn with_unknown(&mut self, frozen: &[FrozenUnit], seen: impl Iterator<Item = &UnitId>) -> Result<Vec<FrozenUnit>> {
        let mut units = frozen.to_vec();
        for unit in seen {
            if !units.iter().any(|(known, ..)| known == unit) {
                let block = self.block_of(*unit).await?.map_or(Block::None, |(block,)| block);
                units.push((*unit, block, None));
            }
        }
        Ok(units)
    }

    async fn round_before(&mut self, row: &RoundRow) -> Result<Option<PreviousRound>> {
        let Some((facts,)) = self.facts_before(row.contest_id, row.position).await? else { return Ok(None) };
        let facts: Facts = stored("facts", &facts)?;
        let (people, attempts, units) = (facts.people(), facts.attempts(), facts.units_taking_part());
        Ok(Some(PreviousRound { label: facts.round, people, attempts, units }))
    }
}
