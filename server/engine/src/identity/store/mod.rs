//! Statements about accounts, units, roles, sessions and everything else that is kept of people: one file per noun.

mod account;
mod belonging;
mod code;
mod colleague;
mod consent;
mod national_id;
mod note;
mod own_data;
mod password;
mod person;
mod request;
mod role;
mod roster;
mod session;
mod throttle;
mod unit;

pub(super) use account::ListedRow;
pub(super) use code::{CodeRow, HolderRow, NewCode};
pub use colleague::Colleague;
pub(super) use colleague::Wanted;
pub use own_data::{AccountAbout, OwnAttempt, OwnConsent, OwnEntry, OwnNote, OwnRequest, OwnSession, OwnUnitChange};
pub use person::{ListLine, PersonRow};
pub use role::HolderOfRole;
pub(in crate::identity) use session::SessionRow;
pub use unit::UnitTally;
