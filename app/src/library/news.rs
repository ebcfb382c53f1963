//! News: the list, and one article.

use crate::{
    page::{crumb, engine, page, param, query},
    parts::{Crumbs, Empty, Head, Html, Moment, Pagination, ShareCard, file_address},
};
use domain::library::ArticleKind;
use engine::library::{ArticleLine, Column, PublishedArticle};
use leptos::prelude::*;
use leptos_meta::{Link, Title};

const LEDE: &str = "Tin về các cuộc thi, sáng kiến và mô hình hay trong cải cách hành chính.";

/// The list, newest first; `?loai=initiative` shows one kind.
pub fn list() -> AnyView {
    let engine = engine();
    let kind = ArticleKind::from_code(&query("loai")).filter(|kind| kind.is_news());
    let number = query("trang").parse().unwrap_or(1);
    page(async move {
        let column = kind.map_or(Column::News, Column::Of);
        let found = engine.published_articles(column, number).await?;
        let address = kind.map_or("/tin-tuc?".to_owned(), |kind| format!("/tin-tuc?loai={}&", kind.code()));
        let tab = |wanted: Option<ArticleKind>, name: &'static str| {
            let to = wanted.map_or("/tin-tuc".to_owned(), |kind| format!("/tin-tuc?loai={}", kind.code()));
            view! { <li><a href=to aria-current=(wanted == kind).then_some("page")>{name}</a></li> }
        };
        Ok(view! {
            <Link rel="alternate" type_="application/atom+xml" title="Tin tức Hội thi CCHC" href="/tin-tuc.atom"/>
            <ShareCard title="Tin tức" summary=LEDE/>
            <Head title="Tin tức" lede=LEDE/>
            <nav class="tabs" aria-label="Chuyên mục">
                <ul>
                    {tab(None, "Tất cả")}
                    {tab(Some(ArticleKind::News), "Tin tức")}
                    {tab(Some(ArticleKind::Initiative), ArticleKind::Initiative.label())}
                </ul>
            </nav>
            {lines(found.lines)}
            <Pagination address=address page=found.page last=found.last/>
        }
        .into_any())
    })
}

/// Articles in a list.
pub fn lines(lines: Vec<ArticleLine>) -> AnyView {
    if lines.is_empty() {
        return view! { <Empty title="Chưa có bài nào"/> }.into_any();
    }
    let lines = lines
        .into_iter()
        .map(|line| {
            let unit = (!line.unit.is_empty()).then(|| format!(" · {}", line.unit));
            view! {
                <li>
                    <article>
                        <h3><a href=format!("/tin-tuc/{}", line.slug)>{line.title}</a></h3>
                        <p class="meta">{line.kind.label()} {unit} " · " <Moment at=line.published_at/></p>
                        <p>{line.summary}</p>
                    </article>
                </li>
            }
        })
        .collect_view();
    // The articles' headings are of the third level.
    view! { <h2 class="visually-hidden">"Danh sách bài"</h2> <ul class="news">{lines}</ul> }.into_any()
}

/// One article.
pub fn article() -> AnyView {
    let (engine, slug) = (engine(), param("slug"));
    page(async move {
        let article = engine.published_article(&slug).await?;
        Ok(whole(article))
    })
}

fn whole(article: PublishedArticle) -> AnyView {
    let line = article.line;
    let (column, address) = match line.kind {
        ArticleKind::GoodModel => ("Điển hình tiên tiến", "/dien-hinh"),
        ArticleKind::Study => ("Tài liệu", "/tai-lieu"),
        ArticleKind::News | ArticleKind::Initiative => ("Tin tức", "/tin-tuc"),
    };
    let picture = line.picture.map(|hash| view! { <figure><img src=file_address(&hash) alt=""/></figure> });
    let back =
        (!article.contest.is_empty()).then(|| view! { <p><a href=format!("/cuoc-thi/{}", article.contest)>"Đến trang cuộc thi"</a></p> });
    view! {
        <Title text=line.title.clone()/>
        <ShareCard title=line.title.clone() summary=line.summary.clone() card=format!("/the/tin-tuc/{}", line.slug)/>
        <Crumbs way=vec![crumb("Trang chủ", "/"), crumb(column, address)] here=line.title.clone()/>
        <article class="prose">
            <header class="head">
                <h1>{line.title}</h1>
                <p class="meta">{line.kind.label()} " · " <Moment at=line.published_at/></p>
                <p class="lede">{line.summary}</p>
            </header>
            {picture}
            <Html text=article.body/>
            {about(vec![("Đơn vị", line.unit), ("Thủ tục liên quan", article.procedure), ("Liên hệ", article.contact)])}
            {back}
        </article>
    }
    .into_any()
}

fn about(facts: Vec<(&'static str, String)>) -> Option<AnyView> {
    let facts: Vec<_> = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect();
    (!facts.is_empty()).then(|| view! { <dl class="facts">{facts}</dl> }.into_any())
}
