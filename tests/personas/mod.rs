//! Who acts in the stories, and what they find made: one file per room.

mod bank;
mod identity;

pub use identity::{PASSWORD, login_of, network};
