//! The whole site: every page, every door, and the shell around them.

use crate::{
    door::Door,
    frame::frame,
    page::{Page, Pattern, path},
    problem,
};
use domain::Refusal;
use leptos::{children::ToChildren, prelude::*, tachys::view::iterators::StaticVec};
use leptos_axum::ResponseOptions;
use leptos_meta::{HashedStylesheet, MetaTags, Title, provide_meta_context};
use leptos_router::{
    NestedRoute, SsrMode,
    any_nested_route::IntoAnyNestedRoute,
    components::{FlatRoutes, FlatRoutesProps, Router},
};
use std::sync::LazyLock;

static PAGES: LazyLock<Vec<Page>> = LazyLock::new(|| {
    [
        crate::identity::pages(),
        crate::bank::pages(),
        crate::contest::pages(),
        crate::attempt::pages(),
        crate::ranking::pages(),
        crate::results::pages(),
        crate::library::pages(),
        crate::report::pages(),
        crate::admin::pages(),
    ]
    .concat()
});

static DOORS: LazyLock<Vec<Door>> = LazyLock::new(|| {
    [
        crate::identity::doors(),
        crate::bank::doors(),
        crate::contest::doors(),
        crate::attempt::doors(),
        crate::ranking::doors(),
        crate::results::doors(),
        crate::library::doors(),
        crate::report::doors(),
        crate::admin::doors(),
    ]
    .concat()
});

/// Every page.
pub fn pages() -> &'static [Page] {
    &PAGES
}

/// Every door.
pub fn doors() -> &'static [Door] {
    &DOORS
}

/// The document around every page; while `cargo-leptos watch` runs, with the script that reloads it.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let here = path();
    let lively = pages().iter().any(|page| page.lively && Pattern(page.path).matches(&here).is_some());
    view! {
        <!DOCTYPE html>
        <html lang="vi">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="icon" href="/favicon-32.png" type="image/png" sizes="32x32"/>
                <link rel="preload" href="/fonts/be-vietnam-pro-400.woff2" r#as="font" type="font/woff2" crossorigin="anonymous"/>
                <HashedStylesheet options=options.clone() id="leptos"/>
                <AutoReload options=options.clone()/>
                {lively.then(|| view! { <HydrationScripts options islands=true/> })}
                <MetaTags/>
            </head>
            <body data-page=(here.starts_with("/thi/") && !here.ends_with("/ket-qua")).then_some("sheet")><App/></body>
        </html>
    }
}

/// The routes and the frame around whichever page they find.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    let routes: Vec<_> = pages()
        .iter()
        .map(|page| {
            let view = page.view;
            NestedRoute::new(Pattern(page.path), move || frame(view())).ssr_mode(SsrMode::Async).into_any_nested_route()
        })
        .collect();
    let routes = StaticVec::from(routes);
    view! {
        <Title formatter=|text: String| if text.is_empty() { "Hội thi CCHC".to_owned() } else { format!("{text} · Hội thi CCHC") } text=""/>
        <Router>
            {FlatRoutes(FlatRoutesProps::builder().fallback(missing).children(ToChildren::to_children(move || routes)).build())}
        </Router>
    }
}

/// What is shown where no page is.
fn missing() -> AnyView {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    frame(problem::view(Refusal::NotFound, None).into_any())
}
