//! The heads of a contest's and a round's administration pages, with their tabs.

use crate::{
    page::{crumb, path},
    parts::{Badge, Crumbs, Head},
};
use domain::{contest::RoundState, id::RoundId};
use engine::contest::{Contest, Round};
use leptos::prelude::*;

/// The tabs of a contest: the end of the address, and the word.
const CONTEST: &[(&str, &str)] = &[
    ("", "Đợt thi"),
    ("/thong-tin", "Thông tin"),
    ("/the-le", "Thể lệ"),
    ("/tai-lieu", "Tài liệu"),
    ("/giai-thuong", "Giải cả cuộc thi"),
    ("/khong-du-thi", "Không được dự thi"),
];

/// The tabs of a round.
const ROUND: &[(&str, &str)] = &[
    ("", "Tình hình"),
    ("/thiet-lap", "Thiết lập"),
    ("/bang-thi", "Bảng thi"),
    ("/giai-thuong", "Giải thưởng"),
    ("/xem-thu", "Xem thử đề"),
    ("/thay-doi", "Thay đổi sau khi chốt"),
    ("/trong-gio-thi", "Trong giờ thi"),
    ("/truc-tiep", "Trực tiếp"),
    ("/nhan-tin", "Lời nhắn, câu hỏi"),
];

/// The address of a contest's administration.
pub fn contest_address(slug: &str) -> String {
    format!("/quan-tri/cuoc-thi/{slug}")
}

/// The address of a round's administration.
pub fn round_address(round: RoundId) -> String {
    format!("/quan-tri/dot/{round}")
}

/// Where the next step of a round is taken.
pub fn step_address(round: RoundId, state: RoundState) -> String {
    let base = round_address(round);
    match state {
        RoundState::Open => format!("{base}/theo-doi"),
        RoundState::Closed | RoundState::Review | RoundState::Ranked | RoundState::Submitted | RoundState::Published => {
            format!("{base}/ket-qua")
        }
        RoundState::Draft | RoundState::Waiting | RoundState::Cancelled => base,
    }
}

/// The head of a contest's pages.
pub fn contest_head(contest: &Contest) -> impl IntoView + use<> {
    let title = contest.settings.title.clone();
    let state = contest.state;
    view! {
        <Crumbs way=vec![crumb("Cuộc thi và đợt thi", "/quan-tri/cuoc-thi")] here=title.clone()/>
        <Head title=title/>
        <p><Badge tone=state.tone() text=state.label()/></p>
        {tabs("Cuộc thi", contest_address(&contest.settings.slug), CONTEST)}
    }
}

/// The head of a round's pages.
pub fn round_head(contest: &Contest, round: &Round) -> impl IntoView + use<> {
    let title = format!("{}: {}", round.settings.label, contest.settings.title);
    let way = vec![
        crumb("Cuộc thi và đợt thi", "/quan-tri/cuoc-thi"),
        crumb(contest.settings.title.clone(), contest_address(&contest.settings.slug)),
    ];
    let state = round.state;
    let paused = round.pause.is_on().then(|| view! { " " <Badge tone="warn" text="Đang tạm dừng"/> });
    view! {
        <Crumbs way=way here=round.settings.label.clone()/>
        <Head title=title/>
        <p><Badge tone=state.tone() text=state.label()/> {paused}</p>
        {tabs("Đợt thi", round_address(round.id), ROUND)}
    }
}

fn tabs(called: &'static str, base: String, tabs: &'static [(&'static str, &'static str)]) -> impl IntoView {
    let here = path();
    // A page below a tab keeps its tab marked; the first tab is only itself.
    let current = tabs
        .iter()
        .map(|(end, _)| *end)
        .filter(|end| !end.is_empty() && here.starts_with(&format!("{base}{end}")))
        .max_by_key(|end| end.len());
    let links = tabs
        .iter()
        .map(|(end, name)| {
            let current = (*end == current.unwrap_or("")).then_some("page");
            view! { <li><a href=format!("{base}{end}") aria-current=current>{*name}</a></li> }
        })
        .collect_view();
    view! { <nav class="tabs" aria-label=called><ul>{links}</ul></nav> }
}

/// Values and what people read, of a closed set of words.
macro_rules! offered {
    ($words:ty) => {
        <$words>::ALL.iter().map(|word| (word.code().to_owned(), word.label().to_owned())).collect::<Vec<(String, String)>>()
    };
}
pub(super) use offered;
