//! Statements about contests, rounds, pools and entries.

mod contest;
mod day;
mod entry;
mod pool;
mod round;
mod waiting;

pub(crate) use contest::{ContestRow, DocumentRow, RulesRow};
pub(in crate::contest) use day::{GrantRow, PauseRow};
pub(crate) use entry::EntryRow;
pub(crate) use pool::PoolRow;
pub(crate) use round::{ChangeRow, DivisionRow, PrizeRow, RoundRow};
