//! The organisers' live figures of a round: counted at most every five seconds, from off the answering path.

use super::watch::{GONE, connected};
use crate::{Caller, Engine, Result};
use domain::{
    Millis, Refusal, Timestamp,
    id::{AccountId, RoundId},
    identity::{Action, Deed},
};
use std::{collections::HashMap, sync::Arc};
use subtle::ConstantTimeEq;
use tokio::sync::Mutex;

/// Figures are counted at most so often, however many organisers look at them.
const COUNTED_EVERY: Millis = Millis::seconds(5);
/// One note in the audit log covers so long a look.
const LOOK: Millis = Millis::minutes(15);

/// What the live page shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveTotals {
    /// When it was counted.
    pub at: Timestamp,
    /// Sheets that run.
    pub running: i64,
    /// Sheets that have ended.
    pub ended: i64,
    /// Running sheets that have said nothing for 40 seconds.
    pub disconnected: i64,
    /// Saves acknowledged, in tenths of a save per second.
    pub saves: i64,
    /// Requests of sheets that broke in the last minute.
    pub errors: i64,
    /// Nodes that answer.
    pub nodes: i64,
    /// Questions to the jury that wait for an answer.
    pub questions: i64,
}

/// Figures counted in the last seconds.
#[derive(Default)]
pub(super) struct Counted(Mutex<HashMap<RoundId, Arc<LiveTotals>>>);

/// The right to look at the figures of a round for a quarter of an hour; its opening stands in the audit log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivePass(pub String);

impl Engine {
    /// Opens the live figures: noted with the caller's name, once for each quarter of an hour.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn open_live_totals(&self, caller: &Caller, round: RoundId) -> Result<LivePass> {
        let now = self.now();
        caller.must(Action::WatchRound)?;
        self.frozen(round).await?;
        let mut work = self.store.begin().await?;
        work.note(now, caller, Deed::WatchRound, &round.to_string(), r#"{"live":true}"#).await?;
        work.commit().await?;
        Ok(self.pass(caller.account, round, now + LOOK))
    }

    /// The live figures, for a look that stands in the audit log.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`]; [`Refusal::WrongOrder`] without a pass that holds.
    pub async fn live_totals(&self, caller: &Caller, round: RoundId, pass: &str) -> Result<Arc<LiveTotals>> {
        let now = self.now();
        caller.must(Action::WatchRound)?;
        if !self.holds((caller.account, round), pass, now) {
            return Err(Refusal::WrongOrder.into());
        }
        self.frozen(round).await?;
        // Held while counting: whoever comes meanwhile waits for this count instead of beginning another.
        let mut counted = self.sittings.counted.0.lock().await;
        if let Some(totals) = counted.get(&round).filter(|totals| totals.at <= now && now - totals.at < COUNTED_EVERY) {
            return Ok(Arc::clone(totals));
        }
        counted.retain(|_, totals| now - totals.at < LOOK);
        let totals = Arc::new(self.count_live(round, now).await?);
        counted.insert(round, Arc::clone(&totals));
        Ok(totals)
    }

    async fn count_live(&self, round: RoundId, now: Timestamp) -> Result<LiveTotals> {
        let mut work = self.store.read().await?;
        let (all, running) = work.sheets_of_round(round).await?;
        let reports = work.reports(round, now - GONE).await?;
        let questions = work.questions_waiting(round).await?;
        let reported = i64::try_from(reports.len()).unwrap_or(i64::MAX);
        let connected = i64::try_from(connected(&reports)).unwrap_or(i64::MAX);
        Ok(LiveTotals {
            at: now,
            running,
            ended: all - running,
            disconnected: (running - connected).max(0),
            saves: reports.iter().map(|report| report.saves * 10_000 / report.span_ms.0.max(1)).sum(),
            errors: reports.iter().map(|report| report.errors).sum(),
            // Whoever answers this question answers.
            nodes: reported.max(1),
            questions,
        })
    }

    fn pass(&self, account: AccountId, round: RoundId, until: Timestamp) -> LivePass {
        let sealed = self.secrets.lookup("live figures", &format!("{account} {round} {}", until.0));
        LivePass(format!("{}-{}", until.0, hex::encode(&sealed[..16])))
    }

    fn holds(&self, (account, round): (AccountId, RoundId), pass: &str, now: Timestamp) -> bool {
        let until = pass.split_once('-').and_then(|(until, _)| until.parse().ok()).map(Timestamp);
        until.is_some_and(|until| now < until && self.pass(account, round, until).0.as_bytes().ct_eq(pass.as_bytes()).into())
    }
}
