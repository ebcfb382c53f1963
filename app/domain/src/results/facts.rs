//! The frozen figures of an announcement, from which page, sheet, card and summary are all made.

use super::{Band, ContestFacts};
use crate::{
    Timestamp,
    contest::Prediction,
    id::DivisionId,
    identity::{Audience, Block},
    ranking::{self, Span},
};
use serde::{Deserialize, Serialize};

/// The figures that are frozen when a round is ranked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The contest's title.
    pub contest: String,
    /// Who holds it (đơn vị chủ trì).
    pub host: String,
    /// The round's label: Tuần 1.
    pub round: String,
    /// When the round opened.
    pub opened_at: Timestamp,
    /// Up to when sheets were taken: the cut-off.
    pub closed_at: Timestamp,
    /// The day of the headcounts (chốt đến ngày).
    pub headcount_as_of: Option<Timestamp>,
    /// The ranking rule in words.
    pub rule: String,
    /// The rule of units in words.
    pub unit_rule: String,
    /// One per division.
    pub divisions: Vec<DivisionFacts>,
    /// One per block that has units.
    pub blocks: Vec<BlockFacts>,
    /// The round before, for the change; none for the first or when it was never published.
    pub previous: Option<PreviousRound>,
    /// The whole contest, where this round announces its prizes.
    #[serde(default)]
    pub whole_contest: Option<ContestFacts>,
}

/// The figures of one division.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DivisionFacts {
    /// The division.
    pub division: DivisionId,
    /// Its audience.
    pub audience: Audience,
    /// Questions of a paper.
    pub questions: i64,
    /// People who took part.
    pub people: i64,
    /// Their recognised attempts.
    pub attempts: i64,
    /// People with everything right.
    pub perfect: i64,
    /// Mean points of the counted attempts, in thousandths.
    pub mean_milli: i64,
    /// Score bands.
    pub bands: Vec<Band>,
    /// The prediction question and its true value.
    pub prediction: Option<PredictionFacts>,
}

/// A prediction question with its truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PredictionFacts {
    /// What was asked.
    pub asked: Prediction,
    /// The true value, scaled by the question's decimals.
    pub truth: i64,
}

impl PredictionFacts {
    /// The true value with its unit.
    pub fn answer(&self) -> String {
        ranking::amount(&self.asked, self.truth)
    }
}

/// The figures of one block of units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlockFacts {
    /// The block.
    pub block: Block,
    /// Its units.
    pub units: i64,
    /// Units from which somebody took part.
    pub taking_part: i64,
    /// Units at 100 %.
    pub full: i64,
    /// Units without a headcount.
    pub without_headcount: i64,
    /// People of units with a headcount, each unit capped at its headcount.
    pub counted_people: i64,
    /// Headcount of the units that have one.
    pub headcount: i64,
    /// People who took part, of all its units.
    pub people: i64,
}

/// What is compared with the round before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviousRound {
    /// Its label.
    pub label: String,
    /// People who took part in it.
    pub people: i64,
    /// Their attempts.
    pub attempts: i64,
    /// Units that took part.
    pub units: i64,
}

impl Facts {
    /// People who took part in all divisions; one person sits in one division only.
    pub fn people(&self) -> i64 {
        self.divisions.iter().map(|division| division.people).sum()
    }

    /// Recognised attempts in all divisions.
    pub fn attempts(&self) -> i64 {
        self.divisions.iter().map(|division| division.attempts).sum()
    }

    /// People with everything right in all divisions.
    pub fn perfect(&self) -> i64 {
        self.divisions.iter().map(|division| division.perfect).sum()
    }

    /// Units of all blocks.
    pub fn units(&self) -> i64 {
        self.blocks.iter().map(|block| block.units).sum()
    }

    /// Units from which somebody took part.
    pub fn units_taking_part(&self) -> i64 {
        self.blocks.iter().map(|block| block.taking_part).sum()
    }

    /// Units at 100 %.
    pub fn units_full(&self) -> i64 {
        self.blocks.iter().map(|block| block.full).sum()
    }

    /// How many questions right answers on the board of the round, or of the whole contest, are out of.
    pub fn questions(&self, span: Span, audience: Audience) -> i64 {
        let questions = match span {
            Span::Round => self.division(audience).map(|division| division.questions),
            Span::Contest => self.whole_contest.as_ref().and_then(|contest| contest.division(audience)).map(|division| division.questions),
        };
        questions.unwrap_or(0)
    }

    /// The question in whose unit distances on that board are told; none where they are not compared.
    pub fn asked(&self, span: Span, audience: Audience) -> Option<&Prediction> {
        match span {
            Span::Round => self.division(audience)?.prediction.as_ref().map(|prediction| &prediction.asked),
            Span::Contest => self.whole_contest.as_ref()?.division(audience)?.prediction.as_ref(),
        }
    }

    /// The facts of the division of an audience.
    pub fn division(&self, audience: Audience) -> Option<&DivisionFacts> {
        self.divisions.iter().find(|division| division.audience == audience)
    }
}
