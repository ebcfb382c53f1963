//! Questions: their kinds, their content, their keys and the life of their versions.

#[cfg(feature = "keys")]
mod check;
mod content;
#[cfg(feature = "keys")]
mod difference;
mod difficulty;
#[cfg(feature = "keys")]
pub mod form;
#[cfg(feature = "keys")]
mod key;
pub mod life;
mod number;
mod status;
pub mod topic;
#[cfg(feature = "keys")]
mod writing;

#[cfg(feature = "keys")]
pub use check::check;
pub use content::{Choice, Content, Kind, LegalBasis};
#[cfg(feature = "keys")]
pub use difference::{Change, Part, changes, difference};
pub use difficulty::Difficulty;
#[cfg(feature = "keys")]
pub use key::Key;
pub use life::Step;
pub use number::{MOST_DECIMALS, Quantity};
pub use status::Status;
pub use topic::Topic;
#[cfg(feature = "keys")]
pub use writing::Writing;
