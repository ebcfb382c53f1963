//! Two versions of a text in one: what was taken out and what was put in.

use domain::bank::Part;
use leptos::prelude::*;

/// The stretches of a compared text, inside a `.diff`.
pub fn stretches(parts: &[Part]) -> AnyView {
    let stretch = |part: &Part| match part {
        Part::Same(text) => view! { {text.clone()} }.into_any(),
        Part::Added(text) => view! { <ins>{text.clone()}</ins> }.into_any(),
        Part::Removed(text) => view! { <del>{text.clone()}</del> }.into_any(),
    };
    parts.iter().map(stretch).collect_view().into_any()
}
