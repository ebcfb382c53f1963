//! The page that leads through rà soát, xếp hạng, xác minh, trình duyệt, công bố and đính chính.

use super::{late, publication, review, verification};
use crate::{
    page::{caller, crumb, engine, page, param_id, query},
    parts::{Badge, Crumbs, FormErrors, Head, Moment, Notice, admin_frame},
};
use domain::{contest::RoundStage, id::RoundId};
use engine::ranking::JudgedRound;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, round) = (engine(), caller(), param_id::<RoundId>("round"));
    page(async move {
        let (caller, round) = (caller?, round?);
        let judged = engine.judged_round(&caller, round).await?;
        let step = match judged.stage {
            RoundStage::Review => {
                let entries = engine.entries_to_review(&caller, round).await?;
                review::view(&judged, entries)
            }
            RoundStage::Ranked => {
                let verification = engine.verification(&caller, round).await?;
                let declined = engine.publications(&caller, round).await?;
                verification::view(&judged, verification, &declined)
            }
            RoundStage::Submitted | RoundStage::Published => {
                let publications = engine.publications(&caller, round).await?;
                publication::view(&caller, &judged, &publications)
            }
            RoundStage::Scheduled => before_review(&judged),
            RoundStage::Draft | RoundStage::Cancelled => {
                view! { <Notice kind="info"><p>"Đợt thi này không có kết quả để xét."</p></Notice> }.into_any()
            }
        };
        // Appeals come after the review, too.
        let late = match judged.stage {
            RoundStage::Draft | RoundStage::Scheduled | RoundStage::Cancelled => None,
            _ => {
                let page = query("trang").parse().unwrap_or(1);
                Some(late::view(round, engine.late_sheets(&caller, round, page).await?))
            }
        };
        Ok(admin_frame(&caller, around(&judged, view! { {step} {late} }.into_any())))
    })
}

/// Crumbs, head and the path of steps around the step at hand.
fn around(judged: &JudgedRound, step: AnyView) -> AnyView {
    let way = vec![crumb("Việc cần làm", "/quan-tri"), crumb(judged.label.clone(), format!("/quan-tri/dot/{}", judged.id))];
    let errors =
        vec![("reason", "Lý do"), ("chosen", "Kết quả bốc thăm"), ("number", "Số quyết định"), ("date", "Ngày"), ("file", "Tệp PDF")];
    let public = judged.published.map(|version| {
        let address = format!("/ket-qua/{}/{}", judged.slug, judged.position);
        view! { <Notice kind="info"><p>{format!("Đang công bố: bản {version}. ")} <a href=address>"Xem trang công bố"</a></p></Notice> }
    });
    view! {
        <Crumbs way=way here="Kết quả"/>
        <Head title=format!("Kết quả {}", judged.label) lede=judged.contest.clone()/>
        {path(judged)}
        <FormErrors fields=errors/>
        {public}
        {step}
    }
    .into_any()
}

const STEPS: [&str; 6] = ["Đóng", "Rà soát", "Xếp hạng", "Xác minh người đạt giải", "Trình duyệt", "Công bố"];

/// Which of the steps is the one at hand.
const fn at_hand(judged: &JudgedRound) -> usize {
    match judged.stage {
        RoundStage::Draft | RoundStage::Scheduled | RoundStage::Cancelled => 0,
        RoundStage::Review => 1,
        RoundStage::Ranked => 3,
        RoundStage::Submitted => 4,
        RoundStage::Published => 5,
    }
}

fn path(judged: &JudgedRound) -> AnyView {
    let here = at_hand(judged);
    let steps = STEPS
        .iter()
        .enumerate()
        .map(|(i, name)| {
            let done = i < here || judged.stage == RoundStage::Published;
            view! { <li data-state=done.then_some("done") aria-current=(i == here).then_some("step")>{*name}</li> }
        })
        .collect_view();
    let correcting = (judged.working > 1 && judged.stage != RoundStage::Published)
        .then(|| view! { <p><Badge tone="warn" text=format!("Đính chính: đang làm bản {}", judged.working)/></p> });
    view! { <ol class="path">{steps}</ol> {correcting} }.into_any()
}

/// Before the review: what still runs.
fn before_review(judged: &JudgedRound) -> AnyView {
    let (closes_at, watch, left) = (judged.closes_at, format!("/quan-tri/dot/{}/theo-doi", judged.id), judged.running);
    if !judged.closed {
        return view! {
            <Notice kind="info">
                <p>"Đợt thi đóng lúc " <Moment at=closes_at/> ". Việc rà soát bắt đầu sau giờ đóng."</p>
                <p><a href=watch>"Theo dõi số liệu đang diễn ra"</a></p>
            </Notice>
        }
        .into_any();
    }
    let running = (left > 0)
        .then(|| view! { <Notice kind="warning"><p>{format!("Còn {left} bài thi chưa kết thúc; hệ thống tự kết thúc bài quá giờ.")}</p></Notice> });
    view! {
        {running}
        <p>"Đợt thi đã đóng. Rà soát: xem các bài bị đánh dấu và các bài trùng số định danh, công nhận hoặc không công nhận từng bài."</p>
        <form method="post">
            <p class="actions"><button name="deed" value="begin-review">"Bắt đầu rà soát"</button></p>
        </form>
    }
    .into_any()
}
