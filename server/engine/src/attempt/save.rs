//! Saving: each save keeps the whole sheet and hangs it on the chain; and taking the sheet over.

use super::{
    frozen::{Division, Frozen},
    late::Arrived,
    live::{Live, head},
    start::TRIES,
    store::CountedSave,
};
use crate::{
    Caller, Engine, Fault, Result, Stop,
    store::{StoreError, Work},
};
use domain::{
    Refusal, Refused, Timestamp,
    attempt::{Decision, Digest, Guess, Incoming, Link, Newest, Phase, Shape, Sheet, decide, link, read_form},
    contest::Prediction,
    id::AttemptId,
    identity::Action,
};
use futures::FutureExt;
use std::sync::Arc;

/// A sheet that arrives.
#[derive(Debug, Clone)]
pub struct Save {
    /// Which tab or device sends it.
    pub hold: i64,
    /// Its number; a plain form has none …
    pub seq: Option<u32>,
    /// … and says which save its page showed.
    pub seen: Option<u32>,
    /// The fields of the form.
    pub fields: Arc<Vec<(String, String)>>,
}

/// The acknowledgement: it is on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// The number of the newest kept save.
    pub seq: i64,
    /// When it was received.
    pub at: Timestamp,
    /// When the time is up; in a pause: as if the round went on right now.
    pub deadline: Timestamp,
    /// Whether a pause holds the sheet.
    pub paused: bool,
    /// What the clock of the server says.
    pub now: Timestamp,
    /// How many questions are answered on this sheet …
    pub answered: usize,
    /// … of how many.
    pub questions: usize,
    /// The prediction as it was read; empty when nothing is asked or it cannot be read.
    pub echo: String,
    /// Fields that cannot be read; everything else of the sheet is kept.
    pub unread: Refused,
}

/// The sheet in the hands of this tab or device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Its hold.
    pub hold: i64,
    /// The number of the newest kept save.
    pub seq: i64,
    /// When the time is up; in a pause: as if the round went on right now.
    pub deadline: Timestamp,
    /// Whether a pause holds the sheet.
    pub paused: bool,
    /// What the clock of the server says.
    pub now: Timestamp,
    /// The sheet as it was saved last, as fields of its form.
    pub fields: Vec<(String, String)>,
}

impl Engine {
    /// Saves the whole sheet of a running attempt.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::TakenOver`], [`Refusal::SaveConflict`], [`Refusal::HandedIn`],
    /// [`Refusal::TooLate`] (it is kept as late and not counted), [`Refusal::Paused`] (it is not kept: it comes again).
    pub async fn save(&self, caller: &Caller, attempt: AttemptId, save: Save) -> Result<Saved> {
        let now = self.now();
        caller.must(Action::TakePart)?;
        let live = self.live(caller, attempt, now).await?;
        let frozen = self.frozen(live.round).await?;
        let (pause, division) = (frozen.pause, division(&frozen, &live)?);
        let (sheet, unread) = read_sheet(division, &live, &save.fields)?;
        let arriving = Arc::new(Arriving {
            attempt,
            hold: save.hold,
            seq: save.seq.map(i64::from),
            seen: save.seen.map(i64::from),
            received_at: now,
            answers: sheet.to_bytes(),
            guess: sheet.guess.value(),
            known: Newest { stage: live.stage, deadline: live.deadline, hold: live.hold, seq: live.seq, late: false, pause },
            head: live.head,
        });
        let done = self.retried(&arriving).await?;
        if let Some(refusal) = done.decision.refusal() {
            return Err(refusal.into());
        }
        if let Some(head) = done.head {
            self.sittings.live.saved(attempt, (save.hold, done.seq), head, now);
        }
        let asked = division.rules.prediction.as_ref();
        let echo =
            asked.filter(|_| !matches!(sheet.guess, Guess::Typed(_))).map_or_else(String::new, |asked| asked.echo(sheet.guess.value()));
        Ok(Saved {
            seq: done.seq,
            at: done.at,
            deadline: pause.moved(done.deadline, now),
            paused: pause.holds(done.deadline).is_some(),
            now,
            answered: sheet.answered(),
            questions: sheet.answers.len(),
            echo,
            unread,
        })
    }

    /// Gives the running sheet to this tab or device; the one that had it is told at its next word.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::HandedIn`], [`Refusal::TooLate`].
    pub async fn take_over(&self, caller: &Caller, attempt: AttemptId) -> Result<Hold> {
        let now = self.now();
        caller.must(Action::TakePart)?;
        let live = self.live(caller, attempt, now).await?;
        let frozen = self.frozen(live.round).await?;
        let pause = frozen.pause;
        if !Phase::of_sheet(pause.moved(live.deadline, now), now).counts() {
            return Err(Refusal::TooLate.into());
        }
        let account = caller.account;
        let taken = self.write_once(move |work| async move { Ok(work.take_hold(attempt, account).await?) }.boxed()).await?;
        let Some((hold, seq, deadline, answers)) = taken else { return Err(Refusal::HandedIn.into()) };
        self.sittings.live.taken(attempt, hold, now);
        let sheet = Sheet::from_bytes(&answers).map_err(|error| Fault::Unreadable("answers of an attempt", Box::new(error)))?;
        let asked = division(&frozen, &live)?.rules.prediction.as_ref();
        let guess = sheet.guess.typed(asked.map_or(0, Prediction::scale));
        let paused = pause.holds(deadline).is_some();
        Ok(Hold { hold, seq, deadline: pause.moved(deadline, now), paused, now, fields: sheet.fields(&guess) })
    }

    /// Looks at the stored sheet only where memory does not say that this is simply the next save: whether it really is,
    /// the conditional statement says. Two saves of one sheet that meet: the second looks again.
    async fn retried(&self, arriving: &Arc<Arriving>) -> Result<Done> {
        if let Some(seq) = arriving.simply_next() {
            let next = arriving.next(&arriving.head, seq);
            let head = next.hash;
            match self.write_save(next).await {
                Err(Stop::Fault(Fault::Store(StoreError::Duplicate))) => {}
                other => return other.map(|()| arriving.hung(head, (arriving.known.deadline, seq))),
            }
        }
        for _ in 0..TRIES {
            let attempted = Arc::clone(arriving);
            let done = self.write(move |work| {
                let attempted = Arc::clone(&attempted);
                async move { attempted.look(work).await }.boxed()
            });
            match done.await {
                Err(Stop::Fault(Fault::Store(StoreError::Duplicate))) => {}
                other => return other,
            }
        }
        Err(Refusal::Busy.into())
    }
}

/// The division of a sheet.
fn division<'f>(frozen: &'f Frozen, live: &Live) -> Result<&'f Division> {
    Ok(frozen.division(live.division).ok_or(Fault::Broken("an attempt's division is gone"))?)
}

/// Reads the fields with the shapes of this paper.
fn read_sheet(division: &Division, live: &Live, fields: &[(String, String)]) -> Result<(Sheet, Refused)> {
    let shapes: Option<Vec<&Shape>> = live.paper.places.iter().map(|place| division.shape(place.pool)).collect();
    let shapes = shapes.ok_or(Fault::Broken("a paper names a question outside its pool"))?;
    let fields = fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    Ok(read_form(fields, &shapes, division.rules.prediction.as_ref()))
}

/// A save, as often as it is tried.
struct Arriving {
    attempt: AttemptId,
    hold: i64,
    seq: Option<i64>,
    seen: Option<i64>,
    received_at: Timestamp,
    answers: Vec<u8>,
    guess: Option<i64>,
    /// What this node remembers of the sheet …
    known: Newest,
    /// … and the head of its chain.
    head: Digest,
}

/// What came of it.
struct Done {
    decision: Decision,
    seq: i64,
    at: Timestamp,
    deadline: Timestamp,
    /// The new head of the chain, where this save moved it.
    head: Option<Digest>,
}

impl Arriving {
    /// The number of the save where memory says that it is simply the next one.
    fn simply_next(&self) -> Option<i64> {
        let incoming = Incoming { hold: self.hold, seq: self.seq, seen: self.seen, same: false };
        match decide(self.known, incoming, self.received_at) {
            Decision::Append(seq) if self.seq.is_some() => Some(seq),
            _ => None,
        }
    }

    async fn look(&self, work: &mut Work) -> Result<Done> {
        let row = work.attempt(self.attempt).await?.ok_or(Refusal::NotFound)?;
        let mut at = row.saved_at;
        let mut same = row.answers == self.answers;
        let mut was_late = false;
        // A repeated number is compared with what stands under it, which may be a late save.
        if self.seq == Some(row.seq)
            && let Some((kept, received_at, late)) = work.saved_answers(self.attempt, self.hold, row.seq).await?
        {
            same = kept == self.answers;
            at = received_at;
            was_late = late;
        }
        let newest =
            Newest { stage: row.stage, deadline: row.deadline, hold: row.hold, seq: row.seq, late: was_late, pause: self.known.pause };
        let incoming = Incoming { hold: self.hold, seq: self.seq, seen: self.seen, same };
        let decision = decide(newest, incoming, self.received_at);
        match decision {
            Decision::Append(seq) => return self.append(work, &head(&row)?, (row.deadline, seq)).await,
            Decision::TooLate(seq) => {
                let arrived = Arrived { sent: self.seq, seq, received_at: self.received_at, answers: &self.answers };
                work.take_late(&row, arrived).await?;
            }
            _ => {}
        }
        Ok(Done { decision, seq: row.seq, at, deadline: row.deadline, head: None })
    }

    /// Hangs the sheet on its chain; a head that has moved is a duplicate, to be looked at again.
    async fn append(&self, work: &mut Work, previous: &Digest, (deadline, seq): (Timestamp, i64)) -> Result<Done> {
        let next = self.next(previous, seq);
        if !work.hang(&next).await? {
            return Err(StoreError::Duplicate.into());
        }
        Ok(self.hung(next.hash, (deadline, seq)))
    }

    /// The save that hangs on this head.
    fn next(&self, previous: &Digest, seq: i64) -> CountedSave {
        let mut next = Link { hold: self.hold, seq, received_at: self.received_at, answers: self.answers.clone(), hash: [0; 32] };
        next.hash = link(previous, self.attempt, &next);
        CountedSave {
            attempt: self.attempt,
            from: *previous,
            seq,
            hold: next.hold,
            received_at: next.received_at,
            answers: next.answers,
            hash: next.hash,
            guess: self.guess,
        }
    }

    fn hung(&self, head: Digest, (deadline, seq): (Timestamp, i64)) -> Done {
        Done { decision: Decision::Append(seq), seq, at: self.received_at, deadline, head: Some(head) }
    }
}
