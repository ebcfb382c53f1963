//! The organisers' way from a closed round to published results, and the totals while it is open.

mod deeds;
mod late;
mod publication;
mod reason;
mod review;
mod steps;
mod verification;
mod watch;

use crate::{door::Door, page::Page};
use domain::identity::Action;

/// The pages of this room.
pub fn pages() -> Vec<Page> {
    vec![Page::plain("/quan-tri/dot/{round}/ket-qua", steps::view), Page::plain("/quan-tri/dot/{round}/theo-doi", watch::view)]
}

/// The doors of this room.
pub fn doors() -> Vec<Door> {
    vec![
        Door::upload("/quan-tri/dot/{round}/ket-qua", deeds::judge).needs(&[Action::JudgeRound]),
        Door::form("/quan-tri/dot/{round}/theo-doi", watch::look).needs(&[Action::WatchRound]),
    ]
}
