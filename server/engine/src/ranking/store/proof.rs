//! Statements that read stored boards back, line by line.

use super::{ReachedRow, standing_columns};
use crate::{
    ranking::proof::BoardProof,
    store::{Result, Work},
};
use domain::{
    id::{AttemptId, RoundId},
    ranking::Span,
};

/// Lines with other figures that are told at once.
const TOLD: i64 = 1_000;

impl Work {
    pub(in crate::ranking) async fn board_proofs(&mut self) -> Result<Vec<BoardProof>> {
        list!(
            self,
            "select o.round_id, o.version, o.run, o.facts, r.rules, c.slug, r.label,
                    r.stage in ('ranked', 'submitted', 'published')
                    and o.version = (select max(n.version) from outcome n where n.round_id = o.round_id) as holds
             from outcome o
             join round r on r.id = o.round_id
             join contest c on c.id = r.contest_id
             order by c.slug, r.position, o.version",
        )
    }

    /// Hands over the boards of a ranking, each from its first line to its last.
    pub(in crate::ranking) async fn each_stored_line(
        &mut self,
        (round, run): (RoundId, i64),
        span: Span,
        mut take: impl FnMut(ReachedRow),
    ) -> Result<()> {
        each!(
            self,
            |row: ReachedRow| take(row),
            concat!(
                "select s.account_id, s.unit_id, ",
                standing_columns!(),
                " from standing s
                 where s.round_id = $1 and s.run = $2 and s.span = $3
                 order by s.audience, s.place, s.line"
            ),
            round,
            run,
            span,
        );
        Ok(())
    }

    /// Attempts whose line says something else than they do.
    pub(in crate::ranking) async fn unlike_their_attempts(&mut self, round: RoundId, run: i64) -> Result<Vec<(AttemptId,)>> {
        list!(
            self,
            "select a.id
             from standing s
             join attempt a on a.id = s.attempt_id
             where s.round_id = $1 and s.run = $2 and s.span = 'round'
               and (a.stage <> 'marked'
                    or a.account_id <> s.account_id
                    or coalesce(a.correct, -1) <> s.correct
                    or coalesce(a.score, -1) <> s.score
                    or coalesce(a.prediction, -1) <> coalesce(s.prediction, -1))
             limit $3",
            round,
            run,
            TOLD,
        )
    }
}
