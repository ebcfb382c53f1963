//! Signing in and out, signing up, the own account and data.

mod ask;
mod password_box;
mod unit_search;

#[cfg(feature = "ssr")]
mod account;
#[cfg(feature = "ssr")]
mod activate;
#[cfg(feature = "ssr")]
mod colleague;
#[cfg(feature = "ssr")]
mod coordinator;
#[cfg(feature = "ssr")]
mod missing_unit;
#[cfg(feature = "ssr")]
mod own_data;
#[cfg(feature = "ssr")]
mod own_records;
#[cfg(feature = "ssr")]
mod own_unit;
#[cfg(feature = "ssr")]
mod password_field;
#[cfg(feature = "ssr")]
mod privacy;
#[cfg(feature = "ssr")]
mod reset;
#[cfg(feature = "ssr")]
mod sign_in;
#[cfg(feature = "ssr")]
mod sign_out;
#[cfg(feature = "ssr")]
mod sign_up;
#[cfg(feature = "ssr")]
mod unit_choice;

pub use ask::{FindUnits, find_units};
pub use password_box::PasswordBox;
pub use unit_search::UnitSearch;

#[cfg(feature = "ssr")]
pub use password_field::PasswordField;

#[cfg(feature = "ssr")]
use crate::{door::Door, page::Page};
#[cfg(feature = "ssr")]
use domain::identity::Action;

/// The pages of this room.
#[cfg(feature = "ssr")]
pub fn pages() -> Vec<Page> {
    vec![
        Page::lively("/dang-nhap", sign_in::view),
        Page::plain("/dang-xuat", sign_out::view),
        Page::lively("/dang-ky", sign_up::view),
        Page::lively("/tai-khoan", account::view),
        Page::lively("/tai-khoan/don-vi", own_unit::view),
        Page::plain("/du-lieu-cua-toi", own_data::view),
        Page::plain("/thong-bao-du-lieu", privacy::view),
        Page::plain("/khong-thay-don-vi", missing_unit::view),
        Page::lively("/kich-hoat", activate::view),
        Page::lively("/dat-lai-mat-khau", reset::view),
        Page::plain("/dau-moi", coordinator::view),
        Page::plain("/dau-moi/{account}", colleague::view),
    ]
}

/// The doors of this room.
#[cfg(feature = "ssr")]
pub fn doors() -> Vec<Door> {
    vec![
        Door::form("/dang-nhap", sign_in::sign_in),
        Door::form("/dang-xuat", sign_out::sign_out),
        Door::form("/dang-ky", sign_up::sign_up),
        Door::form("/tai-khoan", account::change).needs(&[Action::OwnData]),
        Door::form("/tai-khoan/don-vi", own_unit::choose).needs(&[Action::OwnData]),
        Door::form("/du-lieu-cua-toi", own_data::change).needs(&[Action::OwnData]),
        Door::form("/khong-thay-don-vi", missing_unit::report),
        Door::form("/kich-hoat", activate::activate),
        Door::form("/dat-lai-mat-khau", reset::reset),
        Door::form("/dau-moi", coordinator::issue).needs(&[Action::HelpOwnUnit]),
        Door::form("/dau-moi/{account}", colleague::act).needs(&[Action::HelpOwnUnit]),
        Door::function("/api/identity/units"),
    ]
}
