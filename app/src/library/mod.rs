//! News, initiatives, good models, study texts: reading them and writing them.

mod articles;
mod documents;
mod editor;
mod feed;
mod honours;
mod models;
mod news;
mod study;

use crate::{door::Door, page::Page};
use domain::identity::Action;

pub use feed::escaped;
pub use news::lines as articles_in_a_list;
pub use study::described;

/// The pages of this room.
pub fn pages() -> Vec<Page> {
    vec![
        Page::plain("/tin-tuc", news::list),
        Page::plain("/tin-tuc/{slug}", news::article),
        Page::plain("/dien-hinh", models::view),
        Page::plain("/vinh-danh", honours::view),
        Page::plain("/tai-lieu", study::view),
        Page::plain("/quan-tri/tin-bai", articles::view),
        Page::plain("/quan-tri/tin-bai/moi", editor::begin),
        Page::plain("/quan-tri/tin-bai/{article}", editor::change),
        Page::plain("/quan-tri/tai-lieu", documents::view),
    ]
}

/// The doors of this room.
pub fn doors() -> Vec<Door> {
    vec![
        Door::get("/tin-tuc.atom", feed::atom),
        Door::upload("/quan-tri/tin-bai/moi", editor::save).needs(&[Action::WriteLibrary]),
        Door::upload("/quan-tri/tin-bai/{article}", editor::save).needs(&[Action::WriteLibrary]),
        Door::upload("/quan-tri/tai-lieu", documents::save).needs(&[Action::WriteLibrary]),
    ]
}
