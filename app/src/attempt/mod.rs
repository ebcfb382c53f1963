//! The sitting: start, sheet, hand-in, receipt, own attempts.

mod figures;
mod keeper;
mod opening;
mod trial;
mod wire;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
mod door;
#[cfg(feature = "ssr")]
mod hand_in;
#[cfg(feature = "ssr")]
mod jury;
#[cfg(feature = "ssr")]
mod live;
#[cfg(feature = "ssr")]
mod own;
#[cfg(feature = "ssr")]
pub mod question;
#[cfg(feature = "ssr")]
mod receipt;
#[cfg(feature = "ssr")]
mod review;
#[cfg(feature = "ssr")]
pub mod sheet;
#[cfg(feature = "ssr")]
mod speak;
#[cfg(feature = "ssr")]
mod start;
#[cfg(feature = "ssr")]
mod told;
#[cfg(feature = "ssr")]
mod waiting;

#[cfg(feature = "ssr")]
pub use door::wants_json;
pub use figures::LiveFigures;
pub use keeper::SheetKeeper;
pub use opening::Opening;
pub use trial::TrialKeeper;

#[cfg(feature = "ssr")]
use crate::{door::Door, page::Page};
#[cfg(feature = "ssr")]
use domain::identity::Action;

/// The pages of this room.
#[cfg(feature = "ssr")]
pub fn pages() -> Vec<Page> {
    let mut pages = vec![
        Page::lively("/cuoc-thi/{slug}/cho", waiting::view),
        Page::plain("/cuoc-thi/{slug}/thi", start::view),
        Page::lively("/thi/{attempt}", sheet::view),
        Page::plain("/thi/{attempt}/nop", hand_in::view),
        Page::plain("/thi/{attempt}/ket-qua", receipt::view),
        Page::plain("/thi/{attempt}/hoi", jury::view),
        Page::plain("/luot-thi", own::view),
        Page::lively("/quan-tri/dot/{round}/truc-tiep", live::view),
        Page::plain("/quan-tri/dot/{round}/nhan-tin", speak::view),
    ];
    pages.extend(trial::pages());
    pages
}

/// The doors of this room.
#[cfg(feature = "ssr")]
pub fn doors() -> Vec<Door> {
    let mut doors = vec![
        Door::form("/cuoc-thi/{slug}/thi", start::start).needs(&[Action::TakePart]),
        Door::form("/thi/{attempt}", door::answers).needs(&[Action::TakePart]),
        Door::get("/thi/{attempt}/nhip", door::pulse).needs(&[Action::TakePart]),
        Door::form("/thi/{attempt}/nop", hand_in::hand_in).needs(&[Action::TakePart]),
        Door::form("/thi/{attempt}/hoi", jury::ask).needs(&[Action::TakePart]),
        Door::form("/quan-tri/dot/{round}/truc-tiep", live::open).needs(&[Action::WatchRound]),
        Door::get("/quan-tri/dot/{round}/truc-tiep/so-lieu", live::look).needs(&[Action::WatchRound]),
        Door::form("/quan-tri/dot/{round}/nhan-tin", speak::say).needs(&[Action::SetUpContest, Action::JudgeRound]),
    ];
    doors.extend(trial::doors());
    doors
}
