//! "Không thấy đơn vị của tôi": closed choices and a number to call back.

use crate::{
    door::{Answer, Ask, Doing},
    page::{engine, page, query},
    parts::{Choices, FormErrors, Head, Notice, Select, TextField},
    problem::HelpLine,
};
use domain::identity::{Audience, Block};
use engine::identity::{MissingUnit, Network};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, done) = (engine(), query("xong"));
    page(async move {
        let tree = engine.unit_tree().await?;
        let mut above: Vec<(String, String)> = vec![(String::new(), "Không rõ".to_owned())];
        above.extend(tree.units().iter().filter(|unit| unit.stands(engine.now())).map(|unit| (unit.id.to_string(), unit.name.clone())));
        let body = if done.is_empty() { form(above) } else { thanks() };
        Ok(view! {
            <div class="narrow">
                <Head title="Không thấy đơn vị của tôi" lede="Ban Tổ chức kiểm tra và gọi lại cho anh/chị trong 02 ngày làm việc."/>
                {body}
            </div>
        }
        .into_any())
    })
}

fn thanks() -> AnyView {
    view! {
        <Notice kind="success" answers=true><p>"Đã gửi đến Ban Tổ chức. Xin giữ điện thoại để nhận cuộc gọi."</p></Notice>
        <p class="actions"><a class="button secondary" href="/dang-ky">"Về trang đăng ký"</a></p>
    }
    .into_any()
}

fn form(above: Vec<(String, String)>) -> AnyView {
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
        ask.engine.report_missing_unit(ask.visitor.caller.as_ref(), &form, &Network::of(ask.visitor.network)).await?;
        Ok(Answer::go("/khong-thay-don-vi?xong=1"))
    })
}
