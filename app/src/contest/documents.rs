//! The study documents of a contest.

use super::tabs::{contest_address, contest_head};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param},
    parts::{Empty, FileField, FormErrors, Hidden, TextField, admin_frame, file_address},
};
use domain::{
    Refusal,
    id::{ContestId, DocumentId},
};
use engine::{Caller, contest::Document};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    page(async move {
        let caller = caller?;
        let contest = engine.contest(&caller, &slug).await?;
        let kept = engine.documents_of(&caller, contest.id).await?;
        let work = view! {
            {contest_head(&contest)}
            <h2>"Tài liệu"</h2>
            <FormErrors fields=vec![("title", "Tên tài liệu"), ("address", "Đường dẫn"), ("file", "Tệp")]/>
            {documents(&kept)}
        };
        Ok(admin_frame(&caller, work))
    })
}

/// The documents with their buttons, and the form that adds one; refusals stand above.
pub fn documents(kept: &[Document]) -> AnyView {
    view! {
        {listed(kept)}
        <form method="post" enctype="multipart/form-data" class="narrow">
            <h3>"Thêm tài liệu"</h3>
            <TextField name="title" label="Tên tài liệu"/>
            <TextField name="address" label="Đường dẫn" kind="url" hint="Bắt đầu bằng https://; bỏ trống khi tải tệp lên." optional=true/>
            <FileField name="file" label="Hoặc tệp" accept="application/pdf,image/png,image/jpeg,image/webp" hint="PDF hoặc ảnh, đến 8 MB."/>
            <p class="actions"><button name="deed" value="add">"Thêm"</button></p>
        </form>
    }
    .into_any()
}

fn listed(documents: &[Document]) -> AnyView {
    if documents.is_empty() {
        return view! { <Empty title="Chưa có tài liệu"/> }.into_any();
    }
    let lines = documents
        .iter()
        .map(|document| {
            let address = document.file.as_deref().map_or_else(|| document.address.clone(), file_address);
            view! {
                <li>
                    <form method="post" enctype="multipart/form-data">
                        <a href=address>{document.title.clone()}</a>
                        <Hidden name="document" value=document.id.to_string()/>
                        " "
                        <button name="deed" value="remove" class="quiet small" aria-label=format!("Bỏ {}", document.title)>"Bỏ"</button>
                    </form>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="files">{lines}</ul> }.into_any()
}

/// Adds or removes a document of the contest, as the button says.
///
/// # Errors
/// As the deed refuses.
pub async fn change(ask: &Ask, caller: &Caller, contest: ContestId) -> engine::Result<()> {
    if ask.form.text("deed") == "remove" {
        let document: DocumentId = ask.form.text("document").parse().map_err(|_| Refusal::NotFound)?;
        return ask.engine.remove_document(caller, contest, document).await;
    }
    let file = ask.form.file("file").map(|file| (file.name.as_str(), file.bytes.as_slice()));
    ask.engine.add_document(caller, contest, ask.form.text("title"), (ask.form.text("address"), file)).await?;
    Ok(())
}

/// Adds or removes a document.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let contest = ask.engine.contest(&caller, ask.param("slug")).await?;
        change(&ask, &caller, contest.id).await?;
        Ok(Answer::go(format!("{}/tai-lieu", contest_address(&contest.settings.slug))))
    })
}
