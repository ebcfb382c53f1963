//! One question: the editor for its author, a reading page with the next steps for everybody else.

use super::{
    fields,
    keeper::DraftKeeper,
    reading, rows, shown,
    words::{difficulty_choices, field_names, kind_choices, topic_choices, writing},
};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param_id},
    parts::{Crumbs, DATE, FormErrors, Head, Hidden, Select, TextArea, TextField, admin_frame},
    submitted::{submitted, typed_or},
};
use domain::{
    Refusal,
    bank::{Kind, Step},
    id::QuestionId,
    identity::Action,
};
use engine::bank::{QuestionPage, Shown, form};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, question) = (engine(), caller(), param_id::<QuestionId>("question"));
    page(async move {
        let (caller, question) = (caller?, question?);
        let seen = engine.question_page(&caller, question).await?;
        let work = if seen.writable { editor(&seen) } else { reading::reading(&seen, question) };
        Ok(admin_frame(
            &caller,
            view! {
                <Crumbs way=vec![crumb("Ngân hàng câu hỏi", "/quan-tri/cau-hoi")] here=seen.code.clone()/>
                {work}
            },
        ))
    })
}

/// What the form shows: what was typed, or else what is stored.
fn values(seen: &QuestionPage) -> Vec<(String, String)> {
    submitted()
        .filter(|form| form.value("revision").is_some())
        .map_or_else(|| form::fill(&seen.newest.writing), |form| form.values.to_vec())
}

fn editor(seen: &QuestionPage) -> AnyView {
    let question = seen.newest.question;
    let values = values(seen);
    let content = form::read_content(&values);
    let address = format!("/quan-tri/cau-hoi/{question}");
    let returned = seen.comment.as_ref().map(reading::comment);
    let preview = shown::question(&Shown::drawn(&content));
    let revision = typed_or("revision", seen.newest.revision.to_string());
    let (state, said) = saved(seen);
    let (about, basis, answers) = (about(seen, content.kind), basis(seen), fields::answers(&values, content.kind));
    view! {
        <Head title=format!("{} · bản {}", seen.code, seen.newest.number) lede=seen.newest.status.label()>
            <a class="button secondary" href=format!("{address}/hinh")>"Thêm hình"</a>
            " "
            <a class="button secondary" href=format!("{address}/lich-su")>"Lịch sử"</a>
        </Head>
        {returned}
        <DraftKeeper question=question.to_string()>
            <form method="post" id="soan">
                <FormErrors fields=field_names()/>
                <Hidden name="revision" value=revision/>
                <p class="saved" id="da-luu" role="status" data-state=state>{said}</p>
                {about}
                <TextArea name="text" label="Câu hỏi" value=content.text.clone() hint="Dùng được Markdown: **đậm**, *nghiêng*, danh sách, bảng." rows=5/>
                {answers}
                {basis}
                <p class="actions">
                    <button name="deed" value="save">"Lưu nháp"</button> " "
                    <button name="deed" value="preview" class="secondary">"Xem trước"</button> " "
                    <button name="deed" value="submit" class="secondary">"Gửi thẩm định"</button>
                </p>
                <p class="hint" id="phim-tat" hidden=true>"Ctrl+Enter: lưu. Alt+↑ hoặc Alt+↓ trong một phương án: chuyển phương án lên, xuống."</p>
            </form>
            <aside class="preview" aria-label="Xem trước" aria-live="off"><h2>"Thí sinh sẽ thấy"</h2><div id="xem-truoc">{preview}</div></aside>
        </DraftKeeper>
        {reading::steps(seen, &[Step::Retire])}
    }
    .into_any()
}

/// Whether what the form shows is kept: its state, which the island reads, and the words.
fn saved(seen: &QuestionPage) -> (&'static str, String) {
    match submitted() {
        None => ("saved", format!("Đã lưu bản nháp {}", seen.newest.changed_at.second())),
        Some(form) if form.refused.is_empty() && form.whole.is_none() => ("queued", "Chưa lưu …".to_owned()),
        Some(_) => ("refused", "Chưa lưu được.".to_owned()),
    }
}

/// Topic, level and kind.
fn about(seen: &QuestionPage, kind: Kind) -> AnyView {
    let writing = &seen.newest.writing;
    view! {
        <Select name="topic" label="Chủ đề" options=topic_choices(&seen.topics) value=writing.topic.to_string()/>
        <div class="fields">
            <Select name="difficulty" label="Mức độ" options=difficulty_choices() value=writing.difficulty.code()/>
            <Select name="kind" label="Dạng câu hỏi" options=kind_choices() value=kind.code()/>
        </div>
        <p class="actions"><button name="deed" value="again" class="secondary small" id="doi-dang">"Đổi dạng"</button></p>
    }
    .into_any()
}

/// Explanation, legal basis, tags.
fn basis(seen: &QuestionPage) -> AnyView {
    let writing = &seen.newest.writing;
    let date = |moment: Option<domain::Timestamp>| moment.map(domain::Timestamp::date).unwrap_or_default();
    view! {
        <TextArea name="explanation" label="Giải thích" value=writing.explanation.clone() hint="Thí sinh chỉ xem được sau khi đáp án được công bố." rows=4/>
        <fieldset>
            <legend>"Căn cứ pháp lý"</legend>
            <TextField name="legal_document" label="Văn bản" value=writing.legal.document.clone() hint="Số hiệu, ngày, cơ quan ban hành."/>
            <TextField name="legal_article" label="Điều, khoản" value=writing.legal.article.clone() optional=true/>
            <div class="fields">
                <TextField name="legal_from" label="Có hiệu lực từ" hint=DATE inputmode="numeric" value=date(writing.legal.from) optional=true/>
                <TextField name="legal_until" label="Hết hiệu lực từ" hint=DATE inputmode="numeric" value=date(writing.legal.until) optional=true/>
            </div>
        </fieldset>
        <TextField name="tags" label="Nhãn" value=writing.tags.join(", ") hint="Cách nhau bằng dấu phẩy." optional=true/>
    }
    .into_any()
}

/// Saves, submits, previews; takes back, approves, returns, retires, renews.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let question: QuestionId = ask.param_id("question")?;
        // The right comes before anything that was typed.
        caller.must(match ask.form.text("deed") {
            "approve" | "return" => Action::ReviewQuestion,
            "" | "save" | "submit" | "take-back" | "renew" => Action::WriteQuestion,
            _ => Action::ReadBank,
        })?;
        let revision = || ask.form.text("revision").parse::<i64>().map_err(|_| Refusal::ChangedMeanwhile);
        match ask.form.text("deed") {
            "" | "save" => ask.engine.save_draft(&caller, question, revision()?, &writing(&ask.form.values)?).await.map(|_| ())?,
            "submit" => ask.engine.submit_writing(&caller, question, revision()?, &writing(&ask.form.values)?).await?,
            "take-back" => ask.engine.take_back(&caller, question).await?,
            "approve" => ask.engine.approve(&caller, question, revision()?).await?,
            "return" => ask.engine.return_with_comments(&caller, question, ask.form.text("comment")).await?,
            "retire" => ask.engine.retire(&caller, question).await?,
            "renew" => ask.engine.renew(&caller, question).await?,
            _ => return Ok(Answer::Changed(rows::stepped(&ask.form.values))),
        }
        Ok(Answer::go(format!("/quan-tri/cau-hoi/{question}")))
    })
}
