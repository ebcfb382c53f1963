//! The history of a question: who did what, and what changed from version to version.

use super::words::tone;
use crate::{
    page::{caller, crumb, engine, page, param_id},
    parts::{Badge, Crumbs, Head, Moment, admin_frame, stretches},
};
use domain::id::QuestionId;
use engine::bank::{Change, EventRow, VersionSeen};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, question) = (engine(), caller(), param_id::<QuestionId>("question"));
    page(async move {
        let (caller, question) = (caller?, question?);
        let seen = engine.question_page(&caller, question).await?;
        let versions = engine.history(&caller, question).await?;
        let way = vec![crumb("Ngân hàng câu hỏi", "/quan-tri/cau-hoi"), crumb(seen.code.clone(), format!("/quan-tri/cau-hoi/{question}"))];
        Ok(admin_frame(
            &caller,
            view! {
                <Crumbs way=way here="Lịch sử"/>
                <Head title=format!("Lịch sử câu hỏi {}", seen.code) lede="Phiên bản đã dùng trong đề thi không bao giờ thay đổi."/>
                {versions.iter().map(version).collect_view()}
            },
        ))
    })
}

fn version(seen: &VersionSeen) -> AnyView {
    let version = &seen.version;
    let served = version.served.then(|| view! { " " <Badge tone="gold" text="Đã dùng trong đề thi"/> });
    view! {
        <section>
            <h2>{format!("Bản {}", version.number)} " " <Badge tone=tone(version.status) text=version.status.label()/> {served}</h2>
            <ol class="history">{seen.events.iter().map(event).collect_view()}</ol>
            {(!seen.changes.is_empty()).then(|| view! { <h3>{format!("Khác với bản {}", version.number - 1)}</h3> })}
            {seen.changes.iter().map(change).collect_view()}
        </section>
    }
    .into_any()
}

fn event(event: &EventRow) -> AnyView {
    let words = event.comment.clone();
    view! {
        <li>
            <p><b>{event.full_name.clone()}</b> " " {event.what.label()}</p>
            <p class="meta"><Moment at=event.at/></p>
            {(!words.is_empty()).then(|| view! { <p>{words}</p> })}
        </li>
    }
    .into_any()
}

fn change(change: &Change) -> AnyView {
    view! { <div class="diff"><p><b>{change.what.clone()}</b> ": " {stretches(&change.parts)}</p></div> }.into_any()
}
