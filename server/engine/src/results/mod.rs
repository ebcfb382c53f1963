//! From verified winners to the public: submission, approval, publication, corrections, and what anybody may read.
//!
//! Every read asks `domain::results::may_see`; nothing is computed here, boards are read from what was frozen.

mod board;
mod live_board;
mod own_place;
mod page;
mod publish;
mod rounds;
mod store;
mod unit_page;
mod watch;
mod winners;

pub use board::{Board, TopLine, UnitLine};
pub use live_board::{LiveBoard, LiveBoards};
pub use own_place::{OwnPlace, OwnTotal};
pub use page::{ResultsPage, Scope, VersionLine};
pub use publish::{Decision, PublicationLine};
pub use rounds::{HonouredRound, PublishedRound};
pub use unit_page::UnitPage;
pub use watch::{DivisionTotals, RoundTotals};
