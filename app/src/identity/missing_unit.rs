//! "Không thấy đơn vị của tôi": closed choices and a number to call back.

use crate::{
    door::{Answer, Ask, Doing, local},
    page::{engine, page, query, returning, visitor},
    parts::{Choices, FormErrors, Head, Hidden, Notice, Select, TextField},
    problem::HelpLine,
    submitted::typed_or,
};
use domain::identity::{Audience, Block};
use engine::identity::MissingUnit;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, done, back) = (engine(), query("xong"), typed_or("tiep", query("tiep")));
    let signed_in = visitor().caller.is_some();
    page(async move {
        let tree = engine.unit_tree().await?;
        let mut above: Vec<(String, String)> = vec![(String::new(), "Không rõ".to_owned())];
        above.extend(tree.units().iter().filter(|unit| unit.stands(engine.now())).map(|unit| (unit.id.to_string(), unit.name.clone())));
        let body = if done.is_empty() { form(above, back) } else { thanks(signed_in, &back) };
        Ok(view! {
            <div class="narrow">
                <Head title="Không thấy đơn vị của tôi" lede="Ban Tổ chức kiểm tra và gọi lại cho anh/chị trong 02 ngày làm việc."/>
                {body}
            </div>
        }
        .into_any())
    })
}

/// The request is sent: on to where the person came from.
fn thanks(signed_in: bool, back: &str) -> AnyView {
    let account = if signed_in {
        view! { <a class="button secondary" href="/tai-khoan">"Về tài khoản của tôi"</a> }.into_any()
    } else {
        view! { <a class="button secondary" href=returning("/dang-ky", back)>"Về trang đăng ký"</a> }.into_any()
    };
    let on = (!back.is_empty()).then(|| view! { <a class="button quiet" href=local(back, "/")>"Quay lại nơi anh/chị đang xem"</a> });
    view! {
        <Notice kind="success" answers=true><p>"Đã gửi đến Ban Tổ chức. Xin giữ điện thoại để nhận cuộc gọi."</p></Notice>
        <p class="actions">{account} " " {on}</p>
    }
    .into_any()
}

fn form(above: Vec<(String, String)>, back: String) -> AnyView {
    let audiences = Audience::ALL.iter().map(|audience| (audience.code().to_owned(), audience.label().to_owned(), String::new())).collect();
    let blocks = Block::ALL
        .iter()
        .filter(|block| **block != Block::None)
        .map(|block| (block.code().to_owned(), block.label().to_owned(), String::new()))
        .collect();
    let fields = vec![("phone", "Số điện thoại"), ("audience", "Đối tượng dự thi"), ("block", "Khối"), ("parent", "Cơ quan cấp trên")];
    view! {
        <form method="post" action="/khong-thay-don-vi">
            <FormErrors fields=fields/>
            <Hidden name="tiep" value=back/>
            <Choices name="audience" legend="Anh/chị dự thi với tư cách" options=audiences/>
            <Choices name="block" legend="Đơn vị của anh/chị thuộc" options=blocks/>
            <Select name="parent" label="Cơ quan cấp trên trực tiếp" options=above/>
            <TextField name="phone" label="Số điện thoại để gọi lại" kind="tel" inputmode="tel" autocomplete="tel"/>
            <p class="actions"><button>"Gửi Ban Tổ chức"</button></p>
            <p>"Cần gấp? Đường dây hỗ trợ: " <HelpLine/></p>
        </form>
    }
    .into_any()
}

/// Sends the report.
pub fn report(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let form = MissingUnit {
            phone: ask.form.text("phone").to_owned(),
            audience: ask.form.text("audience").to_owned(),
            // An empty code would be that of units outside the contest.
            block: if ask.form.has("block") { ask.form.text("block").to_owned() } else { "?".to_owned() },
            parent: ask.form.text("parent").to_owned(),
        };
        ask.engine.report_missing_unit(ask.visitor.caller.as_ref(), &form, &ask.visitor.origin()).await?;
        Ok(Answer::go(returning("/khong-thay-don-vi?xong=1", ask.form.text("tiep"))))
    })
}
