//! One topic below the heads: its name, and removing it while it is empty.

use super::topics::may_edit;
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param_id},
    parts::{Crumbs, FormErrors, Head, Hidden, TextField, admin_frame},
};
use domain::{Refusal, id::TopicId};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, topic) = (engine(), caller(), param_id::<TopicId>("topic"));
    page(async move {
        let (caller, topic) = (caller?, topic?);
        if !may_edit(&caller) {
            return Err(Refusal::NotAllowed.into());
        }
        let topics = engine.topics().await?;
        let topic = topics.into_iter().find(|known| known.id == topic && !known.is_head()).ok_or(Refusal::NotFound)?;
        Ok(admin_frame(
            &caller,
            view! {
                <Crumbs way=vec![crumb("Chủ đề", "/quan-tri/chu-de")] here=topic.label()/>
                <Head title=topic.label()/>
                <form method="post" class="narrow">
                    <FormErrors fields=vec![("name", "Tên")]/>
                    <TextField name="name" label="Tên" value=topic.name.clone()/>
                    <p class="actions"><button>"Lưu"</button></p>
                </form>
                <form method="post">
                    <Hidden name="deed" value="remove"/>
                    <p>"Chỉ xóa được chủ đề chưa có câu hỏi và chủ đề con."</p>
                    <p class="actions"><button class="danger">"Xóa chủ đề"</button></p>
                </form>
            },
        ))
    })
}

/// Renames or removes the topic.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, topic) = (ask.caller()?, ask.param_id::<TopicId>("topic")?);
        match ask.form.text("deed") {
            "remove" => ask.engine.remove_topic(&caller, topic).await?,
            _ => ask.engine.rename_topic(&caller, topic, ask.form.text("name")).await?,
        }
        Ok(Answer::go("/quan-tri/chu-de"))
    })
}
