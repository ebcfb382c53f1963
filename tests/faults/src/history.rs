//! The recorded history: every call, when it was sent, and what was acknowledged.

use domain::{
    Millis, Refusal, Timestamp,
    id::{AccountId, AttemptId, RoundId},
};
use engine::clock::Clock;
use serde::{Deserialize, Serialize};
use std::{
    collections::HashSet,
    io::Write,
    path::Path,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicI64, AtomicU32, Ordering},
    },
};

/// How far a true time may lie outside the span of its call: clocks are read at different moments.
const SLACK: Millis = Millis::seconds(1);

/// What was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Deed {
    /// To begin an attempt in the round.
    Start {
        /// The round.
        round: RoundId,
    },
    /// To open the sheet's page.
    Open,
    /// To keep these answers.
    Save {
        /// Which tab or device has the sheet.
        hold: i64,
        /// The number of the save.
        seq: i64,
        /// The fields.
        fields: Vec<(String, String)>,
    },
    /// To have the sheet on this device.
    TakeOver,
    /// To hand in.
    HandIn,
    /// The pulse.
    Pulse,
    /// To see one's own receipt.
    Receipt,
    /// To see what is none of one's business; `foreign`: it is another person's sheet or receipt.
    Peek {
        /// The address.
        path: String,
        /// Whether it belongs to somebody else.
        foreign: bool,
    },
}

/// What the server says to the sheet's island; what a later build adds is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// Why it was refused; empty: it was not.
    pub refusal: String,
    /// The number of the newest kept save.
    pub seq: i64,
    /// Which tab or device has the sheet.
    pub hold: i64,
    /// When the newest save was received.
    pub at: i64,
    /// The server's clock.
    pub now: i64,
    /// When the time is up.
    pub deadline: i64,
    /// The code of the receipt.
    pub receipt: String,
}

/// The refusal of a start for want of attempts.
pub const SPENT: &str = "NoAttemptsLeft";

impl Said {
    /// What a page says: a start is refused on one, in words.
    pub fn of_page(status: u16, body: &str) -> Self {
        let spent = status == Refusal::NoAttemptsLeft.status() && body.contains(Refusal::NoAttemptsLeft.words());
        Self { refusal: if spent { SPENT.to_owned() } else { String::new() }, ..Self::default() }
    }
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heard {
    /// When it was here.
    pub at: Timestamp,
    /// Which start of the server gave it, counted from 1.
    pub build: u32,
    /// The status.
    pub status: u16,
    /// What it said to the island; nothing for pages.
    pub said: Said,
    /// The body as text.
    #[serde(skip)]
    pub body: String,
}

impl Heard {
    /// Whether the server says that it was done.
    pub fn is_ack(&self) -> bool {
        self.status == 200 && self.said.refusal.is_empty()
    }
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Call {
    /// Who asked.
    pub person: AccountId,
    /// About which attempt; for a start the one that was begun.
    pub attempt: Option<AttemptId>,
    /// What.
    pub deed: Deed,
    /// When it was sent.
    pub sent: Timestamp,
    /// Which start of the server had sent the page that asks.
    pub page: u32,
    /// How far times may be off: more only where a fault moves the clock itself.
    pub slack: Millis,
    /// The answer; `None`: none came, so it may have been done or not.
    pub heard: Option<Heard>,
}

impl Call {
    /// The answer, where the call was acknowledged.
    pub fn ack(&self) -> Option<&Heard> {
        self.heard.as_ref().filter(|heard| heard.is_ack())
    }

    /// The acknowledged save, where it is one and the acknowledgement is of itself, not of a newer one.
    pub fn kept(&self) -> Option<Kept<'_>> {
        match (&self.deed, self.ack()) {
            (Deed::Save { hold, seq, fields }, Some(heard)) if heard.said.seq == *seq => {
                Some(Kept { number: (*hold, *seq), fields, at: heard.said.at })
            }
            _ => None,
        }
    }

    /// How long its caller waited for the answer; `None`: there was none.
    pub fn took(&self) -> Option<Millis> {
        self.heard.as_ref().map(|heard| heard.at - self.sent)
    }

    /// Whether something happened at this moment, as far as its caller can know.
    pub fn spans(&self, moment: Timestamp) -> bool {
        let until = self.heard.as_ref().map_or(Timestamp(i64::MAX), |heard| heard.at + self.slack);
        moment >= self.sent - self.slack && moment <= until
    }
}

/// A save that was acknowledged under its own number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept<'c> {
    /// The tab or device, and the number.
    pub number: (i64, i64),
    /// What it says.
    pub fields: &'c [(String, String)],
    /// When it was received, as the acknowledgement says.
    pub at: i64,
}

/// Everything that was asked and answered.
pub struct History {
    calls: Mutex<Vec<Call>>,
    /// The true time, as the server should tell it.
    clock: Clock,
    build: AtomicU32,
    slack: AtomicI64,
}

impl History {
    /// Nothing yet; by this clock.
    pub fn new(clock: &Clock) -> Self {
        Self { calls: Mutex::default(), clock: clock.clone(), build: AtomicU32::new(0), slack: AtomicI64::new(SLACK.0) }
    }

    fn inner(&self) -> MutexGuard<'_, Vec<Call>> {
        self.calls.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A server starts: which start that is.
    pub fn new_build(&self) -> u32 {
        self.build.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// The start of the server that serves now.
    pub fn build(&self) -> u32 {
        self.build.load(Ordering::Relaxed)
    }

    /// From now on the server's clock may be so far off.
    pub fn allow_slack(&self, slack: Millis) {
        self.slack.store(slack.0.max(SLACK.0), Ordering::Relaxed);
    }

    /// A call is sent; its place in the history.
    pub fn send(&self, person: AccountId, attempt: Option<AttemptId>, (deed, page): (Deed, u32)) -> usize {
        let slack = Millis(self.slack.load(Ordering::Relaxed));
        let mut calls = self.inner();
        calls.push(Call { person, attempt, deed, sent: self.now(), page, slack, heard: None });
        calls.len() - 1
    }

    /// An answer came; a start learns which attempt it began.
    pub fn hear(&self, call: usize, attempt: Option<AttemptId>, (status, said, body): (u16, Said, String)) {
        let heard = Heard { at: self.now(), build: self.build(), status, said, body };
        if let Some(call) = self.inner().get_mut(call) {
            call.attempt = call.attempt.or(attempt);
            call.heard = Some(heard);
        }
    }

    /// A copy of everything so far.
    pub fn calls(&self) -> Vec<Call> {
        self.inner().clone()
    }

    /// A copy of everything since this place.
    pub fn calls_since(&self, from: usize) -> Vec<Call> {
        self.inner().get(from..).unwrap_or_default().to_vec()
    }

    /// How many calls since this place are so.
    pub fn count(&self, from: usize, is_so: impl Fn(&Call) -> bool) -> usize {
        self.inner().iter().skip(from).filter(|call| is_so(call)).count()
    }

    /// Whose calls since this place are so, each person once.
    pub fn who(&self, from: usize, is_so: impl Fn(&Call) -> bool) -> HashSet<AccountId> {
        self.inner().iter().skip(from).filter(|call| is_so(call)).map(|call| call.person).collect()
    }

    /// How many calls have been sent.
    pub fn len(&self) -> usize {
        self.inner().len()
    }

    /// Whether nothing has been sent.
    pub fn is_empty(&self) -> bool {
        self.inner().is_empty()
    }

    /// Forgets the bodies, which have been searched; a long run would keep gigabytes of pages.
    pub fn forget_bodies(&self) {
        for heard in self.inner().iter_mut().filter_map(|call| call.heard.as_mut()) {
            heard.body = String::new();
        }
    }

    /// Writes one call a line, for whoever looks into a failing run.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn write(&self, file: &Path) -> std::io::Result<()> {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut out = std::io::BufWriter::new(std::fs::File::create(file)?);
        for call in self.inner().iter() {
            serde_json::to_writer(&mut out, call)?;
            out.write_all(b"\n")?;
        }
        out.flush()
    }
}
