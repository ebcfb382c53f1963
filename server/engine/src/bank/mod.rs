//! The question bank: topics, questions, the life of their versions, and what a paper may draw.

mod coverage;
mod demo;
mod draft;
mod find;
mod image;
mod page;
mod review;
mod show;
pub(crate) mod store;
mod topics;
mod version;

pub use coverage::BankCoverage;
pub use domain::bank::{Change, Key, Part, Step, Topic, Writing, form};
pub use draft::Saved;
pub use find::{Found, FoundPage, QuestionFilter};
pub use image::{LARGEST_IMAGE, SentImage};
pub use page::{QuestionPage, VersionSeen};
pub use show::{Shown, ShownChoice};
pub use store::{EventRow, StoredVersion};
pub use topics::TopicCount;
pub use version::VersionRow;
