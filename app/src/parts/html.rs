//! Sanitised HTML: the only way by which markup from a text reaches a page.

use engine::SafeHtml;
use leptos::prelude::*;

/// A rendered text of paragraphs.
#[component]
pub fn Html(
    /// The sanitised markup.
    text: SafeHtml,
) -> impl IntoView {
    view! { <div class="markdown" inner_html=text.as_str().to_owned()></div> }
}

/// The address of an uploaded file.
pub fn file_address(hash: &[u8]) -> String {
    hash.iter().fold("/tep/".to_owned(), |address, byte| format!("{address}{byte:02x}"))
}

/// A rendered text of one line.
#[component]
pub fn Line(
    /// The sanitised markup.
    text: SafeHtml,
) -> impl IntoView {
    view! { <span class="markdown" inner_html=text.as_str().to_owned()></span> }
}
