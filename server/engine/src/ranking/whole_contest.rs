//! The board of the whole contest: what people reached in all its rounds, added up when the last one is ranked.

use super::{
    boards::Board,
    rank::stored,
    store::{ReachedRow, RoundRow},
    tally::{DivisionBoard, FrozenUnit, Ranked, in_places, unit_tallies},
};
use crate::{Result, store::Work};
use domain::{
    contest::{Prediction, RoundRules},
    id::{AccountId, UnitId},
    identity::Audience,
    ranking::{
        Announces, Performance, RankingRule, Span, Total, UnitStanding, contest_rule_text, contest_unit_rule_text, one_measure, place_units,
    },
    results::{ContestDivision, ContestFacts, CountedRound, DivisionFacts, Facts},
};
use std::collections::HashMap;

/// The boards of the whole contest with their figures.
pub(super) struct ContestBoards {
    /// People, by audience.
    pub people: Vec<Board>,
    /// Units.
    pub units: Vec<UnitStanding>,
    /// The figures.
    pub facts: ContestFacts,
}

/// Somebody's rounds added up; unit and audience are those of the latest one.
#[derive(Clone, Copy)]
struct Person {
    total: Total,
    audience: Audience,
    unit: Option<UnitId>,
}

impl Person {
    /// The line of somebody in a contest of so many rounds.
    fn ranked(&self, account: AccountId, rounds: usize) -> Ranked {
        Ranked { account, attempt: None, unit: self.unit, performance: self.total.over(rounds) }
    }
}

/// What the last round of a contest yields by itself.
#[derive(Clone, Copy)]
pub(super) struct LastRound<'a> {
    /// Its rules.
    pub rules: &'a RoundRules,
    /// The run of its ranking.
    pub run: i64,
    /// The boards of its divisions.
    pub boards: &'a [DivisionBoard],
    /// The recognised attempts of each unit.
    pub attempts: &'a HashMap<UnitId, i64>,
    /// The units with their headcounts.
    pub units: &'a [FrozenUnit],
}

impl Work {
    /// Adds the other rounds to the last one; none where this round does not announce the contest's prizes.
    pub(super) async fn contest_boards(&mut self, row: &RoundRow, last: LastRound<'_>, version: i64) -> Result<Option<ContestBoards>> {
        if self.announces_contest(row).await? != Some(Announces::Now) {
            return Ok(None);
        }
        let mut rounds = self.other_rounds(row).await?;
        let mut people: HashMap<AccountId, Person> = HashMap::new();
        let mut attempts = last.attempts.clone();
        let mut divisions: Vec<DivisionFacts> = Vec::new();
        for round in &rounds {
            self.each_reached(round.round, round.run, |reached| reach(&mut people, &reached)).await?;
            for (unit, count) in self.attempts_of_units(round.round, round.run).await? {
                *attempts.entry(unit).or_default() += count;
            }
            if let Some((_, _, facts)) = self.outcome(round.round, round.version).await? {
                divisions.extend(stored::<Facts>("facts", &facts)?.divisions);
            }
        }
        for board in last.boards {
            for line in &board.lines {
                add(&mut people, line.who.account, (board.facts.audience, line.who.unit, line.who.performance));
            }
            divisions.push(board.facts.clone());
        }
        rounds.push(CountedRound { round: row.id, position: row.position, label: row.label.clone(), version, run: last.run });
        rounds.sort_by_key(|round| round.position);
        let (boards, figures) = boards_of_people(&RankingRule::new(&last.rules.ranking), &people, &divisions);
        let servants = people.values().filter(|person| person.audience == Audience::CivilServant);
        let points = servants.map(|person| (person.unit, person.total.over(0).score.0));
        let tallies = unit_tallies(&self.with_unknown(last.units, attempts.keys()).await?, points, &attempts);
        Ok(Some(ContestBoards {
            people: boards,
            units: place_units(last.rules.unit_rule, last.rules.unit_minimum, tallies),
            facts: ContestFacts {
                rounds,
                rule: contest_rule_text(last.rules),
                unit_rule: contest_unit_rule_text(last.rules),
                divisions: figures,
            },
        }))
    }
}

/// The board of each audience that any round was for, with its figures.
fn boards_of_people(
    rule: &RankingRule,
    people: &HashMap<AccountId, Person>,
    divisions: &[DivisionFacts],
) -> (Vec<Board>, Vec<ContestDivision>) {
    let (mut boards, mut figures) = (Vec::new(), Vec::new());
    for audience in Audience::ALL {
        let parts: Vec<&DivisionFacts> = divisions.iter().filter(|division| division.audience == *audience).collect();
        if parts.is_empty() {
            continue;
        }
        let asked: Vec<Option<&Prediction>> = parts.iter().map(|part| part.prediction.as_ref().map(|told| &told.asked)).collect();
        let everybody = people.iter().filter(|(_, person)| person.audience == *audience);
        let everybody: Vec<Ranked> = everybody.map(|(account, person)| person.ranked(*account, parts.len())).collect();
        figures.push(ContestDivision {
            audience: *audience,
            rounds: count(parts.len()),
            questions: parts.iter().map(|part| part.questions).sum(),
            people: count(everybody.len()),
            attempts: parts.iter().map(|part| part.attempts).sum(),
            prediction: one_measure(&asked).cloned(),
        });
        boards.push(Board { span: Span::Contest, audience: *audience, lines: in_places(&rule.over_rounds(&asked), everybody) });
    }
    (boards, figures)
}

fn reach(people: &mut HashMap<AccountId, Person>, reached: &ReachedRow) {
    add(people, reached.account_id, (reached.line.audience, reached.unit_id, Performance::from(&reached.line)));
}

/// Adds what somebody reached in a later round than those added before.
fn add(people: &mut HashMap<AccountId, Person>, account: AccountId, (audience, unit, reached): (Audience, Option<UnitId>, Performance)) {
    people
        .entry(account)
        .and_modify(|person| {
            person.total.add(&reached);
            (person.audience, person.unit) = (audience, unit);
        })
        .or_insert(Person { total: Total::of(reached), audience, unit });
}

fn count(items: usize) -> i64 {
    i64::try_from(items).unwrap_or(i64::MAX)
}
