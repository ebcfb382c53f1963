//! The short link, and the poster with its QR code for notice boards.

use crate::{
    door::{Ask, Doing},
    page::{crumb, engine, page, param},
    parts::Crumbs,
};
use axum::{
    body::Body,
    response::{IntoResponse, Redirect, Response},
};
use domain::contest::check_slug;
use engine::library::qr;
use http::StatusCode;
use leptos::prelude::*;
use leptos_meta::Title;

/// The short link leads to the contest; whoever signs in from there returns there.
pub fn short_link(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let slug = ask.param("slug");
        if check_slug(slug).is_err() {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_FOUND;
            return response;
        }
        Redirect::to(&format!("/cuoc-thi/{slug}")).into_response()
    })
}

/// The poster, one sheet of A4.
pub fn view() -> AnyView {
    let (engine, slug) = (engine(), param("slug"));
    page(async move {
        let contest = engine.contest_page(&slug).await?;
        let now = engine.now();
        let address = format!("{}/t/{slug}", engine.public_url);
        let shown = address.split_once("://").map_or(address.clone(), |(_, rest)| rest.to_owned());
        let code = qr(&address)?;
        let box_of_code = code.view_box();
        let window = contest.current_round(now).map(|round| {
            view! { <p class="lede">{round.label.clone()} ": từ " {round.window.opens.short()} " đến " {round.window.closes.short()}</p> }
        });
        Ok(view! {
            <Title text=format!("Áp phích: {}", contest.title)/>
            <Crumbs way=vec![crumb("Cuộc thi", "/cuoc-thi"), crumb(contest.title.clone(), format!("/cuoc-thi/{slug}"))] here="Áp phích"/>
            <p class="no-print">"Dùng lệnh In của trình duyệt để in áp phích này trên một tờ A4."</p>
            <article class="poster">
                <header><p>{contest.host.clone()}</p></header>
                <h1>{contest.title.clone()}</h1>
                {window}
                <figure>
                    <svg class="qr" viewBox=box_of_code role="img" aria-label=format!("Mã QR dẫn đến {shown}") shape-rendering="crispEdges">
                        <path d=code.path></path>
                    </svg>
                    <figcaption>{shown}</figcaption>
                </figure>
                <footer><p>"Quét mã để dự thi trên điện thoại. Đường dây hỗ trợ: " {contest.help_line.clone()}</p></footer>
            </article>
        }
        .into_any())
    })
}
