//! The head of a contest's pages: its name, the countdown, the menu people know.

use crate::{
    contest::Countdown,
    page::path,
    parts::{Notice, ShareCard, simulated_contest},
};
use domain::{
    Timestamp,
    contest::{ContestState, RoundState},
};
use engine::contest::ContestPage;
use leptos::prelude::*;
use leptos_meta::Title;

/// The menu of a contest: what stands behind its address, and its name.
const MENU: &[(&str, &str)] = &[
    ("", "Giới thiệu"),
    ("/the-le", "Thể lệ"),
    ("/huong-dan", "Hướng dẫn"),
    ("/tai-lieu", "Tài liệu"),
    ("/tin-tuc", "Tin tức"),
    ("/ket-qua", "Kết quả"),
    ("/hoi-dap", "Hỏi đáp"),
    ("/lien-he", "Liên hệ"),
];

/// The contest's large head with the countdown and the way in.
pub fn hero(contest: &ContestPage, now: Timestamp, front: bool) -> AnyView {
    let address = format!("/cuoc-thi/{}", contest.slug);
    let heading = if front {
        view! { <h1><a href=address.clone()>{contest.title.clone()}</a></h1> }.into_any()
    } else {
        view! { <h1>{contest.title.clone()}</h1> }.into_any()
    };
    let way_in = matches!(contest.state(now), ContestState::Running | ContestState::Coming)
        .then(|| contest.current_round(now).map(|round| round.state(now)))
        .flatten()
        .filter(|state| matches!(state, RoundState::Open | RoundState::Waiting))
        .map(|state| {
            let (to, name) = if state == RoundState::Open {
                (super::entrance_of(&contest.slug), "Vào thi")
            } else {
                (super::entry_of(&contest.slug), "Đăng ký dự thi")
            };
            view! { <a class="button" href=to>{name}</a> " " }
        });
    let results = (contest.state(now) == ContestState::Over)
        .then(|| view! { <a class="button" href=format!("/ket-qua/{}", contest.slug)>"Xem kết quả"</a> " " });
    let more = front.then(|| view! { " " <a class="button secondary" href=address.clone()>"Trang cuộc thi"</a> });
    view! {
        <header class="hero">
            <p class="eyebrow">"Đơn vị chủ trì: " {contest.host.clone()}</p>
            {heading}
            {countdown(contest, now)}
            <p class="actions">
                {way_in} {results}
                <a class="button secondary" href=format!("{address}/the-le")>"Xem thể lệ"</a>
                {more}
            </p>
        </header>
    }
    .into_any()
}

/// How long it is until the next moment that matters, if there is one ahead.
fn countdown(contest: &ContestPage, now: Timestamp) -> Option<AnyView> {
    let round = contest.current_round(now)?;
    if round.pause.is_on() {
        let words = "Ban Tổ chức đang tạm dừng đợt thi. Thời gian làm bài của mọi người được giữ nguyên.";
        return Some(view! { <Notice kind="warning"><p>{words}</p></Notice> }.into_any());
    }
    let (label, at) = match round.state(now) {
        RoundState::Waiting => (format!("{} mở sau", round.label), round.window.opens),
        RoundState::Open => (format!("{} đóng sau", round.label), round.window.closes),
        _ => return None,
    };
    Some(view! { <Countdown label=label left=(at - now).0 moment=at.short()/> }.into_any())
}

/// The small head of an inner page, the menu, the title and card of the page, then the page itself.
pub fn inner(contest: &ContestPage, name: &str, body: AnyView) -> AnyView {
    let title = format!("{name}: {}", contest.title);
    view! {
        <Title text=title.clone()/>
        <ShareCard title=title summary=contest.summary.clone() card=format!("/the/cuoc-thi/{}", contest.slug)/>
        <header class="hero" data-size="small">
            <p class="eyebrow"><a href=format!("/cuoc-thi/{}", contest.slug)>{contest.title.clone()}</a></p>
            <h1>{name.to_owned()}</h1>
        </header>
        {menu(&contest.slug)}
        {simulated_contest(contest.simulated)}
        {body}
    }
    .into_any()
}

/// The menu people know.
pub fn menu(slug: &str) -> AnyView {
    let here = path();
    let entries = MENU
        .iter()
        .map(|(part, name)| {
            let address = match *part {
                "/ket-qua" => format!("/ket-qua/{slug}"),
                part => format!("/cuoc-thi/{slug}{part}"),
            };
            let current = (address == here).then_some("page");
            view! { <li><a href=address aria-current=current>{*name}</a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label="Cuộc thi"><ul>{entries}</ul></nav> }.into_any()
}
