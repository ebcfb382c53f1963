//! The prize table (cơ cấu giải thưởng) as the public reads it.

use domain::{
    contest::{Prize, PrizeScope},
    vietnamese,
};
use leptos::prelude::*;

/// A table for each scope; nothing when there are no prizes.
pub fn prizes(prizes: &[Prize]) -> Option<AnyView> {
    let tables: Vec<_> = PrizeScope::all()
        .filter_map(|scope| {
            let rows: Vec<_> = prizes.iter().filter(|prize| prize.scope == scope).map(row).collect();
            (!rows.is_empty()).then(|| {
                let id = format!("giai-{}", scope.code());
                view! {
                    <figure class="table" tabindex="0" aria-labelledby=id.clone()>
                        <table>
                            <caption id=id.clone()>{scope.label()}</caption>
                            <thead>
                                <tr>
                                    <th scope="col">"Giải"</th>
                                    <th scope="col" class="number">"Số lượng"</th>
                                    <th scope="col" class="number">"Trị giá mỗi giải"</th>
                                </tr>
                            </thead>
                            <tbody>{rows}</tbody>
                        </table>
                    </figure>
                }
            })
        })
        .collect();
    (!tables.is_empty()).then(|| tables.into_any())
}

fn row(prize: &Prize) -> impl IntoView + use<> {
    let value = if prize.value == 0 { "–".to_owned() } else { format!("{} đồng", vietnamese::number(prize.value)) };
    view! {
        <tr>
            <th scope="row">{prize.name.clone()}</th>
            <td class="number">{format!("{:02}", prize.quantity)}</td>
            <td class="number">{value}</td>
        </tr>
    }
}
