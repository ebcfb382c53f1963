//! Accounts, sign-in, sessions, units, roles, codes and personal data.

mod account;
mod belonging;
mod hasher;
mod missing_unit;
mod national_id;
mod own_data;
mod password;
mod session;
mod sign_in;
mod sign_up;
mod store;
mod throttle;
mod units;

pub use account::NewAccount;
pub(crate) use account::AccountRow;
pub use hasher::Hasher;
pub use missing_unit::MissingUnit;
pub use own_data::{Corrected, Correction, OwnData};
pub use session::{SessionCache, SessionToken};
pub use sign_up::SignUp;
pub use store::{AccountAbout, OwnAttempt, OwnConsent, OwnEntry, OwnNote, OwnRequest, OwnSession, OwnUnitChange};
pub use throttle::Network;
pub use units::UnitCache;
