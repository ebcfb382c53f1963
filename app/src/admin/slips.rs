//! Slips with activation codes for one unit: issued by a button, shown once, made to be printed and cut.

use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param_id, shown},
    parts::{Empty, Head, Notice, admin_frame},
};
use domain::{id::UnitId, vietnamese::number};
use engine::identity::{Slip, Slips};
use leptos::prelude::*;

/// The page: before the button what it will do, after it the slips.
pub fn view() -> AnyView {
    let (engine, caller, unit, slips) = (engine(), caller(), param_id::<UnitId>("unit"), shown::<Slips>());
    page(async move {
        let caller = caller?;
        let (name, wanted) = engine.slips_wanted(&caller, unit?).await?;
        let site = engine.public_url.clone();
        let work = match slips {
            Some(slips) => printed(&slips, &site),
            None if wanted == 0 => view! {
                <Head title=format!("Phiếu kích hoạt: {name}")/>
                <Empty title="Không còn ai chờ kích hoạt"><p>"Mọi người của đơn vị trong danh sách đã kích hoạt tài khoản, hoặc danh sách chưa được nhập."</p></Empty>
            }
            .into_any(),
            None => {
                let people = number(i64::try_from(wanted).unwrap_or(i64::MAX));
                view! {
                    <Head title=format!("Phiếu kích hoạt: {name}") lede=format!("{people} người chưa kích hoạt tài khoản.")/>
                    <Notice kind="warning">
                        <p>"Mỗi lần bấm, mã cấp trước đó hết hiệu lực. Mã chỉ hiện một lần: xin in ngay, cắt rời và trao tận tay. Mã dùng được 14 ngày."</p>
                    </Notice>
                    <form method="post"><p class="actions"><button>"Cấp mã và xem phiếu để in"</button></p></form>
                }
                .into_any()
            }
        };
        Ok(admin_frame(&caller, work))
    })
}

fn printed(slips: &Slips, site: &str) -> AnyView {
    let (left_out, count) = (slips.left_out.join(", "), slips.slips.len());
    view! {
        <Head title=format!("Phiếu kích hoạt: {}", slips.unit)/>
        <div class="no-print">
            <Notice kind="success" answers=true>
                <p>{format!("Đã cấp {count} mã. Xin in trang này ngay (Ctrl+P): rời trang thì mã không hiện lại.")}</p>
            </Notice>
            {(!left_out.is_empty()).then(|| view! {
                <Notice kind="info"><p>{format!("Không cấp mã cho người giữ vai trò khác: {left_out}. Quản trị viên cấp mã cho những người này.")}</p></Notice>
            })}
        </div>
        <ul class="slips">{slips.slips.iter().map(|slip| one(slip, site)).collect_view()}</ul>
    }
    .into_any()
}

fn one(slip: &Slip, site: &str) -> impl IntoView + use<> {
    view! {
        <li>
            <h3>{slip.full_name.clone()}</h3>
            <dl class="facts" data-layout="row">
                <div><dt>"Đơn vị"</dt><dd>{slip.unit.clone()}</dd></div>
                <div><dt>"Tên đăng nhập"</dt><dd>{slip.login.clone()}</dd></div>
                <div><dt>"Trang"</dt><dd>{format!("{site}/kich-hoat")}</dd></div>
                <div><dt>"Dùng đến"</dt><dd>{slip.expires_at.short()}</dd></div>
            </dl>
            <p>"Mã kích hoạt " <code class="code">{slip.code.shown()}</code></p>
        </li>
    }
}

/// Issues the codes.
pub fn issue(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, unit) = (ask.caller()?, ask.param_id::<UnitId>("unit")?);
        Ok(Answer::show(ask.engine.issue_slips(&caller, unit).await?))
    })
}
