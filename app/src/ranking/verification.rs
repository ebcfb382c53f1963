//! The step "xác minh": winners ticked one by one, places passed on, ties decided, then submission.

use super::reason::Reason;
use crate::{
    parts::{Badge, Hidden, Notice},
    submitted::submitted,
};
use domain::{
    identity::{Audience, Block, masked_id},
    ranking::{Announces, AwardState, Span},
    results::{PublicationState, prize_name},
};
use engine::{
    ranking::{AwardLine, JudgedRound, TieLine, Verification},
    results::PublicationLine,
};
use leptos::prelude::*;

/// Winners, ties, and what comes next.
pub fn view(judged: &JudgedRound, verification: Verification, publications: &[PublicationLine]) -> AnyView {
    let open = verification.awards.iter().filter(|award| award.state == AwardState::Proposed).count();
    let ready = open == 0 && verification.ties.is_empty() && !verification.outdated;
    let answer = publications.first().filter(|line| line.state == PublicationState::Declined).map(|line| {
        let answer = line.answer.clone();
        view! { <Notice kind="warning"><p><b>"Kết quả được trả lại. "</b> {answer}</p></Notice> }
    });
    let ties = verification.ties.iter().map(tie).collect_view();
    let undecided = verification.ties.len();
    let left = [(open, "người, đơn vị đạt giải chưa xác minh"), (undecided, "trường hợp bằng nhau chưa quyết định")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect::<Vec<_>>()
        .join("; ");
    let left = (!left.is_empty()).then(|| view! { <Notice kind="warning"><p>{format!("Còn {left}.")}</p></Notice> });
    view! {
        {answer}
        <p><a href=format!("/quan-tri/dot/{}/bao-cao", judged.id)>"Xem trước số liệu và bảng xếp hạng (báo cáo nhanh)"</a></p>
        {ties}
        {numbers(&verification)}
        {whole_contest(&verification)}
        {awards(verification)}
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

/// Prizes of the round, then those of the whole contest.
fn awards(verification: Verification) -> AnyView {
    let asks_number = verification.asks_number;
    let (contest, round): (Vec<_>, Vec<_>) = verification.awards.into_iter().partition(|award| award.span == Span::Contest);
    let none = (contest.is_empty() && round.is_empty()).then(|| view! { <p>"Chưa có người, đơn vị nào được nhận giải theo thứ hạng."</p> });
    let list = |awards: Vec<AwardLine>| {
        let lines = awards.into_iter().map(|line| award(line, asks_number)).collect_view();
        view! { <ol class="todo">{lines}</ol> }
    };
    let over_all = (!contest.is_empty()).then(|| view! { <h2>"Giải toàn cuộc thi"</h2> {list(contest)} });
    view! {
        <h2>"Người và đơn vị đạt giải"</h2>
        {none}
        {list(round)}
        {over_all}
    }
    .into_any()
}

/// Where the prizes of the whole contest stand, and the button that chooses this round to announce them.
fn whole_contest(verification: &Verification) -> Option<AnyView> {
    let (words, button) = match verification.contest.as_ref()? {
        Announces::Now => ("Giải toàn cuộc thi được công bố cùng kết quả đợt này.".to_owned(), Some(ELSEWHERE)),
        Announces::Waits(labels) => (
            format!(
                "Giải toàn cuộc thi cộng kết quả mọi đợt và được công bố cùng đợt này; còn chờ: {}. Khi các đợt đó đã công bố, xin xếp hạng lại.",
                labels.join(", ")
            ),
            Some(ELSEWHERE),
        ),
        Announces::MaySay => (
            "Đây là đợt đóng sau cùng. Nếu không còn đợt nào nữa, giải toàn cuộc thi được cộng và công bố cùng đợt này.".to_owned(),
            Some(("sum-up", "Tổng kết cuộc thi cùng đợt này", "secondary")),
        ),
        Announces::Elsewhere => ("Giải toàn cuộc thi được công bố cùng đợt khác.".to_owned(), None),
    };
    let outdated = verification.outdated.then(|| {
        view! {
            <Notice kind="warning">
                <p>"Bảng xếp hạng này chưa khớp với các đợt khác. Xin bấm “Xếp hạng lại” để cộng lại giải toàn cuộc thi."</p>
            </Notice>
        }
    });
    let button = button.map(|(deed, name, class)| {
        view! { <form method="post"><p class="actions"><button name="deed" value=deed class=class>{name}</button></p></form> }
    });
    Some(view! { <h2>"Tổng kết cuộc thi"</h2> <Notice kind="info"><p>{words}</p></Notice> {outdated} {button} }.into_any())
}

/// The button that takes the choice of this round back.
const ELSEWHERE: (&str, &str, &str) = ("sum-up-elsewhere", "Không tổng kết cùng đợt này", "quiet");

/// In a contest that asks its winners for the identity number: who has not given it, and the button that asks them.
fn numbers(verification: &Verification) -> Option<AnyView> {
    let missing: Vec<&AwardLine> = verification.awards.iter().filter(|award| award.lacks_number(verification.asks_number)).collect();
    if missing.is_empty() {
        return None;
    }
    let unasked = missing.iter().filter(|award| award.number_asked_at.is_none()).count();
    let words = format!("Còn {} người đạt giải chưa bổ sung số định danh cá nhân; chưa có số thì chưa xác minh được.", missing.len());
    let ask = (unasked > 0).then(|| {
        view! {
            <p>"Người được đề nghị sẽ thấy yêu cầu ở “Lượt thi của tôi”; yêu cầu không nêu thứ hạng hay giải thưởng."</p>
            <form method="post">
                <p class="actions"><button name="deed" value="ask-numbers">{format!("Đề nghị {unasked} người bổ sung số định danh")}</button></p>
            </form>
        }
    });
    Some(view! { <h2>"Số định danh của người đạt giải"</h2> <Notice kind="info"><p>{words}</p></Notice> {ask} }.into_any())
}

fn award(award: AwardLine, asks_number: bool) -> AnyView {
    let tone = match award.state {
        AwardState::Proposed => "warn",
        AwardState::Verified => "good",
        AwardState::Withdrawn => "neutral",
    };
    let lacks_number = award.lacks_number(asks_number);
    let number = match (&award.number_tail, award.number_asked_at) {
        (Some(tail), _) => format!(" · số định danh {}", masked_id(tail)),
        (None, Some(at)) if lacks_number => format!(" · chưa có số định danh (đã đề nghị {})", at.short()),
        (None, None) if lacks_number => " · chưa có số định danh".to_owned(),
        (None, _) => String::new(),
    };
    let whom = award.audience.map(Audience::label).or(award.block.map(Block::label)).unwrap_or_default();
    let code = award.code.map(|code| format!(" · mã dự thi {code}")).unwrap_or_default();
    let unit = award.unit.map(|unit| format!("{unit} · ")).unwrap_or_default();
    let meta = format!("{unit}{whom} · hạng {}{code}{number}", award.place);
    let target = award.id.to_string();
    let verify = (award.state == AwardState::Proposed && !lacks_number).then(|| {
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
            <h2>{format!("Bằng nhau: {}", prize_name(&tie.name, tie.span))}</h2>
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
