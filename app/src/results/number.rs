//! A winner gives the identity number, in a contest that asks it of winners only.

use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param_id},
    parts::{Crumbs, FormErrors, Head, Notice, TextField},
};
use domain::id::RoundId;
use engine::ranking::AskedNumber;
use leptos::prelude::*;

/// The address of the page for a round.
fn address(round: RoundId) -> String {
    format!("/bo-sung-so-dinh-danh/{round}")
}

/// What "Lượt thi của tôi" says to a winner who is asked; nothing when nothing is asked.
pub fn requests(asked: &[AskedNumber]) -> AnyView {
    asked
        .iter()
        .map(|asked| {
            let words = format!(
                "Ban Tổ chức đang xác minh kết quả {} của cuộc thi “{}” và cần anh/chị bổ sung số định danh cá nhân. ",
                asked.label, asked.contest
            );
            let page = address(asked.round);
            view! { <Notice kind="warning"><p>{words} <a href=page>"Bổ sung số định danh"</a></p></Notice> }
        })
        .collect_view()
        .into_any()
}

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, round) = (engine(), caller(), param_id::<RoundId>("round"));
    page(async move {
        let (caller, round) = (caller?, round?);
        let asked = engine.number_asked(&caller, round).await?;
        let kept = if asked.given { engine.masked_national_id(&caller).await? } else { None };
        Ok(view! {
            <Crumbs way=vec![crumb("Lượt thi của tôi", "/luot-thi")] here="Số định danh cá nhân"/>
            <Head title="Bổ sung số định danh cá nhân" lede=format!("{}, cuộc thi “{}”", asked.label, asked.contest)/>
            {kept.map(|masked| view! {
                <Notice kind="success"><p>"Đã ghi nhận số định danh " <span class="masked">{masked}</span> ". Nếu nhập nhầm, anh/chị nhập lại bên dưới."</p></Notice>
            })}
            {form(&asked)}
        }
        .into_any())
    })
}

fn form(asked: &AskedNumber) -> AnyView {
    let until = asked.until.map(|at| format!(" Số được lưu đến ngày {}, sau đó được xóa.", at.date())).unwrap_or_default();
    let why =
        format!("Dùng để xác minh người dự thi khi xét giải theo thể lệ; được mã hóa khi lưu, Ban Tổ chức chỉ thấy ba chữ số cuối.{until}");
    view! {
        <form method="post" class="narrow">
            <FormErrors fields=vec![("national_id", "Số định danh cá nhân")]/>
            <p>{why}</p>
            <TextField
                name="national_id"
                label="Số định danh cá nhân (số căn cước/CCCD, 12 chữ số)"
                hint="Có thể gõ cách từng nhóm số. Không cần gửi ảnh giấy tờ."
                inputmode="numeric"
                autocomplete="off"
                width="medium"
            />
            <p class="actions"><button>"Gửi số định danh"</button></p>
        </form>
    }
    .into_any()
}

/// Keeps what was typed.
pub fn give(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, round) = (ask.caller()?, ask.param_id::<RoundId>("round")?);
        ask.engine.give_winner_number(&caller, round, ask.form.text("national_id")).await?;
        Ok(Answer::go(address(round)))
    })
}
