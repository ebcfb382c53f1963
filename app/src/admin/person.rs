//! One person's account as organisers see it: issue a code, move to another unit, entrust with roles.

use super::words::{account_state, day, issued, unit_options};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, crumb, engine, page, param_id, shown},
    parts::{Badge, Crumbs, FormErrors, Head, Hidden, Moment, Notice, Select, TextField, admin_frame},
};
use domain::{
    Refusal,
    id::AccountId,
    identity::{Action, Role},
};
use engine::{
    Caller,
    identity::{Issued, Moved, Person, Slip},
};
use leptos::prelude::*;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, account, slip) = (engine(), caller(), param_id::<AccountId>("account"), shown::<Slip>());
    page(async move {
        let caller = caller?;
        let person = engine.person(&caller, account?).await?;
        let units = unit_options(&engine, "Chọn đơn vị").await?;
        let name = person.account.full_name.clone();
        let (tone, state) = account_state(&person.account.state);
        Ok(admin_frame(
            &caller,
            view! {
                <Crumbs way=vec![crumb("Người dự thi", "/quan-tri/nguoi-dung")] here=name.clone()/>
                <Head title=name/>
                {slip.map(|slip| issued(&slip))}
                {person.account.sample.then(|| view! { <Notice kind="sample"><p>"Người mô phỏng của dữ liệu mẫu: không đăng nhập được."</p></Notice> })}
                <dl class="facts" data-layout="row">
                    <div><dt>"Tài khoản"</dt><dd><Badge tone=tone text=state/></dd></div>
                    <div><dt>"Tên đăng nhập"</dt><dd>{person.account.login.clone()}</dd></div>
                    <div><dt>"Đối tượng"</dt><dd>{person.account.audience.label()}</dd></div>
                    <div><dt>"Đơn vị"</dt><dd>{person.account.unit.clone().unwrap_or_else(|| "—".to_owned())}</dd></div>
                    <div><dt>"Chức vụ"</dt><dd>{or_dash(&person.account.position)}</dd></div>
                    <div><dt>"E-mail"</dt><dd>{or_dash(&person.account.email)}</dd></div>
                    <div><dt>"Ngày sinh"</dt><dd>{day(person.account.birth_date)}</dd></div>
                    <div><dt>"Số định danh cá nhân"</dt><dd><span class="masked">{person.national_id.clone().unwrap_or_else(|| "—".to_owned())}</span></dd></div>
                    <div><dt>"Tạo lúc"</dt><dd><Moment at=person.account.created_at/></dd></div>
                </dl>
                {helping(&caller, &person, units)}
                {roles(&caller, &person.roles)}
                {moves(person.moves)}
                {codes(person.codes)}
            },
        ))
    })
}

fn or_dash(text: &str) -> String {
    if text.is_empty() { "—".to_owned() } else { text.to_owned() }
}

fn helping(caller: &Caller, person: &Person, units: Vec<(String, String)>) -> Option<AnyView> {
    let open = person.account.state != "closed" && !person.account.sample && person.account.id != caller.account;
    if !open || !caller.may(Action::ManagePeople) {
        return None;
    }
    let code = if person.account.state == "invited" { "Cấp mã kích hoạt" } else { "Cấp mã đặt lại mật khẩu" };
    Some(
        view! {
            <section>
                <h2>"Giúp đăng nhập"</h2>
                <p>"Mã đặt lại dùng được 30 phút, mã kích hoạt 14 ngày; mã cấp trước đó hết hiệu lực. Mỗi lần cấp mã được ghi vào nhật ký."</p>
                <form method="post">
                    <Hidden name="deed" value="code"/>
                    <p class="actions"><button class="secondary">{code}</button></p>
                </form>
            </section>
            <section>
                <h2>"Chuyển đơn vị"</h2>
                <form method="post" class="narrow">
                    <FormErrors fields=vec![("unit", "Đơn vị mới"), ("reason", "Lý do")]/>
                    <Hidden name="deed" value="move"/>
                    <Select name="unit" label="Đơn vị mới" options=units hint="Các lượt đã thi vẫn tính cho đơn vị lúc thi."/>
                    <TextField name="reason" label="Lý do"/>
                    <p class="actions"><button class="secondary">"Chuyển đơn vị"</button></p>
                </form>
            </section>
        }
        .into_any(),
    )
}

fn roles(caller: &Caller, held: &[Role]) -> AnyView {
    let grants = caller.may(Action::GrantRoles);
    let lines = held
        .iter()
        .map(|role| {
            view! {
                <li>
                    {role.label()}
                    {grants.then(|| view! {
                        <form method="post">
                            <Hidden name="deed" value="withdraw"/>
                            <Hidden name="held" value=role.code()/>
                            <button class="danger small">{format!("Thu hồi quyền {}", role.label())}</button>
                        </form>
                    })}
                </li>
            }
        })
        .collect_view();
    let offered: Vec<(String, String)> = Role::ALL
        .iter()
        .filter(|role| **role != Role::Contestant && !held.contains(role))
        .map(|role| (role.code().to_owned(), role.label().to_owned()))
        .collect();
    view! {
        <section>
            <h2>"Vai trò"</h2>
            {if held.is_empty() { view! { <p>"Người dự thi, không giữ vai trò nào khác."</p> }.into_any() } else { view! { <ul>{lines}</ul> }.into_any() }}
            {grants.then(|| view! {
                <form method="post" class="narrow">
                    <Hidden name="deed" value="grant"/>
                    <Select name="role" label="Giao thêm vai trò" options=offered/>
                    <p class="actions"><button class="secondary">"Giao vai trò"</button></p>
                </form>
            })}
        </section>
    }
    .into_any()
}

fn moves(moves: Vec<Moved>) -> Option<AnyView> {
    (!moves.is_empty()).then(|| {
        let lines = moves
            .into_iter()
            .map(|moved| {
                let (from, to) = (moved.from_unit.unwrap_or_else(|| "—".to_owned()), moved.to_unit.unwrap_or_else(|| "—".to_owned()));
                view! {
                    <li>
                        <p>{format!("{from} → {to}")}</p>
                        <p class="meta"><Moment at=moved.changed_at/> " · " {moved.by_whom}</p>
                        <p>{moved.reason}</p>
                    </li>
                }
            })
            .collect_view();
        view! { <section><h2>"Các lần đổi đơn vị"</h2><ol class="history">{lines}</ol></section> }.into_any()
    })
}

fn codes(codes: Vec<Issued>) -> Option<AnyView> {
    (!codes.is_empty()).then(|| {
        let lines = codes
            .into_iter()
            .map(|code| {
                let purpose = if code.purpose == "activate" { "Mã kích hoạt" } else { "Mã đặt lại mật khẩu" };
                let used = code
                    .used_at
                    .map_or_else(|| format!("hạn dùng {}", code.expires_at.short()), |at| format!("đã dùng {}", at.short()));
                view! {
                    <li>
                        <p><b>{purpose}</b> ", " {used}</p>
                        <p class="meta"><Moment at=code.issued_at/> " · " {code.by_whom.unwrap_or_else(|| "dòng lệnh máy chủ".to_owned())}</p>
                    </li>
                }
            })
            .collect_view();
        view! { <section><h2>"Mã đã cấp"</h2><ol class="history">{lines}</ol></section> }.into_any()
    })
}

/// Does what its button says.
pub fn act(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, account) = (ask.caller()?, ask.param_id::<AccountId>("account")?);
        let here = format!("/quan-tri/nguoi-dung/{account}");
        match ask.form.text("deed") {
            "code" => return Ok(Answer::show(ask.engine.issue_code(&caller, account).await?)),
            "move" => {
                let unit = ask.form.text("unit").parse().map_err(|_| engine::Stop::at("unit", Refusal::UnitUnknown))?;
                ask.engine.move_account(&caller, account, unit, ask.form.text("reason")).await?;
            }
            "grant" => {
                caller.must(Action::GrantRoles)?;
                let role = Role::from_code(ask.form.text("role")).ok_or_else(|| engine::Stop::at("role", Refusal::NotOffered))?;
                ask.engine.grant_role(&caller, account, role).await?;
            }
            "withdraw" => {
                caller.must(Action::GrantRoles)?;
                let role = Role::from_code(ask.form.text("held")).ok_or(Refusal::NotOffered)?;
                ask.engine.withdraw_role(&caller, account, role).await?;
            }
            _ => return Err(Refusal::NotOffered.into()),
        }
        Ok(Answer::go(here))
    })
}
