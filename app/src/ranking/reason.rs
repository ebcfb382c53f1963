//! A reason inside a form that stands many times on one page: each has its own target, and keeps what was typed.

use crate::{parts::Hidden, submitted::submitted};
use leptos::prelude::*;

/// The field `reason` of the form for this target, with the target itself.
#[component]
pub fn Reason(
    /// What the reason is about: an id, or a word.
    target: String,
    /// The label.
    label: &'static str,
) -> impl IntoView {
    let form = submitted().filter(|form| form.value("target") == Some(target.as_str()));
    let typed = form.as_ref().and_then(|form| form.value("reason")).unwrap_or_default().to_owned();
    let refused = form.and_then(|form| form.refusal("reason"));
    // The refused field carries the plain id that the list of refusals leads to.
    let id = if refused.is_some() { "reason".to_owned() } else { format!("reason-{target}") };
    let error = refused.map(|refusal| view! { <p class="error" id="reason-error">{refusal.words()}</p> });
    view! {
        <Hidden name="target" value=target/>
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                name="reason"
                value=typed
                maxlength="1000"
                aria-invalid=refused.is_some().then_some("true")
                aria-describedby=refused.is_some().then_some("reason-error")
            />
            {error}
        </div>
    }
}
