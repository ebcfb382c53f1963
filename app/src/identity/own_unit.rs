//! Changing one's own unit, until the first attempt.

use super::unit_choice::{Choice, next_step};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, query},
    parts::{Crumbs, FormErrors, Head, Hidden, Notice},
    submitted::typed_or,
};
use domain::{Refusal, id::UnitId, identity::Audience};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    let audience = Audience::from_code(&typed_or("audience", query("doi-tuong")));
    let named = typed_or("unit", query("don-vi"));
    let search = query("tim");
    page(async move {
        let caller = caller?;
        let (tree, now) = (engine.unit_tree().await?, engine.now());
        let fixed = engine.my_data(&caller).await?.name_fixed;
        let chosen = audience.zip(named.parse::<UnitId>().ok()).filter(|(audience, unit)| tree.offers(*unit, *audience, now));
        let step = if fixed {
            view! { <Notice kind="info"><p>{Refusal::UnitFixed.words()}</p></Notice> }.into_any()
        } else if let Some((audience, unit)) = chosen {
            confirmation(audience, unit, tree.name(Some(unit)).to_owned())
        } else {
            let refused = !named.is_empty();
            next_step(&engine, Choice { page: "/tai-khoan/don-vi", audience, search, back: String::new(), refused }).await?
        };
        let now_in = tree.name(caller.unit).to_owned();
        Ok(view! {
            <Crumbs way=vec![crumb("Tài khoản của tôi", "/tai-khoan")] here="Đơn vị"/>
            <div class="narrow">
                <Head title="Đơn vị dự thi" lede="Anh/chị tự đổi được cho đến lượt thi đầu tiên."/>
                {(!now_in.is_empty()).then(|| view! { <p>"Hiện nay anh/chị dự thi cho đơn vị: " <b>{now_in}</b></p> })}
                {step}
            </div>
        }
        .into_any())
    })
}

fn confirmation(audience: Audience, unit: UnitId, name: String) -> AnyView {
    view! {
        <form method="post" action="/tai-khoan/don-vi">
            <FormErrors fields=vec![("unit", "Đơn vị"), ("audience", "Đối tượng dự thi")]/>
            <p class="chosen">"Anh/chị dự thi cho đơn vị: " <b>{name}</b> " " <small>{audience.label()}</small></p>
            <Hidden name="audience" value=audience.code()/>
            <Hidden name="unit" value=unit.to_string()/>
            <p class="actions"><button>"Xác nhận"</button> <a class="button quiet" href="/tai-khoan/don-vi">"Chọn lại"</a></p>
        </form>
    }
    .into_any()
}

/// Chooses the unit.
pub fn choose(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        ask.engine.choose_unit(&caller, ask.form.text("audience"), ask.form.text("unit")).await?;
        Ok(Answer::go("/tai-khoan"))
    })
}
