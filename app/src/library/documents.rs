//! The editor's list of study documents.

use super::study::described;
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page},
    parts::{Crumbs, Empty, FileField, FormErrors, Head, Hidden, Table, TextField, admin_frame, file_address},
};
use domain::{Refusal, id::DocumentId, identity::Action};
use engine::library::StudyDocument;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        caller.must(Action::WriteLibrary)?;
        let documents = engine.study_documents().await?;
        let list = if documents.is_empty() {
            view! { <Empty title="Chưa có tài liệu nào"/> }.into_any()
        } else {
            view! {
                <Table id="tai-lieu" caption="Tài liệu học tập" heads=vec!["Tên", "Loại", ""] stack=true>
                    {documents.into_iter().map(row).collect_view()}
                </Table>
            }
            .into_any()
        };
        let fields = vec![("document_title", "Tên tài liệu"), ("address", "Đường dẫn"), ("file", "Tệp")];
        let work = view! {
            <Crumbs way=vec![crumb("Tin bài", "/quan-tri/tin-bai")] here="Tài liệu học tập"/>
            <Head title="Tài liệu học tập" lede="Văn bản, tài liệu dùng chung cho mọi cuộc thi; hiện ở trang Tài liệu."/>
            {list}
            <form method="post" enctype="multipart/form-data" class="narrow">
                <h2>"Thêm tài liệu"</h2>
                <FormErrors fields=fields/>
                <TextField name="document_title" label="Tên tài liệu"/>
                <TextField name="address" label="Đường dẫn" kind="url" hint="Bắt đầu bằng https://. Để trống nếu tải tệp lên." optional=true/>
                <FileField name="file" label="Tệp" accept="application/pdf,image/png,image/jpeg,image/webp" hint="PDF hoặc ảnh, tối đa 8 MB."/>
                <p class="actions"><button name="deed" value="add">"Thêm"</button></p>
            </form>
        };
        Ok(admin_frame(&caller, work))
    })
}

fn row(document: StudyDocument) -> AnyView {
    let kind = document.media_type.as_deref().map_or("Đường dẫn".to_owned(), |kind| described(kind, document.size));
    let address = document.file.as_deref().map_or(document.address, file_address);
    view! {
        <tr>
            <th scope="row"><a href=address>{document.title}</a></th>
            <td data-label="Loại">{kind}</td>
            <td class="actions">
                <form method="post" enctype="multipart/form-data">
                    <Hidden name="deed" value="remove"/>
                    <Hidden name="document" value=document.id.to_string()/>
                    <button class="danger small">"Bỏ"</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

/// Adds or removes a document.
pub fn save(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        if ask.form.text("deed") == "remove" {
            let document: DocumentId = ask.form.text("document").parse().map_err(|_| Refusal::NotFound)?;
            ask.engine.remove_study_document(&caller, document).await?;
        } else {
            let file = ask.form.file("file").map(|file| (file.name.as_str(), file.bytes.as_slice()));
            ask.engine.add_study_document(&caller, ask.form.text("document_title"), (ask.form.text("address"), file)).await?;
        }
        Ok(Answer::go("/quan-tri/tai-lieu"))
    })
}
