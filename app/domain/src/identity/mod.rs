//! Accounts, units, roles and what each role may do.

mod audience;
mod birth_date;
mod consent;
mod deed;
mod email;
mod full_name;
mod login;
mod national_id;
mod password;
mod permission;
mod request;
mod role;
pub mod roster;
pub mod throttle;
mod turnout;
mod unit;
mod unit_tree;

pub use audience::Audience;
pub use birth_date::read_birth_date;
pub use consent::{CONSENT_VERSION, Purpose, processed_until};
pub use deed::Deed;
pub use email::read_email;
pub use full_name::{NAME_WARNING, name_warning, read_full_name};
pub use login::{login_key, read_login, read_phone};
pub use national_id::{NationalId, masked_id};
pub use password::check_password;
pub use permission::{Action, bars, may};
pub use request::{ANSWER_DAYS, RequestKind, RequestState, due_after};
pub use role::Role;
pub use turnout::Turnout;
pub use unit::{Block, UnitKind};
pub use unit_tree::{Unit, UnitGroup, UnitOption, UnitTree};
