//! The start page: which round of a contest is meant, and what a start would lead to.

use super::{
    frozen::Frozen,
    start::admit,
    store::{Admission, SittingRow},
};
use crate::{Caller, Engine, Result};
use domain::{
    Millis, Refusal, Timestamp,
    attempt::{Entitlement, Phase, Sitting, entitlement, used},
    contest::Left,
    id::AttemptId,
    identity::Action,
};
use std::sync::Arc;

/// What the start page says.
#[derive(Debug)]
pub struct Entrance {
    /// The round.
    pub frozen: Arc<Frozen>,
    /// Which of its divisions the caller is in.
    pub division: Option<usize>,
    /// Where the window stands.
    pub phase: Option<Phase>,
    /// Whether somebody who starts now gets less than the full time.
    pub short: bool,
    /// Attempts used so far (today, for per-day policies).
    pub used: u32,
    /// Attempts left.
    pub left: Left,
    /// The sheet that is still running.
    pub running: Option<AttemptId>,
    /// Why a start would be refused right now.
    pub refusal: Option<Refusal>,
    /// What the clock of the server says.
    pub now: Timestamp,
}

impl Engine {
    /// What a start in this contest would lead to: in the open round, else the next one, else the last.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when the contest has no round that people may know of.
    pub async fn entrance(&self, caller: &Caller, slug: &str) -> Result<Entrance> {
        let now = self.now();
        caller.must(Action::TakePart)?;
        let rounds = self.store.glance().await?.frozen_rounds_of(slug).await?;
        let open = rounds.iter().find(|(_, _, opens_at, closes_at)| *opens_at <= now && now < *closes_at);
        let coming = rounds.iter().filter(|(_, _, opens_at, _)| now < *opens_at).min_by_key(|(_, _, opens_at, _)| *opens_at);
        let last = rounds.iter().max_by_key(|(_, _, _, closes_at)| *closes_at);
        let (round, ..) = open.or(coming).or(last).ok_or(Refusal::NotFound)?;
        let frozen = self.frozen(*round).await?;
        let mut work = self.store.read().await?;
        let rows = work.sittings(*round, caller.account).await?;
        let admission = work.admission(frozen.contest, caller.account, now).await?;
        drop(work);
        Ok(entrance(caller, frozen, &rows, admission, now))
    }
}

fn entrance(caller: &Caller, frozen: Arc<Frozen>, rows: &[SittingRow], admission: Admission, now: Timestamp) -> Entrance {
    let sittings: Vec<Sitting> = rows.iter().map(SittingRow::sitting).collect();
    let entitled = entitlement(frozen.rules.policy, &sittings, now);
    let used = used(frozen.rules.policy, &sittings, now);
    let division = frozen.divisions.iter().position(|division| division.audience == caller.audience);
    let chosen = division.map(|i| &frozen.divisions[i]);
    let refusal = match (chosen, entitled) {
        (_, Entitlement::Resume(_)) => None,
        _ if admission.excluded || caller.is_barred() => Some(Refusal::Excluded),
        (None, _) => Some(Refusal::NoDivision),
        (Some(division), _) if rows.iter().any(|row| row.division_id != division.id) => Some(Refusal::OtherDivision),
        (Some(division), entitled) => match admit(&frozen, division.id, now) {
            Err(refusal) => Some(refusal),
            Ok(()) if entitled == Entitlement::Spent => Some(Refusal::NoAttemptsLeft),
            Ok(()) if !admission.entered => Some(Refusal::EnterFirst),
            Ok(()) if admission.consent_ended => Some(Refusal::ConsentEnded),
            Ok(()) => None,
        },
    };
    Entrance {
        phase: chosen.map(|division| frozen.phase(division, now)),
        short: chosen.is_some_and(|division| frozen.timing(division).is_short(Millis(0), now)),
        used,
        left: frozen.rules.policy.left(used),
        running: if let Entitlement::Resume(id) = entitled { Some(id) } else { None },
        refusal,
        division,
        frozen,
        now,
    }
}
