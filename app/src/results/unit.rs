//! The page of one unit in a published round.

use super::{
    announcement::{address, card},
    units::{headcount, rate},
};
use crate::{
    page::{crumb, engine, page, param, visitor},
    parts::{Crumbs, Head, Notice, ShareCard},
};
use domain::{
    Refusal,
    results::prize_name,
    vietnamese::{decimal, number},
};
use engine::results::{UnitLine, UnitPage};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, viewer, slug, code) = (engine(), visitor().caller, param("slug"), param("code"));
    let position = param("position").parse::<i64>();
    page(async move {
        let position = position.map_err(|_| Refusal::NotFound)?;
        let unit = engine.unit_page(viewer.as_ref(), (&slug, position), &code).await?;
        Ok(unit_view(&unit))
    })
}

fn unit_view(unit: &UnitPage) -> AnyView {
    let page = &unit.page;
    let facts = &page.announcement.facts;
    let round = address(page);
    let summary = format!("Kết quả của {} trong {} của cuộc thi {}.", unit.name, facts.round, facts.contest);
    let way = vec![
        crumb("Kết quả", "/ket-qua"),
        crumb(facts.contest.clone(), format!("/ket-qua/{}", page.slug)),
        crumb(facts.round.clone(), round.clone()),
    ];
    let line = match &unit.line {
        Some(line) => figures(line, unit.placed_in_block),
        None => view! { <Notice kind="info"><p>"Số liệu của đơn vị này không công bố. Người đã dự thi cho đơn vị và đầu mối của đơn vị đăng nhập để xem."</p></Notice> }.into_any(),
    };
    let rounds = unit
        .rounds
        .iter()
        .map(|(position, label)| {
            let current = (*position == page.position).then_some("page");
            view! { <li><a href=format!("/ket-qua/{}/{position}/don-vi/{}", page.slug, unit.code) aria-current=current>{label.clone()}</a></li> }
        })
        .collect_view();
    view! {
        <ShareCard title=format!("{}: {}", unit.name, facts.contest) summary=summary card=card(page)/>
        {page.simulated.then(|| view! { <Notice kind="sample"><p>"Số liệu và tên người trên trang này là dữ liệu mô phỏng."</p></Notice> })}
        <Crumbs way=way here=unit.name.clone()/>
        <Head title=unit.name.clone() lede=format!("{} · {}", facts.round, facts.contest)/>
        {(unit.rounds.len() > 1).then(|| view! { <nav class="tabs" aria-label="Các đợt"><ul>{rounds}</ul></nav> })}
        {line}
        {won(unit)}
        <p><a href=round>"Toàn bộ kết quả của đợt"</a></p>
    }
    .into_any()
}

fn figures(line: &UnitLine, placed: i64) -> AnyView {
    let place = match line.place {
        Some(place) => format!("{place} trên {placed} đơn vị được xếp hạng trong {}", line.block.label().to_lowercase()),
        None => "chưa xếp hạng (chưa đủ số người tối thiểu hoặc chưa có số liệu)".to_owned(),
    };
    view! {
        <dl class="facts">
            <div><dt>"Hạng"</dt><dd>{place}</dd></div>
            <div><dt>"Người dự thi"</dt><dd>{number(line.people)}</dd></div>
            <div><dt>"Lượt dự thi"</dt><dd>{number(line.attempts)}</dd></div>
            <div><dt>"Số CBCCVC và người lao động"</dt><dd>{headcount(line)}</dd></div>
            <div><dt>"Tỷ lệ tham gia"</dt><dd>{rate(line)}</dd></div>
            <div><dt>"Điểm trung bình"</dt><dd>{decimal(line.mean_milli, 3)}</dd></div>
        </dl>
    }
    .into_any()
}

fn won(unit: &UnitPage) -> Option<AnyView> {
    if unit.winners.is_empty() && unit.prizes.is_empty() {
        return None;
    }
    let people = unit.winners.iter().map(|winner| {
        let name = winner.name.clone().unwrap_or_else(|| format!("Người dự thi mã {}", winner.code));
        (winner.rank, prize_name(&winner.prize, winner.span), name)
    });
    let prizes = unit.prizes.iter().map(|prize| (prize.rank, prize_name(&prize.prize, prize.span), "Giải tập thể của đơn vị".to_owned()));
    let cards = prizes
        .chain(people)
        .map(|(rank, prize, who)| {
            view! { <li data-prize=rank.min(4).to_string()><p class="prize">{prize}</p> <h3>{who}</h3></li> }
        })
        .collect_view();
    Some(view! { <section><h2>"Giải thưởng"</h2> <ol class="podium">{cards}</ol></section> }.into_any())
}
