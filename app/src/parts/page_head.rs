//! Heads of pages, crumbs, badges, notices, moments.

use domain::Timestamp;
use leptos::prelude::*;
use leptos_meta::Title;

/// One step of the way to a page.
#[derive(Debug, Clone)]
pub struct Crumb {
    /// What people read.
    pub name: String,
    /// Where it leads.
    pub address: String,
}

/// The way to this page; the page itself is the last word.
#[component]
pub fn Crumbs(
    /// The pages above.
    way: Vec<Crumb>,
    /// This page.
    #[prop(into)]
    here: String,
) -> impl IntoView {
    view! {
        <nav class="crumbs" aria-label="Đường dẫn">
            <ol>
                {way.into_iter().map(|crumb| view! { <li><a href=crumb.address>{crumb.name}</a></li> }).collect_view()}
                <li aria-current="page">{here}</li>
            </ol>
        </nav>
    }
}

/// The head of an ordinary page, and the document's title.
#[component]
pub fn Head(
    /// The heading.
    #[prop(into)]
    title: String,
    /// One sentence below it.
    #[prop(optional, into)]
    lede: String,
    /// Buttons.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <Title text=title.clone()/>
        <header class="head">
            <h1>{title}</h1>
            {(!lede.is_empty()).then(|| view! { <p class="lede">{lede}</p> })}
            {children.map(|children| view! { <p class="actions">{children()}</p> })}
        </header>
    }
}

/// A status in a word and a colour.
#[component]
pub fn Badge(
    /// neutral, info, good, warn, bad, gold.
    tone: &'static str,
    /// The word.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    view! { <span class="badge" data-tone=tone>{text}</span> }
}

/// A message; `answers` when it tells what just happened.
#[component]
pub fn Notice(
    /// info, success, warning, error, sample.
    kind: &'static str,
    /// Whether it answers what the person just did.
    #[prop(optional)]
    answers: bool,
    /// The message.
    children: Children,
) -> impl IntoView {
    let role = answers.then_some(if kind == "error" { "alert" } else { "status" });
    view! { <div class="notice" data-kind=kind role=role>{children()}</div> }
}

/// Nothing to show yet, and what to do about it.
#[component]
pub fn Empty(
    /// What is missing.
    #[prop(into)]
    title: String,
    /// What to do.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! { <div class="empty"><h2>{title}</h2>{children.map(|children| children())}</div> }
}

/// A moment in Vietnam's time: "08:05 ngày 23/11/2026".
#[component]
pub fn Moment(
    /// The moment.
    at: Timestamp,
) -> impl IntoView {
    view! { <time datetime=at.rfc3339()>{at.short()}</time> }
}
