//! Tables that a phone can hold, and the links between their pages.

use leptos::prelude::*;

/// A table with a caption in a frame that scrolls sideways.
#[component]
pub fn Table(
    /// A unique id for the caption.
    id: &'static str,
    /// What the table shows.
    #[prop(into)]
    caption: String,
    /// Column heads; those that start with `#` are figures.
    heads: Vec<&'static str>,
    /// Below 640 px each row becomes a card (cells need `data-label`).
    #[prop(optional)]
    stack: bool,
    /// The rows.
    children: Children,
) -> impl IntoView {
    let heads = heads
        .into_iter()
        .map(|head| match head.strip_prefix('#') {
            Some(figure) => view! { <th scope="col" class="number">{figure}</th> }.into_any(),
            None => view! { <th scope="col">{head}</th> }.into_any(),
        })
        .collect_view();
    view! {
        <figure class="table" tabindex="0" aria-labelledby=id>
            <table data-stack=stack.then_some("")>
                <caption id=id>{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{children()}</tbody>
            </table>
        </figure>
    }
}

/// Links to the pages of a long list; `address` gets `trang=N` appended.
#[component]
pub fn Pagination(
    /// The address with its query, ending in `?` or `&`.
    #[prop(into)]
    address: String,
    /// This page, from 1.
    page: u32,
    /// The last page.
    last: u32,
) -> impl IntoView {
    (last > 1).then(|| {
        let link = |to: u32, rel: Option<&'static str>, name: String| {
            let current = (to == page && rel.is_none()).then_some("page");
            view! { <li><a href=format!("{address}trang={to}") rel=rel aria-current=current>{name}</a></li> }
        };
        let near =
            (1..=last).filter(|n| *n == 1 || *n == last || n.abs_diff(page) <= 2).map(|n| link(n, None, n.to_string())).collect_view();
        view! {
            <nav class="pages" aria-label="Phân trang">
                <ul>
                    {(page > 1).then(|| link(page - 1, Some("prev"), "Trước".into()))}
                    {near}
                    {(page < last).then(|| link(page + 1, Some("next"), "Sau".into()))}
                </ul>
            </nav>
        }
    })
}
