//! Order and places: who stands where, why, and who is given which prize.

mod counted;
mod explanation;
mod performance;
mod place;
mod prediction;
mod prizes;
mod rule;
mod units;

pub use counted::replaces;
pub use explanation::explain;
pub use performance::Performance;
pub use place::{Placed, place};
pub use prediction::{Turnout, amount, distance, gap, is_valid, truth};
pub use prizes::{Allocation, AwardState, Candidate, Given, Offer, OpenTie, TieDecision, TieRuling, allocate};
pub use rule::RankingRule;
pub use units::{UnitStanding, UnitTally, percent, place_units, unit_rule_text};
