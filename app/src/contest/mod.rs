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
mod guide;
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
#[cfg(feature = "ssr")]
use domain::identity::Action;

pub use countdown::Countdown;
#[cfg(feature = "ssr")]
pub use public::EMBEDDED;

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
        Page::plain("/quan-tri/huong-dan", guide::list),
        Page::plain("/quan-tri/huong-dan/{slug}", guide::view),
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
        Door::upload("/quan-tri/cuoc-thi/moi", settings::create).needs(&[Action::SetUpContest]),
        Door::form("/quan-tri/cuoc-thi/{slug}", overview::act).needs(&[Action::SetUpContest]),
        Door::upload("/quan-tri/cuoc-thi/{slug}/thong-tin", settings::save).needs(&[Action::SetUpContest]),
        Door::form("/quan-tri/cuoc-thi/{slug}/the-le", rules::decide).needs(&[Action::SetUpContest]),
        Door::upload("/quan-tri/cuoc-thi/{slug}/tai-lieu", documents::act).needs(&[Action::SetUpContest]),
        Door::form("/quan-tri/cuoc-thi/{slug}/giai-thuong", prizes::save_of_contest).needs(&[Action::SetUpContest]),
        Door::form("/quan-tri/cuoc-thi/{slug}/khong-du-thi", exclusions::act).needs(&[Action::SetUpContest]),
        Door::form("/quan-tri/cuoc-thi/{slug}/dot-moi", round_settings::add).needs(&[Action::SetUpContest]),
        Door::upload("/quan-tri/huong-dan/{slug}", guide::act).needs(&[Action::WriteLibrary]),
        Door::form("/quan-tri/dot/{round}", round::act).needs(&[Action::SetUpContest]),
        Door::form("/quan-tri/dot/{round}/thiet-lap", round_settings::save).needs(&[Action::SetUpContest]),
        Door::form("/quan-tri/dot/{round}/bang-thi/{bang}", division::act).needs(&[Action::SetUpContest]),
        Door::form("/quan-tri/dot/{round}/giai-thuong", prizes::save_of_round).needs(&[Action::SetUpContest]),
        Door::form("/quan-tri/dot/{round}/thay-doi", changes::act).needs(&[Action::SetUpContest]),
        Door::form("/cuoc-thi/{slug}/tham-gia", enter::enter).needs(&[Action::TakePart]),
    ];
    doors.extend(public::doors());
    doors
}
