//! Asking the server: one request with an end, whatever the network does.

use super::{super::wire::Said, clock, trial};
use gloo_net::http::{Method, RequestBuilder};
use leptos::prelude::set_timeout;
use std::time::Duration;
use web_sys::AbortController;

/// Status, what was said, and how long it took there and back.
pub type Heard = (u16, Said, f64);

/// Nobody answered.
pub struct Unheard;

/// A request that takes longer than this is given up.
const PATIENCE: Duration = Duration::from_secs(15);

/// Sends a form, or asks without one.
pub async fn ask(address: &str, body: Option<String>) -> Result<Heard, Unheard> {
    if trial::is_cut() {
        return Err(Unheard);
    }
    let begun = clock::page();
    let abort = AbortController::new().map_err(|_| Unheard)?;
    let signal = abort.signal();
    set_timeout(move || abort.abort(), PATIENCE);
    let method = if body.is_some() { Method::POST } else { Method::GET };
    let request = RequestBuilder::new(address).method(method).header("Accept", "application/json").abort_signal(Some(&signal));
    let sent = match body {
        Some(body) => request.header("Content-Type", "application/x-www-form-urlencoded").body(body).map_err(|_| Unheard)?.send().await,
        None => request.send().await,
    };
    let response = sent.map_err(|_| Unheard)?;
    let text = response.text().await.map_err(|_| Unheard)?;
    let said = match serde_json::from_str(&text) {
        Ok(said) => said,
        // An answer of somebody in between is no answer of ours.
        Err(_) if response.status() == 200 => return Err(Unheard),
        Err(_) => Said::default(),
    };
    Ok((response.status(), said, clock::page() - begun))
}

/// Milliseconds as the browser counts them.
#[expect(clippy::cast_precision_loss, reason = "milliseconds since 1970 are exact in a double for the next 280,000 years")]
pub fn ms(milliseconds: i64) -> f64 {
    milliseconds as f64
}
