//! Counts the recognised attempts of a round as they stream by: one counted attempt per person, and the turnout.

use super::store::{SittingRow, StandingRow, UnitStandingRow};
use domain::{
    Millis, Points,
    contest::{Counts, DivisionRules, RoundRules},
    id::{AccountId, DivisionId, UnitId},
    identity::{Audience, Block},
    ranking::{Performance, RankingRule, Turnout, UnitTally, distance, is_valid, place, place_units, replaces, truth},
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

/// The board and figures of one division.
pub(crate) struct DivisionBoard {
    /// Every line, ties in a fixed order.
    pub standings: Vec<StandingRow>,
    /// The figures.
    pub facts: DivisionFacts,
}

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
    pub fn units(&self, frozen: &[(UnitId, Block, Option<i64>)]) -> Vec<UnitTally> {
        let mut units: Vec<UnitTally> = frozen
            .iter()
            .map(|(unit, block, headcount)| UnitTally {
                unit: *unit,
                block: *block,
                headcount: *headcount,
                people: 0,
                attempts: 0,
                points: 0,
            })
            .collect();
        let lines: HashMap<UnitId, usize> = units.iter().enumerate().map(|(line, tally)| (tally.unit, line)).collect();
        let servants = self.divisions.iter().filter(|tally| tally.division.audience == Audience::CivilServant);
        for counted in servants.flat_map(|tally| &tally.counted) {
            if let Some(line) = counted.row.unit_id.and_then(|unit| lines.get(&unit)) {
                units[*line].people += 1;
                units[*line].points += counted.row.score;
            }
        }
        for (unit, attempts) in &self.attempts_by_unit {
            if let Some(line) = lines.get(unit) {
                units[*line].attempts = *attempts;
            }
        }
        units
    }

    /// Every unit from which an attempt came.
    pub fn units_seen(&self) -> impl Iterator<Item = UnitId> + '_ {
        self.attempts_by_unit.keys().copied()
    }

    /// The boards of all divisions, each with the truth of its prediction and everybody's distance.
    pub fn boards(self) -> Vec<DivisionBoard> {
        let rule = self.rule;
        self.divisions.into_iter().map(|tally| board(&rule, tally)).collect()
    }
}

fn performance(row: &SittingRow) -> Performance {
    Performance {
        correct: row.correct,
        score: Points(row.score),
        prediction: row.prediction,
        distance: None,
        duration: Millis((row.ended_at - row.started_at).0.max(0)),
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
    let order = |one: &Counted, other: &Counted| rule.compare(&one.performance, &other.performance);
    let fixed = |one: &Counted, other: &Counted| fixed_order(one.row.account_id).cmp(&fixed_order(other.row.account_id));
    let standings = place(counted, order, fixed).into_iter().map(|row| line(row.line, row.place, &row.who)).collect();
    DivisionBoard { standings, facts }
}

/// Within a shared place lines stand in the order of the random end of the id: fixed, and in nobody's favour.
fn fixed_order(account: AccountId) -> u128 {
    account.0.as_u128().reverse_bits()
}

fn line(line: i64, place: i64, who: &Counted) -> StandingRow {
    let Counted { row, performance } = who;
    StandingRow {
        division_id: row.division_id,
        account_id: row.account_id,
        attempt_id: row.id,
        unit_id: row.unit_id,
        line,
        place,
        correct: performance.correct,
        score: performance.score.0,
        prediction: performance.prediction,
        distance: performance.distance,
        duration_ms: performance.duration.0,
        handed_in_at: performance.handed_in_at,
    }
}

/// The board of units and the figures of each block.
pub(crate) fn unit_board(rules: &RoundRules, tallies: Vec<UnitTally>) -> (Vec<UnitStandingRow>, Vec<BlockFacts>) {
    let rows: Vec<UnitStandingRow> = place_units(rules.unit_rule, rules.unit_minimum, tallies)
        .into_iter()
        .map(|standing| UnitStandingRow {
            unit_id: standing.tally.unit,
            block: standing.tally.block,
            place: standing.place,
            people: standing.tally.people,
            attempts: standing.tally.attempts,
            headcount: standing.tally.headcount,
            rate_ppm: standing.rate_ppm,
            over_headcount: standing.over_headcount,
            mean_milli: standing.mean_milli,
        })
        .collect();
    let blocks = Block::ALL.iter().filter(|block| **block != Block::None);
    let facts = blocks.map(|block| block_facts(*block, &rows)).filter(|facts| facts.units > 0).collect();
    (rows, facts)
}

fn block_facts(block: Block, rows: &[UnitStandingRow]) -> BlockFacts {
    let mut facts =
        BlockFacts { block, units: 0, taking_part: 0, full: 0, without_headcount: 0, counted_people: 0, headcount: 0, people: 0 };
    for row in rows.iter().filter(|row| row.block == block) {
        facts.units += 1;
        facts.taking_part += i64::from(row.people > 0);
        facts.people += row.people;
        match row.headcount.filter(|heads| *heads > 0) {
            Some(heads) => {
                facts.full += i64::from(row.people >= heads);
                facts.headcount += heads;
                facts.counted_people += row.people.min(heads);
            }
            None => facts.without_headcount += 1,
        }
    }
    facts
}
