//! What the product *does*: one [`Engine`], one method per thing a person can do.
//!
//! Each room (`identity`, `bank`, `contest`, `attempt`, `ranking`, `results`, `library`, `report`)
//! holds its deeds in `mod.rs` and the files beside it, its statements in `store`.

#[macro_use]
pub mod store;

pub mod attempt;
pub mod audit;
pub mod bank;
pub mod caller;
pub mod clock;
pub mod contest;
pub mod demo;
mod engine;
pub mod fault;
pub mod files;
pub mod identity;
pub mod keeping;
pub mod lease;
pub mod library;
pub mod markdown;
pub mod notify;
pub mod random;
pub mod ranking;
mod remembered;
pub mod report;
pub mod results;
pub mod secrets;

pub use caller::Caller;
pub use engine::{Engine, Settings};
pub use fault::{Fault, Result, Stop};
pub use markdown::SafeHtml;
