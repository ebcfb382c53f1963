//! One sitting: its phase, its paper, its sheet, the chain of its saves, its stages and its mark.

mod chain;
mod decision;
mod draw;
mod form;
#[cfg(feature = "keys")]
mod marking;
mod number;
mod paper;
mod phase;
mod policy;
mod sheet;
mod stage;

pub use chain::{Digest, Link, first_link, link, verify};
pub use decision::{Decision, Incoming, LATE_KEPT, MOST_LATE, Newest, decide};
pub use draw::{Shuffle, Uncovered, draw};
pub use form::read_form;
#[cfg(feature = "keys")]
pub use marking::{Keyed, Mark, Verdict, mark};
pub use number::read_decimal;
pub use paper::{Paper, Place, Seed, Shape, Slot};
pub use phase::{GRACE, Phase, Timing};
pub use policy::{Entitlement, Sitting, entitlement, used};
pub use sheet::{Answer, Guess, Sheet, Unreadable};
pub use stage::{EndedBy, Ending, Stage};
