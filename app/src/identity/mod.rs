//! Signing in and out, signing up, the own account and data.

#[cfg(feature = "ssr")]
mod sign_in;

#[cfg(feature = "ssr")]
use crate::{door::Door, page::Page};

/// The pages of this room.
#[cfg(feature = "ssr")]
pub fn pages() -> Vec<Page> {
    vec![Page::plain("/dang-nhap", sign_in::view)]
}

/// The doors of this room.
#[cfg(feature = "ssr")]
pub fn doors() -> Vec<Door> {
    vec![Door::form("/dang-nhap", sign_in::sign_in), Door::form("/dang-xuat", sign_in::sign_out)]
}
