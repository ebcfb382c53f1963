//! Signing up: the unit first, for it decides collective prizes; then the account and the consents.

use super::{
    PasswordField,
    unit_choice::{Choice, block_named, encoded, next_step},
};
use crate::{
    door::{Answer, Ask, Doing, local},
    page::{engine, page, query, returning},
    parts::{Check, FormErrors, Head, Hidden, ShareCard, TextField},
    submitted::{submitted, typed_or},
};
use domain::{
    Timestamp,
    id::UnitId,
    identity::{Audience, Purpose, name_warning, processed_until},
};
use engine::identity::SignUp;
use leptos::prelude::*;

const FIELDS: &[(&str, &str)] = &[
    ("full_name", "Họ và tên"),
    ("login", "Số điện thoại"),
    ("password", "Mật khẩu"),
    ("unit", "Đơn vị"),
    ("audience", "Đối tượng dự thi"),
    ("consent_process", "Đồng ý xử lý dữ liệu"),
];

/// The page.
pub fn view() -> AnyView {
    let engine = engine();
    let audience = Audience::from_code(&typed_or("audience", query("doi-tuong")));
    let named = typed_or("unit", query("don-vi"));
    let (block, search, back) = (block_named(&query("khoi")), query("tim"), typed_or("tiep", query("tiep")));
    page(async move {
        let (tree, now) = (engine.unit_tree().await?, engine.now());
        let chosen = audience.zip(named.parse::<UnitId>().ok()).filter(|(audience, unit)| tree.offers(*unit, *audience, now));
        if let Some((audience, unit)) = chosen {
            return Ok(form((audience, unit, tree.name(Some(unit))), &back, now));
        }
        let refused = !named.is_empty();
        let step = next_step(&engine, Choice { page: "/dang-ky", audience, block, search, back, refused }).await?;
        Ok(view! {
            <ShareCard title="Đăng ký dự thi" summary="Đăng ký một tài khoản để tham gia các cuộc thi trực tuyến về cải cách hành chính của tỉnh Quảng Ngãi."/>
            <div class="narrow">
                <Head title="Đăng ký dự thi" lede="Bước 1: chọn đúng đơn vị, vì kết quả của anh/chị được tính cho đơn vị này."/>
                {step}
            </div>
        }
        .into_any())
    })
}

fn form((audience, unit, name): (Audience, UnitId, &str), back: &str, now: Timestamp) -> AnyView {
    let other = returning(&format!("/dang-ky?{}", encoded("doi-tuong", audience.code())), back);
    let (sign_in, activate) = (returning("/dang-nhap", back), returning("/kich-hoat", back));
    let gentle = submitted().and_then(|form| form.value("full_name").and_then(name_warning));
    view! {
        <div class="narrow">
            <Head title="Đăng ký dự thi" lede="Bước 2: tạo tài khoản. Chúng tôi chỉ hỏi những gì cần cho cuộc thi."/>
            <form method="post" action="/dang-ky">
                <FormErrors fields=FIELDS.to_vec()/>
                <p class="chosen">"Anh/chị dự thi cho đơn vị: " <b>{name.to_owned()}</b> " " <small>{audience.label()}</small> " " <a href=other>"Đổi"</a></p>
                <Hidden name="audience" value=audience.code()/>
                <Hidden name="unit" value=unit.to_string()/>
                <Hidden name="tiep" value=back.to_owned()/>
                <TextField name="full_name" label="Họ và tên" hint="Có dấu, như trên căn cước." autocomplete="name"/>
                {gentle.map(|warning| view! { <p class="warning">{warning}</p> })}
                <TextField name="login" label="Số điện thoại" hint="Dùng để đăng nhập." kind="tel" inputmode="tel" autocomplete="username"/>
                <PasswordField name="password" label="Mật khẩu" hint="Ít nhất 8 ký tự, không phải từ dễ đoán." autocomplete="new-password"/>
                {consents(now)}
                <p class="actions"><button>"Đăng ký"</button> <a class="button quiet" href=sign_in>"Đã có tài khoản? Đăng nhập"</a></p>
                <p>"Có phiếu của đơn vị? " <a href=activate>"Kích hoạt tài khoản"</a> ", không cần đăng ký."</p>
            </form>
        </div>
    }
    .into_any()
}

/// The two boxes, neither ticked beforehand.
fn consents(now: Timestamp) -> AnyView {
    let until = processed_until(now);
    view! {
        <fieldset class="consent">
            <legend>"Sự đồng ý của anh/chị"</legend>
            <p>"Xin đọc " <a href="/thong-bao-du-lieu">"Thông báo xử lý dữ liệu cá nhân"</a> "."</p>
            <Check name=Purpose::Process.field() label=Purpose::Process.text(until) hint="Cần có để dự thi."/>
            <Check name=Purpose::Publish.field() label=Purpose::Publish.text(until) hint="Không bắt buộc."/>
        </fieldset>
    }
    .into_any()
}

/// Makes the account and goes on to where the newcomer came from.
pub fn sign_up(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let form = SignUp {
            login: ask.form.text("login").to_owned(),
            full_name: ask.form.text("full_name").to_owned(),
            audience: ask.form.text("audience").to_owned(),
            unit: ask.form.text("unit").to_owned(),
            password: ask.form.raw("password").to_owned(),
            process: ask.form.ticked(Purpose::Process.field()),
            publish: ask.form.ticked(Purpose::Publish.field()),
        };
        let token = ask.engine.sign_up(&form, &ask.visitor.origin()).await?;
        let back = local(ask.form.text("tiep"), "/");
        // A name without marks is taken; the own account says gently what to look at.
        let to = if name_warning(&form.full_name).is_some() { returning("/tai-khoan", &back) } else { back };
        Ok(Answer::SignedIn { token: token.as_str().to_owned(), to })
    })
}
