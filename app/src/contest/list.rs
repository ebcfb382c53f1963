//! Every contest, for organisers.

use super::tabs::{contest_address, round_address};
use crate::{
    page::{caller, engine, page},
    parts::{Badge, Empty, Head, admin_frame},
};
use engine::contest::Contest;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        let contests = engine.contests(&caller).await?;
        let work = view! {
            <Head title="Cuộc thi và đợt thi">
                <a class="button" href="/quan-tri/cuoc-thi/moi">"Tạo cuộc thi"</a>
            </Head>
            {if contests.is_empty() { view! { <Empty title="Chưa có cuộc thi nào"/> }.into_any() } else { cards(&contests) }}
        };
        Ok(admin_frame(&caller, work))
    })
}

fn cards(contests: &[Contest]) -> AnyView {
    let cards = contests
        .iter()
        .map(|contest| {
            let rounds = contest
                .rounds
                .iter()
                .map(|round| {
                    let (label, state) = (round.settings.label.clone(), round.state);
                    view! { <li><a href=round_address(round.id)>{label}</a> " " <Badge tone=state.tone() text=state.label()/></li> }
                })
                .collect_view();
            view! {
                <li>
                    <article class="card">
                        <p class="meta">{contest.settings.host.clone()}</p>
                        <h3><a href=contest_address(&contest.settings.slug)>{contest.settings.title.clone()}</a></h3>
                        <p><Badge tone=contest.state.tone() text=contest.state.label()/></p>
                        <ul>{rounds}</ul>
                    </article>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="cards">{cards}</ul> }.into_any()
}
