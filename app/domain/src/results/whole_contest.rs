//! The frozen figures of the whole contest, announced with its last round.

use crate::{contest::Prediction, id::RoundId, identity::Audience};
use serde::{Deserialize, Serialize};

/// The figures of the whole contest, added up over its rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestFacts {
    /// The rounds that were added, in order.
    pub rounds: Vec<CountedRound>,
    /// The ranking rule of people in words.
    pub rule: String,
    /// The rule of units in words.
    pub unit_rule: String,
    /// One for each audience that any round was for.
    pub divisions: Vec<ContestDivision>,
}

/// A round whose results were added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedRound {
    /// The round.
    pub round: RoundId,
    /// Which of the contest, from 1.
    pub position: i64,
    /// Its label.
    pub label: String,
    /// Which version of its results.
    pub version: i64,
    /// Which ranking stands behind that version.
    pub run: i64,
}

/// The figures of one audience over all its rounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestDivision {
    /// The audience.
    pub audience: Audience,
    /// Rounds that were for it.
    pub rounds: i64,
    /// Questions of a paper, added over these rounds.
    pub questions: i64,
    /// People who took part in any of them, each once.
    pub people: i64,
    /// Their recognised attempts.
    pub attempts: i64,
    /// The question in whose unit distances are added; none where they are not compared.
    pub prediction: Option<Prediction>,
}

impl ContestFacts {
    /// The figures of an audience.
    pub fn division(&self, audience: Audience) -> Option<&ContestDivision> {
        self.divisions.iter().find(|division| division.audience == audience)
    }

    /// People who took part in any round.
    pub fn people(&self) -> i64 {
        self.divisions.iter().map(|division| division.people).sum()
    }

    /// Recognised attempts of all rounds.
    pub fn attempts(&self) -> i64 {
        self.divisions.iter().map(|division| division.attempts).sum()
    }
}
