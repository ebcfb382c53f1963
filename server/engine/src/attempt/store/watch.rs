//! Statements about what the nodes tell of a round, and how many sheets run.

use crate::{
    attempt::watch::Report,
    store::{Result, Work},
};
use domain::{Timestamp, id::RoundId};

impl Work {
    /// Keeps what a node tells of a round, instead of what it told before.
    pub(in crate::attempt) async fn put_report(&mut self, (node, round): (&str, RoundId), now: Timestamp, report: &Report) -> Result<u64> {
        exec!(
            self,
            "insert into node_report (node, round_id, at, span_ms, saves, errors, heard, ended)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (node, round_id)
             do update set at = excluded.at, span_ms = excluded.span_ms, saves = excluded.saves,
                           errors = excluded.errors, heard = excluded.heard, ended = excluded.ended",
            node,
            round,
            now,
            report.span_ms,
            report.saves,
            report.errors,
            &report.heard[..],
            &report.ended[..],
        )
    }

    /// Erases what was told before this moment.
    pub(in crate::attempt) async fn forget_reports(&mut self, before: Timestamp) -> Result<u64> {
        exec!(self, "delete from node_report where at < $1", before)
    }

    /// What the nodes have told of a round since this moment.
    pub(in crate::attempt) async fn reports(&mut self, round: RoundId, since: Timestamp) -> Result<Vec<Report>> {
        list!(self, "select span_ms, saves, errors, heard, ended from node_report where round_id = $1 and at >= $2", round, since)
    }

    /// Attempts of the round, and how many of them run.
    pub(in crate::attempt) async fn sheets_of_round(&mut self, round: RoundId) -> Result<(i64, i64)> {
        let (all,): (i64,) = get!(&mut *self, "select cast(count(*) as bigint) from attempt where round_id = $1", round)?;
        let (running,): (i64,) =
            get!(self, "select cast(count(*) as bigint) from attempt where stage = 'running' and round_id = $1", round)?;
        Ok((all, running))
    }
}
