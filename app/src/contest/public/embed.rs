//! A contest as newspapers and the province's portal show it in a frame of their own pages.

use crate::{
    page::{engine, page, param},
    parts::{file_address, simulated_contest},
};
use domain::{
    Timestamp,
    contest::{ContestState, RoundState},
};
use engine::contest::ContestPage;
use http::{HeaderValue, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// The one page that any site may frame (`server/src/headers.rs`): no script, nothing of the visitor, only a way out.
pub const EMBEDDED: &str = "/nhung/{slug}";

/// A reader who stays sees it anew within a minute, and a busy newspaper costs us little.
const A_MINUTE: HeaderValue = HeaderValue::from_static("public, max-age=60");

/// The page.
pub fn view() -> AnyView {
    let (engine, slug, response) = (engine(), param("slug"), expect_context::<ResponseOptions>());
    page(async move {
        let contest = engine.contest_page(&slug).await?;
        response.insert_header(header::CACHE_CONTROL, A_MINUTE);
        let address = format!("{}/cuoc-thi/{slug}", engine.public_url);
        let banner = contest.banner.as_deref().map(|hash| view! { <figure><img src=file_address(hash) alt=""/></figure> });
        Ok(view! {
            <Title text=contest.title.clone()/>
            <header class="hero" data-size="small">
                <p class="eyebrow">"Đơn vị chủ trì: " {contest.host.clone()}</p>
                <h1>{contest.title.clone()}</h1>
                <p class="lede">{when(&contest, engine.now())}</p>
                <p class="actions"><a class="button" href=address target="_blank" rel="noopener">"Mở trang cuộc thi"</a></p>
            </header>
            {simulated_contest(contest.simulated)}
            {banner}
        }
        .into_any())
    })
}

/// The moment that matters next, in words: here nothing ticks.
fn when(contest: &ContestPage, now: Timestamp) -> String {
    let next = contest.current_round(now).and_then(|round| match round.state(now) {
        RoundState::Waiting => Some(format!("{} mở lúc {}.", round.label, round.window.opens.short())),
        RoundState::Open => Some(format!("{} đang mở, đóng lúc {}.", round.label, round.window.closes.short())),
        _ => None,
    });
    next.unwrap_or_else(|| match contest.state(now) {
        ContestState::Over => "Cuộc thi đã kết thúc.".to_owned(),
        state => format!("{}.", state.label()),
    })
}

/// What a newspaper copies into its own page.
pub fn snippet(contest: &ContestPage, public_url: &str) -> String {
    let title = crate::library::escaped(&contest.title);
    format!(
        r#"<iframe src="{public_url}/nhung/{}" title="{title}" width="100%" height="420" loading="lazy" frameborder="0"></iframe>"#,
        contest.slug
    )
}
