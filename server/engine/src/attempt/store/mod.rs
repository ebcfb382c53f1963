//! Statements about frozen rounds, attempts and saved sheets: one file per noun.

mod attempt;
mod round;
mod save;
mod start;

pub(super) use attempt::{AttemptRow, EndedRow};
pub(super) use round::{DivisionRow, PoolRow, RoundRow};
pub(super) use save::SavedRow;
pub(super) use start::{Admission, NewAttempt, SittingRow};
