//! Faults that a program makes while people sit, a recorded history of all calls, and the invariants that hold after each.
//!
//! `make faults` runs them at length, `make test` in short; a seed plays a failing run again.

pub mod again;
pub mod bank;
pub mod cast;
pub mod check;
pub mod cluster;
pub mod contestant;
pub mod dice;
pub mod due;
pub mod elsewhere;
pub mod evidence;
pub mod fault;
pub mod ground;
pub mod history;
pub mod manner;
pub mod nodes;
pub mod organisers;
pub mod proxy;
pub mod run;

pub use load::http::Failure;
