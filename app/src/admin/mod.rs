//! Pages of the administration: people, roster, requests, roles, units, the audit log.

mod audit_log;
mod people;
mod person;
mod requests;
mod roles;
mod roster;
mod slips;
mod unit;
mod units;
pub mod words;

use crate::{door::Door, page::Page};
use domain::identity::Action;

/// The pages of this room.
pub fn pages() -> Vec<Page> {
    vec![
        Page::plain("/quan-tri/nguoi-dung", people::view),
        Page::plain("/quan-tri/nguoi-dung/{account}", person::view),
        Page::plain("/quan-tri/danh-sach", roster::view),
        Page::plain("/quan-tri/danh-sach/{hash}", roster::trial_view),
        Page::plain("/quan-tri/phieu/{unit}", slips::view),
        Page::plain("/quan-tri/yeu-cau", requests::view),
        Page::plain("/quan-tri/yeu-cau/{request}", requests::one_view),
        Page::plain("/quan-tri/phan-quyen", roles::view),
        Page::plain("/quan-tri/don-vi", units::view),
        Page::plain("/quan-tri/don-vi/moi", unit::new_view),
        Page::plain("/quan-tri/don-vi/{unit}", unit::view),
        Page::plain("/quan-tri/nhat-ky", audit_log::view),
    ]
}

/// The doors of this room.
pub fn doors() -> Vec<Door> {
    vec![
        Door::form("/quan-tri/nguoi-dung/{account}", person::act).needs(&[Action::ManagePeople]),
        Door::upload("/quan-tri/danh-sach", roster::upload).needs(&[Action::ManagePeople]),
        Door::form("/quan-tri/danh-sach/{hash}", roster::decide).needs(&[Action::ManagePeople]),
        Door::get("/quan-tri/mau-danh-sach.xlsx", roster::sample).needs(&[Action::ManagePeople]),
        Door::form("/quan-tri/phieu/{unit}", slips::issue).needs(&[Action::ManagePeople, Action::HelpOwnUnit]),
        Door::form("/quan-tri/yeu-cau/{request}", requests::decide).needs(&[Action::ManagePeople]),
        Door::form("/quan-tri/phan-quyen", roles::act).needs(&[Action::GrantRoles]),
        Door::form("/quan-tri/don-vi/moi", unit::add).needs(&[Action::ManagePeople]),
        Door::form("/quan-tri/don-vi/{unit}", unit::act).needs(&[Action::ManagePeople]),
    ]
}
