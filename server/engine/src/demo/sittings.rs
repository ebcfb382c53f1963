//! Simulated sittings: papers drawn and sheets marked as for everybody, answers given by chance and skill.

use super::{dice::Dice, people::Somebody};
use crate::{
    Engine, Fault, Result,
    attempt::{Division, Frozen, SimulatedSheet},
    ranking::{SimulatedPerson, SimulatedSitting},
};
use domain::{
    Millis, Timestamp,
    attempt::{Answer, Guess, Keyed, Place, Sheet, draw, mark},
    bank::{Difficulty, Key},
    id::RoundId,
    identity::Audience,
};
use std::collections::HashMap;

/// Out of so many people one has a sheet that a reviewer should look at.
const FLAGGED_ONE_IN: i64 = 250;
const MINUTE: i64 = 60_000;

/// Lets everybody sit the round once, some of them twice.
pub(super) async fn sit(engine: &Engine, round: RoundId, people: &[Somebody]) -> Result<()> {
    let frozen = engine.frozen(round).await?;
    let mut dice = Dice::new("bài thi mô phỏng");
    let mut keys = HashMap::new();
    for division in &frozen.divisions {
        keys.insert(division.id, engine.keys_of(round, division.id).await?);
    }
    let mut simulated = Vec::with_capacity(people.len());
    for somebody in people {
        let division = frozen.division_for(somebody.audience).ok_or(Fault::Broken("the demo lacks a division"))?;
        let keys = keys.get(&division.id).map_or(&[][..], Vec::as_slice);
        // Thousandths: how likely an ordinary question is answered right.
        let skill = dice.around(300, 1_050);
        let sitting = Sitting { frozen: &frozen, division, keys, skill };
        let flagged = dice.between(0, FLAGGED_ONE_IN) == 0;
        let mut sittings = vec![sitting.once(&mut dice, flagged)?];
        if !flagged && dice.happens(300) {
            sittings.push(sitting.once(&mut dice, false)?);
            sittings.sort_by_key(|sitting| sitting.started_at);
        }
        simulated.push(SimulatedPerson { account: somebody.account, sittings });
    }
    engine.simulate_sittings(round, &simulated).await
}

/// What somebody sits, and how well.
struct Sitting<'s> {
    frozen: &'s Frozen,
    division: &'s Division,
    keys: &'s [Keyed],
    skill: i64,
}

impl Sitting<'_> {
    fn once(&self, dice: &mut Dice, flagged: bool) -> Result<SimulatedSitting> {
        let rules = &self.division.rules;
        let paper = draw(dice.bytes(), &rules.blueprint, &self.division.slots, self.frozen.shuffle())
            .map_err(|error| Fault::Unreadable("blueprint of the demo", Box::new(error)))?;
        let answers = paper.places.iter().map(|place| self.answer(place, dice)).collect();
        // Around the number of those whom the question of each division counts.
        let (least, most) = match self.division.audience {
            Audience::CivilServant => (600, 2_800),
            Audience::Citizen => (150, 600),
        };
        let guess = if dice.happens(970) { Guess::Value(dice.around(least, most)) } else { Guess::Blank };
        let sheet = Sheet { answers, flagged: Vec::new(), guess };
        let marked = mark(&paper, self.keys, &sheet);
        let longest = rules.duration.0;
        let spent = if flagged { dice.between(40_000, 100_000) } else { dice.around(longest / 4, longest) };
        let started_at = self.moment(dice, longest);
        Ok(SimulatedSitting {
            started_at,
            ended_at: started_at + Millis(spent),
            correct: marked.correct,
            score: marked.score,
            prediction: sheet.guess.value(),
            flag: if flagged { "Nộp bài sau chưa đầy hai phút" } else { "" },
            sheet: Some(SimulatedSheet { paper: paper.to_bytes(), answers: sheet.to_bytes() }),
        })
    }

    /// A moment of the round, in the hours in which people sit.
    fn moment(&self, dice: &mut Dice, longest: i64) -> Timestamp {
        let (opens, closes) = (self.frozen.opens_at, self.frozen.closes_at - Millis(longest + MINUTE));
        let days = closes.day().0 - opens.day().0;
        let day = domain::time::Day(opens.day().0 + dice.between(0, days + 1));
        let at = day.start() + Millis(dice.around(7 * 60, 22 * 60) * MINUTE + dice.between(0, MINUTE));
        Timestamp(at.0.clamp(opens.0 + dice.between(0, 30 * MINUTE), closes.0))
    }

    fn answer(&self, place: &Place, dice: &mut Dice) -> Answer {
        let number = usize::from(place.pool);
        let Some(keyed) = self.keys.get(number) else { return Answer::Blank };
        let cell = self.division.slots.get(number).and_then(|slot| self.division.rules.blueprint.cells.get(usize::from(slot.cell)));
        let ease = match cell.map(|cell| cell.difficulty) {
            Some(Difficulty::Recognise) | None => 160,
            Some(Difficulty::Understand) => 70,
            Some(Difficulty::Apply) => -30,
            Some(Difficulty::ApplyHigh) => -110,
        };
        if dice.happens(self.skill + ease) {
            right(place, &keyed.key)
        } else if dice.happens(60) {
            Answer::Blank
        } else {
            wrong(place, &keyed.key, dice)
        }
    }
}

/// The displayed number of what the author numbered so.
fn shown(order: &[u8], author: u8) -> u8 {
    (1..).zip(order).find(|(_, one)| **one == author).map_or(0, |(number, _)| number)
}

/// The right answer to a question as it was drawn.
fn right(place: &Place, key: &Key) -> Answer {
    match key {
        Key::One(one) => Answer::Options(vec![shown(&place.options, *one)]),
        Key::Set(set) => {
            let mut chosen: Vec<u8> = set.iter().map(|one| shown(&place.options, *one)).collect();
            chosen.sort_unstable();
            Answer::Options(chosen)
        }
        Key::Truth(truth) => Answer::Options(vec![if *truth { 1 } else { 2 }]),
        Key::AsWritten if place.matches.is_empty() => Answer::Order(place.options.iter().map(|item| item + 1).collect()),
        Key::AsWritten => Answer::Pairs(place.options.iter().map(|term| shown(&place.matches, *term)).collect()),
        Key::Number { scaled, decimals, .. } => Answer::Number { scaled: *scaled, decimals: *decimals },
        Key::Texts(accepted) => accepted.first().map_or(Answer::Blank, |text| Answer::Typed(text.clone())),
    }
}

/// A wrong answer that somebody might give.
fn wrong(place: &Place, key: &Key, dice: &mut Dice) -> Answer {
    match right(place, key) {
        Answer::Options(chosen) if chosen.len() == 1 => {
            let others: Vec<u8> = (1..).take(place.options.len()).filter(|option| !chosen.contains(option)).collect();
            dice.pick(&others).map_or(Answer::Blank, |option| Answer::Options(vec![*option]))
        }
        // One of several is forgotten.
        Answer::Options(mut chosen) => {
            chosen.pop();
            Answer::Options(chosen)
        }
        Answer::Order(mut order) => {
            order.rotate_left(1);
            Answer::Order(order)
        }
        Answer::Pairs(mut pairs) => {
            pairs.rotate_left(1);
            Answer::Pairs(pairs)
        }
        Answer::Number { scaled, decimals } => Answer::Number { scaled: scaled + dice.between(1, 9), decimals },
        Answer::Typed(_) | Answer::Blank => Answer::Typed("không nhớ".to_owned()),
    }
}
