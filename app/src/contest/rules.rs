//! The thể lệ of a contest: the version in force, the next one, and those before.

use super::tabs::{contest_address, contest_head};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param},
    parts::{Empty, FormErrors, Html, Moment, TextArea, TextField, admin_frame},
    submitted::{submitted, typed_or},
};
use domain::contest::ContestStage;
use engine::{contest::Rules, markdown};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    page(async move {
        let caller = caller?;
        let contest = engine.contest(&caller, &slug).await?;
        let versions = engine.rules_of(&caller, contest.id).await?;
        let newest = versions.first().map(|rules| rules.text.clone()).unwrap_or_default();
        let next = versions.first().map_or(0, |rules| rules.version) + 1;
        let needs_reason = contest.stage != ContestStage::Draft && !versions.is_empty();
        let preview = submitted().is_some().then(|| {
            let text = markdown::render(&typed_or("text", String::new()));
            view! { <aside class="preview" aria-label="Xem trước"><h2>"Người dự thi sẽ thấy"</h2><Html text=text/></aside> }
        });
        let work = view! {
            {contest_head(&contest)}
            <form method="post">
                <FormErrors fields=vec![("text", "Thể lệ"), ("reason", "Lý do")]/>
                <TextArea name="text" label=format!("Thể lệ, bản {next}") value=newest rows=20 hint="Viết bằng Markdown. Bản đang có hiệu lực được giữ lại khi ban hành bản mới."/>
                {needs_reason.then(|| view! { <TextField name="reason" label="Lý do thay đổi" hint="Hiện công khai cùng bản mới."/> })}
                <p class="actions">
                    <button name="deed" value="decide">"Ban hành"</button>
                    " "
                    <button name="deed" value="preview" class="secondary">"Xem trước"</button>
                </p>
            </form>
            {preview}
            {history(&versions)}
        };
        Ok(admin_frame(&caller, work))
    })
}

fn history(versions: &[Rules]) -> AnyView {
    if versions.is_empty() {
        return view! { <Empty title="Chưa ban hành thể lệ"/> }.into_any();
    }
    let lines = versions
        .iter()
        .map(|rules| {
            let text = markdown::render(&rules.text);
            view! {
                <li>
                    <p><b>{rules.decided_by.clone()}</b> {format!(" ban hành bản {}", rules.version)}</p>
                    <p class="meta"><Moment at=rules.decided_at/></p>
                    {(!rules.reason.is_empty()).then(|| view! { <p>{rules.reason.clone()}</p> })}
                    <details><summary>"Xem bản này"</summary><Html text=text/></details>
                </li>
            }
        })
        .collect_view();
    view! { <h2>"Các bản đã ban hành"</h2> <ol class="history">{lines}</ol> }.into_any()
}

/// Decides a version, or shows what was typed.
pub fn decide(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        if ask.form.text("deed") == "preview" {
            return Ok(Answer::Again);
        }
        let contest = ask.engine.contest(&caller, ask.param("slug")).await?;
        ask.engine.decide_rules(&caller, contest.id, ask.form.raw("text"), ask.form.text("reason")).await?;
        Ok(Answer::go(format!("{}/the-le", contest_address(&contest.settings.slug))))
    })
}
