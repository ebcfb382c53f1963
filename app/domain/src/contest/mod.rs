//! Contests, their rounds and divisions, and the rules that a round freezes when it opens.

mod rules;
mod stage;

pub use rules::{
    AfterHandIn, AttemptPolicy, BlankPrediction, Blueprint, Cell, Counts, DivisionRules, IdNumberRule, LateStart, Prediction,
    PredictionTarget, RankingKey, RoundRules, UnitRule,
};
pub use stage::{ContestStage, RoundStage};
