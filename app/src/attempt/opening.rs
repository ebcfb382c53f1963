//! The island of the waiting page: the start button wakes when this person's start has come.

use leptos::prelude::*;

/// The form that starts; before its moment the button sleeps. Nothing starts by itself: a start costs an attempt.
#[island]
pub fn Opening(
    /// Where the form is sent.
    action: String,
    /// The round.
    round: String,
    /// The words of the button.
    words: String,
    /// Milliseconds until this person's start, when the page was made.
    wait: i64,
) -> impl IntoView {
    let (open, set_open) = signal(wait <= 0);
    #[cfg(feature = "hydrate")]
    wake(wait, set_open);
    // On the server nothing wakes.
    #[cfg(not(feature = "hydrate"))]
    let _ = set_open;
    view! {
        <form method="post" action=action>
            <input type="hidden" name="round" value=round/>
            <p class="actions"><button disabled=move || !open.get()>{words}</button></p>
        </form>
        <p role="status">{move || if open.get() { "Đợt thi đã mở, mời anh/chị bấm nút để bắt đầu." } else { "" }}</p>
    }
}

/// Looks four times a second; a phone that slept sees the truth when it wakes.
#[cfg(feature = "hydrate")]
fn wake(wait: i64, set_open: WriteSignal<bool>) {
    let since = crate::since_made::SinceMade::new();
    let ticking = set_interval_with_handle(
        move || {
            if since.passed() >= wait {
                // Waking twice would write over a focus for nothing: it is set once and stays.
                set_open.maybe_update(|open| !std::mem::replace(open, true));
            }
        },
        std::time::Duration::from_millis(250),
    );
    if let Ok(ticking) = ticking {
        on_cleanup(move || ticking.clear());
    }
}
