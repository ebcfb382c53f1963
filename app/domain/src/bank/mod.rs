//! Questions: their kinds, their content, their keys and the life of their versions.

mod content;
mod difficulty;
#[cfg(feature = "keys")]
mod key;
mod status;

pub use content::{Choice, Content, Kind, LegalBasis};
pub use difficulty::Difficulty;
#[cfg(feature = "keys")]
pub use key::Key;
pub use status::Status;
