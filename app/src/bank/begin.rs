//! Beginning a question.

use super::words::{difficulty_choices, field_names, kind_choices, topic_choices, writing};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page},
    parts::{Crumbs, FormErrors, Head, Select, TextArea, admin_frame},
};
use domain::identity::Action;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        caller.must(Action::WriteQuestion)?;
        let topics = engine.topics().await?;
        Ok(admin_frame(
            &caller,
            view! {
                <Crumbs way=vec![crumb("Ngân hàng câu hỏi", "/quan-tri/cau-hoi")] here="Soạn câu hỏi"/>
                <Head title="Soạn câu hỏi" lede="Chọn chủ đề, mức độ và dạng; phương án và đáp án viết ở bước sau. Có thể đổi lại bất cứ lúc nào."/>
                <form method="post" class="narrow">
                    <FormErrors fields=field_names()/>
                    <Select name="topic" label="Chủ đề" options=topic_choices(&topics)/>
                    <div class="fields">
                        <Select name="difficulty" label="Mức độ" options=difficulty_choices()/>
                        <Select name="kind" label="Dạng câu hỏi" options=kind_choices()/>
                    </div>
                    <TextArea name="text" label="Câu hỏi" hint="Dùng được Markdown: **đậm**, *nghiêng*, danh sách, bảng." rows=5/>
                    <p class="actions"><button>"Tạo bản nháp"</button> " " <a class="button quiet" href="/quan-tri/cau-hoi">"Bỏ qua"</a></p>
                </form>
            },
        ))
    })
}

/// Makes the draft and goes on to its editor.
pub fn begin(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let question = ask.engine.draft_question(&ask.caller()?, &writing(&ask.form.values)?).await?;
        Ok(Answer::go(format!("/quan-tri/cau-hoi/{question}")))
    })
}
