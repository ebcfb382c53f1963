//! Contests, rounds, entries: setting up, freezing, changing, entering, and what the public reads.

mod create;
mod change;
mod division;
mod document;
mod enter;
mod exclusion;
mod look;
mod plan;
mod prizes;
mod round;
mod rules;
mod schedule;
mod store;

pub use change::ProposedChange;
pub use enter::{Entry, EntryForm};
pub use exclusion::Excluded;
pub use look::{Contest, Division, Document, Round, Rules};
pub use plan::PlannedRound;

use crate::{Fault, Result};
use serde::{Serialize, de::DeserializeOwned};

/// Reads JSON that we stored.
fn stored<T: DeserializeOwned>(what: &'static str, json: &str) -> Result<T, Fault> {
    serde_json::from_str(json).map_err(|error| Fault::Unreadable(what, Box::new(error)))
}

/// Writes what is to be stored as JSON.
fn json<T: Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Unreadable("value", Box::new(error)))
}
