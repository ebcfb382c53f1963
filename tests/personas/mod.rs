//! Who acts in the stories, and what they find made: one file per room.

mod attempt;
mod bank;
mod contest;
mod identity;
mod ranking;
mod simulation;

pub use attempt::{CANARIES, SMALL, Small, SmallRound, small_pool};
pub use contest::{RoundPlan, SLUG, contest_form, prize};
pub use identity::{PASSWORD, login_of, network};
pub use simulation::{PrizeFor, SimulatedPlan, SimulatedRound};
