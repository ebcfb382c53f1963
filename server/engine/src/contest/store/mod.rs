//! Statements about contests, rounds, pools and entries.

mod contest;
mod entry;
mod pool;
mod round;
mod rules;
mod waiting;

pub(crate) use contest::{ContestRow, DocumentRow};
pub(crate) use entry::EntryRow;
pub(crate) use pool::PoolRow;
pub(crate) use round::{ChangeRow, DivisionRow, PrizeRow, RoundRow};
pub(crate) use rules::{RulesAnswer, RulesProposalRow, RulesRow};
