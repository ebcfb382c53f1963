//! Deeds of accounts, rosters, units and roles.

use super::Log;
use domain::{
    Millis,
    identity::{Deed, Role},
};
use engine::{
    Caller,
    identity::{Agreed, Correction, MissingUnit, SignUp, UnitForm},
};
use tests::{PASSWORD, World, network};

const YES: Agreed = Agreed { process: true, publish: true };
const NEW_PASSWORD: &str = "Cầu Trà Khúc 2031";

pub async fn walk(log: &mut Log<'_>) {
    console(log).await;
    let lan = newcomer(log).await;
    own_data(log, &lan).await;
    roster(log).await;
    roles(log, &lan).await;
    units(log).await;
    log.world.wind(Millis::minutes(10));
    log.once(Deed::ForgetExpired, log.world.engine.forget_expired()).await;
}

async fn caller(world: &World, token: &str) -> Caller {
    world.engine.caller(token).await.expect("looked up").expect("a session")
}

/// What an operator does at the console.
async fn console(log: &mut Log<'_>) {
    let engine = &log.world.engine;
    log.world.unit("so-noi-vu").await;
    let more = "code,name,kind,parent,block,headcount,valid_from,valid_until,former_names,sample\n\
                xa-moi,Xã Mới,commune,ubnd-tinh,xa,10,2025-07-01,,,true\n";
    log.once(Deed::EditUnit, engine.load_units(more)).await;
    log.once(Deed::CreateAdmin, engine.create_admin("quan.tri", "Bùi Đức Long", "đèo Violắc mùa mưa")).await;
    let slip = log.once(Deed::CreateAdmin, engine.invite_admin_at_console("0905 111 222", "Cao Văn Kiên")).await;
    log.once(Deed::Activate, engine.activate(&slip.code.shown(), PASSWORD, YES, &network("192.0.2.1"))).await;
    let list = "login,full_name,unit\nkien.pv,Phan Văn Kiện,xa-moi\n";
    let trial = log.never(engine.try_roster_at_console("danh-sach.csv", list.into())).await;
    log.once(Deed::ImportRoster, engine.import_roster_at_console(list.into(), &trial)).await;
}

/// Signs up, in and out; changes the password.
async fn newcomer(log: &mut Log<'_>) -> Caller {
    let (world, home) = (log.world, network("192.0.2.1"));
    let engine = &world.engine;
    let form = SignUp {
        login: "0905 123 456".into(),
        full_name: "Nguyễn Thị Lan".into(),
        audience: "civil_servant".into(),
        unit: world.unit("so-noi-vu").await.to_string(),
        password: PASSWORD.into(),
        process: true,
        publish: false,
    };
    let token = log.once(Deed::SignUp, engine.sign_up(&form, &home)).await;
    let lan = caller(world, token.as_str()).await;
    log.once(Deed::SignOut, engine.sign_out(&lan, token.as_str())).await;
    let token = log.once(Deed::SignIn, engine.sign_in("0905123456", PASSWORD, &home)).await;
    log.once(Deed::ChangePassword, engine.change_password(&lan, token.as_str(), PASSWORD, NEW_PASSWORD)).await;
    log.once(Deed::SignOut, engine.sign_out_everywhere(&lan)).await;
    lan
}

/// What people do with their own data, and what organisers decide about it.
async fn own_data(log: &mut Log<'_>, lan: &Caller) {
    let world = log.world;
    let (engine, organiser) = (&world.engine, world.organiser().await);
    let (health, home_affairs) = (world.unit("so-y-te").await, world.unit("so-noi-vu").await);
    let typed = Correction { full_name: "Nguyễn Thị Phương Lan".into(), position: "Chuyên viên".into(), ..Correction::default() };
    log.once(Deed::CorrectData, engine.correct_data(lan, &typed)).await;
    log.once(Deed::ChangeConsent, engine.consent_to_publish(lan, true)).await;
    log.once(Deed::ChangeConsent, engine.renew_consent(&organiser)).await;
    log.once(Deed::ChooseUnit, engine.choose_unit(lan, "civil_servant", &health.to_string())).await;
    log.once(Deed::MoveAccount, engine.move_account(&organiser, lan.account, home_affairs, "Chuyển công tác")).await;
    log.once(Deed::GiveIdNumber, engine.give_national_id(lan, "051 085 001 234", Some(world.now() + Millis::minutes(5)))).await;
    let form =
        MissingUnit { phone: "0905 123 456".into(), audience: "civil_servant".into(), block: "so-nganh".into(), parent: String::new() };
    log.once(Deed::ReportMissingUnit, engine.report_missing_unit(None, &form, &network("192.0.2.2"))).await;
    let waiting = engine.requests(&organiser, None, None).await.expect("the requests");
    log.once(Deed::DecideRequest, engine.decide_request(&organiser, waiting[0].id, "done", "Đã bổ sung.")).await;
    log.once(Deed::AskWithdrawal, engine.ask_withdrawal(lan)).await;
}

/// A roster is tried, discarded, tried and accepted; codes let people in.
async fn roster(log: &mut Log<'_>) {
    let (world, home) = (log.world, network("192.0.2.1"));
    let (engine, organiser, unit) = (&world.engine, world.organiser().await, world.unit("so-y-te").await);
    let list = "login,full_name,unit\nhoa.lt,Lê Thị Hoa,so-y-te\n";
    let trial = log.never(engine.try_roster(&organiser, "danh-sach.csv", list.into())).await;
    log.never(engine.discard_roster(&organiser, &trial.hash)).await;
    let trial = log.never(engine.try_roster(&organiser, "danh-sach.csv", list.into())).await;
    log.once(Deed::ImportRoster, engine.import_roster(&organiser, &trial.hash, &trial.mark)).await;
    let slips = log.once(Deed::IssueCode, engine.issue_slips(&organiser, unit)).await.slips;
    log.once(Deed::Activate, engine.activate(&slips[0].code.shown(), PASSWORD, YES, &home)).await;
    let slip = log.once(Deed::IssueCode, engine.issue_code(&organiser, slips[0].account)).await;
    log.once(Deed::ChangePassword, engine.reset_password(&slip.code.shown(), NEW_PASSWORD, &home)).await;
}

async fn roles(log: &mut Log<'_>, lan: &Caller) {
    let (engine, admin) = (&log.world.engine, log.world.admin().await);
    log.once(Deed::GrantRole, engine.grant_role(&admin, lan.account, Role::Editor)).await;
    log.once(Deed::WithdrawRole, engine.withdraw_role(&admin, lan.account, Role::Editor)).await;
    log.once(Deed::GrantRole, engine.grant_role_to(&admin, "0905123456", "editor")).await;
}

async fn units(log: &mut Log<'_>) {
    let world = log.world;
    let (engine, organiser) = (&world.engine, world.organiser().await);
    let form =
        UnitForm {
            code: "xa-mau-01".into(), name: "Xã mẫu 01".into(), kind: "commune".into(), block: "xa".into(), ..UnitForm::default()
        };
    let unit = log.once(Deed::EditUnit, engine.add_unit(&organiser, &form)).await;
    log.once(Deed::EditUnit, engine.edit_unit(&organiser, unit, &UnitForm { name: "Xã mẫu 1".into(), ..form })).await;
    let heir = world.unit("xa-an-phu").await.to_string();
    log.once(Deed::MergeUnit, engine.merge_unit(&organiser, unit, (&heir, "01/12/2026"), "Nghị quyết sắp xếp đơn vị")).await;
}
