//! Resetting a forgotten password with a code from the coordinator or the organisers' desk.

use super::PasswordField;
use crate::{
    door::{Answer, Ask, Doing, local},
    page::{query, returning},
    parts::{FormErrors, Head, Hidden, TextField},
    problem::HelpLine,
    submitted::typed_or,
};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let back = typed_or("tiep", query("tiep"));
    let sign_in = returning("/dang-nhap", &back);
    view! {
        <Head title="Đặt lại mật khẩu" lede="Đầu mối đơn vị hoặc Ban Tổ chức cấp mã một lần, dùng được 30 phút; mật khẩu do anh/chị tự đặt."/>
        <form method="post" class="narrow">
            <FormErrors fields=vec![("code", "Mã đặt lại"), ("password", "Mật khẩu mới")]/>
            <Hidden name="tiep" value=back/>
            <TextField name="code" label="Mã đặt lại" hint="12 chữ và số; không phân biệt chữ hoa, chữ thường." autocomplete="one-time-code"/>
            <PasswordField name="password" label="Mật khẩu mới" autocomplete="new-password" hint="Ít nhất 8 ký tự. Các thiết bị đang đăng nhập sẽ bị đăng xuất."/>
            <p class="actions"><button>"Đặt mật khẩu và đăng nhập"</button> <a class="button quiet" href=sign_in>"Quay lại đăng nhập"</a></p>
            <p>"Chưa có mã? Xin hỏi đầu mối đơn vị, hoặc gọi " <HelpLine/></p>
        </form>
    }
    .into_any()
}

/// Sets the password, signs in and goes on to where the person came from.
pub fn reset(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let network = ask.visitor.origin();
        let token = ask.engine.reset_password(ask.form.text("code"), ask.form.raw("password"), &network).await?;
        Ok(Answer::SignedIn { token: token.as_str().to_owned(), to: local(ask.form.text("tiep"), "/") })
    })
}
