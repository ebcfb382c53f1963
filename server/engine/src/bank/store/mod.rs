//! Statements about topics, questions and their versions: one file per noun.

mod draw;
mod event;
mod find;
mod question;
mod topic;
mod version;

pub use event::EventRow;
pub use question::QuestionRow;
pub use version::StoredVersion;
