//! Statements about the attempts that are counted and the boards that are made of them.

use super::Ranking;
use crate::{
    ranking::tally::Ranked,
    store::{Result, Work},
};
use domain::{
    Millis, Points, Timestamp,
    id::{AccountId, AttemptId, DivisionId, RoundId, UnitId},
    identity::{Audience, Block},
    ranking::{Performance, Placed, Span, UnitStanding},
};

/// A recognised attempt, as ranking reads it.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct SittingRow {
    /// Its division.
    pub division_id: DivisionId,
    /// Whose.
    pub account_id: AccountId,
    /// The attempt.
    pub id: AttemptId,
    /// The unit copied at its start.
    pub unit_id: Option<UnitId>,
    /// Right answers.
    pub correct: i64,
    /// Points.
    pub score: i64,
    /// The guess.
    pub prediction: Option<i64>,
    /// Its start.
    pub started_at: Timestamp,
    /// How long pauses held it.
    pub paused: Millis,
    /// Its end.
    pub ended_at: Timestamp,
}

/// Somebody's line on a board.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct StandingRow {
    /// Whose board.
    pub audience: Audience,
    /// Line in the table.
    pub line: i64,
    /// Place.
    pub place: i64,
    /// Right answers.
    pub correct: i64,
    /// Points.
    pub score: Points,
    /// The guess.
    pub prediction: Option<i64>,
    /// Its distance.
    pub distance: Option<i64>,
    /// Time used.
    pub duration_ms: Millis,
    /// Handed in.
    pub handed_in_at: Timestamp,
}

/// The columns of a [`StandingRow`], of the table `s`.
macro_rules! standing_columns {
    () => {
        "s.audience, s.line, s.place, s.correct, s.score, s.prediction, s.distance, s.duration_ms, s.handed_in_at"
    };
}
pub(crate) use standing_columns;

/// A line of the board `$1`, `$2`, `$3`: round, run, span.
macro_rules! line_where {
    ($where:literal) => {
        concat!("select ", standing_columns!(), " from standing s where s.round_id = $1 and s.run = $2 and s.span = $3 and ", $where)
    };
}

impl From<&StandingRow> for Performance {
    fn from(row: &StandingRow) -> Self {
        Self {
            correct: row.correct,
            score: row.score,
            prediction: row.prediction,
            distance: row.distance,
            duration: row.duration_ms,
            handed_in_at: row.handed_in_at,
        }
    }
}

/// What somebody reached in a round, to be added to other rounds.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct ReachedRow {
    /// Who.
    pub account_id: AccountId,
    /// The unit of the counted attempt.
    pub unit_id: Option<UnitId>,
    /// The figures.
    #[sqlx(flatten)]
    pub line: StandingRow,
}

impl Work {
    /// Hands over every recognised attempt, person by person, each person's in the order of starting.
    pub(in crate::ranking) async fn each_sitting(&mut self, round: RoundId, mut take: impl FnMut(SittingRow)) -> Result<()> {
        each!(
            self,
            |row: SittingRow| take(row),
            "select division_id, account_id, id, unit_id,
                    cast(coalesce(correct, 0) as bigint) as correct,
                    cast(coalesce(score, 0) as bigint) as score,
                    prediction, started_at, paused,
                    cast(coalesce(ended_at, saved_at) as bigint) as ended_at
             from attempt
             where round_id = $1 and stage = 'marked'
             order by account_id, day, ordinal",
            round,
        );
        Ok(())
    }

    /// Hands over what everybody reached in a ranked round, except those who have left since.
    pub(in crate::ranking) async fn each_reached(&mut self, round: RoundId, run: i64, mut take: impl FnMut(ReachedRow)) -> Result<()> {
        each!(
            self,
            |row: ReachedRow| take(row),
            concat!(
                "select s.account_id, s.unit_id, ",
                standing_columns!(),
                " from standing s
                 join account c on c.id = s.account_id
                 where s.round_id = $1 and s.run = $2 and s.span = 'round' and c.state <> 'closed'"
            ),
            round,
            run,
        );
        Ok(())
    }

    /// How many recognised attempts each unit had in a ranked round.
    pub(in crate::ranking) async fn attempts_of_units(&mut self, round: RoundId, run: i64) -> Result<Vec<(UnitId, i64)>> {
        list!(
            self,
            "select unit_id, attempts
             from unit_standing
             where round_id = $1 and run = $2 and span = 'round'",
            round,
            run,
        )
    }

    pub(in crate::ranking) async fn add_standings(
        &mut self,
        (round, run): (RoundId, i64),
        (span, audience): (Span, Audience),
        lines: &[Placed<Ranked>],
    ) -> Result<()> {
        exec_rows!(
            self,
            "insert into standing (round_id, run, span, account_id, audience, attempt_id, unit_id, line, place,
                                   correct, score, prediction, distance, duration_ms, handed_in_at) ",
            lines,
            |row| (
                round,
                run,
                span,
                row.who.account,
                audience,
                row.who.attempt,
                row.who.unit,
                row.line,
                row.place,
                row.who.performance.correct,
                row.who.performance.score,
                row.who.performance.prediction,
                row.who.performance.distance,
                row.who.performance.duration,
                row.who.performance.handed_in_at,
            )
        )
    }

    pub(in crate::ranking) async fn add_unit_standing(
        &mut self,
        (round, run): (RoundId, i64),
        span: Span,
        row: &UnitStanding,
    ) -> Result<()> {
        exec!(
            self,
            "insert into unit_standing (round_id, run, span, unit_id, block, place, people, attempts, headcount,
                                        rate_ppm, over_headcount, mean_milli)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            round,
            run,
            span,
            row.tally.unit,
            row.tally.block,
            row.place,
            row.tally.people,
            row.tally.attempts,
            row.tally.headcount,
            row.rate_ppm,
            row.over_headcount,
            row.mean_milli,
        )?;
        Ok(())
    }

    /// The units that compete in the round, with the headcounts frozen at its opening.
    pub(in crate::ranking) async fn frozen_units(&mut self, round: RoundId) -> Result<Vec<(UnitId, Block, Option<i64>)>> {
        list!(self, "select unit_id, block, headcount from frozen_headcount where round_id = $1 order by unit_id", round)
    }

    pub(in crate::ranking) async fn block_of(&mut self, unit: UnitId) -> Result<Option<(Block,)>> {
        find!(self, "select block from unit where id = $1", unit)
    }

    /// The head of a board: at least so many lines, and everybody who shares the last place.
    pub(in crate::ranking) async fn head_of_board(
        &mut self,
        ranking: Ranking,
        (span, audience): (Span, Audience),
        lines: i64,
    ) -> Result<Vec<(AccountId, i64)>> {
        list!(
            self,
            "select account_id, place
             from standing
             where round_id = $1 and run = $2 and span = $3 and audience = $4
               and place <= (select cast(coalesce(max(place), 0) as bigint)
                             from standing
                             where round_id = $1 and run = $2 and span = $3 and audience = $4 and place <= $5 and line <= $5)
             order by place, line",
            ranking.round,
            ranking.run,
            span,
            audience,
            lines,
        )
    }

    pub(in crate::ranking) async fn placed_units(&mut self, ranking: Ranking, (span, block): (Span, Block)) -> Result<Vec<(UnitId, i64)>> {
        list!(
            self,
            "select unit_id, place
             from unit_standing
             where round_id = $1 and run = $2 and span = $3 and block = $4 and place is not null
             order by place, unit_id",
            ranking.round,
            ranking.run,
            span,
            block,
        )
    }

    /// The own line on a board.
    pub(crate) async fn own_line(&mut self, ranking: Ranking, span: Span, account: AccountId) -> Result<Option<StandingRow>> {
        find!(self, line_where!("s.account_id = $4"), ranking.round, ranking.run, span, account)
    }

    /// The nearest line with a better place.
    pub(crate) async fn line_above(&mut self, ranking: Ranking, span: Span, of: &StandingRow) -> Result<Option<StandingRow>> {
        find!(
            self,
            line_where!("s.audience = $4 and s.place < $5 order by s.place desc, s.line desc limit 1"),
            ranking.round,
            ranking.run,
            span,
            of.audience,
            of.place,
        )
    }
}
