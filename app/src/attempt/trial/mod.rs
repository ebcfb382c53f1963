//! The trial paper: sixty seconds with the very sheet of a contest, and a network that may be cut.
//!
//! Nothing of it is kept on the server, in memory or in the database: what the server was sent it gives back to the
//! browser in a cookie, so that every node can go on with it, and nothing enters any count.

mod keeper;

#[cfg(feature = "ssr")]
mod door;
#[cfg(feature = "ssr")]
mod kept;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod questions;
#[cfg(feature = "ssr")]
mod sheet;

pub use keeper::TrialKeeper;

#[cfg(feature = "ssr")]
use crate::{door::Door, page::Page};

/// The pages of the trial.
#[cfg(feature = "ssr")]
pub fn pages() -> Vec<Page> {
    vec![
        Page::plain("/thu-may", page::begin),
        Page::lively("/thu-may/{trial}", sheet::view),
        Page::plain("/thu-may/{trial}/nop", page::hand_in),
        Page::plain("/thu-may/{trial}/ket-qua", page::ended),
    ]
}

/// The doors of the trial: open to everybody, since nothing is kept.
#[cfg(feature = "ssr")]
pub fn doors() -> Vec<Door> {
    vec![
        Door::form("/thu-may", door::begin),
        Door::form("/thu-may/{trial}", door::answers),
        Door::get("/thu-may/{trial}/nhip", door::pulse),
        Door::form("/thu-may/{trial}/nop", door::hand_in),
    ]
}
