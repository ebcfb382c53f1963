//! Sheets and cards made from the same page of results that people read: CSV, XLSX, share cards.

mod card;
mod picture;
mod sheet;
mod tables;

pub use picture::Cards;
pub use sheet::{csv, xlsx};
pub use tables::{Cell, Table, tables};
