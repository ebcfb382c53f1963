//! Good models (điển hình tiên tiến): organisations and people set as examples.

use crate::{
    page::{engine, page, query},
    parts::{Empty, Head, Pagination, ShareCard, file_address},
};
use domain::library::ArticleKind;
use engine::library::Column;
use leptos::prelude::*;

const LEDE: &str = "Tập thể, cá nhân có cách làm hay trong cải cách hành chính.";

/// The page.
pub fn view() -> AnyView {
    let engine = engine();
    let number = query("trang").parse().unwrap_or(1);
    page(async move {
        let found = engine.published_articles(Column::Of(ArticleKind::GoodModel), number).await?;
        let cards: Vec<_> = found
            .lines
            .into_iter()
            .map(|line| {
                let picture = line.picture.map(|hash| view! { <img src=file_address(&hash) alt="" loading="lazy"/> });
                view! {
                    <li>
                        <article class="card">
                            {picture}
                            <p class="meta">{line.unit}</p>
                            <h2><a href=format!("/tin-tuc/{}", line.slug)>{line.title}</a></h2>
                            <p>{line.summary}</p>
                        </article>
                    </li>
                }
            })
            .collect();
        let list = if cards.is_empty() {
            view! { <Empty title="Chưa có điển hình nào được giới thiệu"/> }.into_any()
        } else {
            view! { <ul class="cards">{cards}</ul> }.into_any()
        };
        Ok(view! {
            <ShareCard title="Điển hình tiên tiến" summary=LEDE/>
            <Head title="Điển hình tiên tiến" lede=LEDE/>
            {list}
            <Pagination address="/dien-hinh?" page=found.page last=found.last/>
        }
        .into_any())
    })
}
