//! Accounts, sign-in, sessions, units, roles, codes and personal data.

mod account;
mod hasher;
mod session;
mod sign_in;
mod store;
mod units;

pub use account::NewAccount;
pub use hasher::Hasher;
pub use session::{SessionCache, SessionToken};
pub use units::UnitCache;
