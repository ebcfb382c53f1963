//! Counts the recognised attempts of a round as they stream by: one counted attempt per person, and the turnout.

use super::store::SittingRow;
use domain::{
    Millis, Points,
    contest::{Counts, DivisionRules, RoundRules},
    id::{AccountId, AttemptId, DivisionId, UnitId},
    identity::{Audience, Block},
    ranking::{
        Performance, Placed, RankingRule, Turnout, UnitStanding, UnitTally, distance, is_valid, place, place_units, replaces, truth,
    },
    results::{BlockFacts, DivisionFacts, PredictionFacts, bands},
};
use std::collections::HashMap;

/// A division with its rules read.
pub(crate) struct Division {
    /// The division.
    pub id: DivisionId,
    /// For whom.
    pub audience: Audience,
    /// Its rules.
    pub rules: DivisionRules,
}

/// One person's counted attempt so far.
#[derive(Clone, Copy)]
struct Counted {
    row: SittingRow,
    performance: Performance,
}

/// What is counted for one division.
struct DivisionTally<'a> {
    division: &'a Division,
    attempts: i64,
    counted: Vec<Counted>,
}

/// Counts while attempts stream by, person by person.
pub(crate) struct Tally<'a> {
    rule: RankingRule,
    counts: Counts,
    divisions: Vec<DivisionTally<'a>>,
    attempts_by_unit: HashMap<UnitId, i64>,
}

/// Somebody on a board.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ranked {
    /// Who.
    pub account: AccountId,
    /// The counted attempt; none where figures of several are added.
    pub attempt: Option<AttemptId>,
    /// For which unit.
    pub unit: Option<UnitId>,
    /// The figures that rank.
    pub performance: Performance,
}

/// The board and figures of one division.
pub(crate) struct DivisionBoard {
    /// Every line, ties in a fixed order.
    pub lines: Vec<Placed<Ranked>>,
    /// The figures.
    pub facts: DivisionFacts,
}

/// A unit with its block and the headcount that was frozen for it.
pub(crate) type FrozenUnit = (UnitId, Block, Option<i64>);

impl<'a> Tally<'a> {
    pub fn new(rules: &RoundRules, divisions: &'a [Division]) -> Self {
        let divisions = divisions.iter().map(|division| DivisionTally { division, attempts: 0, counted: Vec::new() });
        Self {
            rule: RankingRule::new(&rules.ranking),
            counts: rules.counts,
            divisions: divisions.collect(),
            attempts_by_unit: HashMap::new(),
        }
    }

    /// Takes the next attempt; attempts of one person come one after another, the earliest first.
    pub fn take(&mut self, row: SittingRow) {
        let Some(tally) = self.divisions.iter_mut().find(|tally| tally.division.id == row.division_id) else { return };
        if !is_valid(tally.division.rules.prediction.as_ref(), row.prediction) {
            return;
        }
        tally.attempts += 1;
        if let (Some(unit), Audience::CivilServant) = (row.unit_id, tally.division.audience) {
            *self.attempts_by_unit.entry(unit).or_default() += 1;
        }
        let later = Counted { row, performance: performance(&row) };
        match tally.counted.last_mut().filter(|kept| kept.row.account_id == row.account_id) {
            Some(kept) if replaces(self.counts, &self.rule, &kept.performance, &later.performance) => *kept = later,
            Some(_) => {}
            None => tally.counted.push(later),
        }
    }

    /// What is counted for each unit, of all units that are known or took part; only civil servants count.
    pub fn units(&self, frozen: &[FrozenUnit]) -> Vec<UnitTally> {
        let servants = self.divisions.iter().filter(|tally| tally.division.audience == Audience::CivilServant);
        let counted = servants.flat_map(|tally| &tally.counted).map(|counted| (counted.row.unit_id, counted.row.score));
        unit_tallies(frozen, counted, &self.attempts_by_unit)
    }

    /// The recognised attempts of each unit from which one came.
    pub fn attempts_by_unit(&self) -> &HashMap<UnitId, i64> {
        &self.attempts_by_unit
    }

    /// The boards of all divisions, each with the truth of its prediction and everybody's distance.
    pub fn boards(self) -> Vec<DivisionBoard> {
        let rule = self.rule;
        self.divisions.into_iter().map(|tally| board(&rule, tally)).collect()
    }
}

/// What is counted for each of the units: a person and the points for each pair, and the given attempts.
pub(super) fn unit_tallies(
    frozen: &[FrozenUnit],
    counted: impl Iterator<Item = (Option<UnitId>, i64)>,
    attempts: &HashMap<UnitId, i64>,
) -> Vec<UnitTally> {
    let tally = |(unit, block, headcount): &FrozenUnit| UnitTally {
        unit: *unit,
        block: *block,
        headcount: *headcount,
        people: 0,
        attempts: attempts.get(unit).copied().unwrap_or(0),
        points: 0,
    };
    let mut units: Vec<UnitTally> = frozen.iter().map(tally).collect();
    let lines: HashMap<UnitId, usize> = units.iter().enumerate().map(|(line, tally)| (tally.unit, line)).collect();
    for (unit, points) in counted {
        if let Some(line) = unit.and_then(|unit| lines.get(&unit)) {
            units[*line].people += 1;
            units[*line].points += points;
        }
    }
    units
}

fn performance(row: &SittingRow) -> Performance {
    Performance {
        correct: row.correct,
        score: Points(row.score),
        prediction: row.prediction,
        distance: None,
        duration: Millis((row.ended_at - row.started_at).0 - row.paused.0).max(Millis(0)),
        handed_in_at: row.ended_at,
    }
}

fn board(rule: &RankingRule, tally: DivisionTally<'_>) -> DivisionBoard {
    let DivisionTally { division, attempts, mut counted } = tally;
    let questions = i64::try_from(division.rules.blueprint.questions()).unwrap_or(i64::MAX);
    let people = i64::try_from(counted.len()).unwrap_or(i64::MAX);
    let mut by_correct = vec![0_i64; division.rules.blueprint.questions() + 1];
    let mut points = 0_i64;
    for one in &counted {
        points += one.row.score;
        if let Some(band) = usize::try_from(one.row.correct).ok().and_then(|correct| by_correct.get_mut(correct)) {
            *band += 1;
        }
    }
    let perfect = by_correct.last().copied().unwrap_or(0);
    let asked = division.rules.prediction.clone();
    let prediction = asked.map(|asked| PredictionFacts { truth: truth(&asked, Turnout { people, perfect, attempts }), asked });
    if let Some(PredictionFacts { truth, .. }) = prediction {
        for one in &mut counted {
            one.performance.distance = one.performance.prediction.map(|guess| distance(guess, truth));
        }
    }
    let facts = DivisionFacts {
        division: division.id,
        audience: division.audience,
        questions,
        people,
        attempts,
        perfect,
        mean_milli: if people == 0 { 0 } else { (2_000 * points + people) / (2 * people) },
        bands: bands(questions, &by_correct),
        prediction,
    };
    let ranked = counted.into_iter().map(|Counted { row, performance }| Ranked {
        account: row.account_id,
        attempt: Some(row.id),
        unit: row.unit_id,
        performance,
    });
    DivisionBoard { lines: in_places(rule, ranked.collect()), facts }
}

/// Everybody in the order of the rule.
///
/// Within a shared place lines stand in the order of the random end of the id: fixed, and in nobody's favour.
pub(super) fn in_places(rule: &RankingRule, everybody: Vec<Ranked>) -> Vec<Placed<Ranked>> {
    let fixed = |who: &Ranked| who.account.0.as_u128().reverse_bits();
    place(everybody, |one, other| rule.compare(&one.performance, &other.performance), |one, other| fixed(one).cmp(&fixed(other)))
}

/// The board of units and the figures of each block.
pub(crate) fn unit_board(rules: &RoundRules, tallies: Vec<UnitTally>) -> (Vec<UnitStanding>, Vec<BlockFacts>) {
    let rows = place_units(rules.unit_rule, rules.unit_minimum, tallies);
    let blocks = Block::ALL.iter().filter(|block| **block != Block::None);
    let facts = blocks.map(|block| block_facts(*block, &rows)).filter(|facts| facts.units > 0).collect();
    (rows, facts)
}

fn block_facts(block: Block, rows: &[UnitStanding]) -> BlockFacts {
    let mut facts =
        BlockFacts { block, units: 0, taking_part: 0, full: 0, without_headcount: 0, counted_people: 0, headcount: 0, people: 0 };
    for tally in rows.iter().map(|row| &row.tally).filter(|tally| tally.block == block) {
        facts.units += 1;
        facts.taking_part += i64::from(tally.people > 0);
        facts.people += tally.people;
        match tally.headcount.filter(|heads| *heads > 0) {
            Some(heads) => {
                facts.full += i64::from(tally.people >= heads);
                facts.headcount += heads;
                facts.counted_people += tally.people.min(heads);
            }
            None => facts.without_headcount += 1,
        }
    }
    facts
}
