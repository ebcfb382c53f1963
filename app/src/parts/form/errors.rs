//! What was refused, above a form.

use crate::submitted::submitted;
use leptos::prelude::*;

/// What was refused in this form, above it, each with a link to its field.
#[component]
pub fn FormErrors(
    /// The names of this form's fields with what people call them.
    fields: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let form = submitted()?;
    if form.refused.is_empty() {
        return None;
    }
    let lines = form
        .refused
        .iter()
        .map(|(field, refusal)| {
            let name = field.0.to_string();
            let called = fields.iter().find(|(field, _)| *field == name).map(|(_, called)| format!("{called}: ")).unwrap_or_default();
            view! { <li><a href=format!("#{name}")>{format!("{called}{}", refusal.words())}</a></li> }
        })
        .collect_view();
    Some(view! {
        <div class="notice" data-kind="error" role="alert">
            <h2>"Chưa gửi được"</h2>
            <ul>{lines}</ul>
        </div>
    })
}
