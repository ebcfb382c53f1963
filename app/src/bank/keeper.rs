//! The island around the editor: it keeps the draft, shows the preview and listens to keys.
//!
//! Everything it shows was made by the server; without it the form has buttons for the same.

use leptos::prelude::*;

/// Watches the form within: previews and saves shortly after each change.
#[island]
pub fn DraftKeeper(
    /// The question's id.
    question: String,
    /// The form and the preview.
    children: Children,
) -> impl IntoView {
    let editor = NodeRef::<leptos::html::Div>::new();
    #[cfg(feature = "hydrate")]
    super::live::watch(editor, question);
    #[cfg(not(feature = "hydrate"))]
    let _ = question;
    view! { <div class="editor" node_ref=editor>{children()}</div> }
}
