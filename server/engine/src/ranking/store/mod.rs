//! Statements about rounds on their way to results, the review of entries, boards, prizes and ties.

mod award;
mod leaving;
mod outcome;
mod review;
mod round;
mod shown;
mod standing;

pub use award::{AwardRow, PrizeRow, TieRow};
pub use outcome::{EntriesMark, PartRow, Ranking};
pub use review::ReviewRow;
pub(super) use review::SimulatedRow;
pub use round::RoundRow;
pub(crate) use standing::standing_columns;
pub use standing::{ReachedRow, SittingRow, StandingRow};
