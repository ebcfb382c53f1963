//! The announcement of a round: everything that a newspaper or the portal copies, at a permanent address.

use super::{own, parts, units, whole_contest, winners};
use crate::{
    page::{crumb, engine, page, param, query, visitor},
    parts::{Crumbs, Head, Moment, Notice, ShareCard},
};
use domain::Refusal;
use engine::{
    report,
    results::{ResultsPage, VersionLine},
};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, viewer, slug) = (engine(), visitor().caller, param("slug"));
    let (position, version) = (param("position").parse::<i64>(), query("ban"));
    page(async move {
        let position = position.map_err(|_| Refusal::NotFound)?;
        let version = match version.as_str() {
            "" => None,
            typed => Some(typed.parse::<i64>().map_err(|_| Refusal::NotFound)?),
        };
        let results = engine.results(&slug, position, version).await?;
        let own = match &viewer {
            Some(viewer) => engine.own_place(viewer, &slug, position).await?,
            None => None,
        };
        let mine = own::card(viewer.is_some(), own, &address(&results));
        Ok(announcement(&results, mine))
    })
}

/// The permanent address of a round's results.
pub fn address(results: &ResultsPage) -> String {
    format!("/ket-qua/{}/{}", results.slug, results.position)
}

/// The address of its share card: one for each version, because those who show it keep it.
pub fn card(results: &ResultsPage) -> String {
    format!("{}/the.png?ban={}", address(results), results.version)
}

fn announcement(results: &ResultsPage, mine: AnyView) -> AnyView {
    let facts = &results.announcement.facts;
    let title = format!("Kết quả {}: {}", facts.round, facts.contest);
    let divisions = facts.divisions.iter().map(parts::division).collect_view();
    let way = vec![crumb("Kết quả", "/ket-qua"), crumb(facts.contest.clone(), format!("/ket-qua/{}", results.slug))];
    view! {
        <ShareCard title=title.clone() summary=results.summary.clone() card=card(results)/>
        {results.simulated.then(|| view! { <Notice kind="sample"><p>"Toàn bộ số liệu và tên người trên trang này là dữ liệu mô phỏng."</p></Notice> })}
        <Crumbs way=way here=facts.round.clone()/>
        <Head title=title lede=format!("Đơn vị chủ trì: {}", facts.host)/>
        {superseded(results)}
        {official(results)}
        {parts::tallies(facts)}
        {mine}
        {winners::winners(&results.announcement, results.simulated)}
        {winners::top(&results.top)}
        {whole_contest::view(results)}
        <section aria-labelledby="so-lieu">
            <h2 id="so-lieu">"Số liệu theo đối tượng"</h2>
            <p>{facts.rule.clone()}</p>
            {divisions}
        </section>
        {(!facts.blocks.is_empty()).then(|| view! { <section><h2>"Tham gia theo khối"</h2> {parts::blocks(&facts.blocks)}</section> })}
        {units::board(results)}
        {summary(results)}
        {take_away(results)}
        {history(&results.history, &address(results))}
    }
    .into_any()
}

/// What an old version says first.
fn superseded(results: &ResultsPage) -> Option<AnyView> {
    let old = results.history.iter().any(|line| line.version == results.version && !line.current);
    let address = address(results);
    old.then(|| {
        view! {
            <Notice kind="warning">
                <p>"Đây là bản đã được đính chính. " <a href=address>"Xem kết quả đang có hiệu lực"</a> "."</p>
            </Notice>
        }
        .into_any()
    })
}

/// The frame of "Kết quả chính thức": cut-off, publication, version, decision.
fn official(results: &ResultsPage) -> AnyView {
    let announcement = &results.announcement;
    let decision = (!announcement.decision_number.is_empty()).then(|| {
        let date = announcement.decision_date.map(|date| format!(" ngày {}", date.date())).unwrap_or_default();
        let number = format!("{}{date}", announcement.decision_number);
        let words = match &results.decision_file {
            Some(hash) => view! { <a href=format!("/tep/{hash}")>{number}</a> " " <small>"(PDF đã ký)"</small> }.into_any(),
            None => number.into_any(),
        };
        view! { <div><dt>"Quyết định"</dt><dd>{words}</dd></div> }
    });
    view! {
        <section class="official" aria-labelledby="chinh-thuc">
            <h2 id="chinh-thuc">"Kết quả chính thức"</h2>
            <dl class="facts">
                <div><dt>"Tính đến"</dt><dd><Moment at=announcement.facts.closed_at/></dd></div>
                {results.published_at.map(|at| view! { <div><dt>"Công bố"</dt><dd><Moment at=at/></dd></div> })}
                <div><dt>"Bản kết quả"</dt><dd>{results.version}</dd></div>
                {decision}
            </dl>
        </section>
    }
    .into_any()
}

fn summary(results: &ResultsPage) -> AnyView {
    let press = results.press_contact.clone();
    view! {
        <section aria-labelledby="tom-tat">
            <h2 id="tom-tat">"Bản tin tóm tắt"</h2>
            <blockquote class="summary"><p>{results.summary.clone()}</p></blockquote>
            {(!press.is_empty()).then(|| view! { <p>"Liên hệ báo chí: " {press}</p> })}
        </section>
    }
    .into_any()
}

/// Sheets, card and print.
fn take_away(results: &ResultsPage) -> AnyView {
    let base = format!("{}/tep", address(results));
    let ban = format!("?ban={}", results.version);
    let sheets = report::tables(results)
        .into_iter()
        .filter(|table| !table.rows.is_empty())
        .map(|table| view! { <li><a href=format!("{base}/{}.csv{ban}", table.code)>{format!("{} (CSV)", table.name)}</a></li> })
        .collect_view();
    view! {
        <section class="no-print" aria-labelledby="tai-ve">
            <h2 id="tai-ve">"Tải về"</h2>
            <ul class="files">
                <li><a href=format!("{base}/ket-qua.xlsx{ban}")>"Tất cả bảng số liệu (XLSX)"</a></li>
                {sheets}
                <li><a href=card(results)>"Ảnh chia sẻ 1200 × 630 (PNG)"</a></li>
            </ul>
            <p class="meta">"Trang này in được trên khổ A4 bằng lệnh in của trình duyệt; phần không cần thiết tự lược bỏ."</p>
        </section>
    }
    .into_any()
}

fn history(lines: &[VersionLine], address: &str) -> Option<AnyView> {
    if lines.len() < 2 {
        return None;
    }
    let lines = lines
        .iter()
        .map(|line| {
            let reason = if line.reason.is_empty() {
                "Công bố lần đầu.".to_owned()
            } else {
                format!("Lý do đính chính: {}", line.reason)
            };
            let now = line.current.then_some(" (đang có hiệu lực)");
            view! {
                <li>
                    <p><a href=format!("{address}?ban={}", line.version)>{format!("Bản {}", line.version)}</a> {now}</p>
                    <p class="meta"><Moment at=line.published_at/></p>
                    <p>{reason}</p>
                </li>
            }
        })
        .collect_view();
    Some(view! { <section aria-labelledby="dinh-chinh"><h2 id="dinh-chinh">"Lịch sử đính chính"</h2> <ol class="history">{lines}</ol></section> }.into_any())
}
