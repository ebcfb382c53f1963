//! The stories, one file per part.

mod attempt;
mod attempt_pages;
mod attempt_release;
#[path = "audit/main.rs"]
mod audit;
#[path = "bank/main.rs"]
mod bank;
mod canary;
#[path = "contest/main.rs"]
mod contest;
mod contest_changes;
mod contest_pages;
mod demo;
mod doors;
mod failures;
mod features;
mod files;
mod ground;
#[path = "identity/main.rs"]
mod identity;
mod library;
mod nodes;
mod ranking;
#[path = "results/main.rs"]
mod results;
#[path = "roster/main.rs"]
mod roster;
mod schema;
#[path = "winners/main.rs"]
mod winners;
