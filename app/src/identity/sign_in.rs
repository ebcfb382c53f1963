//! The sign-in page.

use super::PasswordField;
use crate::{
    door::{Answer, Ask, Doing, local},
    page::{query, returning},
    parts::{Head, Hidden, TextField},
    problem::HelpLine,
    submitted::typed_or,
};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let back = typed_or("tiep", query("tiep"));
    let [sign_up, activate, reset] = ["/dang-ky", "/kich-hoat", "/dat-lai-mat-khau"].map(|page| returning(page, &back));
    view! {
        <div class="narrow">
            <Head title="Đăng nhập" lede="Dùng số điện thoại đã đăng ký, hoặc tên đăng nhập đơn vị đã cấp."/>
            <form method="post" action="/dang-nhap">
                <Hidden name="tiep" value=back/>
                <TextField name="login" label="Số điện thoại hoặc tên đăng nhập" autocomplete="username"/>
                <PasswordField name="password" label="Mật khẩu" autocomplete="current-password"/>
                <p class="actions"><button type="submit">"Đăng nhập"</button> <a class="button quiet" href=sign_up>"Chưa có tài khoản? Đăng ký"</a></p>
                <p>"Có phiếu của đơn vị? " <a href=activate>"Kích hoạt tài khoản"</a> "."</p>
                <p>
                    "Quên mật khẩu? Đầu mối đơn vị hoặc Ban Tổ chức cấp mã, rồi anh/chị " <a href=reset>"đặt lại mật khẩu"</a>
                    ". Đường dây hỗ trợ: " <HelpLine/>
                </p>
            </form>
        </div>
    }
    .into_any()
}

/// Signs in and goes back to where the visitor came from.
pub fn sign_in(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let network = ask.visitor.origin();
        let token = ask.engine.sign_in(ask.form.text("login"), ask.form.raw("password"), &network).await?;
        Ok(Answer::SignedIn { token: token.as_str().to_owned(), to: local(ask.form.text("tiep"), "/") })
    })
}
