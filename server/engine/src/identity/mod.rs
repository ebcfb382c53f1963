//! Accounts, sign-in, sessions, units, roles, codes and personal data.

mod account;
mod audit_log;
mod belonging;
mod closing;
mod codes;
mod coordinator;
mod hasher;
mod missing_unit;
mod national_id;
mod own_data;
mod password;
mod people;
mod requests;
mod roles;
mod roster;
mod roster_sheet;
mod session;
mod sign_in;
mod sign_up;
mod store;
mod throttle;
mod units;
mod units_admin;

pub(crate) use account::AccountRow;
pub use account::NewAccount;
pub use audit_log::{AuditFilter, AuditLine, AuditPage};
pub use codes::{Agreed, OneTimeCode, Slip, Slips};
pub use coordinator::{ColleaguePage, ColleagueQuery, OwnColleague, OwnUnit, OwnUnitRound, UnitRound};
pub use hasher::Hasher;
pub use missing_unit::MissingUnit;
pub use own_data::{Corrected, Correction, OwnData};
pub use people::{Issued, Moved, PeoplePage, PeopleQuery, Person};
pub use requests::Request;
pub use roster::{Imported, Trial};
pub use roster_sheet::LARGEST_ROSTER;
pub use session::{SessionCache, SessionToken};
pub use sign_up::SignUp;
pub use store::{
    AccountAbout, Colleague, HolderOfRole, ListLine, OwnAttempt, OwnConsent, OwnEntry, OwnNote, OwnRequest, OwnSession, OwnUnitChange,
    PersonRow, UnitTally,
};
pub use throttle::Network;
pub use units::UnitCache;
pub use units_admin::{UnitAbout, UnitForm};
