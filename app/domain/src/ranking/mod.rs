//! Order and places: who stands where, why, and who is given which prize.

mod counted;
mod explanation;
mod performance;
mod place;
mod prediction;
mod prizes;
mod rule;
mod span;
mod total;
mod units;

pub use counted::replaces;
pub use explanation::Comparison;
pub use performance::Performance;
pub use place::{Placed, place};
pub use prediction::{Turnout, amount, distance, gap, is_valid, truth};
pub use prizes::{Allocation, AwardState, Candidate, Given, Offer, OpenTie, TieDecision, TieRuling, allocate};
pub use rule::RankingRule;
pub use span::Span;
pub use total::{Announces, Part, Total, announces, contest_rule_text, contest_unit_rule_text, one_measure};
pub use units::{UnitStanding, UnitTally, percent, place_units, unit_rule_text};
