//! Accounts, sign-in, sessions, units, roles, codes and personal data.

mod hasher;
mod session;
mod sign_in;
mod store;

pub use hasher::Hasher;
pub use session::{SessionCache, SessionToken};
