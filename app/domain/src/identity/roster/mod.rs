//! A roster of units and people: read from tables, checked row by row, planned before anything is written.

pub mod cells;
mod column;
mod fault;
mod line;
mod plan;
mod reading;
mod rows;

pub use column::{Column, SheetKind, is_listing};
pub use fault::{Issue, RosterFault, letters};
pub use plan::{Known, KnownPerson, Plan, Planned, Step, plan};
pub use reading::{Reading, read};
pub use rows::{PersonRow, Placed, UnitRow};

use serde::{Deserialize, Serialize};

/// Most rows one file may hold, all its sheets together.
pub const MOST_ROWS: usize = 5_000;
/// Most columns a sheet may have.
pub const MOST_COLUMNS: usize = 40;
/// Longest text of a cell; former names of a merged unit are the longest in use.
pub const LONGEST_CELL: usize = 1_000;

/// What stands in a cell, as far as a roster cares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cell {
    /// A text; a number or date as people write it. Empty cells are empty texts.
    Text(String),
    /// A formula, whatever its value.
    Formula,
    /// More than [`LONGEST_CELL`] letters.
    TooLong,
}

/// A row as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawRow {
    /// Its number as the spreadsheet shows it, from 1.
    pub number: u32,
    /// Its cells from the first column on.
    pub cells: Vec<Cell>,
}

/// A sheet as the file has it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RawSheet {
    /// Its name; empty for a file with one table.
    pub name: String,
    /// Its rows that are not wholly empty.
    pub rows: Vec<RawRow>,
    /// Whether it goes on beyond what one file may hold.
    pub cut: bool,
}
