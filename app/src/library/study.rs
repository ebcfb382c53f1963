//! The study library: documents, links and texts to learn from, for every contest.

use super::news::lines;
use crate::{
    page::{engine, page, query},
    parts::{Empty, Head, Pagination, ShareCard, file_address},
};
use domain::{library::ArticleKind, vietnamese};
use engine::library::{Column, StudyDocument};
use leptos::prelude::*;

const LEDE: &str = "Văn bản và tài liệu về cải cách hành chính, thủ tục hành chính để anh/chị tìm hiểu trước khi thi.";

/// The page.
pub fn view() -> AnyView {
    let engine = engine();
    let number = query("trang").parse().unwrap_or(1);
    page(async move {
        let documents = engine.study_documents().await?;
        let texts = engine.published_articles(Column::Of(ArticleKind::Study), number).await?;
        let documents = if documents.is_empty() {
            view! { <Empty title="Chưa có tài liệu nào"/> }.into_any()
        } else {
            view! { <ul class="files">{documents.into_iter().map(entry).collect_view()}</ul> }.into_any()
        };
        let texts = (!texts.lines.is_empty()).then(|| {
            view! {
                <section>
                    <h2>"Bài học tập"</h2>
                    {lines(texts.lines)}
                    <Pagination address="/tai-lieu?" page=texts.page last=texts.last/>
                </section>
            }
        });
        Ok(view! {
            <ShareCard title="Tài liệu" summary=LEDE/>
            <Head title="Tài liệu" lede=LEDE/>
            <section><h2>"Văn bản, tài liệu"</h2>{documents}</section>
            {texts}
        }
        .into_any())
    })
}

fn entry(document: StudyDocument) -> AnyView {
    let about = document.media_type.as_deref().map(|kind| described(kind, document.size));
    let address = document.file.as_deref().map_or(document.address, file_address);
    view! { <li><a href=address>{document.title}</a> {about.map(|about| view! { <small>{about}</small> })}</li> }.into_any()
}

/// "PDF, 1,2 MB": what somebody on a slow line wants to know first.
pub fn described(media_type: &str, size: Option<i64>) -> String {
    let name = match media_type {
        "application/pdf" => "PDF",
        "image/png" | "image/jpeg" | "image/webp" => "Ảnh",
        _ => "Tệp",
    };
    match size {
        None => name.to_owned(),
        Some(bytes) if bytes < 1_000_000 => format!("{name}, {} kB", (bytes / 1_000).max(1)),
        Some(bytes) => format!("{name}, {} MB", vietnamese::decimal(bytes / 100_000, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::described;

    #[test]
    fn a_file_says_what_it_is_and_how_large() {
        assert_eq!(described("application/pdf", Some(1_234_567)), "PDF, 1,2 MB");
        assert_eq!(described("image/png", Some(300)), "Ảnh, 1 kB");
        assert_eq!(described("application/pdf", None), "PDF");
    }
}
