//! Signing out; the page itself is for who opens its address.

use crate::{
    door::{Answer, Ask, Doing},
    parts::Head,
};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    view! {
        <div class="narrow">
            <Head title="Đăng xuất" lede="Bài thi đang làm vẫn được giữ; anh/chị đăng nhập lại để làm tiếp."/>
            <form method="post" action="/dang-xuat">
                <p class="actions"><button>"Đăng xuất"</button> <a class="button quiet" href="/">"Về trang chủ"</a></p>
            </form>
        </div>
    }
    .into_any()
}

/// Signs out; twice does no harm.
pub fn sign_out(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        if let (Some(caller), Some(token)) = (&ask.visitor.caller, &ask.visitor.token) {
            ask.engine.sign_out(caller, token).await?;
        }
        Ok(Answer::SignedOut("/".to_owned()))
    })
}
