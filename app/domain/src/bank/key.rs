//! The key of a question version: it never leaves the server before release.

use serde::{Deserialize, Serialize};

/// What the right answer is, in the author's numbering (from 0).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// The right option.
    One(u8),
    /// All right options, ascending, each once.
    Set(Vec<u8>),
    /// Whether the statement is true.
    Truth(bool),
    /// The author's own order is the right one (ordering), or the author's own pairs are right (matching).
    AsWritten,
    /// A number in units of `10^-decimals`, right within `tolerance` of the same unit.
    Number {
        /// The value, scaled.
        scaled: i64,
        /// How many decimals `scaled` has.
        decimals: u8,
        /// The largest accepted distance, scaled alike.
        tolerance: i64,
    },
    /// Accepted short texts, compared folded.
    Texts(Vec<String>),
}
