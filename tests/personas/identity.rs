//! People of the stories: contestants, staff, and the units they belong to.

use crate::World;
use domain::{
    id::UnitId,
    identity::{Audience, Role},
};
use engine::{
    Caller,
    identity::{Network, NewAccount, SessionToken},
};

/// A few units of the province, enough for a story: two departments, a centre, two communes, a ward, the island.
const UNITS: &str = "\
code,name,kind,parent,block,headcount,valid_from,valid_until,former_names,sample
ubnd-tinh,UBND tỉnh Quảng Ngãi,province,,,,2025-07-01,,,false
so-noi-vu,Sở Nội vụ,department,ubnd-tinh,so-nganh,287,2025-07-01,,,false
so-y-te,Sở Y tế,department,ubnd-tinh,so-nganh,4,2025-07-01,,,false
trung-tam-phuc-vu,Trung tâm Phục vụ – Kiểm soát TTHC tỉnh,centre,so-noi-vu,so-nganh,60,2025-07-01,,,false
xa-an-phu,Xã An Phú,commune,ubnd-tinh,xa,108,2025-07-01,,Xã Nghĩa Dũng (cũ);Xã Nghĩa Hà (cũ),false
xa-binh-minh,Xã Bình Minh,commune,ubnd-tinh,xa,,2025-07-01,,Xã Bình Khương (cũ),false
phuong-cam-thanh,Phường Cẩm Thành,ward,ubnd-tinh,phuong-dac-khu,71,2025-07-01,,Phường Chánh Lộ (cũ),false
dac-khu-ly-son,Đặc khu Lý Sơn,special_zone,ubnd-tinh,phuong-dac-khu,50,2025-07-01,,,false
";

/// The password of everybody in the stories.
pub const PASSWORD: &str = "Song-Trà-1959";

impl World {
    /// The unit of this code, among the few that every story knows.
    ///
    /// # Panics
    /// When there is no such unit.
    pub async fn unit(&self, code: &str) -> UnitId {
        if self.engine.unit_tree().await.expect("the tree").units().is_empty() {
            self.engine.load_units(UNITS).await.expect("the units are loaded");
        }
        let tree = self.engine.unit_tree().await.expect("the tree");
        tree.coded(code).unwrap_or_else(|| panic!("a unit {code}")).id
    }

    /// A civil servant of the unit with this code; the login is the name folded: `nguyen.thi.lan`.
    ///
    /// # Panics
    /// When the name is taken in this story.
    pub async fn contestant(&self, full_name: &str, unit: &str) -> Caller {
        let unit = self.unit(unit).await;
        self.person(full_name, Audience::CivilServant, Some(unit), &[]).await
    }

    /// A citizen living in the commune with this code.
    ///
    /// # Panics
    /// When the name is taken in this story.
    pub async fn citizen(&self, full_name: &str, commune: &str) -> Caller {
        let unit = self.unit(commune).await;
        self.person(full_name, Audience::Citizen, Some(unit), &[]).await
    }

    /// Somebody of the unit with this code who holds these roles.
    ///
    /// # Panics
    /// When the name is taken in this story.
    pub async fn member(&self, full_name: &str, unit: &str, roles: &[Role]) -> Caller {
        let unit = self.unit(unit).await;
        self.person(full_name, Audience::CivilServant, Some(unit), roles).await
    }

    /// The organiser, Trần Quốc Bảo.
    pub async fn organiser(&self) -> Caller {
        self.staff("Trần Quốc Bảo", Role::Organiser).await
    }

    /// A second organiser, Phạm Thị Hạnh.
    pub async fn second_organiser(&self) -> Caller {
        self.staff("Phạm Thị Hạnh", Role::Organiser).await
    }

    /// The author, Lê Văn Sơn.
    pub async fn author(&self) -> Caller {
        self.staff("Lê Văn Sơn", Role::Author).await
    }

    /// The reviewer, Võ Thị Mai.
    pub async fn reviewer(&self) -> Caller {
        self.staff("Võ Thị Mai", Role::Reviewer).await
    }

    /// The editor, Đặng Ngọc Anh.
    pub async fn editor(&self) -> Caller {
        self.staff("Đặng Ngọc Anh", Role::Editor).await
    }

    /// The coordinator of the unit with this code, Huỳnh Thị Thu.
    pub async fn coordinator(&self, unit: &str) -> Caller {
        let unit = self.unit(unit).await;
        self.person("Huỳnh Thị Thu", Audience::CivilServant, Some(unit), &[Role::Coordinator]).await
    }

    /// The administrator, Bùi Đức Long.
    pub async fn admin(&self) -> Caller {
        self.staff("Bùi Đức Long", Role::Admin).await
    }

    /// The auditor, Cao Minh Tâm.
    pub async fn auditor(&self) -> Caller {
        self.staff("Cao Minh Tâm", Role::Auditor).await
    }

    /// Somebody signs in from home; the token goes into a cookie.
    ///
    /// # Panics
    /// When they are refused.
    pub async fn sign_in(&self, person: &Caller) -> SessionToken {
        let login = login_of(&person.full_name);
        self.engine.sign_in(&login, PASSWORD, &network("192.0.2.10")).await.expect("the right password")
    }

    /// The one person of this name and role; asked again, the same person comes.
    async fn staff(&self, full_name: &str, role: Role) -> Caller {
        self.person(full_name, Audience::CivilServant, None, &[role]).await
    }

    /// The person of this name, made when the story has not met them yet; everybody's password is [`PASSWORD`].
    ///
    /// # Panics
    /// When the account cannot be opened.
    pub async fn person(&self, full_name: &str, audience: Audience, unit: Option<UnitId>, roles: &[Role]) -> Caller {
        if let Some(known) = self.met(full_name) {
            return self.engine.caller_of(known).await.expect("still there");
        }
        let login = login_of(full_name);
        let account = NewAccount { login: &login, full_name, audience, unit, password: Some(PASSWORD), sample: false, roles };
        let opened = self.engine.open_accounts(&[account]).await.expect("the account is opened");
        let id = *opened.first().expect("one account");
        self.meet(full_name, id);
        self.engine.caller_of(id).await.expect("the account is active")
    }
}

/// The login of a person of the stories: `nguyen.thi.lan`.
pub fn login_of(full_name: &str) -> String {
    domain::vietnamese::fold(full_name).replace(' ', ".")
}

/// The network of an address.
///
/// # Panics
/// When it is no address.
pub fn network(address: &str) -> Network {
    Network::of(address.parse().expect("an address"))
}
