//! Pages of the administration that belong to no single room.

use crate::{door::Door, page::Page};

/// The pages of this room.
pub fn pages() -> Vec<Page> {
    Vec::new()
}

/// The doors of this room.
pub fn doors() -> Vec<Door> {
    Vec::new()
}
