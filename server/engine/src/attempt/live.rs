//! Live sheets in memory: whose they are, their paper, and what a pulse tells.

use super::store::AttemptRow;
use crate::{
    Caller, Engine, Fault, Result,
    notify::{Change, Notify},
};
use domain::{
    Millis, Refusal, Timestamp,
    attempt::{Paper, Stage},
    id::{AccountId, AttemptId, DivisionId, RoundId},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::broadcast;

/// With several nodes another one may have changed a sheet: what moves is believed for so long.
const BELIEVED: Millis = Millis::seconds(10);
/// More sheets than this are not remembered at once.
const SIZE: usize = 200_000;

/// What is remembered of a sheet.
#[derive(Debug, Clone)]
pub(super) struct Live {
    pub account: AccountId,
    pub round: RoundId,
    pub division: DivisionId,
    pub paper: Arc<Paper>,
    pub stage: Stage,
    pub deadline: Timestamp,
    pub hold: i64,
    pub seq: i64,
    /// When it was last read or written here.
    pub seen: Timestamp,
}

pub(super) struct LiveSheets {
    known: Mutex<Known>,
}

struct Known {
    changes: broadcast::Receiver<Change>,
    generation: u64,
    sheets: HashMap<AttemptId, Live>,
}

impl LiveSheets {
    pub(super) fn new(notify: &Notify) -> Self {
        Self { known: Mutex::new(Known { changes: notify.listen(), generation: 0, sheets: HashMap::new() }) }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match known.changes.try_recv() {
                // A changed window moves deadlines.
                Ok(Change::Round(round)) => {
                    known.generation += 1;
                    known.sheets.retain(|_, live| live.round != round);
                }
                Ok(_) => {}
                Err(broadcast::error::TryRecvError::Lagged(_)) => {
                    known.generation += 1;
                    known.sheets.clear();
                }
                Err(broadcast::error::TryRecvError::Empty | broadcast::error::TryRecvError::Closed) => return known,
            }
        }
    }

    pub(super) fn remember(&self, id: AttemptId, live: Live) {
        let mut known = self.known();
        if known.sheets.len() >= SIZE {
            known.sheets.clear();
        }
        known.sheets.insert(id, live);
    }

    /// Takes over what a committed deed changed; numbers only grow, whichever reply comes first.
    pub(super) fn update(&self, id: AttemptId, hold: i64, seq: i64, now: Timestamp) {
        if let Some(live) = self.known().sheets.get_mut(&id) {
            live.hold = live.hold.max(hold);
            live.seq = live.seq.max(seq);
            live.seen = now;
        }
    }

    pub(super) fn forget(&self, id: AttemptId) {
        self.known().sheets.remove(&id);
    }
}

impl Live {
    pub(super) fn of(row: &AttemptRow, now: Timestamp) -> Result<Self> {
        Ok(Self {
            account: row.account_id,
            round: row.round_id,
            division: row.division_id,
            paper: Arc::new(paper(row)?),
            stage: row.stage,
            deadline: row.deadline,
            hold: row.hold,
            seq: row.seq,
            seen: now,
        })
    }
}

/// The stored paper.
pub(super) fn paper(row: &AttemptRow) -> Result<Paper> {
    Paper::from_bytes(&row.paper).map_err(|error| Fault::Unreadable("paper of an attempt", Box::new(error)).into())
}

impl Engine {
    /// The caller's own sheet, from memory when it is there; what moves may be a little old.
    pub(super) async fn live(&self, caller: &Caller, id: AttemptId, now: Timestamp) -> Result<Live> {
        let (known, generation) = {
            let known = self.sittings.live.known();
            (known.sheets.get(&id).cloned(), known.generation)
        };
        let believed = |live: &Live| !self.store.is_postgres() || now - live.seen < BELIEVED;
        let live = match known {
            Some(live) if believed(&live) => live,
            _ => {
                let row = self.store.read().await?.attempt(id).await?.ok_or(Refusal::NotFound)?;
                let live = Live::of(&row, now)?;
                let running = live.stage == Stage::Running;
                if running && self.sittings.live.known().generation == generation {
                    self.sittings.live.remember(id, live.clone());
                }
                live
            }
        };
        // Somebody else's sheet does not exist for this caller.
        if live.account == caller.account { Ok(live) } else { Err(Refusal::NotFound.into()) }
    }
}
