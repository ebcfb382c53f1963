//! What this browser remembers of a sheet: unsaved answers, and whether this tab, or another one of it, had it.
//!
//! Where storage is forbidden the sheet works as well; only a closed page then loses what was unsaved.

use web_sys::{Storage, UrlSearchParams};

fn drafts() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn tab() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// Keeps the answers that follow the acknowledged save `known`; saves up to `sent` may have arrived unheard.
pub fn keep(address: &str, (known, sent): (i64, i64), encoded: &str) {
    if let Some(drafts) = drafts() {
        let _ = drafts.set_item(address, &format!("{known} {sent} {encoded}"));
    }
}

/// The kept answers, and the saves that the server may know of if nobody else saved since.
pub fn read(address: &str) -> Option<(std::ops::RangeInclusive<i64>, Vec<(String, String)>)> {
    let kept = drafts()?.get_item(address).ok()??;
    let (known, rest) = kept.split_once(' ')?;
    let (sent, encoded) = rest.split_once(' ')?;
    let params = UrlSearchParams::new_with_str(encoded).ok()?;
    let mut fields = Vec::new();
    for pair in params.entries() {
        let pair: js_sys::Array = pair.ok()?.into();
        fields.push((pair.get(0).as_string()?, pair.get(1).as_string()?));
    }
    Some((known.parse().ok()?..=sent.parse().ok()?, fields))
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

/// The newest hold that any tab of this browser had.
pub fn hold_of_browser(address: &str) -> Option<i64> {
    drafts()?.get_item(&beside(address)).ok()??.parse().ok()
}

/// This tab has the sheet.
pub fn remember_hold(address: &str, hold: i64) {
    if let Some(tab) = tab() {
        let _ = tab.set_item(address, &hold.to_string());
    }
    if let Some(drafts) = drafts() {
        let _ = drafts.set_item(&beside(address), &hold.to_string());
    }
}

/// The sheet has ended: who had it is of no interest any more.
pub fn forget_hold(address: &str) {
    if let Some(drafts) = drafts() {
        let _ = drafts.remove_item(&beside(address));
    }
}

/// Where the hold stands beside the draft, which has the sheet's address.
fn beside(address: &str) -> String {
    format!("{address}#hold")
}
