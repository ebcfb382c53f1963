//! Contests and rounds: administration, entering.

mod countdown;
#[cfg(feature = "ssr")]
mod public;

#[cfg(feature = "ssr")]
use crate::{door::Door, page::Page};

pub use countdown::Countdown;

/// The pages of this room.
#[cfg(feature = "ssr")]
pub fn pages() -> Vec<Page> {
    public::pages()
}

/// The doors of this room.
#[cfg(feature = "ssr")]
pub fn doors() -> Vec<Door> {
    public::doors()
}
