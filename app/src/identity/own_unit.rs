//! Changing one's own unit until the first attempt; afterwards, asking the organisers for another one.

use super::unit_choice::{Choice, block_named, next_step};
use crate::{
    door::{Answer, Ask, Doing, local},
    page::{caller, crumb, engine, page, query, returning},
    parts::{Crumbs, FormErrors, Framed, Head, Hidden, Notice},
    submitted::typed_or,
};
use domain::{
    Refusal,
    id::UnitId,
    identity::{Audience, RequestKind, RequestState, Role, UnitGroup},
};
use engine::identity::OwnData;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    let audience = Audience::from_code(&typed_or("audience", query("doi-tuong")));
    let named = typed_or("unit", query("don-vi"));
    let back = typed_or("tiep", query("tiep"));
    let (block, search, asked) = (block_named(&query("khoi")), query("tim"), query("xong") == "de-nghi");
    page(async move {
        let caller = caller?;
        let (tree, now) = (engine.unit_tree().await?, engine.now());
        let kept = engine.my_data(&caller).await?;
        let chosen = audience.zip(named.parse::<UnitId>().ok()).filter(|(audience, unit)| tree.offers(*unit, *audience, now));
        let coordinates = caller.is(Role::Coordinator);
        let step = if kept.name_fixed || coordinates {
            let why = if coordinates { Refusal::UnitCoordinated } else { Refusal::UnitFixed };
            request((&kept, why), asked, (engine.search_units("", caller.audience).await?, named))
        } else if let Some((audience, unit)) = chosen {
            confirmation((audience, unit), tree.name(Some(unit)).to_owned(), back)
        } else {
            let refused = !named.is_empty();
            next_step(&engine, Choice { page: "/tai-khoan/don-vi", audience, block, search, back, refused }).await?
        };
        let now_in = tree.name(caller.unit).to_owned();
        Ok(view! {
            <Crumbs way=vec![crumb("Tài khoản của tôi", "/tai-khoan")] here="Đơn vị"/>
            <div class="narrow">
                <Head title="Đơn vị dự thi" lede="Anh/chị tự đổi được cho đến lượt thi đầu tiên; sau đó cần Ban Tổ chức đồng ý."/>
                {(!now_in.is_empty()).then(|| view! { <p>"Hiện nay anh/chị dự thi cho đơn vị: " <b>{now_in}</b></p> })}
                {step}
            </div>
        }
        .into_any())
    })
}

fn confirmation((audience, unit): (Audience, UnitId), name: String, back: String) -> AnyView {
    let again = returning("/tai-khoan/don-vi", &back);
    view! {
        <form method="post" action="/tai-khoan/don-vi">
            <FormErrors fields=vec![("unit", "Đơn vị"), ("audience", "Đối tượng dự thi")]/>
            <p class="chosen">"Anh/chị dự thi cho đơn vị: " <b>{name}</b> " " <small>{audience.label()}</small></p>
            <Hidden name="audience" value=audience.code()/>
            <Hidden name="unit" value=unit.to_string()/>
            <Hidden name="tiep" value=back/>
            <p class="actions"><button>"Xác nhận"</button> <a class="button quiet" href=again>"Chọn lại"</a></p>
        </form>
    }
    .into_any()
}

/// What is left after the first attempt, or to a coordinator: asking for another unit, or the request that waits.
fn request((kept, why): (&OwnData, Refusal), asked: bool, (offered, chosen): (Vec<UnitGroup>, String)) -> AnyView {
    let waits = kept.requests.iter().find(|request| request.kind == RequestKind::UnitChange && request.state == RequestState::Open);
    if let Some(request) = waits {
        let due = request.due_at.map(|due| format!(" Hạn trả lời: {}.", due.short())).unwrap_or_default();
        let words = format!("Đề nghị đổi đơn vị của anh/chị đang chờ Ban Tổ chức.{due} Câu trả lời hiện ở trang “Dữ liệu của tôi”.");
        return if asked {
            view! { <Notice kind="success" answers=true><p>"Đã gửi. " {words}</p></Notice> }.into_any()
        } else {
            view! { <Notice kind="info"><p>{words}</p></Notice> }.into_any()
        };
    }
    let groups = offered
        .into_iter()
        .map(|group| {
            let units = group.units.into_iter().map(|unit| {
                let id = unit.id.to_string();
                view! { <option value=id.clone() selected=id == chosen>{unit.name}</option> }
            });
            view! { <optgroup label=group.block.label()>{units.collect_view()}</optgroup> }
        })
        .collect_view();
    let frame = Framed::new("unit", "Lượt thi mới được tính cho đơn vị mới; các lượt đã thi giữ nguyên đơn vị cũ.");
    let control = view! {
        <select id="unit" name="unit" required aria-describedby=frame.described() aria-invalid=frame.invalid()>
            <option value="">"Chọn đơn vị"</option>
            {groups}
        </select>
    };
    view! {
        <Notice kind="info"><p>{why.words()}</p></Notice>
        <section>
            <h2>"Đề nghị đổi đơn vị"</h2>
            <form method="post" action="/tai-khoan/don-vi">
                <FormErrors fields=vec![("unit", "Đơn vị muốn chuyển đến")]/>
                {frame.around("field", "Đơn vị muốn chuyển đến", control)}
                <p class="actions"><button name="deed" value="ask">"Gửi đề nghị"</button></p>
            </form>
        </section>
    }
    .into_any()
}

/// Chooses the unit and goes on to where the person came from, or asks for it.
pub fn choose(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        if ask.form.text("deed") == "ask" {
            ask.engine.ask_unit_change(&caller, ask.form.text("unit")).await?;
            return Ok(Answer::go("/tai-khoan/don-vi?xong=de-nghi"));
        }
        ask.engine.choose_unit(&caller, ask.form.text("audience"), ask.form.text("unit")).await?;
        Ok(Answer::go(local(ask.form.text("tiep"), "/tai-khoan")))
    })
}
