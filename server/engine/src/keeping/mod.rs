//! Keeping the data: backups while serving, restoring them elsewhere, and proof that what is stored agrees with itself.

mod backup;
mod check;
mod disk;
mod hindrance;
mod place;
mod programs;
mod restore;
mod store;
mod verify;

pub use backup::back_up;
pub use check::{Check, Tell};
pub use hindrance::Hindrance;
pub use restore::{Restored, restore};
