//! What people see and ask: pages, forms and islands.
//!
//! Pages exist on the server only; the browser's half of this crate holds nothing but islands and
//! the server functions they call.

// A page is one nested type; the larger ones are deeper than the compiler's usual 128 steps.
#![recursion_limit = "256"]

pub mod attempt;
pub mod bank;
pub mod contest;
pub mod declined;
pub mod identity;
pub mod results;

#[cfg(feature = "ssr")]
pub mod admin;
#[cfg(feature = "ssr")]
pub mod door;
#[cfg(feature = "ssr")]
pub mod frame;
#[cfg(feature = "ssr")]
pub mod library;
#[cfg(feature = "ssr")]
pub mod page;
#[cfg(feature = "ssr")]
pub mod parts;
#[cfg(feature = "ssr")]
pub mod problem;
#[cfg(feature = "ssr")]
pub mod ranking;
#[cfg(feature = "ssr")]
pub mod report;
#[cfg(feature = "hydrate")]
mod since_made;
#[cfg(feature = "ssr")]
mod site;
#[cfg(feature = "ssr")]
pub mod submitted;

#[cfg(feature = "ssr")]
pub use site::{App, doors, pages, shell};
