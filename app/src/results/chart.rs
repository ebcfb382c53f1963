//! Bars drawn on the server: a table that everybody can read, with an SVG bar in each row.

use leptos::prelude::*;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// What it stands for.
    pub name: String,
    /// Its length in tenths of a per cent.
    pub tenths: i64,
    /// The figure beside it.
    pub figure: String,
    /// A smaller figure behind it.
    pub detail: String,
}

/// A chart of bars: what people see drawn they also read as a table.
pub fn bars(title: &str, heads: [&'static str; 2], rows: Vec<Bar>) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|bar| {
            let tenths = bar.tenths.clamp(0, 1_000);
            let width = format!("{}.{}", tenths / 10, tenths % 10);
            view! {
                <tr data-full=(tenths == 1_000).then_some("")>
                    <th scope="row">{bar.name}</th>
                    <td>
                        <svg viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
                            <rect class="track" width="100" height="1"></rect>
                            <rect class="bar" width=width height="1"></rect>
                        </svg>
                    </td>
                    <td class="number">{bar.figure} " " <small>{bar.detail}</small></td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <figure class="chart">
            <figcaption>{title.to_owned()}</figcaption>
            <table class="bars">
                <thead class="visually-hidden">
                    <tr><th scope="col">{heads[0]}</th> <th scope="col">"Biểu đồ"</th> <th scope="col">{heads[1]}</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </figure>
    }
    .into_any()
}
