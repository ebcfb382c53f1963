//! The sign-in page.

use crate::{
    door::{Answer, Ask, Doing, local},
    page::query,
    parts::{FormErrors, Head, Hidden, TextField},
    problem::HelpLine,
    submitted::typed_or,
};
use engine::identity::Network;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let back = typed_or("tiep", query("tiep"));
    view! {
        <Head title="Đăng nhập" lede="Dùng số điện thoại đã đăng ký, hoặc tên đăng nhập đơn vị đã cấp."/>
        <form method="post" action="/dang-nhap" class="narrow">
            <FormErrors fields=vec![("login", "Tên đăng nhập"), ("password", "Mật khẩu")]/>
            <Hidden name="tiep" value=back/>
            <TextField name="login" label="Số điện thoại hoặc tên đăng nhập" autocomplete="username"/>
            <TextField name="password" label="Mật khẩu" kind="password" autocomplete="current-password"/>
            <p class="actions"><button>"Đăng nhập"</button> <a class="button quiet" href="/dang-ky">"Chưa có tài khoản? Đăng ký"</a></p>
            <p>"Quên mật khẩu? Đầu mối đơn vị hoặc Ban Tổ chức cấp mã đặt lại. Đường dây hỗ trợ: " <HelpLine/></p>
        </form>
    }
    .into_any()
}

/// Signs in and goes back to where the visitor came from.
pub fn sign_in(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let token = ask.engine.sign_in(ask.form.text("login"), ask.form.raw("password"), &Network::of(ask.visitor.network)).await?;
        Ok(Answer::SignedIn { token: token.as_str().to_owned(), to: local(ask.form.text("tiep"), "/") })
    })
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
