//! What is published: the frozen figures, their summary, and who may see what when.

mod bands;
mod facts;
mod release;
mod shares;
mod stage;
mod summary;

pub use bands::{Band, bands};
pub use facts::{Announcement, BlockFacts, CollectivePrize, DivisionFacts, Facts, PredictionFacts, PreviousRound, Winner};
pub use release::{Matter, Moment, Openness, Viewer, may_see};
pub use shares::{share, shares};
pub use stage::PublicationState;
pub use summary::{summary, words};
