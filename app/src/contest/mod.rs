//! Contests and rounds: administration, entering.

#[cfg(feature = "ssr")]
mod changes;
mod countdown;
#[cfg(feature = "ssr")]
mod division;
#[cfg(feature = "ssr")]
mod divisions;
#[cfg(feature = "ssr")]
mod documents;
#[cfg(feature = "ssr")]
mod enter;
#[cfg(feature = "ssr")]
mod exclusions;
#[cfg(feature = "ssr")]
mod home;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod overview;
#[cfg(feature = "ssr")]
mod preview;
#[cfg(feature = "ssr")]
mod prizes;
#[cfg(feature = "ssr")]
mod public;
#[cfg(feature = "ssr")]
mod round;
#[cfg(feature = "ssr")]
mod round_settings;
#[cfg(feature = "ssr")]
mod rules;
#[cfg(feature = "ssr")]
mod settings;
#[cfg(feature = "ssr")]
mod tabs;

#[cfg(feature = "ssr")]
use crate::{door::Door, page::Page};

pub use countdown::Countdown;

/// The pages of this room.
#[cfg(feature = "ssr")]
pub fn pages() -> Vec<Page> {
    let mut pages = vec![
        Page::plain("/quan-tri", home::view),
        Page::plain("/quan-tri/cuoc-thi", list::view),
        Page::plain("/quan-tri/cuoc-thi/moi", settings::begin),
        Page::plain("/quan-tri/cuoc-thi/{slug}", overview::view),
        Page::plain("/quan-tri/cuoc-thi/{slug}/thong-tin", settings::view),
        Page::plain("/quan-tri/cuoc-thi/{slug}/the-le", rules::view),
        Page::plain("/quan-tri/cuoc-thi/{slug}/tai-lieu", documents::view),
        Page::plain("/quan-tri/cuoc-thi/{slug}/giai-thuong", prizes::of_contest),
        Page::plain("/quan-tri/cuoc-thi/{slug}/khong-du-thi", exclusions::view),
        Page::plain("/quan-tri/cuoc-thi/{slug}/dot-moi", round_settings::begin),
        Page::plain("/quan-tri/dot/{round}", round::view),
        Page::plain("/quan-tri/dot/{round}/thiet-lap", round_settings::view),
        Page::plain("/quan-tri/dot/{round}/bang-thi", divisions::view),
        Page::plain("/quan-tri/dot/{round}/bang-thi/{bang}", division::view),
        Page::plain("/quan-tri/dot/{round}/giai-thuong", prizes::of_round),
        Page::plain("/quan-tri/dot/{round}/xem-thu", preview::view),
        Page::plain("/quan-tri/dot/{round}/thay-doi", changes::view),
        Page::plain("/cuoc-thi/{slug}/tham-gia", enter::view),
    ];
    pages.extend(public::pages());
    pages
}

/// The doors of this room.
#[cfg(feature = "ssr")]
pub fn doors() -> Vec<Door> {
    let mut doors = vec![
        Door::upload("/quan-tri/cuoc-thi/moi", settings::create),
        Door::form("/quan-tri/cuoc-thi/{slug}", overview::act),
        Door::upload("/quan-tri/cuoc-thi/{slug}/thong-tin", settings::save),
        Door::form("/quan-tri/cuoc-thi/{slug}/the-le", rules::decide),
        Door::upload("/quan-tri/cuoc-thi/{slug}/tai-lieu", documents::act),
        Door::form("/quan-tri/cuoc-thi/{slug}/giai-thuong", prizes::save_of_contest),
        Door::form("/quan-tri/cuoc-thi/{slug}/khong-du-thi", exclusions::act),
        Door::form("/quan-tri/cuoc-thi/{slug}/dot-moi", round_settings::add),
        Door::form("/quan-tri/dot/{round}", round::act),
        Door::form("/quan-tri/dot/{round}/thiet-lap", round_settings::save),
        Door::form("/quan-tri/dot/{round}/bang-thi/{bang}", division::act),
        Door::form("/quan-tri/dot/{round}/giai-thuong", prizes::save_of_round),
        Door::form("/quan-tri/dot/{round}/thay-doi", changes::act),
        Door::form("/cuoc-thi/{slug}/tham-gia", enter::enter),
    ];
    doors.extend(public::doors());
    doors
}
