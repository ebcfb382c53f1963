//! The island of the trial sheet: the keeper of a real one, and a button that cuts the network.

use leptos::prelude::*;

/// For how many seconds the button cuts the network.
const CUT_SECONDS: u64 = 10;

/// Clock, saving and queue as on a real sheet; and a cut network, to see what happens.
#[island]
pub fn TrialKeeper(
    /// The address of the trial sheet.
    address: String,
    /// When the time is up, in milliseconds since 1970.
    deadline: i64,
    /// What the clock of the server said when it rendered the page.
    now: i64,
    /// The number of the newest save then.
    seq: i64,
) -> impl IntoView {
    let (ready, set_ready) = signal(false);
    let (cut, set_cut) = signal(false);
    #[cfg(feature = "hydrate")]
    {
        crate::attempt::browser::keep(address, deadline, now, 0, seq);
        // Without JavaScript there is nothing to cut.
        Effect::new(move |_| set_ready.set(true));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (address, deadline, now, seq, set_ready);
    let cut_now = move |_| {
        set_cut.set(true);
        #[cfg(feature = "hydrate")]
        crate::attempt::browser::trial::cut(std::time::Duration::from_secs(CUT_SECONDS), move || set_cut.set(false));
    };
    let told = move || {
        if cut.get() {
            "Đang ngắt mạng thử: anh/chị cứ trả lời tiếp và xem dòng báo lưu ở đầu trang."
        } else {
            ""
        }
    };
    view! {
        <p class="visually-hidden" id="loi-nhac" role="status" aria-live="assertive"></p>
        <p class="actions" hidden=move || !ready.get()>
            <button type="button" class="secondary" id="ngat-mang" disabled=move || cut.get() on:click=cut_now>
                {format!("Ngắt mạng thử {CUT_SECONDS} giây")}
            </button>
        </p>
        <p role="status">{told}</p>
    }
}
