//! What waits for a review.

use super::list::row;
use crate::{
    page::{caller, engine, page, query},
    parts::{Empty, Head, Pagination, Table, admin_frame},
};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, at) = (engine(), caller(), query("trang"));
    page(async move {
        let caller = caller?;
        let queue = engine.review_queue(&caller, at.parse().unwrap_or(1)).await?;
        let work = if queue.questions.is_empty() {
            view! { <Empty title="Không có câu hỏi nào chờ thẩm định"><p><a href="/quan-tri/cau-hoi">"Xem ngân hàng câu hỏi"</a></p></Empty> }.into_any()
        } else {
            let heads = vec!["Mã", "Câu hỏi", "Trạng thái", "Người ra đề"];
            view! {
                <Table id="cho-tham-dinh" caption=format!("{} câu hỏi", queue.total) heads=heads stack=true>{queue.questions.iter().map(row).collect_view()}</Table>
                <Pagination address="/quan-tri/tham-dinh?" page=u32::try_from(queue.page).unwrap_or(1) last=u32::try_from(queue.pages).unwrap_or(1)/>
            }
            .into_any()
        };
        Ok(admin_frame(
            &caller,
            view! {
                <Head title="Chờ thẩm định" lede="Người ra đề không thẩm định câu hỏi của chính mình."/>
                {work}
            },
        ))
    })
}
