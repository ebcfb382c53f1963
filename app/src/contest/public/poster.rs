//! The short link, the poster with its QR code for notice boards, and what other sites copy to show the contest.

use super::embed;
use crate::{
    door::{Ask, Doing},
    page::{crumb, engine, page, param},
    parts::{Crumbs, ShareCard},
};
use axum::response::{IntoResponse, Redirect, Response};
use engine::library::qr;
use leptos::prelude::*;
use leptos_meta::Title;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What is not written as it is in a path.
const UNSAFE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-');

/// The short link leads to the contest; whoever signs in from there returns there.
///
/// It is typed from posters, and phones begin with a capital letter. What no contest has leads to the page that says so.
pub fn short_link(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let slug = ask.param("slug").trim().to_lowercase();
        Redirect::to(&format!("/cuoc-thi/{}", utf8_percent_encode(&slug, UNSAFE))).into_response()
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
        let snippet = embed::snippet(&contest, &engine.public_url);
        Ok(view! {
            <Title text=format!("Áp phích: {}", contest.title)/>
            <ShareCard title=format!("Áp phích: {}", contest.title) summary=contest.summary.clone() card=format!("/the/cuoc-thi/{slug}")/>
            <Crumbs way=vec![crumb("Cuộc thi", "/cuoc-thi"), crumb(contest.title.clone(), format!("/cuoc-thi/{slug}"))] here="Áp phích"/>
            <p class="no-print">"Dùng lệnh In của trình duyệt để in áp phích này trên một tờ A4."</p>
            <article class="poster">
                <header><p>{contest.host.clone()}</p></header>
                <h1>{contest.title.clone()}</h1>
                {contest.simulated.then(|| view! { <p><b>"Dữ liệu mô phỏng: cuộc thi dùng thử, không trao giải."</b></p> })}
                {window}
                <figure>
                    <svg class="qr" viewBox=box_of_code role="img" aria-label=format!("Mã QR dẫn đến {shown}") shape-rendering="crispEdges">
                        <path d=code.path></path>
                    </svg>
                    <figcaption>{shown}</figcaption>
                </figure>
                <footer><p>"Quét mã để dự thi trên điện thoại. Đường dây hỗ trợ: " {contest.help_line.clone()}</p></footer>
            </article>
            <section class="narrow no-print">
                <h2>"Đặt cuộc thi lên trang khác"</h2>
                <div class="field">
                    <label for="ma-nhung">"Mã nhúng"</label>
                    <p class="hint" id="ma-nhung-hint">"Báo và cổng thông tin chép dòng này vào trang của mình để giới thiệu cuộc thi."</p>
                    <input id="ma-nhung" readonly aria-describedby="ma-nhung-hint" value=snippet/>
                </div>
                <p><a href=format!("/nhung/{}", contest.slug)>"Xem khung sẽ hiện"</a></p>
            </section>
        }
        .into_any())
    })
}
