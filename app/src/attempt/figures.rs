//! The island of the organisers' live page: asks for the figures every five seconds, without loading the page again.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The figures as they are sent and shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Figures {
    /// The right to go on looking; empty: the one that was sent still holds.
    pub pass: String,
    /// When they were counted: "14:03:22".
    pub at: String,
    /// Names and values.
    pub lines: Vec<(String, String)>,
}

/// The figures, kept fresh.
#[island]
pub fn LiveFigures(
    /// The page's own address.
    address: String,
    /// What the server counted when it made the page, and the right to go on looking.
    figures: Figures,
) -> impl IntoView {
    let (shown, update) = signal(figures);
    let (lost, went_silent) = signal(false);
    #[cfg(feature = "hydrate")]
    watch(address, shown, update, went_silent);
    // On the server nothing is asked again.
    #[cfg(not(feature = "hydrate"))]
    let _ = (address, update, went_silent);
    let line = |(name, value): (String, String)| view! { <li><b>{value}</b> " " {name}</li> };
    view! {
        <ul class="tallies">{move || shown.get().lines.into_iter().map(line).collect_view()}</ul>
        <p class="meta">{move || format!("Số liệu lúc {}, cập nhật mỗi 5 giây.", shown.get().at)}</p>
        <p role="status">{move || if lost.get() { "Chưa nhận được số liệu mới, đang thử lại." } else { "" }}</p>
    }
}

/// Asks every five seconds; when the quarter of an hour is over, opens the figures anew, which is noted again.
#[cfg(feature = "hydrate")]
fn watch(address: String, shown: ReadSignal<Figures>, show: WriteSignal<Figures>, lose: WriteSignal<bool>) {
    let ask = move || {
        let address = address.clone();
        leptos::task::spawn_local(async move {
            let pass = shown.get_untracked().pass;
            let heard = match look(&format!("{address}/so-lieu?ve={pass}"), false).await {
                Some((409, _)) => look(&address, true).await,
                heard => heard,
            };
            match heard {
                Some((200, mut figures)) => {
                    if figures.pass.is_empty() {
                        figures.pass = pass;
                    }
                    show.set(figures);
                    lose.set(false);
                }
                _ => lose.set(true),
            }
        });
    };
    let asking = set_interval_with_handle(ask, std::time::Duration::from_secs(5));
    if let Ok(asking) = asking {
        on_cleanup(move || asking.clear());
    }
}

#[cfg(feature = "hydrate")]
async fn look(address: &str, open: bool) -> Option<(u16, Figures)> {
    use gloo_net::http::{Method, RequestBuilder};
    let method = if open { Method::POST } else { Method::GET };
    let response = RequestBuilder::new(address).method(method).header("Accept", "application/json").send().await.ok()?;
    let status = response.status();
    let figures = if status == 200 { serde_json::from_str(&response.text().await.ok()?).ok()? } else { Figures::default() };
    Some((status, figures))
}
