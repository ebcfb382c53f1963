//! Activation of an account of the roster: the code, a password of one's own, the consents.

use super::PasswordField;
use crate::{
    door::{Answer, Ask, Doing, local},
    page::{engine, query, returning},
    parts::{Check, FormErrors, Head, Hidden, TextField},
    problem::HelpLine,
    submitted::typed_or,
};
use domain::identity::{Purpose, processed_until};
use engine::identity::Agreed;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let until = processed_until(engine().now());
    let back = typed_or("tiep", query("tiep"));
    let sign_in = returning("/dang-nhap", &back);
    view! {
        <Head title="Kích hoạt tài khoản" lede="Nhập mã trên phiếu mà đầu mối đơn vị đã trao, rồi tự đặt mật khẩu."/>
        <form method="post" class="narrow">
            <FormErrors fields=vec![("code", "Mã kích hoạt"), ("password", "Mật khẩu mới"), (Purpose::Process.field(), "Đồng ý xử lý dữ liệu")]/>
            <Hidden name="tiep" value=back/>
            <TextField name="code" label="Mã kích hoạt" hint="12 chữ và số, ví dụ K7PV-4MXB-23DR; không phân biệt chữ hoa, chữ thường." autocomplete="one-time-code"/>
            <PasswordField name="password" label="Mật khẩu mới" autocomplete="new-password" hint="Ít nhất 8 ký tự; một câu ngắn dễ nhớ là tốt nhất."/>
            <fieldset class="consent">
                <legend>"Đồng ý về dữ liệu cá nhân"</legend>
                <p>"Xin đọc " <a href="/thong-bao-du-lieu">"Thông báo xử lý dữ liệu cá nhân"</a> "."</p>
                <Check name=Purpose::Process.field() label=Purpose::Process.text(until)/>
                <Check name=Purpose::Publish.field() label=Purpose::Publish.text(until) hint="Không bắt buộc; đổi ý được ở trang Dữ liệu của tôi."/>
            </fieldset>
            <p class="actions"><button>"Kích hoạt và đăng nhập"</button> <a class="button quiet" href=sign_in>"Đã kích hoạt? Đăng nhập"</a></p>
            <p>"Mã hết hạn hoặc thất lạc? Xin hỏi đầu mối đơn vị, hoặc gọi " <HelpLine/></p>
        </form>
    }
    .into_any()
}

/// Activates the account, signs in and goes on to where the person came from.
pub fn activate(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let agreed = Agreed { process: ask.form.ticked(Purpose::Process.field()), publish: ask.form.ticked(Purpose::Publish.field()) };
        let network = ask.visitor.origin();
        let token = ask.engine.activate(ask.form.text("code"), ask.form.raw("password"), agreed, &network).await?;
        Ok(Answer::SignedIn { token: token.as_str().to_owned(), to: local(ask.form.text("tiep"), "/") })
    })
}
