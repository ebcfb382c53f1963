//! Contests, their rounds and divisions, and the rules that a round freezes when it opens.

mod blueprint;
mod caution;
mod change;
mod change_form;
mod checklist;
mod division_form;
mod exclusion;
mod form;
mod grant;
mod guide;
mod help_line;
mod life;
mod pause;
mod policy;
mod prediction;
mod prize;
mod round_form;
mod rules;
mod stage;
mod typed;

pub use blueprint::Coverage;
pub use caution::{Caution, cautions};
pub use change::{ChangeState, RoundChange};
pub use change_form::ChangeForm;
pub use checklist::{DivisionPlan, Lack, RoundPlan, lacks};
pub use division_form::{DivisionForm, cell_field, points_field};
pub use exclusion::Exclusion;
pub use form::{ContestForm, ContestSettings, ExtraField, check_slug};
pub use grant::{Grant, GrantForm, Grantee, Meant};
pub use guide::GuideForm;
pub use help_line::check_help_line;
pub use life::{ContestState, NextStep, RoundState, Window};
pub use pause::Pause;
pub use policy::Left;
pub use prediction::read_prediction;
pub use prize::{MOST_PRIZES, Prize, PrizeForm, PrizeScope, read_prizes};
pub use round_form::{RoundForm, RoundSettings};
pub use rules::{
    AfterHandIn, AttemptPolicy, BlankPrediction, Blueprint, Cell, Counts, DivisionRules, IdNumberRule, LateStart, Prediction,
    PredictionTarget, RankingKey, RoundRules, UnitRule,
};
pub use stage::{ContestStage, RoundStage};
