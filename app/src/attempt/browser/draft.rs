//! What this browser remembers of a sheet: unsaved answers, and whether this tab had it.
//!
//! Where storage is forbidden the sheet works as well; only a closed page then loses what was unsaved.

use web_sys::{Storage, UrlSearchParams};

fn drafts() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Keeps the answers that follow the save with this number.
pub fn keep(address: &str, seq: i64, encoded: &str) {
    if let Some(drafts) = drafts() {
        let _ = drafts.set_item(address, &format!("{seq} {encoded}"));
    }
}

/// The kept answers, and the save that they follow.
pub fn read(address: &str) -> Option<(i64, Vec<(String, String)>)> {
    let kept = drafts()?.get_item(address).ok()??;
    let (seq, encoded) = kept.split_once(' ')?;
    let params = UrlSearchParams::new_with_str(encoded).ok()?;
    let mut fields = Vec::new();
    for pair in params.entries() {
        let pair: js_sys::Array = pair.ok()?.into();
        fields.push((pair.get(0).as_string()?, pair.get(1).as_string()?));
    }
    Some((seq.parse().ok()?, fields))
}

/// Everything is acknowledged.
pub fn drop(address: &str) {
    if let Some(drafts) = drafts() {
        let _ = drafts.remove_item(address);
    }
}

/// The hold that this tab had.
pub fn hold(address: &str) -> Option<i64> {
    tab()?.get_item(address).ok()??.parse().ok()
}

/// This tab has the sheet.
pub fn remember_hold(address: &str, hold: i64) {
    if let Some(tab) = tab() {
        let _ = tab.set_item(address, &hold.to_string());
    }
}
