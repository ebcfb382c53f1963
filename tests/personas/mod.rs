//! Who acts in the stories, and what they find made: one file per room.

mod bank;
mod contest;
mod identity;
mod ranking;

pub use contest::{RoundPlan, SLUG, contest_form, prize};
pub use identity::{PASSWORD, login_of, network};
pub use ranking::{PrizeFor, SimulatedPlan, SimulatedRound};
