//! The inner pages of a contest: thể lệ, guide, documents, news, questions and answers, contact.

use super::hero::inner;
use crate::{
    library::{articles_in_a_list, described},
    page::{engine, page, param, query},
    parts::{Empty, Html, Moment, Pagination},
    problem::HelpLine,
};
use engine::{
    Engine, SafeHtml,
    contest::{ContestPage, DocumentLine, RulesPage},
    library::Column,
};
use leptos::prelude::*;
use std::{future::Future, sync::Arc};

/// A page of the contest in the address.
fn of_contest<F>(name: &'static str, body: impl FnOnce(Engine, Arc<ContestPage>) -> F + Send + 'static) -> AnyView
where
    F: Future<Output = engine::Result<AnyView>> + Send,
{
    let (engine, slug) = (engine(), param("slug"));
    page(async move {
        let contest = engine.contest_page(&slug).await?;
        let body = body(engine, contest.clone()).await?;
        Ok(inner(&contest, name, body))
    })
}

fn text(text: &SafeHtml, missing: &'static str) -> AnyView {
    if text.is_empty() {
        return view! { <Empty title=missing/> }.into_any();
    }
    view! { <article class="prose"><Html text=text.clone()/></article> }.into_any()
}

/// Thể lệ: the version in force, and the earlier ones with the reason of each change.
pub fn rules() -> AnyView {
    of_contest("Thể lệ", async |_, contest| {
        let mut versions = contest.rules.iter();
        let Some(newest) = versions.next() else { return Ok(view! { <Empty title="Thể lệ chưa được ban hành"/> }.into_any()) };
        let why = why(newest);
        let earlier: Vec<_> = versions.map(earlier).collect();
        let earlier = (!earlier.is_empty()).then(|| view! { <section class="prose"><h2>"Các bản trước"</h2>{earlier}</section> });
        Ok(view! {
            <article class="prose">
                <p class="meta">{edition(newest)} <Moment at=newest.decided_at/></p>
                {why}
                <Html text=newest.text.clone()/>
            </article>
            {earlier}
        }
        .into_any())
    })
}

fn edition(rules: &RulesPage) -> String {
    format!("Bản {}, ban hành ", rules.version)
}

fn why(rules: &RulesPage) -> Option<impl IntoView + use<>> {
    let reason = rules.reason.clone();
    let decided =
        rules.after_freezing.then(|| view! { <p>"Ban hành khi có đợt thi đã chốt, sau khi người thứ hai trong Ban Tổ chức đồng ý."</p> });
    (!reason.is_empty()).then(|| view! { <p>"Lý do thay đổi: " {reason}</p> {decided} })
}

fn earlier(rules: &RulesPage) -> impl IntoView + use<> {
    view! {
        <details>
            <summary>{edition(rules)} <Moment at=rules.decided_at/></summary>
            {why(rules)}
            <Html text=rules.text.clone()/>
        </details>
    }
}

/// Hướng dẫn.
pub fn guide() -> AnyView {
    of_contest("Hướng dẫn", async |_, contest| Ok(text(&contest.guide, "Hướng dẫn đang được biên soạn")))
}

/// Hỏi đáp.
pub fn faq() -> AnyView {
    of_contest("Hỏi đáp", async |_, contest| Ok(text(&contest.faq, "Chưa có câu hỏi thường gặp")))
}

/// Liên hệ, with the help line and the press contact.
pub fn contact() -> AnyView {
    of_contest("Liên hệ", async |_, contest| {
        let press = (!contest.press_contact.is_empty())
            .then(|| view! { <div><dt>"Dành cho báo chí"</dt><dd>{contest.press_contact.clone()}</dd></div> });
        Ok(view! {
            <article class="prose">
                <Html text=contest.contact.clone()/>
                <dl class="facts">
                    <div><dt>"Đường dây hỗ trợ"</dt><dd><HelpLine number=contest.help_line.clone()/></dd></div>
                    {press}
                </dl>
            </article>
        }
        .into_any())
    })
}

/// Tài liệu of the contest; those of all contests stand on their own page.
pub fn documents() -> AnyView {
    of_contest("Tài liệu", async |_, contest| {
        let list = if contest.documents.is_empty() {
            view! { <Empty title="Cuộc thi chưa có tài liệu riêng"/> }.into_any()
        } else {
            view! { <ul class="files">{contest.documents.iter().map(document).collect_view()}</ul> }.into_any()
        };
        Ok(view! { <section>{list}<p><a href="/tai-lieu">"Tài liệu dùng chung cho mọi cuộc thi"</a></p></section> }.into_any())
    })
}

fn document(document: &DocumentLine) -> impl IntoView + use<> {
    let about = document.file.as_ref().map(|(kind, size)| view! { <small>{described(kind, Some(*size))}</small> });
    view! { <li><a href=document.address.clone()>{document.title.clone()}</a> {about}</li> }
}

/// Tin tức of the contest.
pub fn news() -> AnyView {
    let number = query("trang").parse().unwrap_or(1);
    of_contest("Tin tức", async move |engine, contest| {
        let found = engine.published_articles(Column::Contest(contest.id), number).await?;
        Ok(view! {
            <section>
                {articles_in_a_list(found.lines)}
                <Pagination address=format!("/cuoc-thi/{}/tin-tuc?", contest.slug) page=found.page last=found.last/>
                <p><a href="/tin-tuc">"Tin tức của toàn trang"</a></p>
            </section>
        }
        .into_any())
    })
}
