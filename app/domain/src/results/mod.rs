//! What is published: the frozen figures, their summary, and who may see what when.

mod bands;
mod facts;
mod release;
mod shares;
mod stage;
mod summary;
mod whole_contest;
mod winner;

pub use bands::{Band, bands};
pub use facts::{BlockFacts, DivisionFacts, Facts, PredictionFacts, PreviousRound};
pub use release::{Matter, Moment, Openness, Viewer, may_see};
pub use shares::{share, shares};
pub use stage::PublicationState;
pub use summary::{summary, words};
pub use whole_contest::{ContestDivision, ContestFacts, CountedRound};
pub use winner::{Announcement, CollectivePrize, Winner, prize_name};
