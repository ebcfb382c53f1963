//! A round as the public reads it: window, paper, attempts, ranking, prizes, changes after freezing.

use super::prizes::prizes;
use crate::{
    parts::{Badge, Moment},
    results::live,
};
use domain::{Timestamp, contest::RoundState};
use engine::contest::{ChangeNotice, DivisionPage, RoundPage};
use leptos::prelude::*;

/// The round of the contest with this address.
pub fn round(slug: &str, round: &RoundPage, now: Timestamp) -> AnyView {
    let state = round.state(now);
    let live = round.has_live_board(now).then(|| {
        view! { <p><a href=live::address(slug, round.position)>"Bảng trực tiếp: người dự thi theo đơn vị"</a></p> }
    });
    let expected = round
        .results_expected
        .filter(|_| state != RoundState::Published)
        .map(|at| view! { <div><dt>"Dự kiến công bố kết quả"</dt><dd>"ngày " {at.date()}</dd></div> });
    let headcount =
        round.headcount_as_of.map(|at| view! { <div><dt>"Số CBCCVC và người lao động"</dt><dd>"chốt đến ngày " {at.date()}</dd></div> });
    let divisions: Vec<_> = round.divisions.iter().map(division).collect();
    view! {
        <section>
            <h3>{round.label.clone()} " " <Badge tone=state.tone() text=state.label()/></h3>
            <dl class="facts">
                <div><dt>"Mở"</dt><dd><Moment at=round.window.opens/></dd></div>
                <div><dt>"Đóng"</dt><dd><Moment at=round.window.closes/></dd></div>
                {expected}
                {headcount}
            </dl>
            {live}
            <div class="fields">{divisions}</div>
            <ul>
                <li>{round.rules.attempts_words()}</li>
                <li>{round.rules.ranking_words()}</li>
                <li>{round.rules.units_words()}</li>
                {public_places(round.rules.public_places)}
                <li>"Bắt đầu gần giờ đóng: " {round.rules.late_start.label().to_lowercase()} "."</li>
            </ul>
            {prizes(&round.prizes).map(|tables| view! { <details open><summary>"Cơ cấu giải thưởng " {round.label.clone()}</summary>{tables}</details> })}
            {changes(&round.changes)}
        </section>
    }
    .into_any()
}

fn division(division: &DivisionPage) -> impl IntoView + use<> {
    let prediction = division.prediction.as_ref().map(|prediction| {
        view! { <div><dt>"Câu hỏi dự đoán"</dt><dd>{prediction.question.clone()} <small>" (không tính vào số câu hỏi)"</small></dd></div> }
    });
    view! {
        <section>
            <h4>"Bảng " {division.audience.label()}</h4>
            <dl class="facts" data-layout="row">
                <div><dt>"Số câu hỏi"</dt><dd>{division.questions} " câu"</dd></div>
                <div><dt>"Thời gian làm bài"</dt><dd>{division.duration.0 / 60_000} " phút"</dd></div>
                {prediction}
            </dl>
        </section>
    }
}

/// What changed after the round was frozen: always in public.
fn changes(changes: &[ChangeNotice]) -> Option<AnyView> {
    (!changes.is_empty()).then(|| view! { <h4>"Thay đổi sau khi chốt"</h4> {history(changes)} }.into_any())
}

/// Changes with their reasons.
pub fn history(changes: &[ChangeNotice]) -> AnyView {
    let lines: Vec<_> = changes
        .iter()
        .map(|change| {
            view! {
                <li>
                    <p>{change.words.clone()}</p>
                    <p class="meta"><Moment at=change.at/></p>
                    <p>"Lý do: " {change.reason.clone()}</p>
                </li>
            }
        })
        .collect();
    view! { <ol class="history">{lines}</ol> }.into_any()
}

/// How many of the first places everybody will read; nothing where there are none.
fn public_places(places: u32) -> Option<AnyView> {
    let words = format!("Công khai {places} thứ hạng đầu mỗi bảng; chỉ nêu họ tên, đơn vị của người đã đồng ý.");
    (places > 0).then(|| view! { <li>{words}</li> }.into_any())
}
