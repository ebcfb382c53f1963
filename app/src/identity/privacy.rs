//! "Thông báo xử lý dữ liệu cá nhân".

use crate::{
    parts::{Head, Html, ShareCard},
    problem::HOST,
};
use domain::identity::CONSENT_VERSION;
use engine::{SafeHtml, markdown};
use leptos::prelude::*;
use std::sync::LazyLock;

static NOTICE: LazyLock<SafeHtml> = LazyLock::new(|| markdown::render(&include_str!("privacy.md").replace("{{host}}", HOST)));

/// The page.
pub fn view() -> AnyView {
    view! {
        <ShareCard title="Thông báo xử lý dữ liệu cá nhân" summary="Dữ liệu cá nhân được thu thập để làm gì, ai được xem, lưu trong bao lâu và quyền của anh/chị."/>
        <article class="prose">
            <Head title="Thông báo xử lý dữ liệu cá nhân" lede=format!("Phiên bản {CONSENT_VERSION}")/>
            <Html text=NOTICE.clone()/>
            <p class="actions"><a class="button secondary" href="/du-lieu-cua-toi">"Dữ liệu của tôi"</a></p>
        </article>
    }
    .into_any()
}
