//! Contests and rounds: administration, entering.

#[cfg(feature = "ssr")]
use crate::{door::Door, page::Page};

/// The pages of this room.
#[cfg(feature = "ssr")]
pub fn pages() -> Vec<Page> {
    Vec::new()
}

/// The doors of this room.
#[cfg(feature = "ssr")]
pub fn doors() -> Vec<Door> {
    Vec::new()
}
