//! Live sheets in memory: whose they are, their paper, and what a pulse tells.

use super::store::AttemptRow;
use crate::{
    Caller, Engine, Fault, Result,
    notify::{Age, Change, Heard, Notify, Remembered},
};
use domain::{
    Millis, Refusal, Timestamp,
    attempt::{Digest, Paper, Stage},
    id::{AccountId, AttemptId, DivisionId, RoundId},
};
use std::{collections::HashMap, sync::Arc};

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
    /// Of the chain, after the newest kept save.
    pub head: Digest,
    /// When it was last read or written here.
    pub seen: Timestamp,
}

type Sheets = HashMap<AttemptId, Live>;

/// The live sheets of this node.
pub(super) struct LiveSheets(Remembered<Sheets>);

impl LiveSheets {
    pub(super) fn new(notify: &Notify) -> Self {
        Self(Remembered::new(notify, forget))
    }

    /// Remembers a sheet that this node has just begun.
    pub(super) fn remember(&self, id: AttemptId, live: Live) {
        self.0.put(|sheets| insert(sheets, id, live));
    }

    /// Takes over that another tab or device has the sheet; numbers only grow, whichever reply comes first.
    pub(super) fn taken(&self, id: AttemptId, hold: i64, now: Timestamp) {
        self.0.put(|sheets| {
            if let Some(live) = sheets.get_mut(&id) {
                live.hold = live.hold.max(hold);
                live.seen = now;
            }
        });
    }

    /// Takes over a committed save.
    pub(super) fn saved(&self, id: AttemptId, (hold, seq): (i64, i64), head: Digest, now: Timestamp) {
        self.0.put(|sheets| {
            if let Some(live) = sheets.get_mut(&id)
                && (hold, seq) > (live.hold, live.seq)
            {
                (live.hold, live.seq, live.head, live.seen) = (hold, seq, head, now);
            }
        });
    }

    pub(super) fn forget(&self, id: AttemptId) {
        self.0.put(|sheets| {
            sheets.remove(&id);
        });
    }

    /// The round of a sheet that is in memory.
    pub(super) fn round_of(&self, id: AttemptId) -> Option<RoundId> {
        self.0.look(|sheets| sheets.get(&id).map(|live| live.round)).0
    }

    fn look(&self, id: AttemptId) -> (Option<Live>, Age) {
        self.0.look(|sheets| sheets.get(&id).cloned())
    }

    fn keep(&self, age: Age, id: AttemptId, live: Live) {
        self.0.keep(age, |sheets| insert(sheets, id, live));
    }
}

fn insert(sheets: &mut Sheets, id: AttemptId, live: Live) {
    if sheets.len() >= SIZE {
        sheets.clear();
    }
    sheets.insert(id, live);
}

fn forget(sheets: &mut Sheets, heard: Heard) -> bool {
    match heard {
        // A changed window moves deadlines.
        Heard::Change(Change::Round(round)) => sheets.retain(|_, live| live.round != round),
        Heard::Missed => sheets.clear(),
        Heard::Change(Change::Account(_) | Change::Contest(_) | Change::Messages(_) | Change::Library | Change::Units) => return false,
    }
    true
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
            head: head(row)?,
            seen: now,
        })
    }
}

/// The stored head of the chain.
pub(super) fn head(row: &AttemptRow) -> Result<Digest> {
    row.head.as_slice().try_into().map_err(|_| Fault::Broken("a chain's head has another length").into())
}

/// The stored paper.
pub(super) fn paper(row: &AttemptRow) -> Result<Paper> {
    Paper::from_bytes(&row.paper).map_err(|error| Fault::Unreadable("paper of an attempt", Box::new(error)).into())
}

impl Engine {
    /// The caller's own sheet, from memory when it is there; what moves may be a little old.
    pub(super) async fn live(&self, caller: &Caller, id: AttemptId, now: Timestamp) -> Result<Live> {
        let (known, age) = self.sittings.live.look(id);
        let believed = |live: &Live| !self.store.is_postgres() || now - live.seen < BELIEVED;
        let live = match known {
            Some(live) if believed(&live) => live,
            _ => {
                let row = self.store.glance().await?.attempt(id).await?.ok_or(Refusal::NotFound)?;
                let live = Live::of(&row, now)?;
                if live.stage == Stage::Running {
                    self.sittings.live.keep(age, id, live.clone());
                }
                live
            }
        };
        // Somebody else's sheet does not exist for this caller.
        if live.account == caller.account { Ok(live) } else { Err(Refusal::NotFound.into()) }
    }
}
