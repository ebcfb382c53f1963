//! The stories, one file per part.

mod attempt;
#[path = "bank/main.rs"]
mod bank;
mod contest;
mod contest_changes;
mod contest_pages;
mod demo;
mod doors;
mod ground;
#[path = "identity/main.rs"]
mod identity;
mod library;
mod ranking;
mod results;
#[path = "roster/main.rs"]
mod roster;
