//! The sitting: start, sheet, hand-in, receipt, own attempts.

mod keeper;
mod wire;

#[cfg(feature = "hydrate")]
mod browser;
#[cfg(feature = "ssr")]
mod door;
#[cfg(feature = "ssr")]
mod hand_in;
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
mod start;

#[cfg(feature = "ssr")]
pub use door::wants_json;
pub use keeper::SheetKeeper;

#[cfg(feature = "ssr")]
use crate::{door::Door, page::Page};
#[cfg(feature = "ssr")]
use domain::identity::Action;

/// The pages of this room.
#[cfg(feature = "ssr")]
pub fn pages() -> Vec<Page> {
    vec![
        Page::plain("/cuoc-thi/{slug}/thi", start::view),
        Page::lively("/thi/{attempt}", sheet::view),
        Page::plain("/thi/{attempt}/nop", hand_in::view),
        Page::plain("/thi/{attempt}/ket-qua", receipt::view),
        Page::plain("/luot-thi", own::view),
    ]
}

/// The doors of this room.
#[cfg(feature = "ssr")]
pub fn doors() -> Vec<Door> {
    vec![
        Door::form("/cuoc-thi/{slug}/thi", start::start).needs(&[Action::TakePart]),
        Door::form("/thi/{attempt}", door::answers).needs(&[Action::TakePart]),
        Door::get("/thi/{attempt}/nhip", door::pulse).needs(&[Action::TakePart]),
        Door::form("/thi/{attempt}/nop", hand_in::hand_in).needs(&[Action::TakePart]),
    ]
}
