//! Contests, rounds, entries: setting up, freezing, changing, entering, and what the public reads.

mod change;
mod create;
mod division;
mod document;
mod enter;
mod exclusion;
mod guide;
mod look;
mod plan;
mod pool;
mod preview;
mod prizes;
mod public;
mod round;
mod rules;
mod schedule;
mod store;
mod to_do;

pub use change::ProposedChange;
pub use enter::{Entry, EntryForm, Extra};
pub use exclusion::Excluded;
pub use guide::Guide;
pub use look::{Contest, Division, Document, Round};
pub use plan::PlannedRound;
pub use pool::PoolPlace;
pub use preview::SamplePaper;
pub use public::{ChangeNotice, ContestCache, ContestPage, DivisionPage, DocumentLine, RoundPage};
pub use rules::{NewRules, ProposedRules, Rules, RulesPage};
pub use to_do::{Task, TaskKind, Waiting, WaitingKind};

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
