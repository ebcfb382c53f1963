//! The binary `cchc`: command line, configuration, router, sessions, guards, headers, start and stop.

pub mod config;
pub mod connections;
pub mod console;
mod cookies;
pub mod demo;
mod doors;
mod files;
mod guard;
mod headers;
pub mod logs;
pub mod operations;
mod problems;
mod request;
mod router;
pub mod serve;
mod visit;

pub use config::Config;
pub use router::{Site, router, surround};
