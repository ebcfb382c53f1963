//! The island that keeps the sheet: it takes over the form that the server rendered.
//!
//! Nothing of a question is a prop; what the island needs of the sheet it finds on the page.

use leptos::prelude::*;

/// Clock, saving, queue and takeover of the sheet on this page.
#[island]
pub fn SheetKeeper(
    /// The attempt.
    attempt: String,
    /// When the time is up, in milliseconds since 1970.
    deadline: i64,
    /// What the clock of the server said when it rendered the page.
    now: i64,
    /// Which tab or device had the sheet then.
    hold: i64,
    /// The number of the newest kept save then.
    seq: i64,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    super::browser::keep(format!("/thi/{attempt}"), deadline, now, hold, seq);
    #[cfg(not(feature = "hydrate"))]
    let _ = (attempt, deadline, now, hold, seq);
    // What is announced: minutes left, takeover; never each second.
    view! { <p class="visually-hidden" id="loi-nhac" role="status" aria-live="assertive"></p> }
}
