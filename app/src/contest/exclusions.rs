//! Who may not take part in a contest.

use super::tabs::{contest_address, contest_head};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param},
    parts::{Empty, FormErrors, Hidden, Table, TextField, admin_frame},
};
use domain::{Refusal, contest::Exclusion, id::AccountId};
use engine::contest::Excluded;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, slug) = (engine(), caller(), param("slug"));
    page(async move {
        let caller = caller?;
        let contest = engine.contest(&caller, &slug).await?;
        let excluded = engine.excluded_from(&caller, contest.id).await?;
        let work = view! {
            {contest_head(&contest)}
            <p>"Người giữ vai trò Ban Tổ chức, người ra đề, người thẩm định, quản trị hệ thống hoặc kiểm tra, giám sát, và người đã soạn, đã thẩm định câu hỏi của cuộc thi được hệ thống tự loại. Ghi thêm ở đây những người khác không được dự thi."</p>
            {if excluded.is_empty() { view! { <Empty title="Danh sách còn trống"/> }.into_any() } else { table(&excluded) }}
            <form method="post" class="narrow">
                <h2>"Ghi thêm"</h2>
                <FormErrors fields=vec![("login", "Tên đăng nhập")]/>
                <TextField name="login" label="Tên đăng nhập" hint="Số điện thoại hoặc tên đăng nhập của người đó." width="medium"/>
                <p class="actions"><button name="deed" value="exclude">"Không cho dự thi"</button></p>
            </form>
        };
        Ok(admin_frame(&caller, work))
    })
}

fn table(excluded: &[Excluded]) -> AnyView {
    let rows = excluded
        .iter()
        .map(|person| {
            let admit = (person.why == Exclusion::Named).then(|| {
                view! {
                    <form method="post">
                        <Hidden name="account" value=person.account.to_string()/>
                        <button name="deed" value="admit" class="quiet small" aria-label=format!("Cho {} dự thi", person.full_name)>"Cho dự thi"</button>
                    </form>
                }
            });
            view! {
                <tr>
                    <th scope="row">{person.full_name.clone()}</th>
                    <td data-label="Đơn vị">{person.unit.clone().unwrap_or_else(|| "–".to_owned())}</td>
                    <td data-label="Vì sao">{person.why.label()}</td>
                    <td class="actions">{admit}</td>
                </tr>
            }
        })
        .collect_view();
    view! { <Table id="khong-du-thi" caption="Những người không được dự thi" heads=vec!["Họ và tên", "Đơn vị", "Vì sao", ""] stack=true>{rows}</Table> }.into_any()
}

/// Excludes or admits somebody.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        let contest = ask.engine.contest(&caller, ask.param("slug")).await?;
        if ask.form.text("deed") == "admit" {
            let account: AccountId = ask.form.text("account").parse().map_err(|_| Refusal::NotFound)?;
            ask.engine.admit(&caller, contest.id, account).await?;
        } else {
            ask.engine.exclude(&caller, contest.id, ask.form.text("login")).await?;
        }
        Ok(Answer::go(format!("{}/khong-du-thi", contest_address(&contest.settings.slug))))
    })
}
