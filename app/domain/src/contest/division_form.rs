//! What an organiser types about a division, and how it is read.

use super::{
    BlankPrediction, Blueprint, Cell, DivisionRules, Prediction, PredictionTarget,
    typed::{choice, line, number, optional, text},
};
use crate::{Field, Millis, Refusal, Refused, bank::Difficulty, id::TopicId};
use serde::{Deserialize, Serialize};

/// Most questions on a paper.
const LARGEST_PAPER: usize = 200;
/// Most minutes for a paper.
const LONGEST_PAPER: i64 = 300;

/// What was typed about a division.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DivisionForm {
    /// Minutes for the paper.
    pub minutes: String,
    /// Only questions with this tag are drawn; empty: all.
    pub tag: String,
    /// The matrix: how many questions of a topic and level; empty or 0: none.
    pub counts: Vec<(TopicId, Difficulty, String)>,
    /// Points for a right answer of each level; empty: 1.
    pub points: Vec<(Difficulty, String)>,
    /// Whether there is a prediction question.
    pub predicts: bool,
    /// What is asked.
    pub question: String,
    /// Code of a [`PredictionTarget`].
    pub target: String,
    /// Decimals of a percentage.
    pub decimals: String,
    /// Code of a [`BlankPrediction`].
    pub blank: String,
}

impl DivisionForm {
    /// The form of these rules, to be changed.
    pub fn of(rules: &DivisionRules) -> Self {
        let prediction = rules.prediction.as_ref();
        let cells = &rules.blueprint.cells;
        Self {
            minutes: (rules.duration.0 / 60_000).to_string(),
            tag: rules.tag.clone(),
            counts: cells.iter().map(|cell| (cell.topic, cell.difficulty, cell.count.to_string())).collect(),
            points: Difficulty::ALL
                .iter()
                .map(|level| (*level, cells.iter().find(|cell| cell.difficulty == *level).map_or(1, |cell| cell.points).to_string()))
                .collect(),
            predicts: prediction.is_some(),
            question: prediction.map(|asked| asked.question.clone()).unwrap_or_default(),
            target: prediction.map(|asked| asked.target.code().to_owned()).unwrap_or_default(),
            decimals: prediction.map(|asked| asked.decimals.to_string()).unwrap_or_default(),
            blank: prediction.map(|asked| asked.blank.code().to_owned()).unwrap_or_default(),
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Every refused field with its reason.
    pub fn read(&self) -> Result<DivisionRules, Refused> {
        let mut refused = Refused::new();
        let duration = Millis::minutes(number(&mut refused, "minutes", &self.minutes, (1, LONGEST_PAPER)));
        let tag = line(&mut refused, "tag", &self.tag, (0, 40));
        let blueprint = self.read_blueprint(&mut refused);
        let prediction = self.predicts.then(|| self.read_prediction(&mut refused));
        if refused.is_empty() { Ok(DivisionRules { duration, blueprint, prediction, tag }) } else { Err(refused) }
    }

    fn read_blueprint(&self, refused: &mut Refused) -> Blueprint {
        let mut cells: Vec<Cell> = Vec::new();
        for (topic, difficulty, typed) in self.counts.iter().filter(|(_, _, typed)| !typed.trim().is_empty()) {
            let field = cell_field(*topic, *difficulty);
            let count = u16::try_from(number(refused, field.clone(), typed, (0, 100))).unwrap_or(0);
            if cells.iter().any(|cell| cell.topic == *topic && cell.difficulty == *difficulty) {
                refused.push((field, Refusal::Repeated));
            } else if count > 0 {
                cells.push(Cell { topic: *topic, difficulty: *difficulty, count, points: self.points_of(refused, *difficulty) });
            }
        }
        let blueprint = Blueprint { cells };
        if blueprint.questions() > LARGEST_PAPER {
            refused.push((Field::named("counts"), Refusal::OutOfRange));
        }
        blueprint
    }

    fn points_of(&self, refused: &mut Refused, difficulty: Difficulty) -> i64 {
        match self.points.iter().find(|(level, _)| *level == difficulty) {
            Some((_, typed)) if !typed.trim().is_empty() => {
                let field = points_field(difficulty);
                let known = refused.iter().any(|(at, _)| *at == field);
                let mut here = Refused::new();
                let points = number(&mut here, field, typed, (1, 1_000));
                if !known {
                    refused.append(&mut here);
                }
                points
            }
            _ => 1,
        }
    }

    fn read_prediction(&self, refused: &mut Refused) -> Prediction {
        let question = text(refused, "question", &self.question);
        if question.is_empty() {
            refused.push((Field::named("question"), Refusal::Required));
        }
        let target = choice(refused, "target", &self.target, PredictionTarget::People, PredictionTarget::from_code);
        let decimals = if target.is_percentage() { optional(refused, "decimals", &self.decimals, (0, 6)).unwrap_or(2) } else { 0 };
        let blank = choice(refused, "blank", &self.blank, BlankPrediction::RanksLast, BlankPrediction::from_code);
        Prediction { question, target, decimals, blank }
    }
}

/// The name of a cell's field in the matrix: `cell-{topic}-{level}`.
pub fn cell_field(topic: TopicId, difficulty: Difficulty) -> Field {
    Field(format!("cell-{topic}-{}", difficulty.code()).into())
}

/// The name of the field of a level's points: `points-{level}`.
pub fn points_field(difficulty: Difficulty) -> Field {
    Field(format!("points-{}", difficulty.code()).into())
}

#[cfg(test)]
#[path = "division_form_tests.rs"]
mod tests;
