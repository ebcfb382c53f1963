//! Lists of published rounds: of all contests, and of one.

use crate::{
    page::{crumb, engine, page, param},
    parts::{Crumbs, Empty, Head, Moment, ShareCard, simulated_contest},
};
use domain::vietnamese::number;
use engine::results::PublishedRound;
use leptos::prelude::*;

const LEDE: &str = "Kết quả chính thức của các đợt thi, giữ nguyên như lúc công bố.";

/// Every published round, the newest first.
pub fn all() -> AnyView {
    let engine = engine();
    page(async move {
        let rounds = engine.published_rounds("").await?;
        Ok(view! {
            <ShareCard title="Kết quả" summary=LEDE/>
            <Head title="Kết quả" lede=LEDE/>
            {cards(rounds, true)}
        }
        .into_any())
    })
}

/// The published rounds of one contest; without any, when they are expected.
pub fn of_contest() -> AnyView {
    let (engine, slug) = (engine(), param("slug"));
    page(async move {
        let contest = engine.contest_page(&slug).await?;
        let rounds = engine.published_rounds(&slug).await?;
        let expected = contest
            .rounds
            .iter()
            .filter(|round| !rounds.iter().any(|published| published.round == round.id))
            .filter_map(|round| round.results_expected.map(|at| format!("{}: dự kiến công bố ngày {}.", round.label, at.date())))
            .map(|line| view! { <li>{line}</li> })
            .collect::<Vec<_>>();
        let title = contest.title.clone();
        Ok(view! {
            <ShareCard title=format!("Kết quả: {title}") summary=format!("Kết quả chính thức các đợt của {title}.") card=format!("/the/cuoc-thi/{slug}")/>
            {simulated_contest(contest.simulated)}
            <Crumbs way=vec![crumb("Kết quả", "/ket-qua")] here=title.clone()/>
            <Head title=format!("Kết quả: {title}")>
                <a class="button secondary" href=format!("/cuoc-thi/{slug}")>"Trang cuộc thi"</a>
            </Head>
            {cards(rounds, false)}
            {(!expected.is_empty()).then(|| view! { <section><h2>"Sắp công bố"</h2> <ul>{expected}</ul></section> })}
        }
        .into_any())
    })
}

fn cards(rounds: Vec<PublishedRound>, with_contest: bool) -> AnyView {
    if rounds.is_empty() {
        return view! {
            <Empty title="Chưa có kết quả nào được công bố">
                <p>"Kết quả được công bố tại đây sau khi Ban Tổ chức phê duyệt."</p>
            </Empty>
        }
        .into_any();
    }
    let cards = rounds.into_iter().map(|round| card(round, with_contest)).collect_view();
    view! { <ul class="cards">{cards}</ul> }.into_any()
}

fn card(round: PublishedRound, with_contest: bool) -> impl IntoView {
    let address = format!("/ket-qua/{}/{}", round.slug, round.position);
    let name = if with_contest { format!("{}: {}", round.title, round.label) } else { round.label };
    view! {
        <li>
            <article class="card">
                <p class="meta">"Công bố lúc " <Moment at=round.published_at/></p>
                <h2><a href=address>{name}</a></h2>
                <p>{number(round.people)} " người dự thi · " {number(round.attempts)} " lượt dự thi"</p>
                {round.simulated.then(|| view! { <p><span class="badge" data-tone="warn">"Dữ liệu mô phỏng"</span></p> })}
            </article>
        </li>
    }
}
