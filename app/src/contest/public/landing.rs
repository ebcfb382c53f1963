//! The landing page: what runs, what comes, how to take part, prizes, news.

use super::{hero, prizes::prizes};
use crate::{
    library::articles_in_a_list,
    page::{engine, page},
    parts::{Badge, Moment, ShareCard, simulated_contest},
};
use domain::{Timestamp, contest::ContestState};
use engine::{contest::ContestPage, library::Column};
use leptos::prelude::*;
use std::sync::Arc;

/// How many news stand here.
const NEWS: usize = 3;
const SUMMARY: &str = "Cuộc thi trực tuyến tìm hiểu về cải cách hành chính, thủ tục hành chính dành cho cán bộ, công chức, viên chức, người lao động và người dân.";

/// The page.
pub fn view() -> AnyView {
    let engine = engine();
    page(async move {
        let contests = engine.public_contests().await?;
        let news = engine.published_articles(Column::News, 1).await?.lines.into_iter().take(NEWS).collect();
        let now = engine.now();
        let of = |state: ContestState| contests.iter().filter(|contest| contest.state(now) == state).cloned().collect::<Vec<_>>();
        let (running, coming, judging, over) =
            (of(ContestState::Running), of(ContestState::Coming), of(ContestState::Judging), of(ContestState::Over));
        let first = running.first().or(coming.first()).cloned();
        let top = match &first {
            Some(contest) => hero::hero(contest, now, true),
            None => greeting(),
        };
        let about_first = first.as_ref().map(|contest| front(contest));
        Ok(view! {
            <ShareCard title="Hội thi cải cách hành chính" summary=SUMMARY/>
            {top}
            {first.as_ref().and_then(|contest| simulated_contest(contest.simulated))}
            {cards("Đang diễn ra", running, now)}
            {cards("Sắp diễn ra", coming, now)}
            {steps()}
            {about_first}
            {cards("Đang tổng hợp kết quả", judging, now)}
            {cards("Đã kết thúc", over.into_iter().take(3).collect(), now)}
            <section>
                <h2>"Tin tức"</h2>
                {articles_in_a_list(news)}
                <p><a href="/tin-tuc">"Tất cả tin tức"</a> " · " <a href="/cuoc-thi">"Các cuộc thi đã qua"</a></p>
            </section>
        }
        .into_any())
    })
}

/// What stands on top when nothing runs or comes.
fn greeting() -> AnyView {
    view! {
        <header class="hero">
            <h1>"Hội thi cải cách hành chính"</h1>
            <p class="lede">{SUMMARY}</p>
            <p class="actions"><a class="button" href="/cuoc-thi">"Các cuộc thi đã qua"</a> " " <a class="button secondary" href="/tai-lieu">"Tài liệu"</a></p>
        </header>
    }
    .into_any()
}

/// Contests as cards; nothing when there are none.
pub fn cards(heading: &'static str, contests: Vec<Arc<ContestPage>>, now: Timestamp) -> Option<AnyView> {
    (!contests.is_empty()).then(|| {
        let cards: Vec<_> = contests.iter().map(|contest| card(contest, now)).collect();
        view! { <section><h2>{heading}</h2><ul class="cards">{cards}</ul></section> }.into_any()
    })
}

fn card(contest: &ContestPage, now: Timestamp) -> AnyView {
    let state = contest.state(now);
    let window = contest.current_round(now).map(|round| {
        view! { <p>{round.label.clone()} ": " <Moment at=round.window.opens/> " – " <Moment at=round.window.closes/></p> }
    });
    let sample = contest.simulated.then(|| view! { " " <Badge tone="warn" text="Dữ liệu mô phỏng"/> });
    view! {
        <li>
            <article class="card">
                <p class="meta">{contest.host.clone()}</p>
                <h3><a href=format!("/cuoc-thi/{}", contest.slug)>{contest.title.clone()}</a></h3>
                {window}
                <p><Badge tone=state.tone() text=state.label()/> {sample}</p>
            </article>
        </li>
    }
    .into_any()
}

/// How to take part in three steps.
fn steps() -> AnyView {
    view! {
        <section>
            <h2>"Dự thi trong ba bước"</h2>
            <ol class="steps">
                <li>
                    <h3>"Đăng ký hoặc kích hoạt tài khoản"</h3>
                    <p>"Dùng số điện thoại để đăng ký, hoặc mã kích hoạt do đầu mối đơn vị cấp. Chọn đúng đơn vị dự thi."</p>
                </li>
                <li>
                    <h3>"Làm bài"</h3>
                    <p>"Trả lời trên điện thoại hoặc máy tính. Mỗi câu trả lời được tự lưu; mất mạng vẫn làm tiếp được."</p>
                </li>
                <li>
                    <h3>"Nộp bài"</h3>
                    <p>"Kiểm tra câu còn bỏ trống, nộp bài và giữ mã xác nhận. Kết quả công bố sau khi Ban Tổ chức phê duyệt."</p>
                </li>
            </ol>
        </section>
    }
    .into_any()
}

/// Prizes and documents of the contest that stands on top.
fn front(contest: &ContestPage) -> AnyView {
    let prized = contest.rounds.iter().map(|round| &round.prizes).chain([&contest.prizes]).find_map(|table| prizes(table));
    let prized = prized.map(|tables| view! { <section><h2>"Giải thưởng"</h2>{tables}</section> });
    let address = format!("/cuoc-thi/{}", contest.slug);
    view! {
        {prized}
        <section>
            <h2>"Thể lệ và tài liệu"</h2>
            <ul class="files">
                <li><a href=format!("{address}/the-le")>"Thể lệ cuộc thi"</a></li>
                <li><a href=format!("{address}/huong-dan")>"Hướng dẫn dự thi"</a></li>
                <li><a href=format!("{address}/tai-lieu")>"Tài liệu của cuộc thi"</a></li>
                <li><a href="/tai-lieu">"Tài liệu học tập chung"</a></li>
            </ul>
        </section>
    }
    .into_any()
}
