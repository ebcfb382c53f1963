//! Sheets and cards made from the same page of results that people read: CSV, XLSX, share card.

mod card;
mod sheet;
mod tables;

pub use card::card;
pub use sheet::{csv, xlsx};
pub use tables::{Cell, Table, tables};
