//! Who holds which role; granting by login, withdrawing in the list.

use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page},
    parts::{FormErrors, Head, Hidden, Moment, Select, Table, TextField, admin_frame},
};
use domain::{
    Refusal,
    id::AccountId,
    identity::{Action, Role},
};
use engine::identity::HolderOfRole;
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller) = (engine(), caller());
    page(async move {
        let caller = caller?;
        let holders = engine.holders(&caller).await?;
        let grants = caller.may(Action::GrantRoles);
        let offered: Vec<(String, String)> = Role::ALL
            .iter()
            .filter(|role| **role != Role::Contestant)
            .map(|role| (role.code().to_owned(), role.label().to_owned()))
            .collect();
        Ok(admin_frame(
            &caller,
            view! {
                <Head title="Phân quyền" lede="Mỗi lần giao hoặc thu hồi được ghi vào nhật ký. Ai giữ vai trò Ban Tổ chức, người ra đề, người thẩm định, quản trị hệ thống hoặc kiểm tra, giám sát thì không được dự thi; người đang dự thi một cuộc thi chưa kết thúc chưa nhận được các vai trò này."/>
                {grants.then(|| view! {
                    <form method="post" class="narrow">
                        <FormErrors fields=vec![("login", "Tên đăng nhập"), ("role", "Vai trò")]/>
                        <Hidden name="deed" value="grant"/>
                        <TextField name="login" label="Tên đăng nhập hoặc số điện thoại"/>
                        <Select name="role" label="Vai trò" options=offered/>
                        <p class="actions"><button>"Giao vai trò"</button></p>
                    </form>
                })}
                <Table id="bang-vai-tro" caption="Người giữ vai trò" heads=vec!["Vai trò", "Họ và tên", "Đơn vị", "Giao bởi", "Từ", "Thao tác"] stack=true>
                    {holders.into_iter().map(|holder| row(holder, grants)).collect_view()}
                </Table>
            },
        ))
    })
}

fn row(holder: HolderOfRole, grants: bool) -> impl IntoView {
    let (account, role) = (holder.id.to_string(), holder.role);
    let label = format!("Thu hồi quyền {} của {}", role.label(), holder.full_name);
    view! {
        <tr>
            <td data-label="Vai trò">{role.label()}</td>
            <th scope="row"><a href=format!("/quan-tri/nguoi-dung/{account}")>{holder.full_name}</a> " " <small>{holder.login}</small></th>
            <td data-label="Đơn vị">{holder.unit.unwrap_or_else(|| "—".to_owned())}</td>
            <td data-label="Giao bởi">{holder.by_whom.unwrap_or_else(|| "máy chủ".to_owned())}</td>
            <td data-label="Từ"><Moment at=holder.granted_at/></td>
            <td class="actions">
                {grants.then(|| view! {
                    <form method="post">
                        <Hidden name="deed" value="withdraw"/>
                        <Hidden name="account" value=account/>
                        <Hidden name="held" value=role.code()/>
                        <button class="danger small" aria-label=label>"Thu hồi"</button>
                    </form>
                })}
            </td>
        </tr>
    }
}

/// Grants or withdraws.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let caller = ask.caller()?;
        match ask.form.text("deed") {
            "grant" => ask.engine.grant_role_to(&caller, ask.form.text("login"), ask.form.text("role")).await?,
            "withdraw" => {
                let account: AccountId = ask.form.text("account").parse().map_err(|_| Refusal::NotFound)?;
                let role = Role::from_code(ask.form.text("held")).ok_or(Refusal::NotOffered)?;
                ask.engine.withdraw_role(&caller, account, role).await?;
            }
            _ => return Err(Refusal::NotOffered.into()),
        }
        Ok(Answer::go("/quan-tri/phan-quyen"))
    })
}
