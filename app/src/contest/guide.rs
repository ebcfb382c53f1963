//! The guide of a contest (Hướng dẫn, Hỏi đáp) with its study documents, for editors: they set up nothing else of it.

use super::documents::{change, documents};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param},
    parts::{Crumbs, Empty, FormErrors, Head, Hidden, TextArea, admin_frame},
};
use domain::contest::{ContestStage, GuideForm};
use engine::contest::Guide;
use leptos::prelude::*;

const TITLE: &str = "Hướng dẫn, tài liệu cuộc thi";
const LIST: &str = "/quan-tri/huong-dan";

/// Every contest with its guide.
pub fn list() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        let guides = engine.guides(&caller).await?;
        let list = if guides.is_empty() {
            view! { <Empty title="Chưa có cuộc thi nào"/> }.into_any()
        } else {
            view! { <ul class="cards">{guides.iter().map(card).collect_view()}</ul> }.into_any()
        };
        let work = view! {
            <Head title=TITLE lede="Phần biên tập viên soạn của từng cuộc thi: hướng dẫn, hỏi đáp, tài liệu."/>
            {list}
        };
        Ok(admin_frame(&caller, work))
    })
}

fn card(guide: &Guide) -> impl IntoView + use<> {
    let written = |text: &str| if text.is_empty() { "chưa có" } else { "đã có" };
    let words = format!("Hướng dẫn: {}. Hỏi đáp: {}.", written(&guide.texts.guide), written(&guide.texts.faq));
    view! {
        <li>
            <article class="card">
                <p class="meta">{guide.stage.label()}</p>
                <h2><a href=address(&guide.slug)>{guide.title.clone()}</a></h2>
                <p>{words}</p>
            </article>
        </li>
    }
}

fn address(slug: &str) -> String {
    format!("{LIST}/{slug}")
}

/// The guide of one contest.
pub fn view() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    page(async move {
        let caller = caller?;
        let guide = engine.guide(&caller, &slug).await?;
        let kept = engine.documents_of(&caller, guide.contest).await?;
        let public = (guide.stage != ContestStage::Draft)
            .then(|| view! { <a class="button quiet" href=format!("/cuoc-thi/{slug}/huong-dan")>"Xem trang công khai"</a> });
        let work = view! {
            <Crumbs way=vec![crumb(TITLE, LIST)] here=guide.title.clone()/>
            <Head title=guide.title.clone()>{public}</Head>
            <FormErrors fields=vec![("guide", "Hướng dẫn"), ("faq", "Hỏi đáp"), ("title", "Tên tài liệu"), ("address", "Đường dẫn"), ("file", "Tệp")]/>
            <form method="post" enctype="multipart/form-data">
                <Hidden name="revision" value=guide.revision.to_string()/>
                <TextArea name="guide" label="Hướng dẫn" value=guide.texts.guide rows=16 hint="Markdown: ## tiêu đề, **đậm**, - gạch đầu dòng." optional=true/>
                <TextArea name="faq" label="Hỏi đáp" value=guide.texts.faq rows=12 optional=true/>
                <p class="actions"><button name="deed" value="save">"Lưu hướng dẫn, hỏi đáp"</button></p>
            </form>
            <h2>"Tài liệu"</h2>
            {documents(&kept)}
        };
        Ok(admin_frame(&caller, work))
    })
}

/// Saves the texts, or changes the documents.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let guide = ask.engine.guide(&caller, ask.param("slug")).await?;
        if ask.form.text("deed") == "save" {
            let form = GuideForm { guide: ask.form.raw("guide").to_owned(), faq: ask.form.raw("faq").to_owned() };
            let revision = ask.form.text("revision").parse().unwrap_or(0);
            ask.engine.edit_guide(&caller, guide.contest, revision, &form).await?;
        } else {
            change(&ask, &caller, guide.contest).await?;
        }
        Ok(Answer::go(address(&guide.slug)))
    })
}
