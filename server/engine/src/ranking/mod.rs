//! From a closed round to verified winners: review, order and places, prizes, ties.
//!
//! The steps are `begin_review` → `keep_attempt` / `void_attempt` → `rank_round` → `decide_tie`,
//! `verify_winner`, `withdraw_winner`; publication follows in `results`.

mod boards;
mod leaving;
mod overview;
mod prizes;
mod rank;
mod review;
mod simulation;
pub(crate) mod store;
mod summing_up;
mod tally;
mod ties;
mod verification;
mod whole_contest;
mod winner_number;

pub use overview::JudgedRound;
pub(crate) use rank::stored;
pub(crate) use review::reason as review_reason;
pub use review::{Reviewed, Verdict};
pub use simulation::{SimulatedPerson, SimulatedSitting};
pub use ties::{TieLine, TieMember};
pub use verification::{AwardLine, Verification};
pub use winner_number::AskedNumber;
