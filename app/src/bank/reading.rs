//! A question to read: what the contestant sees, the key beside it, and the steps that may be taken.

use super::{
    shown,
    words::{field_names, tone},
};
use crate::{
    parts::{Badge, FormErrors, Head, Hidden, Html, Moment, TextArea},
    submitted::typed_or,
};
use domain::{
    bank::{LegalBasis, Step},
    id::QuestionId,
};
use engine::{
    bank::{EventRow, QuestionPage, Shown},
    markdown,
};
use leptos::prelude::*;

/// The page's work.
pub fn reading(seen: &QuestionPage, question: QuestionId) -> AnyView {
    let version = &seen.newest;
    let preview = shown::question(&Shown::drawn(&version.writing.content));
    let comment = seen.comment.as_ref().map(comment);
    let status = version.status;
    let address = format!("/quan-tri/cau-hoi/{question}");
    view! {
        <Head title=format!("{} · bản {}", seen.code, version.number)>
            <Badge tone=tone(status) text=status.label()/> " "
            <a class="button secondary" href=format!("{address}/lich-su")>"Lịch sử"</a>
        </Head>
        {comment}
        <div class="editor">
            <div>
                {facts(seen)}
                {review(seen)}
                {steps(seen, &[Step::TakeBack, Step::Renew, Step::Retire])}
            </div>
            <aside class="preview" aria-label="Xem trước"><h2>"Thí sinh sẽ thấy"</h2>{preview}</aside>
        </div>
    }
    .into_any()
}

/// A reviewer's comment.
pub fn comment(event: &EventRow) -> AnyView {
    view! {
        <blockquote class="comment">
            <p>{event.comment.clone()}</p>
            <footer>{event.full_name.clone()} ", " <Moment at=event.at/></footer>
        </blockquote>
    }
    .into_any()
}

fn validity(legal: &LegalBasis) -> String {
    match (legal.from, legal.until) {
        (None, None) => String::new(),
        (Some(from), None) => format!("từ {}", from.date()),
        (None, Some(until)) => format!("đến trước {}", until.date()),
        (Some(from), Some(until)) => format!("từ {} đến trước {}", from.date(), until.date()),
    }
}

fn facts(seen: &QuestionPage) -> AnyView {
    let writing = &seen.newest.writing;
    let topic = seen.topics.iter().find(|topic| topic.id == writing.topic).map(engine::bank::Topic::label).unwrap_or_default();
    let key = writing.key.as_ref().map_or_else(|| "chưa có".to_owned(), |key| key.words(&writing.content));
    let facts = [
        ("Đáp án", key),
        ("Chủ đề", topic),
        ("Mức độ", writing.difficulty.label().to_owned()),
        ("Dạng câu hỏi", writing.content.kind.label().to_owned()),
        ("Căn cứ pháp lý", [writing.legal.document.as_str(), writing.legal.article.as_str()].join(" ").trim().to_owned()),
        ("Hiệu lực", validity(&writing.legal)),
        ("Nhãn", writing.tags.join(", ")),
        ("Người ra đề", seen.author_name.clone()),
    ];
    let facts = facts
        .into_iter()
        .filter(|(_, words)| !words.is_empty())
        .map(|(name, words)| view! { <div><dt>{name}</dt><dd>{words}</dd></div> })
        .collect_view();
    view! {
        <dl class="facts">{facts}</dl>
        <h2>"Giải thích"</h2>
        <Html text=markdown::render(&writing.explanation)/>
    }
    .into_any()
}

/// Approving, or returning with comments.
fn review(seen: &QuestionPage) -> Option<AnyView> {
    if !seen.steps.contains(&Step::Approve) {
        return None;
    }
    let revision = typed_or("revision", seen.newest.revision.to_string());
    Some(
        view! {
            <section>
                <h2>"Thẩm định"</h2>
                <FormErrors fields=field_names()/>
                <form method="post">
                    <Hidden name="revision" value=revision/>
                    <TextArea name="comment" label="Góp ý" hint="Bắt buộc khi trả lại." rows=4/>
                    <p class="actions">
                        <button name="deed" value="approve">"Duyệt"</button> " "
                        <button name="deed" value="return" class="secondary">"Trả lại để sửa"</button>
                    </p>
                </form>
            </section>
        }
        .into_any(),
    )
}

/// One-button forms for those of these steps that may be taken.
pub fn steps(seen: &QuestionPage, offered: &[Step]) -> AnyView {
    let button = |step: &Step| {
        let (deed, words, class) = match step {
            Step::TakeBack => ("take-back", "Rút lại để sửa", "secondary"),
            Step::Renew => ("renew", "Soạn phiên bản mới", "secondary"),
            _ => ("retire", "Ngừng dùng câu hỏi", "danger"),
        };
        view! { <form method="post"><Hidden name="deed" value=deed/><button class=class>{words}</button></form> }
    };
    let buttons: Vec<_> = offered.iter().filter(|step| seen.steps.contains(step)).map(button).collect();
    (!buttons.is_empty()).then(|| view! { <div class="actions">{buttons}</div> }).into_any()
}
