//! Statements about frozen rounds, attempts and saved sheets: one file per noun.

mod attempt;
mod day;
mod late;
mod round;
mod save;
mod start;
mod watch;
mod words;

pub(super) use attempt::{AttemptRow, EndedRow};
pub(super) use day::GrantRow;
pub(super) use late::LateRow;
pub(super) use round::{DivisionRow, PoolRow, RoundRow};
pub(super) use save::{CountedSave, SavedRow};
pub(super) use start::{Admission, NewAttempt, SittingRow};
