//! Questions: authoring, review, topics.

mod ask;
mod keeper;
#[cfg(feature = "hydrate")]
mod live;

#[cfg(feature = "ssr")]
mod begin;
#[cfg(feature = "ssr")]
mod editor;
#[cfg(feature = "ssr")]
mod fields;
#[cfg(feature = "ssr")]
mod history;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod picture;
#[cfg(feature = "ssr")]
mod queue;
#[cfg(feature = "ssr")]
mod reading;
#[cfg(feature = "ssr")]
mod rows;
#[cfg(feature = "ssr")]
mod shown;
#[cfg(feature = "ssr")]
mod topic;
#[cfg(feature = "ssr")]
mod topics;
#[cfg(feature = "ssr")]
mod words;

pub use ask::Kept;
pub use keeper::DraftKeeper;
#[cfg(feature = "ssr")]
pub use shown::question;

#[cfg(feature = "ssr")]
use crate::{door::Door, page::Page};
#[cfg(feature = "ssr")]
use domain::identity::Action;

/// The pages of this room.
#[cfg(feature = "ssr")]
pub fn pages() -> Vec<Page> {
    vec![
        Page::plain("/quan-tri/cau-hoi", list::view),
        Page::plain("/quan-tri/cau-hoi/moi", begin::view),
        Page::lively("/quan-tri/cau-hoi/{question}", editor::view),
        Page::plain("/quan-tri/cau-hoi/{question}/lich-su", history::view),
        Page::plain("/quan-tri/cau-hoi/{question}/hinh", picture::view),
        Page::plain("/quan-tri/tham-dinh", queue::view),
        Page::plain("/quan-tri/chu-de", topics::view),
        Page::plain("/quan-tri/chu-de/{topic}", topic::view),
    ]
}

/// The doors of this room.
#[cfg(feature = "ssr")]
pub fn doors() -> Vec<Door> {
    vec![
        Door::form("/quan-tri/cau-hoi/moi", begin::begin).needs(&[Action::WriteQuestion]),
        Door::form("/quan-tri/cau-hoi/{question}", editor::act).needs(&[Action::ReadBank]),
        Door::upload("/quan-tri/cau-hoi/{question}/hinh", picture::add).needs(&[Action::WriteQuestion]),
        Door::form("/quan-tri/chu-de", topics::add).needs(&[Action::WriteQuestion, Action::ReviewQuestion]),
        Door::form("/quan-tri/chu-de/{topic}", topic::act).needs(&[Action::WriteQuestion, Action::ReviewQuestion]),
        Door::function("/api/bank/preview").needs(&[Action::ReadBank]),
        Door::function("/api/bank/autosave").needs(&[Action::WriteQuestion]),
    ]
}
