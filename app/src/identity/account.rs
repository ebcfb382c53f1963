//! The own account: who one is here, the password, the devices.

use super::PasswordField;
use crate::{
    door::{Answer, Ask, Doing, local},
    page::{caller, engine, page, query},
    parts::{FormErrors, Head, Notice},
};
use domain::{
    Refusal,
    identity::{Role, name_warning},
};
use engine::identity::OwnData;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, done, back) = (engine(), caller(), query("xong"), query("tiep"));
    page(async move {
        let caller = caller?;
        let (kept, tree) = (engine.my_data(&caller).await?, engine.unit_tree().await?);
        let unit = tree.name(caller.unit).to_owned();
        Ok(view! {
            <div class="narrow">
                <Head title="Tài khoản của tôi"/>
                {welcome(&kept, &back)}
                {(done == "mat-khau").then(|| view! {
                    <Notice kind="success" answers=true><p>"Đã đổi mật khẩu. Các thiết bị khác đã được đăng xuất."</p></Notice>
                })}
                {about(&kept, unit, &caller.roles)}
                {password()}
                {devices(&kept)}
            </div>
        }
        .into_any())
    })
}

/// What a newcomer whose name carries no mark is gently told, with the way on.
fn welcome(kept: &OwnData, back: &str) -> Option<AnyView> {
    let warning = name_warning(&kept.account.full_name);
    let on = (!back.is_empty()).then(|| local(back, "/"));
    (warning.is_some() || on.is_some()).then(|| {
        view! {
            <Notice kind="warning">
                {warning.map(|warning| view! { <p>{warning} " " <a href="/du-lieu-cua-toi#full_name">"Sửa họ và tên"</a></p> })}
                {on.map(|on| view! { <p class="actions"><a class="button" href=on>"Tiếp tục"</a></p> })}
            </Notice>
        }
        .into_any()
    })
}

fn about(kept: &OwnData, unit: String, roles: &[Role]) -> AnyView {
    let account = &kept.account;
    let roles = roles.iter().map(|role| role.label()).collect::<Vec<_>>().join(", ");
    let unit = if unit.is_empty() { "chưa chọn".to_owned() } else { unit };
    view! {
        <dl class="facts" data-layout="row">
            <div><dt>"Họ và tên"</dt><dd>{account.full_name.clone()}</dd></div>
            <div><dt>"Tên đăng nhập"</dt><dd>{account.login.clone()}</dd></div>
            <div><dt>"Đối tượng dự thi"</dt><dd>{account.audience.label()}</dd></div>
            <div><dt>"Đơn vị"</dt><dd>{unit}</dd></div>
            {(!roles.is_empty()).then(|| view! { <div><dt>"Được phân công"</dt><dd>{roles}</dd></div> })}
        </dl>
        <p class="actions">
            <a class="button secondary" href="/tai-khoan/don-vi">"Đổi đơn vị"</a>
            <a class="button secondary" href="/luot-thi">"Lượt thi của tôi"</a>
            <a class="button quiet" href="/du-lieu-cua-toi">"Dữ liệu của tôi"</a>
        </p>
    }
    .into_any()
}

fn password() -> AnyView {
    view! {
        <section>
            <h2>"Đổi mật khẩu"</h2>
            <form method="post" action="/tai-khoan">
                <FormErrors fields=vec![("old_password", "Mật khẩu hiện tại"), ("password", "Mật khẩu mới")]/>
                <PasswordField name="old_password" label="Mật khẩu hiện tại" autocomplete="current-password"/>
                <PasswordField name="password" label="Mật khẩu mới" hint="Ít nhất 8 ký tự, không phải từ dễ đoán." autocomplete="new-password"/>
                <p class="actions"><button name="deed" value="password">"Đổi mật khẩu"</button></p>
            </form>
        </section>
    }
    .into_any()
}

fn devices(kept: &OwnData) -> AnyView {
    view! {
        <section>
            <h2>"Thiết bị đang đăng nhập"</h2>
            <p>{format!("Tài khoản đang đăng nhập ở {} thiết bị hoặc trình duyệt. Nếu có thiết bị anh/chị không nhận ra, hãy đăng xuất mọi nơi rồi đổi mật khẩu.", kept.sessions.len())}</p>
            <form method="post" action="/tai-khoan">
                <p class="actions"><button name="deed" value="everywhere" class="secondary">"Đăng xuất mọi nơi"</button></p>
            </form>
            <form method="post" action="/dang-xuat">
                <p class="actions"><button class="quiet">"Chỉ đăng xuất thiết bị này"</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// Changes the password, or signs out everywhere.
pub fn change(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        match ask.form.text("deed") {
            "password" => {
                let token = ask.visitor.token.as_deref().unwrap_or_default();
                ask.engine.change_password(&caller, token, ask.form.raw("old_password"), ask.form.raw("password")).await?;
                Ok(Answer::go("/tai-khoan?xong=mat-khau"))
            }
            "everywhere" => {
                ask.engine.sign_out_everywhere(&caller).await?;
                Ok(Answer::SignedOut("/dang-nhap".to_owned()))
            }
            _ => Err(Refusal::NotOffered.into()),
        }
    })
}
