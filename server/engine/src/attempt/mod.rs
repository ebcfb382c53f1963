//! One sitting, end to end: start, save, take over, hand in, sweep, prove.

mod ending;
mod entrance;
mod frozen;
mod grants;
mod jury;
mod late;
mod leaving;
mod live;
mod live_totals;
mod messages;
mod proof;
mod pulse;
mod result;
mod save;
mod sheet;
mod simulated;
mod start;
mod store;
mod waiting;
mod watch;
mod writer;

pub use ending::{Receipt, Swept};
pub use entrance::Entrance;
pub(crate) use frozen::serve;
pub use frozen::{Division, Frozen, Served};
pub use jury::{Asked, GivenAnswer, OwnQuestions};
pub use late::{LatePerson, LateSheet, LateSheets};
pub use live_totals::{LivePass, LiveTotals};
pub use messages::{Message, SentMessage};
pub use proof::{Finding, Findings};
pub use pulse::Pulse;
pub use result::{OwnAttempt, Released, Result as SittingResult, Reviewed};
pub use save::{Hold, Save, Saved};
pub use sheet::SheetView;
pub use simulated::SimulatedSheet;
pub use waiting::Waiting;

use crate::{notify::Notify, store::Database};

/// What the sittings of this node share: frozen rounds and live sheets in memory, the writer.
pub struct Sittings {
    rounds: frozen::Rounds,
    live: live::LiveSheets,
    messages: messages::Messages,
    watch: watch::Watch,
    counted: live_totals::Counted,
    writer: writer::Writer,
}

impl Sittings {
    /// Nothing in memory yet; on SQLite the writer's task begins.
    pub(crate) fn open(store: &Database, notify: &Notify) -> Self {
        Self {
            rounds: frozen::Rounds::new(notify),
            live: live::LiveSheets::new(notify),
            messages: messages::Messages::new(notify),
            watch: watch::Watch::default(),
            counted: live_totals::Counted::default(),
            writer: writer::Writer::open(store),
        }
    }
}
