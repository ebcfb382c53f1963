//! Who acts in the stories, and what they find made: one file per room.

mod attempt;
mod bank;
mod contest;
mod day;
mod identity;
mod ranking;
mod simulation;
mod stored;

pub use attempt::{CANARIES, SMALL, Small, SmallRound, small_pool};
pub use contest::{RoundPlan, SLUG, contest_form, prize};
pub use day::{INCIDENT, to_person, to_unit};
pub use identity::{PASSWORD, login_of, network};
pub use simulation::{PrizeFor, SimulatedPlan, SimulatedRound};
pub use stored::{StoredQuestion, StoredRound, StoredSave, StoredSheet};
