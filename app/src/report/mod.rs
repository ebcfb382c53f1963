//! Print views and exports: the quick report of a round.

mod quick;

pub use quick::official_date;

use crate::{door::Door, page::Page};
use domain::identity::Action;

/// The pages of this room.
pub fn pages() -> Vec<Page> {
    vec![Page::plain("/quan-tri/dot/{round}/bao-cao", quick::view)]
}

/// The doors of this room.
pub fn doors() -> Vec<Door> {
    vec![Door::get("/quan-tri/dot/{round}/bao-cao/{file}", quick::sheet).needs(&[Action::JudgeRound])]
}
