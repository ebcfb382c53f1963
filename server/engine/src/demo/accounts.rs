//! The accounts with which everybody may try the demo.

use crate::{Caller, Engine, Fault, Result, identity::NewAccount};
use domain::identity::{Audience, Purpose, Role};

/// The password of all of them.
pub const PASSWORD: &str = "Dung-thu-2026";

/// An account of the demo.
#[derive(Debug, Clone, Copy)]
pub struct DemoAccount {
    /// With what one signs in.
    pub login: &'static str,
    /// The full name.
    pub full_name: &'static str,
    /// The role; none: a contestant.
    pub role: Option<Role>,
    /// The audience.
    pub audience: Audience,
    /// The code of the unit.
    pub unit: &'static str,
}

const CENTRE: &str = "trung-tam-phuc-vu-kiem-soat-tthc";

const fn staff(login: &'static str, full_name: &'static str, role: Role) -> DemoAccount {
    DemoAccount { login, full_name, role: Some(role), audience: Audience::CivilServant, unit: CENTRE }
}

const fn contestant(login: &'static str, full_name: &'static str, audience: Audience, unit: &'static str) -> DemoAccount {
    DemoAccount { login, full_name, role: None, audience, unit }
}

/// Every account of the demo.
pub const ACCOUNTS: &[DemoAccount] = &[
    staff("bantochuc1", "Trần Quốc Bảo", Role::Organiser),
    staff("bantochuc2", "Phạm Thị Hạnh", Role::Organiser),
    staff("nguoirade", "Lê Văn Sơn", Role::Author),
    staff("thamdinh", "Võ Thị Mai", Role::Reviewer),
    staff("bientap", "Đặng Ngọc Anh", Role::Editor),
    DemoAccount { unit: "so-noi-vu", ..staff("daumoi", "Huỳnh Thị Thu", Role::Coordinator) },
    staff("quantri", "Bùi Đức Long", Role::Admin),
    staff("kiemtra", "Cao Minh Tâm", Role::Auditor),
    contestant("congchuc1", "Nguyễn Thị Lan", Audience::CivilServant, "so-noi-vu"),
    contestant("congchuc2", "Phan Văn Hùng", Audience::CivilServant, "xa-binh-son"),
    contestant("nguoidan", "Đỗ Thị Hoa", Audience::Citizen, "phuong-cam-thanh"),
];

impl DemoAccount {
    /// What it is for.
    pub fn purpose(&self) -> &'static str {
        self.role.map_or(self.audience.label(), Role::label)
    }
}

/// Who acts in the demo.
pub(super) struct Cast {
    pub organiser: Caller,
    pub second_organiser: Caller,
    pub author: Caller,
    pub reviewer: Caller,
    pub editor: Caller,
    /// Two civil servants and a citizen.
    pub contestants: Vec<Caller>,
}

/// Opens every account of the demo.
pub(super) async fn open(engine: &Engine) -> Result<Cast> {
    let tree = engine.unit_tree().await?;
    let roles: Vec<Vec<Role>> = ACCOUNTS.iter().map(|account| account.role.into_iter().collect()).collect();
    let accounts: Vec<NewAccount<'_>> = ACCOUNTS
        .iter()
        .zip(&roles)
        .map(|(account, roles)| NewAccount {
            login: account.login,
            full_name: account.full_name,
            audience: account.audience,
            unit: tree.coded(account.unit).map(|unit| unit.id),
            password: Some(PASSWORD),
            sample: false,
            roles,
        })
        .collect();
    let mut callers = Vec::with_capacity(ACCOUNTS.len());
    for id in engine.open_accounts(&accounts).await? {
        callers.push(engine.caller_of(id).await?);
    }
    let now = engine.now();
    let mut work = engine.store.begin().await?;
    for contestant in callers.iter().filter(|caller| caller.roles.is_empty()) {
        work.give_consent(contestant.account, Purpose::Process, now).await?;
        work.give_consent(contestant.account, Purpose::Publish, now).await?;
    }
    work.commit().await?;
    let nth = |role: Role, n: usize| {
        let holders = callers.iter().filter(|caller| caller.roles.contains(&role));
        holders.skip(n).map(Clone::clone).next().ok_or(Fault::Broken("the demo lacks a role"))
    };
    Ok(Cast {
        organiser: nth(Role::Organiser, 0)?,
        second_organiser: nth(Role::Organiser, 1)?,
        author: nth(Role::Author, 0)?,
        reviewer: nth(Role::Reviewer, 0)?,
        editor: nth(Role::Editor, 0)?,
        contestants: callers.iter().filter(|caller| caller.roles.is_empty()).cloned().collect(),
    })
}
