//! One sitting, end to end: start, save, take over, hand in, sweep, prove.

mod ending;
mod entrance;
mod frozen;
mod leaving;
mod live;
mod proof;
mod pulse;
mod result;
mod save;
mod sheet;
mod simulated;
mod start;
mod store;
mod writer;

pub use ending::{Receipt, Swept};
pub use entrance::Entrance;
pub(crate) use frozen::serve;
pub use frozen::{Division, Frozen, Served};
pub use proof::{Finding, Findings};
pub use pulse::Pulse;
pub use result::{OwnAttempt, Released, Result as SittingResult, Reviewed};
pub use save::{Hold, Save, Saved};
pub use sheet::SheetView;
pub use simulated::SimulatedSheet;

use crate::{notify::Notify, store::Database};

/// What the sittings of this node share: frozen rounds and live sheets in memory, the writer.
pub struct Sittings {
    rounds: frozen::Rounds,
    live: live::LiveSheets,
    writer: writer::Writer,
}

impl Sittings {
    /// Nothing in memory yet; on SQLite the writer's task begins.
    pub(crate) fn open(store: &Database, notify: &Notify) -> Self {
        Self { rounds: frozen::Rounds::new(notify), live: live::LiveSheets::new(notify), writer: writer::Writer::open(store) }
    }
}
