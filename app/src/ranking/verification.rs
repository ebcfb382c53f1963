//! The step "xác minh": winners ticked one by one, places passed on, ties decided, then submission.

use super::reason::Reason;
use crate::{
    parts::{Badge, Hidden, Notice},
    submitted::submitted,
};
use domain::{ranking::AwardState, results::PublicationState};
use engine::{
    ranking::{AwardLine, JudgedRound, TieLine, Verification},
    results::PublicationLine,
};
use leptos::prelude::*;

/// Winners, ties, and what comes next.
pub fn view(judged: &JudgedRound, verification: Verification, publications: &[PublicationLine]) -> AnyView {
    let open = verification.awards.iter().filter(|award| award.state == AwardState::Proposed).count();
    let ready = open == 0 && verification.ties.is_empty();
    let answer = publications.first().filter(|line| line.state == PublicationState::Declined).map(|line| {
        let answer = line.answer.clone();
        view! { <Notice kind="warning"><p><b>"Kết quả được trả lại. "</b> {answer}</p></Notice> }
    });
    let ties = verification.ties.iter().map(tie).collect_view();
    let none = verification.awards.is_empty().then(|| view! { <p>"Chưa có người, đơn vị nào được nhận giải theo thứ hạng."</p> });
    let awards = verification.awards.into_iter().map(award).collect_view();
    let undecided = verification.ties.len();
    let left = (!ready).then(|| {
        view! {
            <Notice kind="warning">
                <p>{format!("Còn {open} người, đơn vị đạt giải chưa xác minh; {undecided} trường hợp bằng nhau chưa quyết định.")}</p>
            </Notice>
        }
    });
    view! {
        {answer}
        <p><a href=format!("/quan-tri/dot/{}/bao-cao", judged.id)>"Xem trước số liệu và bảng xếp hạng (báo cáo nhanh)"</a></p>
        {ties}
        <h2>"Người và đơn vị đạt giải"</h2>
        {none}
        <ol class="todo">{awards}</ol>
        <h2>"Trình duyệt"</h2>
        {left}
        <form method="post">
            <p class="actions">
                <button name="deed" value="submit" class=(!ready).then_some("secondary")>"Trình duyệt kết quả"</button>
                <button name="deed" value="rank" class="secondary">"Xếp hạng lại"</button>
                <button name="deed" value="begin-review" class="quiet">"Quay lại rà soát"</button>
            </p>
        </form>
    }
    .into_any()
}

fn award(award: AwardLine) -> AnyView {
    let tone = match award.state {
        AwardState::Proposed => "warn",
        AwardState::Verified => "good",
        AwardState::Withdrawn => "neutral",
    };
    let whom =
        award.audience.map(domain::identity::Audience::label).or(award.block.map(domain::identity::Block::label)).unwrap_or_default();
    let code = award.code.map(|code| format!(" · mã dự thi {code}")).unwrap_or_default();
    let number = award.number_tail.map(|tail| format!(" · số định danh •••• {tail}")).unwrap_or_default();
    let unit = award.unit.map(|unit| format!("{unit} · ")).unwrap_or_default();
    let meta = format!("{unit}{whom} · hạng {}{code}{number}", award.place);
    let target = award.id.to_string();
    let verify = (award.state == AwardState::Proposed).then(|| {
        view! {
            <form method="post">
                <Hidden name="target" value=target.clone()/>
                <button name="deed" value="verify" class="small">"Đã xác minh"</button>
            </form>
        }
    });
    let withdraw = (award.state != AwardState::Withdrawn).then(|| {
        view! {
            <details>
                <summary>"Rút giải, chuyển cho người kế tiếp"</summary>
                <form method="post">
                    <Reason target=target.clone() label="Lý do"/>
                    <p class="actions"><button name="deed" value="withdraw" class="danger small">"Rút giải"</button></p>
                </form>
            </details>
        }
    });
    let why = (!award.why.is_empty()).then(|| view! { <p>"Lý do: " {award.why.clone()}</p> });
    view! {
        <li data-tone=tone>
            <h3>{format!("{}: {} ", award.prize, award.name)} <Badge tone=tone text=award.state.label()/></h3>
            <p class="meta">{meta}</p>
            {why} {verify} {withdraw}
        </li>
    }
    .into_any()
}

/// So many names of a tie are written out; the others are in the report.
const NAMED: usize = 100;

fn tie(tie: &TieLine) -> AnyView {
    let target = tie.prize.to_string();
    let members = tie
        .among
        .iter()
        .take(NAMED)
        .map(|member| view! { <li><code>{member.code.clone()}</code> " " {member.name.clone()}</li> })
        .collect_view();
    let more = (tie.among.len() > NAMED).then(|| view! { <p>{format!("và {} người khác", tie.among.len() - NAMED)}</p> });
    let form = submitted().filter(|form| form.value("target") == Some(target.as_str()));
    let typed = form.as_ref().and_then(|form| form.value("chosen")).unwrap_or_default().to_owned();
    let refused = form.and_then(|form| form.refusal("chosen"));
    let id = if refused.is_some() { "chosen".to_owned() } else { format!("chosen-{target}") };
    view! {
        <section>
            <h2>{format!("Bằng nhau ở giải {}", tie.name)}</h2>
            <p>{format!("{} người (đơn vị) cùng hạng {}, giải còn {}. Ban Tổ chức chia đều hoặc bốc thăm có biên bản.", tie.among.len(), tie.place, tie.seats)}</p>
            <ul>{members}</ul>
            {more}
            <form method="post">
                <div class="field">
                    <label for=id.clone()>"Mã đã bốc được, theo thứ tự bốc "<small>"để trống nếu chia đều"</small></label>
                    <p class="hint">{format!("Ít nhất {} mã, cách nhau bằng dấu cách; các mã sau là dự khuyết.", tie.seats)}</p>
                    <input id=id name="chosen" value=typed aria-invalid=refused.is_some().then_some("true")/>
                    {refused.map(|refusal| view! { <p class="error">{refusal.words()}</p> })}
                </div>
                <Reason target=target label="Biên bản (số, ngày, thành phần)"/>
                <p class="actions">
                    <button name="deed" value="lots">"Ghi kết quả bốc thăm"</button>
                    <button name="deed" value="divide" class="secondary">"Chia đều giải"</button>
                </p>
            </form>
        </section>
    }
    .into_any()
}
