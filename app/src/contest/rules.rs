//! The thể lệ of a contest: the version in force, the next one, the one that waits for a second person, and those before.

use super::tabs::{contest_address, contest_head};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param},
    parts::{Empty, FormErrors, Hidden, Html, Moment, Notice, TextArea, TextField, admin_frame, stretches},
    submitted::{submitted, typed_or},
};
use domain::{
    Refusal,
    bank::difference,
    contest::{ChangeState, ContestStage},
    id::ChangeId,
};
use engine::{
    contest::{Contest, ProposedRules, Rules},
    markdown,
};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    page(async move {
        let caller = caller?;
        let contest = engine.contest(&caller, &slug).await?;
        let versions = engine.rules_of(&caller, contest.id).await?;
        let proposed = engine.proposed_rules(&caller, contest.id).await?;
        let next = match proposed.iter().find(|rules| rules.state == ChangeState::Proposed) {
            Some(waiting) => decision(waiting, versions.first()),
            None => form(&contest, versions.first()),
        };
        let work = view! {
            {contest_head(&contest)}
            {next}
            {history(&versions)}
            {declined(&proposed)}
        };
        Ok(admin_frame(&caller, work))
    })
}

/// Where the next version is written.
fn form(contest: &Contest, newest: Option<&Rules>) -> AnyView {
    let frozen = contest.rounds.iter().any(|round| round.state.is_frozen());
    let needs_reason = newest.is_some() && (frozen || contest.stage != ContestStage::Draft);
    let (text, next) = newest.map_or((String::new(), 1), |rules| (rules.text.clone(), rules.version + 1));
    let second_person = frozen.then(|| {
        view! {
            <Notice kind="info">
                <p>"Cuộc thi đã có đợt thi được chốt: bản mới chỉ có hiệu lực khi một người khác trong Ban Tổ chức đồng ý."</p>
            </Notice>
        }
    });
    let button = if frozen { "Gửi người thứ hai quyết định" } else { "Ban hành" };
    let preview = submitted().is_some().then(|| {
        let text = markdown::render(&typed_or("text", String::new()));
        view! { <aside class="preview" aria-label="Xem trước"><h2>"Người dự thi sẽ thấy"</h2><Html text=text/></aside> }
    });
    view! {
        {second_person}
        <form method="post">
            <FormErrors fields=vec![("text", "Thể lệ"), ("reason", "Lý do")]/>
            <TextArea name="text" label=format!("Thể lệ, bản {next}") value=text rows=20 hint="Viết bằng Markdown. Bản đang có hiệu lực được giữ lại khi ban hành bản mới."/>
            {needs_reason.then(|| view! { <TextField name="reason" label="Lý do thay đổi" hint="Hiện công khai cùng bản mới; ít nhất 10 ký tự."/> })}
            <p class="actions">
                <button name="deed" value="decide">{button}</button>
                " "
                <button name="deed" value="preview" class="secondary">"Xem trước"</button>
            </p>
        </form>
        {preview}
    }
    .into_any()
}

/// The version that waits: what it changes, and the buttons that decide it.
fn decision(waiting: &ProposedRules, newest: Option<&Rules>) -> AnyView {
    let parts = difference(newest.map_or("", |rules| rules.text.as_str()), &waiting.text);
    let text = markdown::render(&waiting.text);
    let buttons = if waiting.own {
        view! {
            <p class="hint">"Anh/chị đề nghị bản này nên người khác trong Ban Tổ chức quyết định."</p>
            <p class="actions"><button name="deed" value="decline" class="secondary">"Rút đề nghị"</button></p>
        }
        .into_any()
    } else {
        view! {
            <TextField name="reason" label="Lý do từ chối" hint="Chỉ cần khi từ chối; ít nhất 10 ký tự. Ban Tổ chức đọc được." optional=true/>
            <p class="actions">
                <button name="deed" value="agree">"Đồng ý"</button>
                " "
                <button name="deed" value="decline" class="secondary">"Từ chối"</button>
            </p>
        }
        .into_any()
    };
    view! {
        <section>
            <h2>"Bản mới chờ người thứ hai quyết định"</h2>
            <p>{format!("Lý do: {}", waiting.reason)}</p>
            <p class="meta">{format!("{} đề nghị lúc ", waiting.proposer)} <Moment at=waiting.proposed_at/></p>
            <h3>"Khác với bản đang có hiệu lực"</h3>
            <div class="diff"><p>{stretches(&parts)}</p></div>
            <details><summary>"Xem toàn văn bản mới"</summary><Html text=text/></details>
            <form method="post" class="narrow">
                <FormErrors fields=vec![("reason", "Lý do từ chối")]/>
                <Hidden name="proposal" value=waiting.id.to_string()/>
                {buttons}
            </form>
        </section>
    }
    .into_any()
}

fn history(versions: &[Rules]) -> AnyView {
    if versions.is_empty() {
        return view! { <Empty title="Chưa ban hành thể lệ"/> }.into_any();
    }
    let lines = versions
        .iter()
        .map(|rules| {
            let text = markdown::render(&rules.text);
            let proposed =
                rules.proposed_by.as_ref().map(|proposer| view! { <p class="meta">{format!("Theo đề nghị của {proposer}")}</p> });
            view! {
                <li>
                    <p><b>{rules.decided_by.clone()}</b> {format!(" ban hành bản {}", rules.version)}</p>
                    <p class="meta"><Moment at=rules.decided_at/></p>
                    {proposed}
                    {(!rules.reason.is_empty()).then(|| view! { <p>{rules.reason.clone()}</p> })}
                    <details><summary>"Xem bản này"</summary><Html text=text/></details>
                </li>
            }
        })
        .collect_view();
    view! { <h2>"Các bản đã ban hành"</h2> <ol class="history">{lines}</ol> }.into_any()
}

/// What was proposed and did not come into force, for the organisers.
fn declined(proposed: &[ProposedRules]) -> Option<AnyView> {
    let declined = proposed.iter().filter(|rules| rules.state == ChangeState::Declined);
    let lines: Vec<_> = declined
        .map(|rules| {
            let by = rules.decider.clone().unwrap_or_default();
            let outcome = if rules.answer.is_empty() {
                "Đề nghị được rút lại".to_owned()
            } else {
                format!("{by} từ chối: {}", rules.answer)
            };
            view! {
                <li>
                    <p><b>{rules.proposer.clone()}</b> {format!(" đề nghị: {}", rules.reason)}</p>
                    <p>{outcome}</p>
                    {rules.decided_at.map(|at| view! { <p class="meta"><Moment at=at/></p> })}
                </li>
            }
        })
        .collect();
    (!lines.is_empty()).then(|| view! { <h2>"Các đề nghị không thành"</h2> <ol class="history">{lines}</ol> }.into_any())
}

/// Decides a version, shows what was typed, or decides what somebody proposed.
pub fn decide(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let deed = ask.form.text("deed");
        if deed == "preview" {
            return Ok(Answer::Again);
        }
        let contest = ask.engine.contest(&caller, ask.param("slug")).await?;
        let reason = ask.form.text("reason");
        if matches!(deed, "agree" | "decline") {
            let proposal: ChangeId = ask.form.text("proposal").parse().map_err(|_| Refusal::NotFound)?;
            ask.engine.decide_proposed_rules(&caller, proposal, deed == "agree", reason).await?;
        } else {
            ask.engine.decide_rules(&caller, contest.id, ask.form.raw("text"), reason).await?;
        }
        Ok(Answer::go(format!("{}/the-le", contest_address(&contest.settings.slug))))
    })
}
