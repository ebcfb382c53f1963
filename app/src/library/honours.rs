//! The honour roll (vinh danh): winners of every published round, the newest first.

use crate::{
    page::{engine, page},
    parts::{Badge, Empty, Head, ShareCard},
    results::parts::audience_name,
};
use domain::{
    identity::Audience,
    results::{CollectivePrize, Winner, prize_name},
};
use engine::results::HonouredRound;
use leptos::prelude::*;

const LEDE: &str = "Tập thể, cá nhân đạt giải ở các cuộc thi đã công bố kết quả.";

/// The page.
pub fn view() -> AnyView {
    let engine = engine();
    page(async move {
        let rounds: Vec<_> =
            engine.honoured("").await?.into_iter().filter(|round| !round.winners.is_empty() || !round.collective.is_empty()).collect();
        let list = if rounds.is_empty() {
            view! { <Empty title="Chưa có kết quả nào được công bố"/> }.into_any()
        } else {
            rounds.into_iter().map(honoured).collect_view().into_any()
        };
        Ok(view! {
            <ShareCard title="Vinh danh" summary=LEDE/>
            <Head title="Vinh danh" lede=LEDE/>
            {list}
            <p><a href="/dien-hinh">"Điển hình tiên tiến"</a></p>
        }
        .into_any())
    })
}

fn honoured(honoured: HonouredRound) -> AnyView {
    let round = honoured.round;
    let address = format!("/ket-qua/{}/{}", round.slug, round.position);
    let sample = round.simulated.then(|| view! { " " <Badge tone="warn" text="Dữ liệu mô phỏng"/> });
    let people = Audience::ALL
        .iter()
        .filter_map(|audience| {
            let own: Vec<_> = honoured.winners.iter().filter(|winner| winner.audience == *audience).cloned().map(person).collect();
            (!own.is_empty()).then(|| view! { <h3>{audience_name(*audience)}</h3> <ul class="cards">{own}</ul> })
        })
        .collect_view();
    let units: Vec<_> = honoured.collective.into_iter().map(collective).collect();
    let units = (!units.is_empty()).then(|| view! { <h3>"Giải tập thể"</h3> <ul class="cards">{units}</ul> });
    view! {
        <section>
            <h2>{round.title} " – " {round.label}</h2>
            <p class="meta">"Công bố ngày " {round.published_at.date()} {sample} " · " <a href=address>"Kết quả đầy đủ"</a></p>
            {people}
            {units}
        </section>
    }
    .into_any()
}

fn person(winner: Winner) -> AnyView {
    let name = winner.name.unwrap_or_else(|| "Người đạt giải không công bố tên".to_owned());
    view! {
        <li>
            <article class="card honour" data-prize=winner.rank.to_string()>
                <p class="meta">{prize_name(&winner.prize, winner.span)}</p>
                <h4>{name}</h4>
                <p>{winner.unit}</p>
                <p class="meta">"Mã dự thi " {winner.code}</p>
            </article>
        </li>
    }
    .into_any()
}

fn collective(prize: CollectivePrize) -> AnyView {
    view! {
        <li>
            <article class="card honour" data-prize=prize.rank.to_string()>
                <p class="meta">{prize_name(&prize.prize, prize.span)} " · " {prize.block.label()}</p>
                <h4>{prize.name}</h4>
            </article>
        </li>
    }
    .into_any()
}
