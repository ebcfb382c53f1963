//! The steps "trình duyệt", "công bố" and "đính chính".

use super::reason::Reason;
use crate::parts::{FileField, Moment, Notice, TextField};
use domain::{Timestamp, contest::RoundStage, results::PublicationState};
use engine::{Caller, ranking::JudgedRound, results::PublicationLine};
use leptos::prelude::*;

/// What to do with the submitted or published version.
pub fn view(caller: &Caller, judged: &JudgedRound, publications: &[PublicationLine]) -> AnyView {
    let Some(line) = publications.first() else { return ().into_any() };
    let report = view! { <p><a href=format!("/quan-tri/dot/{}/bao-cao", judged.id)>"Xem số liệu và bảng xếp hạng (báo cáo nhanh)"</a></p> };
    let step = match (judged.stage, line.state) {
        (RoundStage::Submitted, PublicationState::Approved) => approved(),
        (RoundStage::Submitted, _) => submitted(line.submitted_by == Some(caller.account)),
        _ => published(line),
    };
    view! { {report} {step} {history(publications)} }.into_any()
}

fn submitted(own: bool) -> AnyView {
    let approve = if own {
        view! { <Notice kind="info"><p>"Kết quả do chính anh/chị trình nên phải do người thứ hai duyệt."</p></Notice> }.into_any()
    } else {
        view! {
            <p>"Người duyệt kiểm tra báo cáo nhanh và danh sách đạt giải trước khi duyệt."</p>
            <form method="post"><p class="actions"><button name="deed" value="approve">"Duyệt kết quả"</button></p></form>
        }
        .into_any()
    };
    view! { <h2>"Chờ duyệt"</h2> {approve} {decline()} }.into_any()
}

fn decline() -> AnyView {
    view! {
        <details>
            <summary>"Trả lại để sửa"</summary>
            <form method="post">
                <Reason target="decline".to_owned() label="Lý do"/>
                <p class="actions"><button name="deed" value="decline" class="secondary">"Trả lại"</button></p>
            </form>
        </details>
    }
    .into_any()
}

fn approved() -> AnyView {
    view! {
        <h2>"Công bố"</h2>
        <p>"Kết quả đã được duyệt. Sau khi công bố, mọi người đọc được; muốn sửa phải đính chính có lý do."</p>
        <form method="post" enctype="multipart/form-data" class="narrow">
            {decision("", "")}
            <p class="actions"><button name="deed" value="publish" class="danger">"Công bố kết quả"</button></p>
        </form>
        {decline()}
    }
    .into_any()
}

/// Number, date and signed file of the decision.
fn decision(number: &str, date: &str) -> AnyView {
    view! {
        <div class="fields">
            <TextField name="number" label="Số quyết định" value=number hint="Ví dụ: 12/QĐ-BTC"/>
            <TextField name="date" label="Ngày quyết định" value=date hint="Ngày/tháng/năm" width="medium"/>
        </div>
        <FileField name="file" label="Quyết định đã ký (PDF), có thể bổ sung sau" accept="application/pdf"/>
    }
    .into_any()
}

fn published(line: &PublicationLine) -> AnyView {
    let date = line.decision_date.map(Timestamp::date).unwrap_or_default();
    view! {
        <h2>"Đã công bố"</h2>
        <p>{line.published_at.map(|at| view! { "Bản " {line.version} ", công bố lúc " <Moment at=at/> })}</p>
        <details>
            <summary>"Bổ sung, sửa số, ngày hoặc tệp quyết định"</summary>
            <form method="post" enctype="multipart/form-data" class="narrow">
                {decision(&line.decision_number, &date)}
                <p class="actions"><button name="deed" value="record" class="secondary">"Ghi quyết định"</button></p>
            </form>
        </details>
        <details>
            <summary>"Đính chính kết quả"</summary>
            <p>"Bản đang công bố vẫn giữ nguyên cho đến khi bản mới được duyệt và công bố; lý do hiện công khai."</p>
            <form method="post" class="narrow">
                <Reason target="correct".to_owned() label="Lý do đính chính (công khai)"/>
                <p class="actions"><button name="deed" value="correct" class="danger">"Bắt đầu đính chính"</button></p>
            </form>
        </details>
    }
    .into_any()
}

fn history(publications: &[PublicationLine]) -> AnyView {
    let lines = publications
        .iter()
        .map(|line| {
            let reason = (!line.reason.is_empty()).then(|| view! { <p>"Lý do đính chính: " {line.reason.clone()}</p> });
            let answer = (!line.answer.is_empty()).then(|| view! { <p>"Lý do trả lại: " {line.answer.clone()}</p> });
            view! { <li><p><b>{format!("Bản {}", line.version)}</b> {format!(": {}", line.state.label())}</p> {reason} {answer}</li> }
        })
        .collect_view();
    view! { <h2>"Các bản kết quả"</h2> <ol class="history">{lines}</ol> }.into_any()
}
