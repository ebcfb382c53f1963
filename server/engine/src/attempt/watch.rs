//! What this node sees of the sheets that it serves, and what it tells the other nodes of it every few seconds.
//!
//! On the path of a person answering this is one entry in memory; nothing is stored there.

use crate::{Engine, Result};
use domain::{
    Millis, Timestamp,
    id::{AttemptId, RoundId},
};
use futures::FutureExt;
use std::{
    collections::{BTreeSet, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// A sheet that says nothing for so long is disconnected: pulses come every ten seconds.
pub(super) const SILENT: Millis = Millis::seconds(40);
/// Another node may have heard a sheet shortly before it ended here.
const ENDED: Millis = Millis::seconds(60);
/// Errors are counted over so long.
const ERRORS: Millis = Millis::seconds(60);
/// More errors than this are not counted one by one.
const MOST_ERRORS: usize = 10_000;
/// The report of a node that has told nothing for so long is not counted.
pub(super) const GONE: Millis = Millis::seconds(15);
/// Reports that are older are erased.
const FORGOTTEN: Millis = Millis::hours(1);

/// What was seen of one round.
struct Seen {
    /// Since the last report.
    since: Timestamp,
    saves: i64,
    heard: HashMap<AttemptId, Timestamp>,
    ended: HashMap<AttemptId, Timestamp>,
    errors: VecDeque<Timestamp>,
}

/// What a node tells of a round.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(super) struct Report {
    pub span_ms: Millis,
    pub saves: i64,
    pub errors: i64,
    pub heard: Vec<u8>,
    pub ended: Vec<u8>,
}

/// What this node sees.
#[derive(Default)]
pub(super) struct Watch(Mutex<HashMap<RoundId, Seen>>);

impl Watch {
    fn rounds(&self) -> MutexGuard<'_, HashMap<RoundId, Seen>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn see(&self, round: RoundId, now: Timestamp, what: impl FnOnce(&mut Seen)) {
        let blank = || Seen { since: now, saves: 0, heard: HashMap::new(), ended: HashMap::new(), errors: VecDeque::new() };
        what(self.rounds().entry(round).or_insert_with(blank));
    }

    /// A sheet was started, taken over or asked how it is.
    pub(super) fn heard(&self, round: RoundId, attempt: AttemptId, now: Timestamp) {
        self.see(round, now, |seen| {
            seen.heard.insert(attempt, now);
        });
    }

    /// A save was acknowledged.
    pub(super) fn saved(&self, round: RoundId, attempt: AttemptId, now: Timestamp) {
        self.see(round, now, |seen| {
            seen.saves += 1;
            seen.heard.insert(attempt, now);
        });
    }

    /// A sheet ended.
    pub(super) fn ended(&self, round: RoundId, attempt: AttemptId, now: Timestamp) {
        self.see(round, now, |seen| {
            seen.heard.remove(&attempt);
            seen.ended.insert(attempt, now);
        });
    }

    /// Something broke while a sheet was served.
    pub(super) fn broke(&self, round: RoundId, now: Timestamp) {
        self.see(round, now, |seen| {
            seen.errors.push_back(now);
            if seen.errors.len() > MOST_ERRORS {
                seen.errors.pop_front();
            }
        });
    }

    /// What there is to tell of each round; a round of which nothing was seen lately is forgotten.
    fn report(&self, now: Timestamp) -> Vec<(RoundId, Report)> {
        let mut rounds = self.rounds();
        rounds.retain(|_, seen| {
            seen.heard.retain(|_, at| now - *at <= SILENT);
            seen.ended.retain(|_, at| now - *at <= ENDED);
            seen.errors.retain(|at| now - *at <= ERRORS);
            seen.saves > 0 || !(seen.heard.is_empty() && seen.ended.is_empty() && seen.errors.is_empty())
        });
        let tell = |(round, seen): (&RoundId, &mut Seen)| {
            let report = Report {
                span_ms: now - std::mem::replace(&mut seen.since, now),
                saves: std::mem::take(&mut seen.saves),
                errors: i64::try_from(seen.errors.len()).unwrap_or(i64::MAX),
                heard: tails(seen.heard.keys()),
                ended: tails(seen.ended.keys()),
            };
            (*round, report)
        };
        rounds.iter_mut().map(tell).collect()
    }
}

/// The last four bytes of each id: random enough that among 15,000 sheets two hardly ever share them.
fn tails<'a>(sheets: impl Iterator<Item = &'a AttemptId>) -> Vec<u8> {
    sheets.flat_map(|attempt| attempt.0.as_bytes()[12..].to_vec()).collect()
}

/// How many sheets any node heard lately that ended on none.
pub(super) fn connected(reports: &[Report]) -> usize {
    let all =
        |bytes: fn(&Report) -> &[u8]| -> BTreeSet<&[u8]> { reports.iter().flat_map(|report| bytes(report).chunks_exact(4)).collect() };
    let ended = all(|report| &report.ended);
    all(|report| &report.heard).difference(&ended).count()
}

impl Engine {
    /// A running sheet was asked how it is, or asked to be its owner's again.
    pub fn heard_sheet(&self, attempt: AttemptId) {
        if let Some(round) = self.sittings.live.round_of(attempt) {
            self.sittings.watch.heard(round, attempt, self.now());
        }
    }

    /// A save of a running sheet was acknowledged.
    pub fn saved_sheet(&self, attempt: AttemptId) {
        if let Some(round) = self.sittings.live.round_of(attempt) {
            self.sittings.watch.saved(round, attempt, self.now());
        }
    }

    /// Something broke while a running sheet was served.
    pub fn broken_sheet(&self, attempt: AttemptId) {
        if let Some(round) = self.sittings.live.round_of(attempt) {
            self.sittings.watch.broke(round, self.now());
        }
    }

    /// Something broke while somebody started; only a round in memory is counted, whatever a form names.
    pub fn broken_start(&self, round: RoundId) {
        if self.sittings.rounds.holds(round) {
            self.sittings.watch.broke(round, self.now());
        }
    }

    /// Tells the other nodes what this one sees of the rounds that it serves; a task calls it every few seconds.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn report_node(&self) -> Result<()> {
        let now = self.now();
        let reports = self.sittings.watch.report(now);
        if reports.is_empty() {
            return Ok(());
        }
        let (node, reports) = (Arc::new(self.node.clone()), Arc::new(reports));
        let told = self.write(move |work| {
            let (node, reports) = (Arc::clone(&node), Arc::clone(&reports));
            async move {
                for (round, report) in reports.iter() {
                    work.put_report((&node, *round), now, report).await?;
                }
                Ok(work.forget_reports(now - FORGOTTEN).await?)
            }
            .boxed()
        });
        told.await.map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const ROUND: RoundId = RoundId(Uuid::from_u128(1));

    fn sheet(n: u128) -> AttemptId {
        AttemptId(Uuid::from_u128(n))
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp(0) + Millis::seconds(seconds)
    }

    #[test]
    fn a_sheet_that_moves_between_nodes_is_counted_once_and_not_after_its_end() {
        let (one, two) = (Watch::default(), Watch::default());
        one.heard(ROUND, sheet(1), at(0));
        two.saved(ROUND, sheet(1), at(10));
        one.heard(ROUND, sheet(2), at(5));
        two.ended(ROUND, sheet(2), at(12));
        two.heard(ROUND, sheet(3), at(12));
        let reports: Vec<Report> = [one.report(at(15)), two.report(at(15))].concat().into_iter().map(|(_, report)| report).collect();
        assert_eq!(connected(&reports), 2);
    }

    #[test]
    fn what_is_silent_is_left_out_and_what_was_told_is_told_once() {
        let watch = Watch::default();
        watch.saved(ROUND, sheet(1), at(0));
        watch.broke(ROUND, at(1));
        let told = watch.report(at(40));
        assert_eq!((told[0].1.saves, told[0].1.span_ms, told[0].1.errors), (1, Millis::seconds(40), 1));
        assert_eq!(connected(&[told[0].1.clone()]), 1, "40 seconds is not yet silent");
        let told = watch.report(at(41));
        assert_eq!((told[0].1.saves, told[0].1.span_ms), (0, Millis::seconds(1)));
        assert_eq!(connected(&[told[0].1.clone()]), 0);
        assert_eq!(watch.report(at(62)), [], "a round of which nothing is seen is forgotten");
    }
}
