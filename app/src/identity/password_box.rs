//! A password's box with a button that shows what was typed; without scripts it is the box alone.

use leptos::prelude::*;

/// The box and its button.
#[island]
pub fn PasswordBox(
    /// The field's name, and the control's id.
    name: String,
    /// What browsers may fill in: `current-password` or `new-password`.
    autocomplete: String,
    /// The ids of what describes it.
    described: Option<String>,
    /// Whether it was refused.
    refused: bool,
) -> impl IntoView {
    let awake = RwSignal::new(false);
    let shown = RwSignal::new(false);
    // Effects run in the browser only: until then the button would do nothing, so it is not there.
    Effect::new(move || awake.set(true));
    view! {
        <div class="joined">
            <input
                id=name.clone()
                name=name
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=refused.then_some("true")
            />
            <button
                type="button"
                class="secondary"
                hidden=move || !awake.get()
                aria-pressed=move || shown.get().to_string()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                "Hiện"
                <span class="visually-hidden">" mật khẩu"</span>
            </button>
        </div>
    }
}
