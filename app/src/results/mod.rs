//! Published results: lists, announcements, the own place, units, sheets to take away.

#[cfg(feature = "ssr")]
mod announcement;
#[cfg(feature = "ssr")]
pub mod chart;
#[cfg(feature = "ssr")]
pub mod files;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
pub mod live;
#[cfg(feature = "ssr")]
pub mod number;
#[cfg(feature = "ssr")]
mod own;
#[cfg(feature = "ssr")]
pub mod parts;
#[cfg(feature = "ssr")]
mod unit;
#[cfg(feature = "ssr")]
mod units;
#[cfg(feature = "ssr")]
mod whole_contest;
#[cfg(feature = "ssr")]
mod winners;

#[cfg(feature = "ssr")]
use crate::{door::Door, page::Page};
#[cfg(feature = "ssr")]
use domain::identity::Action;

/// The pages of this room.
#[cfg(feature = "ssr")]
pub fn pages() -> Vec<Page> {
    vec![
        Page::plain("/ket-qua", list::all),
        Page::plain("/ket-qua/{slug}", list::of_contest),
        Page::plain("/ket-qua/{slug}/{position}", announcement::view),
        Page::plain("/ket-qua/{slug}/{position}/don-vi/{code}", unit::view),
        Page::plain("/cuoc-thi/{slug}/truc-tiep/{position}", live::view),
        Page::plain("/bo-sung-so-dinh-danh/{round}", number::view),
    ]
}

/// The doors of this room.
#[cfg(feature = "ssr")]
pub fn doors() -> Vec<Door> {
    vec![
        Door::get("/ket-qua/{slug}/{position}/tep/{file}", files::sheet),
        Door::get("/ket-qua/{slug}/{position}/the.png", files::card),
        Door::form("/bo-sung-so-dinh-danh/{round}", number::give).needs(&[Action::OwnData]),
    ]
}
