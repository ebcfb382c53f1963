//! The receipt of a sheet, and what the round allows to know of it.

use super::review::review;
use crate::{
    page::{caller, engine, page, param_id},
    parts::{Moment, Notice},
    problem::HelpLine,
};
use domain::{
    Timestamp,
    attempt::{EndedBy, Stage},
    id::AttemptId,
};
use engine::attempt::{OwnAttempt, SittingResult};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, attempt) = (engine(), caller(), param_id::<AttemptId>("attempt"));
    page(async move {
        let result = engine.result(&caller?, attempt?).await?;
        let frozen = &result.own.frozen;
        Ok(view! {
            <Title text="Xác nhận nộp bài"/>
            {frozen.simulated.then(|| view! { <Notice kind="sample"><p>"Dữ liệu mô phỏng, không phải kết quả thật."</p></Notice> })}
            <section class="narrow summary-card">{summary(&result)}</section>
            {result.review.as_ref().map(|questions| review(&result.own, questions))}
        }
        .into_any())
    })
}

fn summary(result: &SittingResult) -> AnyView {
    let own = &result.own;
    match (own.ended, own.stage) {
        (None, _) if result.now < own.deadline => running(own),
        (None, _) | (Some(_), Stage::Running) => ending(own),
        (Some((at, by)), _) => received(result, at, by),
    }
}

fn running(own: &OwnAttempt) -> AnyView {
    view! {
        <h1>"Bài thi chưa nộp"</h1>
        <p>"Bài của anh/chị đang làm dở, hết giờ lúc " <b>{own.deadline.second()}</b> "."</p>
        <p class="actions"><a class="button" href=format!("/thi/{}", own.id)>"Làm tiếp"</a></p>
    }
    .into_any()
}

/// The time is up and the clock's ending is on its way: at most 60 seconds after the grace.
fn ending(own: &OwnAttempt) -> AnyView {
    view! {
        <Meta http_equiv="refresh" content="5"/>
        <h1>"Đã hết giờ làm bài"</h1>
        <p>{format!("Hết giờ lúc {}. Hệ thống đang nộp các câu trả lời đã lưu; trang này tự cập nhật sau ít giây.", own.deadline.second())}</p>
        <p class="actions"><a class="button secondary" href=format!("/thi/{}/ket-qua", own.id)>"Xem lại"</a></p>
    }
    .into_any()
}

fn received(result: &SittingResult, at: Timestamp, by: EndedBy) -> AnyView {
    let own = &result.own;
    let frozen = &own.frozen;
    let how = match by {
        EndedBy::Contestant => "Anh/chị nộp bài",
        EndedBy::Clock => "Hết giờ, hệ thống nộp các câu trả lời đã lưu",
        EndedBy::Organiser => "Ban Tổ chức kết thúc bài thi",
    };
    view! {
        <h1>{format!("Đã nhận bài lúc {}", at.second())}</h1>
        {own.receipt.clone().map(|code| view! { <p class="receipt"><span>"Mã xác nhận"</span> " " <code class="code">{code}</code></p> })}
        {void(own)}
        <dl class="facts" data-layout="row">
            <div><dt>"Cuộc thi"</dt><dd>{frozen.title.clone()}</dd></div>
            <div><dt>"Đợt thi"</dt><dd>{frozen.label.clone()}</dd></div>
            <div><dt>"Nộp bài"</dt><dd>{how} ", " <Moment at/></dd></div>
            <div><dt>"Đã trả lời"</dt><dd>{format!("{}/{} câu", result.answered, own.questions)}</dd></div>
            {result.guess.clone().map(|guess| view! { <div><dt>"Dự đoán"</dt><dd>{guess}</dd></div> })}
            {own.own.map(|(correct, points)| view! {
                <div><dt>"Trả lời đúng"</dt><dd><b>{format!("{correct}/{} câu", own.questions)}</b></dd></div>
                <div><dt>"Điểm"</dt><dd>{points.0}</dd></div>
            })}
        </dl>
        {result.review.is_none().then(|| embargo(own))}
        <p class="actions">
            <a class="button secondary" href=format!("/cuoc-thi/{}", frozen.slug)>"Về trang cuộc thi"</a>
            " "
            <a class="button quiet" href="/luot-thi">"Lượt thi của tôi"</a>
        </p>
        <p><small>"Hãy giữ mã xác nhận để đối chiếu khi cần. Đường dây hỗ trợ: " <HelpLine number=frozen.help_line.clone()/></small></p>
    }
    .into_any()
}

fn void(own: &OwnAttempt) -> Option<AnyView> {
    let why = own.void_why.clone();
    (own.stage == Stage::Void).then(|| {
        view! {
            <Notice kind="error">
                <h2>"Kết quả không được công nhận"</h2>
                <p>{why}</p>
                <p>"Anh/chị có thể kiến nghị về kết quả qua đường dây hỗ trợ của cuộc thi."</p>
            </Notice>
        }
        .into_any()
    })
}

/// When everything else will be known.
fn embargo(own: &OwnAttempt) -> AnyView {
    let expected = own.frozen.results_expected_at.map(|at| format!(", dự kiến ngày {}", at.date())).unwrap_or_default();
    view! { <Notice kind="info"><p>{format!("Kết quả sẽ được công bố sau khi Ban Tổ chức phê duyệt{expected}.")}</p></Notice> }.into_any()
}
