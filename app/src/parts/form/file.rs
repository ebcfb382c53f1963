//! The field that sends a file.

use super::Framed;
use leptos::prelude::*;

/// A file. Its form needs `enctype="multipart/form-data"`.
#[component]
pub fn FileField(
    /// The field's name, and the control's id.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// What the browser offers: `.xlsx,.csv` or `image/png`.
    accept: &'static str,
    /// A hint between label and control.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let frame = Framed::new(&name, &hint);
    let control = view! {
        <input type="file" id=name.clone() name=name accept=accept aria-describedby=frame.described() aria-invalid=frame.invalid()/>
    };
    frame.around("field upload", label, control)
}
