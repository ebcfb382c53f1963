//! Starting: one attempt more, or the one that is still running.

use super::{
    frozen::Frozen,
    grants::Grants,
    live::Live,
    store::{Admission, NewAttempt, SittingRow},
};
use crate::{
    Caller, Engine, Fault, Result, Stop, random,
    store::{StoreError, Work},
};
use domain::{
    Refusal, Timestamp,
    attempt::{Digest, Entitlement, Granted, Paper, Phase, Seed, Sheet, Sitting, Stage, draw, entitlement, first_link, widened},
    contest::{Pause, RoundStage},
    id::{AttemptId, DivisionId, RoundId},
    identity::Action,
};
use futures::FutureExt;
use std::sync::Arc;

/// How often a deed is tried again that met another one of the same person.
pub(super) const TRIES: usize = 5;

impl Engine {
    /// Starts an attempt in the round, or resumes the running one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotOpen`], [`Refusal::Closed`], [`Refusal::Excluded`],
    /// [`Refusal::NoDivision`], [`Refusal::OtherDivision`], [`Refusal::EnterFirst`],
    /// [`Refusal::ConsentEnded`], [`Refusal::NoAttemptsLeft`], [`Refusal::Paused`]; [`Refusal::ChangedMeanwhile`] when the
    /// caller is of another audience by now.
    pub async fn start(&self, caller: &Caller, round: RoundId) -> Result<AttemptId> {
        let now = self.now();
        caller.must(Action::TakePart)?;
        let frozen = self.frozen(round).await?;
        let begin = Arc::new(Begin { caller: caller.clone(), frozen, now, seed: random::bytes(), id: random::id(now) });
        for _ in 0..TRIES {
            let attempted = Arc::clone(&begin);
            let done = self
                .write_once(move |work| {
                    let attempted = Arc::clone(&attempted);
                    async move { attempted.run(work).await }.boxed()
                })
                .await;
            match done {
                // Another start of the same person came first: look again.
                Err(Stop::Fault(Fault::Store(StoreError::Duplicate))) => {}
                Ok((id, live)) => {
                    if let Some(live) = live {
                        self.sittings.live.remember(id, live);
                        self.sittings.watch.heard(round, id, now);
                    }
                    return Ok(id);
                }
                Err(stop) => return Err(stop),
            }
        }
        Err(Refusal::Busy.into())
    }
}

/// A start, as often as it is tried.
struct Begin {
    caller: Caller,
    frozen: Arc<Frozen>,
    now: Timestamp,
    seed: Seed,
    id: AttemptId,
}

impl Begin {
    /// Begins with what this node remembers of grants. Another node may have granted more a moment ago: then the attempt is not
    /// added, and whoever is refused asks the database.
    async fn run(&self, work: &mut Work) -> Result<(AttemptId, Option<Live>)> {
        let remembered = self.frozen.grants();
        match self.begin(work, remembered).await {
            Err(Stop::Refused(refusal)) => {
                let grants = Grants::of(work.grants(self.frozen.round).await?)?;
                if grants.count == remembered.count { Err(refusal.into()) } else { self.begin(work, &grants).await }
            }
            done => done,
        }
    }

    async fn begin(&self, work: &mut Work, grants: &Grants) -> Result<(AttemptId, Option<Live>)> {
        let rows = work.sittings(self.frozen.round, self.caller.account).await?;
        let sittings: Vec<Sitting> = rows.iter().map(|row| row.sitting(self.frozen.pause, self.now)).collect();
        let granted = grants.to(&self.caller);
        let policy = widened(self.frozen.rules.policy, granted.attempts, &sittings, self.now);
        let entitled = entitlement(policy, &sittings, self.now);
        if let Entitlement::Resume(running) = entitled {
            return Ok((running, None));
        }
        if self.caller.is_barred() {
            return Err(Refusal::Excluded.into());
        }
        let division = self.frozen.division_for(self.caller.audience).ok_or(Refusal::NoDivision)?;
        if rows.iter().any(|row| row.division_id != division.id) {
            return Err(Refusal::OtherDivision.into());
        }
        admit(&self.frozen, division.id, granted, self.now)?;
        let Entitlement::Fresh { day, ordinal } = entitled else { return Err(Refusal::NoAttemptsLeft.into()) };
        let paper = draw(self.seed, &division.rules.blueprint, &division.slots, self.frozen.shuffle())
            .map_err(|error| Fault::Unreadable("blueprint of a division", Box::new(error)))?;
        let bytes = paper.to_bytes();
        let deadline = self.frozen.timing(division).deadline(granted, self.now);
        let head = first_link(self.id, self.now, &bytes);
        let new = NewAttempt {
            id: self.id,
            round: self.frozen.round,
            contest: self.frozen.contest,
            division: division.id,
            account: self.caller.account,
            audience: division.audience,
            day,
            ordinal,
            started_at: self.now,
            allowance: granted.extra,
            grants: grants.count,
            deadline,
            head,
            paper: bytes,
            answers: Sheet::blank(paper.places.len()).to_bytes(),
        };
        if work.add_attempt(&new).await? == 0 {
            let admission = work.admission(new.contest, new.account, self.now).await?;
            let refusal = match admission {
                Admission { excluded: false, entered: false, .. } => Refusal::EnterFirst,
                Admission { excluded: false, consent_ended: true, .. } => Refusal::ConsentEnded,
                // Another audience was chosen while this request was under way.
                Admission { excluded: false, audience, .. } if audience != new.audience => Refusal::ChangedMeanwhile,
                _ => Refusal::Excluded,
            };
            return Err(refusal.into());
        }
        Ok((self.id, Some(self.live(division.id, paper, (deadline, head)))))
    }

    fn live(&self, division: DivisionId, paper: Paper, (deadline, head): (Timestamp, Digest)) -> Live {
        Live {
            account: self.caller.account,
            round: self.frozen.round,
            division,
            paper: Arc::new(paper),
            stage: Stage::Running,
            deadline,
            hold: 0,
            seq: 0,
            head,
            seen: self.now,
        }
    }
}

/// Refuses outside the window of somebody who was granted so much, and while the round is paused.
pub(super) fn admit(frozen: &Frozen, division: DivisionId, granted: Granted, now: Timestamp) -> Result<(), Refusal> {
    let division = frozen.division(division).ok_or(Refusal::NoDivision)?;
    match frozen.phase(division, granted, now) {
        Phase::Waiting { .. } => Err(Refusal::NotOpen),
        Phase::Open { .. } if frozen.pause.is_on() => Err(Refusal::Paused),
        Phase::Open { .. } if frozen.stage == RoundStage::Scheduled => Ok(()),
        _ => Err(Refusal::Closed),
    }
}

impl SittingRow {
    /// The sitting as it stands now: a pause that holds it moves its deadline on.
    pub(super) fn sitting(&self, pause: Pause, now: Timestamp) -> Sitting {
        let deadline = pause.after(self.started_at).moved(self.deadline, now);
        Sitting { id: self.id, day: self.day, ordinal: self.ordinal, stage: self.stage, deadline }
    }
}
