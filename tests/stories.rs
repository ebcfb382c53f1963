//! The stories, one file per part.

mod attempt;
mod attempt_late;
mod attempt_pages;
mod attempt_release;
mod attempt_together;
#[path = "audit/main.rs"]
mod audit;
#[path = "bank/main.rs"]
mod bank;
#[path = "canary/main.rs"]
mod canary;
#[path = "contest/main.rs"]
mod contest;
mod contest_changes;
mod contest_pages;
#[path = "day/main.rs"]
mod day;
#[path = "day_words/main.rs"]
mod day_words;
mod demo;
mod doors;
mod endings;
mod failures;
mod features;
mod files;
mod ground;
mod heads;
#[path = "identity/main.rs"]
mod identity;
mod keeping;
mod library;
mod limits;
mod metrics;
mod nodes;
#[path = "open_sheets/main.rs"]
mod open_sheets;
mod operations;
mod ranking;
#[path = "results/main.rs"]
mod results;
#[path = "roster/main.rs"]
mod roster;
mod schema;
#[path = "winners/main.rs"]
mod winners;
