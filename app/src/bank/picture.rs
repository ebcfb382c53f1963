//! Adding an image to the text of a draft.

use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param_id},
    parts::{Crumbs, FileField, FormErrors, Head, Hidden, TextField, admin_frame},
    submitted::typed_or,
};
use domain::{Refusal, id::QuestionId};
use engine::{Stop, bank::SentImage};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, question) = (engine(), caller(), param_id::<QuestionId>("question"));
    page(async move {
        let (caller, question) = (caller?, question?);
        let seen = engine.question_page(&caller, question).await?;
        if !seen.writable {
            return Err(Refusal::WrongOrder.into());
        }
        let address = format!("/quan-tri/cau-hoi/{question}");
        let way = vec![crumb("Ngân hàng câu hỏi", "/quan-tri/cau-hoi"), crumb(seen.code.clone(), address.clone())];
        let revision = typed_or("revision", seen.newest.revision.to_string());
        Ok(admin_frame(
            &caller,
            view! {
                <Crumbs way=way here="Thêm hình"/>
                <Head title="Thêm hình" lede="Hình được đặt ở cuối câu hỏi; sau đó có thể chuyển dòng ![…](/tep/…) đến chỗ khác."/>
                <form method="post" enctype="multipart/form-data" class="narrow">
                    <FormErrors fields=vec![("image", "Tệp hình"), ("words", "Mô tả")]/>
                    <Hidden name="revision" value=revision/>
                    <FileField name="image" label="Tệp hình" accept="image/png,image/jpeg,image/webp" hint="PNG, JPEG hoặc WebP, tối đa 1 MiB."/>
                    <TextField name="words" label="Mô tả" hint="Hình cho thấy gì: người không xem được hình sẽ nghe dòng này."/>
                    <p class="actions"><button>"Thêm vào câu hỏi"</button> " " <a class="button quiet" href=address>"Bỏ qua"</a></p>
                </form>
            },
        ))
    })
}

/// Keeps the image and goes back to the editor.
pub fn add(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, question) = (ask.caller()?, ask.param_id::<QuestionId>("question")?);
        let revision = ask.form.text("revision").parse::<i64>().map_err(|_| Refusal::ChangedMeanwhile)?;
        let file = ask.form.file("image").ok_or_else(|| Stop::at("image", Refusal::Required))?;
        let image = SentImage { name: &file.name, bytes: &file.bytes, words: ask.form.text("words") };
        ask.engine.illustrate(&caller, question, revision, image).await?;
        Ok(Answer::go(format!("/quan-tri/cau-hoi/{question}")))
    })
}
