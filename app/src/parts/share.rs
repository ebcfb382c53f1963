//! What a page says of itself to those who share it: title, summary, address, picture (Open Graph).

use crate::page::{engine, path};
use leptos::prelude::*;
use leptos_meta::{Link, Meta};

/// The card of a page (ogp.me).
#[component]
pub fn ShareCard(
    /// The title.
    #[prop(into)]
    title: String,
    /// One or two sentences.
    #[prop(into)]
    summary: String,
    /// The local address of the picture, 1200 × 630; the site's own unless another is named.
    #[prop(default = "/the/trang-chu".to_owned(), into)]
    card: String,
) -> impl IntoView {
    let engine = engine();
    let site = engine.public_url.as_str();
    let here = format!("{site}{}", path());
    let summary: String = summary.chars().take(300).collect();
    view! {
        <Meta name="description" content=summary.clone()/>
        <Meta property="og:type" content="article"/>
        <Meta property="og:locale" content="vi_VN"/>
        <Meta property="og:site_name" content="Hội thi CCHC"/>
        <Meta property="og:title" content=title/>
        <Meta property="og:description" content=summary/>
        <Meta property="og:url" content=here.clone()/>
        <Meta property="og:image" content=format!("{site}{card}")/>
        <Meta property="og:image:width" content="1200"/>
        <Meta property="og:image:height" content="630"/>
        <Meta name="twitter:card" content="summary_large_image"/>
        <Link rel="canonical" href=here/>
    }
}
