//! From verified winners to the public: submission, approval, publication, corrections, and what anybody may read.
//!
//! Every read asks `domain::results::may_see`; nothing is computed here, boards are read from what was frozen.

mod own_place;
mod page;
mod publish;
mod store;
mod unit_page;
mod watch;

pub use own_place::OwnPlace;
pub use page::{HonouredRound, PublishedRound, ResultsPage, Scope, TopLine, UnitLine, VersionLine};
pub use publish::{Decision, PublicationLine};
pub use unit_page::UnitPage;
pub use watch::{DivisionTotals, RoundTotals};
