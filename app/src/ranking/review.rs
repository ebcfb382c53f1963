//! The step "rà soát": flagged and duplicate entries, each recognised or not, with a reason.

use super::reason::Reason;
use crate::parts::{Badge, Hidden, Notice};
use engine::ranking::{JudgedRound, Reviewed, Verdict};
use leptos::prelude::*;

/// The entries and the button that ranks.
pub fn view(judged: &JudgedRound, entries: Vec<Reviewed>) -> AnyView {
    let none = entries
        .is_empty()
        .then(|| view! { <Notice kind="success"><p>"Không có bài nào bị đánh dấu hoặc trùng số định danh."</p></Notice> });
    let left = judged.undecided;
    let open = (left > 0).then(|| view! { <Notice kind="warning"><p>{format!("Còn {left} bài chờ quyết định.")}</p></Notice> });
    let ready = judged.undecided == 0 && judged.running == 0;
    let rows = entries.into_iter().map(entry).collect_view();
    view! {
        <h2>"Bài cần xem"</h2>
        {open}
        {none}
        <ol class="todo">{rows}</ol>
        <h2>"Xếp hạng"</h2>
        <p>"Khi xếp hạng, kết quả đúng của câu dự đoán được tính từ các bài được công nhận và được chốt cùng bảng xếp hạng."</p>
        <form method="post">
            <p class="actions">
                <button name="deed" value="rank" class=(!ready).then_some("secondary")>"Chốt và xếp hạng"</button>
            </p>
        </form>
    }
    .into_any()
}

fn entry(entry: Reviewed) -> AnyView {
    let (tone, word) = match &entry.verdict {
        Verdict::Open => ("warn", "chờ quyết định"),
        Verdict::Kept => ("good", "được công nhận"),
        Verdict::Voided(_) => ("bad", "không công nhận"),
    };
    let why = match &entry.verdict {
        Verdict::Voided(reason) => Some(view! { <p>"Lý do: " {reason.clone()}</p> }),
        Verdict::Open | Verdict::Kept => None,
    };
    let flag = (!entry.flag.is_empty()).then(|| view! { <p>"Đánh dấu: " {entry.flag.clone()}</p> });
    let same = entry.same_number.then(|| view! { <p>"Trùng số định danh cá nhân với một người dự thi khác trong đợt."</p> });
    let handed_in = entry.ended_at.map(|at| format!(" · nộp lúc {}", at.short())).unwrap_or_default();
    let meta = format!(
        "{} · mã dự thi {} · đúng {} câu{handed_in}",
        entry.unit.unwrap_or_default(),
        entry.code.unwrap_or_default(),
        entry.correct
    );
    let target = entry.attempt.to_string();
    let keep = (entry.verdict != Verdict::Kept).then(|| {
        view! {
            <form method="post">
                <Hidden name="target" value=target.clone()/>
                <button name="deed" value="keep" class="secondary small">"Công nhận"</button>
            </form>
        }
    });
    let void = (!matches!(entry.verdict, Verdict::Voided(_))).then(|| {
        view! {
            <details>
                <summary>"Không công nhận kết quả"</summary>
                <form method="post">
                    <Reason target=target.clone() label="Lý do (người dự thi đọc được)"/>
                    <p class="actions"><button name="deed" value="void" class="danger small">"Không công nhận"</button></p>
                </form>
            </details>
        }
    });
    view! {
        <li data-tone=tone>
            <h3>{entry.full_name} " " <Badge tone=tone text=word/></h3>
            <p class="meta">{meta}</p>
            {flag} {same} {why}
            {keep} {void}
        </li>
    }
    .into_any()
}
