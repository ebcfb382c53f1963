//! One colleague of the coordinator's unit: a code, or a move to another unit with a reason.

use crate::{
    admin::words::{account_state, issued, unit_options},
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param_id, shown},
    parts::{Badge, Crumbs, FormErrors, Head, Hidden, Notice, Select, TextField},
};
use domain::{Refusal, id::AccountId};
use engine::identity::Slip;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, account, slip) = (engine(), caller(), param_id::<AccountId>("account"), shown::<Slip>());
    page(async move {
        let (caller, account) = (caller?, account?);
        let colleague = engine.own_colleague(&caller, account).await?;
        let units = unit_options(&engine, "Chọn đơn vị").await?;
        let (tone, state) = account_state(&colleague.state);
        let name = colleague.full_name;
        let code = slip.map(|slip| issued(&slip));
        let helping = if account == caller.account {
            view! { <Notice kind="info"><p>"Đây là tài khoản của anh/chị. Mật khẩu và đơn vị của mình: xem trang " <a href="/tai-khoan">"Tài khoản"</a> "."</p></Notice> }.into_any()
        } else {
            view! {
                <form method="post">
                    <Hidden name="deed" value="code"/>
                    <p class="actions"><button class="secondary">"Cấp mã"</button></p>
                </form>
                <section>
                    <h2>"Chuyển sang đơn vị khác"</h2>
                    <form method="post" class="narrow">
                        <FormErrors fields=vec![("unit", "Đơn vị mới"), ("reason", "Lý do")]/>
                        <Hidden name="deed" value="move"/>
                        <Select name="unit" label="Đơn vị mới" options=units hint="Các lượt đã thi vẫn tính cho đơn vị lúc thi. Chuyển rồi thì đầu mối đơn vị mới theo dõi."/>
                        <TextField name="reason" label="Lý do"/>
                        <p class="actions"><button class="secondary">"Chuyển đơn vị"</button></p>
                    </form>
                </section>
            }
            .into_any()
        };
        Ok(view! {
            <Crumbs way=vec![crumb(colleague.unit, "/dau-moi")] here=name.clone()/>
            <Head title=name/>
            {code}
            <dl class="facts" data-layout="row">
                <div><dt>"Chức vụ"</dt><dd>{if colleague.position.is_empty() { "—".to_owned() } else { colleague.position }}</dd></div>
                <div><dt>"Tài khoản"</dt><dd><Badge tone=tone text=state/></dd></div>
            </dl>
            {helping}
        }
        .into_any())
    })
}

/// Does what its button says.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, account) = (ask.caller()?, ask.param_id::<AccountId>("account")?);
        match ask.form.text("deed") {
            "code" => Ok(Answer::show(ask.engine.issue_code(&caller, account).await?)),
            "move" => {
                let unit = ask.form.text("unit").parse().map_err(|_| engine::Stop::at("unit", Refusal::UnitUnknown))?;
                ask.engine.move_account(&caller, account, unit, ask.form.text("reason")).await?;
                Ok(Answer::go("/dau-moi"))
            }
            _ => Err(Refusal::NotOffered.into()),
        }
    })
}
