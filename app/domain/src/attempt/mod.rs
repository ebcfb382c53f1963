//! One sitting: its phase, its paper, its sheet, the chain of its saves, its stages and its mark.

mod chain;
mod decision;
mod draw;
mod form;
mod granted;
mod jury;
mod late;
#[cfg(feature = "keys")]
mod marking;
mod number;
mod paper;
mod phase;
mod policy;
mod sheet;
mod stage;
mod ticket;

pub use chain::{Digest, Link, first_link, link, verify};
pub use decision::{Decision, Incoming, Newest, decide};
pub use draw::{Shuffle, Uncovered, draw};
pub use form::read_form;
pub use granted::Granted;
pub use jury::{Canned, LONGEST, OPEN_QUESTIONS, read_answer, read_words};
pub use late::{Keeping, LateSoFar, MOST_LATE, keep_late};
#[cfg(feature = "keys")]
pub use marking::{Keyed, Mark, Verdict, mark};
pub use number::read_decimal;
pub use paper::{Paper, Place, Seed, Shape, Slot};
pub use phase::{GRACE, Phase, Timing};
pub use policy::{Entitlement, Sitting, entitlement, used, widened};
pub use sheet::{Answer, Guess, Sheet, Unreadable};
pub use stage::{EndedBy, Ending, Stage};
pub use ticket::{free_spread, ticket};
