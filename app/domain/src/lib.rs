//! What a contest *is*: types, state machines, drawing, marking, ranking and permissions.
//!
//! Everything here is pure: time and randomness are arguments. The same code runs on the
//! server and, without the `keys` feature, in the browser.

#[macro_use]
mod words;

pub mod attempt;
pub mod bank;
pub mod contest;
pub mod id;
pub mod identity;
pub mod library;
pub mod points;
pub mod ranking;
pub mod refusal;
pub mod results;
pub mod time;
pub mod vietnamese;

pub use points::Points;
pub use refusal::{Field, Refusal, Refused};
pub use time::{Millis, Timestamp};
