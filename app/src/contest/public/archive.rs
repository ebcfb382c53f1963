//! The archive: every contest, what is over last.

use super::landing::cards;
use crate::{
    page::{engine, page},
    parts::{Empty, Head, ShareCard},
};
use domain::contest::ContestState;
use leptos::prelude::*;

const LEDE: &str = "Cuộc thi đang diễn ra, sắp diễn ra và đã qua.";

/// The page.
pub fn view() -> AnyView {
    let engine = engine();
    page(async move {
        let contests = engine.public_contests().await?;
        let now = engine.now();
        let of = |state: ContestState| contests.iter().filter(|contest| contest.state(now) == state).cloned().collect::<Vec<_>>();
        let empty = contests.is_empty().then(|| view! { <Empty title="Chưa có cuộc thi nào"/> });
        Ok(view! {
            <ShareCard title="Các cuộc thi" summary=LEDE/>
            <Head title="Các cuộc thi" lede=LEDE/>
            {empty}
            {cards("Đang diễn ra", of(ContestState::Running), now)}
            {cards("Sắp diễn ra", of(ContestState::Coming), now)}
            {cards("Đang tổng hợp kết quả", of(ContestState::Judging), now)}
            {cards("Đã kết thúc", of(ContestState::Over), now)}
        }
        .into_any())
    })
}
