//! From a closed round to verified winners: review, order and places, prizes, ties.
//!
//! The steps are `begin_review` → `keep_attempt` / `void_attempt` → `rank_round` → `decide_tie`,
//! `verify_winner`, `withdraw_winner`; publication follows in `results`.

mod overview;
mod rank;
mod review;
mod simulation;
pub(crate) mod store;
mod tally;
mod winners;

pub use overview::JudgedRound;
pub(crate) use rank::stored;
pub(crate) use review::reason as review_reason;
pub use review::{Reviewed, Verdict};
pub use simulation::{SimulatedPerson, SimulatedSitting};
pub use winners::{AwardLine, TieLine, TieMember, Verification};
