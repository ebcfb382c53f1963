//! Totals of a running round: shown after a button is pressed, because every look is noted.

use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param_id, shown},
    parts::{Crumbs, Head, Notice, Table, admin_frame},
};
use domain::{id::RoundId, identity::Action, vietnamese::number};
use engine::results::RoundTotals;
use leptos::prelude::*;

/// The page; the totals stand on it only in answer to the button.
pub fn view() -> AnyView {
    let (engine, caller, round) = (engine(), caller(), param_id::<RoundId>("round"));
    let totals = shown::<RoundTotals>().map(|totals| totals_view(&totals));
    page(async move {
        let (caller, round) = (caller?, round?);
        caller.must(Action::WatchRound)?;
        let judged = engine.judged_round(&caller, round).await?;
        let way = vec![crumb("Việc cần làm", "/quan-tri"), crumb(judged.label.clone(), format!("/quan-tri/dot/{round}"))];
        let inside = view! {
            <Crumbs way=way here="Theo dõi"/>
            <Head title=format!("Theo dõi {}", judged.label) lede="Số người và số lượt khi đợt thi đang diễn ra."/>
            <Notice kind="warning">
                <p>"Khi câu dự đoán còn mở, không để lộ các con số này. Mỗi lần xem được ghi vào nhật ký cùng tên người xem."</p>
            </Notice>
            {totals}
            <form method="post">
                <p class="actions">
                    <button>"Xem số liệu lúc này"</button>
                    " "
                    <a class="button secondary" href=format!("/quan-tri/dot/{round}/truc-tiep")>"Số liệu trực tiếp"</a>
                    " "
                    <a class="button secondary" href=format!("/quan-tri/dot/{round}/nhan-tin")>"Lời nhắn, câu hỏi"</a>
                </p>
            </form>
        };
        Ok(admin_frame(&caller, inside))
    })
}

/// Notes the look and shows the totals.
pub fn look(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, round) = (ask.caller()?, ask.param_id::<RoundId>("round")?);
        Ok(Answer::show(ask.engine.watch_round(&caller, round).await?))
    })
}

fn totals_view(totals: &RoundTotals) -> AnyView {
    let divisions = totals
        .divisions
        .iter()
        .map(|line| {
            view! {
                <tr>
                    <th scope="row">{line.audience.label()}</th>
                    <td class="number">{number(line.people)}</td>
                    <td class="number">{number(line.attempts)}</td>
                    <td class="number">{number(line.running)}</td>
                </tr>
            }
        })
        .collect_view();
    let taking_part = totals.units.iter().filter(|(_, people)| *people > 0).count();
    let units = totals
        .units
        .iter()
        .map(|(name, people)| view! { <tr><th scope="row">{name.clone()}</th> <td class="number">{number(*people)}</td></tr> })
        .collect_view();
    view! {
        <h2>{format!("{}: {}", totals.contest, totals.round)}</h2>
        <Table id="bang-theo-doi" caption="Theo đối tượng" heads=vec!["Đối tượng", "#Người dự thi", "#Lượt dự thi", "#Đang làm bài"]>{divisions}</Table>
        <p>{format!("{taking_part}/{} đơn vị có người dự thi.", totals.units.len())}</p>
        <details>
            <summary>"Từng đơn vị"</summary>
            <Table id="bang-don-vi" caption="Người dự thi theo đơn vị" heads=vec!["Đơn vị", "#Người dự thi"]>{units}</Table>
        </details>
    }
    .into_any()
}
