//! Statements about publications and what is read of published results.

mod announcement;
mod publication;
mod watch;

pub use announcement::{CollectiveRow, PersonRow, PublishedRow, TopRow, UnitRow};
pub use publication::PublicationRow;
