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
        Door::form("/quan-tri/nguoi-dung/{account}", person::act),
        Door::upload("/quan-tri/danh-sach", roster::upload),
        Door::form("/quan-tri/danh-sach/{hash}", roster::decide),
        Door::get("/quan-tri/mau-danh-sach.xlsx", roster::sample),
        Door::form("/quan-tri/phieu/{unit}", slips::issue),
        Door::form("/quan-tri/yeu-cau/{request}", requests::decide),
        Door::form("/quan-tri/phan-quyen", roles::act),
        Door::form("/quan-tri/don-vi/moi", unit::add),
        Door::form("/quan-tri/don-vi/{unit}", unit::act),
    ]
}
