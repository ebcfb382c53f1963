//! A password's field: label, hint, box with its button, and why it was refused.

use super::PasswordBox;
use crate::submitted::submitted;
use leptos::prelude::*;

/// The field; what was typed is never shown again. Its page must be lively for the button to appear.
#[component]
pub fn PasswordField(
    /// The field's name, and the control's id.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// What browsers may fill in: `current-password` or `new-password`.
    autocomplete: &'static str,
    /// A hint between label and control.
    #[prop(optional)]
    hint: &'static str,
) -> impl IntoView {
    let refusal = submitted().and_then(|form| form.refusal(name));
    let (hint_id, error_id) = (format!("{name}-hint"), format!("{name}-error"));
    let described: Vec<&str> =
        [(!hint.is_empty()).then_some(hint_id.as_str()), refusal.map(|_| error_id.as_str())].into_iter().flatten().collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    view! {
        <div class="field">
            <label for=name>{label}</label>
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id.clone()>{hint}</p> })}
            <PasswordBox name=name.to_owned() autocomplete=autocomplete.to_owned() described=described refused=refusal.is_some()/>
            {refusal.map(|refusal| view! { <p class="error" id=error_id.clone()>{refusal.words()}</p> })}
        </div>
    }
}
