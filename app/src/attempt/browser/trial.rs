//! A cut network for the trial paper: for some seconds nothing is sent, as if there were no network.

use super::clock;
use leptos::prelude::set_timeout;
use std::{cell::Cell, time::Duration};

thread_local! {
    /// Until when the network is cut, by the page's own clock.
    static CUT: Cell<f64> = const { Cell::new(0.0) };
}

/// Whether nothing may be sent right now.
pub fn is_cut() -> bool {
    clock::page() < CUT.get()
}

/// Cuts the network for so long; afterwards the sheet wakes as it does when a network comes back.
pub fn cut(span: Duration, after: impl FnOnce() + 'static) {
    CUT.set(clock::page() + span.as_secs_f64() * 1_000.0);
    let back = move || {
        CUT.set(0.0);
        if let (Some(window), Ok(online)) = (web_sys::window(), web_sys::Event::new("online")) {
            let _ = window.dispatch_event(&online);
        }
        after();
    };
    set_timeout(back, span);
}
