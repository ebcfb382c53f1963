//! The live board of an open round, where its rules allow one: plain HTML that is loaded again by a link.

use crate::{
    page::{crumb, engine, page, param},
    parts::{Crumbs, Head, Moment, Notice, ShareCard, Table},
};
use domain::{Refusal, vietnamese::number};
use leptos::prelude::*;

const LEDE: &str = "Số người đã dự thi của từng đơn vị trong lúc đợt thi đang mở.";

/// The address of the board.
pub fn address(slug: &str, position: i64) -> String {
    format!("/cuoc-thi/{slug}/truc-tiep/{position}")
}

/// The page.
pub fn view() -> AnyView {
    let (engine, slug, position) = (engine(), param("slug"), param("position").parse::<i64>());
    page(async move {
        let position = position.map_err(|_| Refusal::NotFound)?;
        let board = engine.live_board(&slug, position).await?;
        let way = vec![crumb(board.contest.clone(), format!("/cuoc-thi/{slug}"))];
        let taking_part = board.units.iter().filter(|(_, people)| *people > 0).count();
        let rows = board
            .units
            .iter()
            .map(|(name, people)| view! { <tr><th scope="row">{name.clone()}</th><td class="number">{number(*people)}</td></tr> })
            .collect_view();
        Ok(view! {
            <ShareCard title=format!("Bảng trực tiếp: {}", board.round) summary=LEDE card=format!("/the/cuoc-thi/{slug}")/>
            {board.simulated.then(|| view! { <Notice kind="sample"><p>"Số liệu trên trang này là dữ liệu mô phỏng."</p></Notice> })}
            <Crumbs way=way here="Bảng trực tiếp"/>
            <Head title=format!("Bảng trực tiếp: {}", board.round) lede=LEDE/>
            <p>
                "Cập nhật lúc " <b>{board.at.second()}</b> " ngày " {board.at.date()} ". "
                <a href=address(&slug, position)>"Tải lại số liệu mới"</a>
            </p>
            <p>{format!("{taking_part}/{} đơn vị đã có người dự thi. ", board.units.len())} "Đợt thi đóng lúc " <Moment at=board.closes_at/> "."</p>
            <Table id="bang-truc-tiep" caption="Người đã dự thi theo đơn vị" heads=vec!["Đơn vị", "#Người dự thi"]>{rows}</Table>
            <p class="meta">"Số liệu chưa qua rà soát; kết quả chính thức được công bố sau khi Ban Tổ chức phê duyệt."</p>
        }
        .into_any())
    })
}
