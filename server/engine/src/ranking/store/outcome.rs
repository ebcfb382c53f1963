//! Statements about outcomes: which ranking holds for a version of the results, and its frozen figures.
//!
//! A ranking is staged: its boards are written under a run of their own, in many short units of work, and nothing
//! reads them before the outcome names that run. What an interrupted ranking left is removed by the next one.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    contest::RoundStage,
    id::{ContestId, RoundId},
};

/// A version of a round's results with the ranking that stands behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ranking {
    /// The round.
    pub round: RoundId,
    /// The version of its results.
    pub version: i64,
    /// The run under which its boards stand.
    pub run: i64,
}

/// What the review had decided about the entries of a round, and with which keys they were marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct EntriesMark {
    /// The keys in force.
    pub key_version: i64,
    /// Entries decided.
    pub decided: i64,
    /// Of these not recognised.
    pub voided: i64,
    /// The latest decision.
    pub latest: i64,
}

/// A round of a contest with the ranking that may be added up.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PartRow {
    /// The round.
    pub round_id: RoundId,
    /// Which of the contest.
    pub position: i64,
    /// Its label.
    pub label: String,
    /// Where it stands.
    pub stage: RoundStage,
    /// Its closing.
    pub closes_at: Timestamp,
    /// The version that is public.
    pub published: Option<i64>,
    /// The version that counts: the public one, or else what is ranked; none before.
    pub version: Option<i64>,
    /// Its run.
    pub run: Option<i64>,
}

impl Work {
    /// Begins a ranking of the round at this revision; `false` when the round changed or cannot be ranked.
    ///
    /// The revision that it leads to is the run of this ranking alone: whoever begins another one changes it again.
    pub(in crate::ranking) async fn begin_ranking(&mut self, round: RoundId, revision: i64) -> Result<bool> {
        let begun = exec!(
            self,
            "update round
             set revision = revision + 1
             where id = $1 and revision = $2 and stage in ('review', 'ranked')",
            round,
            revision,
        )?;
        Ok(begun == 1)
    }

    /// Ends the ranking of this run, if nothing has happened to the round since it began.
    pub(in crate::ranking) async fn end_ranking(&mut self, round: RoundId, run: i64) -> Result<bool> {
        let ended = exec!(
            self,
            "update round
             set stage = 'ranked', revision = revision + 1
             where id = $1 and revision = $2 and stage in ('review', 'ranked')",
            round,
            run,
        )?;
        Ok(ended == 1)
    }

    pub(in crate::ranking) async fn entries_mark(&mut self, round: RoundId) -> Result<EntriesMark> {
        get!(
            self,
            "select r.key_version,
                    cast(count(v.attempt_id) as bigint) as decided,
                    cast(coalesce(sum(case when v.verdict = 'voided' then 1 else 0 end), 0) as bigint) as voided,
                    cast(coalesce(max(v.decided_at), 0) as bigint) as latest
             from round r
             left join attempt_review v on v.round_id = r.id
             where r.id = $1
             group by r.id, r.key_version",
            round,
        )
    }

    /// Runs of the round that no outcome names: what interrupted or replaced rankings left.
    pub(in crate::ranking) async fn leftover_runs(&mut self, round: RoundId) -> Result<Vec<(i64,)>> {
        list!(
            self,
            "select run
             from standing
             where round_id = $1 and run not in (select run from outcome where round_id = $1)
             union
             select run
             from unit_standing
             where round_id = $1 and run not in (select run from outcome where round_id = $1)",
            round,
        )
    }

    /// Removes at most so many lines of people that no outcome names; how many there were.
    pub(in crate::ranking) async fn remove_standings(&mut self, round: RoundId, run: i64, most: i64) -> Result<u64> {
        exec!(
            self,
            "delete from standing
             where round_id = $1 and run = $2
               and run not in (select run from outcome where round_id = $1)
               and (span, account_id) in (
                   select span, account_id
                   from standing
                   where round_id = $1 and run = $2
                   limit $3)",
            round,
            run,
            most,
        )
    }

    pub(in crate::ranking) async fn remove_unit_standings(&mut self, round: RoundId, run: i64) -> Result<u64> {
        exec!(
            self,
            "delete from unit_standing
             where round_id = $1 and run = $2 and run not in (select run from outcome where round_id = $1)",
            round,
            run,
        )
    }

    /// Makes a run the one that holds for its version.
    pub(in crate::ranking) async fn put_outcome(&mut self, ranking: Ranking, now: Timestamp, facts: &str) -> Result<()> {
        exec!(
            self,
            "insert into outcome (round_id, version, run, computed_at, facts)
             values ($1, $2, $3, $4, $5)
             on conflict (round_id, version) do update
             set run = excluded.run, computed_at = excluded.computed_at, facts = excluded.facts",
            ranking.round,
            ranking.version,
            ranking.run,
            now,
            facts,
        )?;
        Ok(())
    }

    /// The ranking that holds for this version, when it was made, and its figures as JSON.
    pub(crate) async fn outcome(&mut self, round: RoundId, version: i64) -> Result<Option<(Ranking, Timestamp, String)>> {
        let row: Option<(i64, Timestamp, String)> =
            find!(self, "select run, computed_at, facts from outcome where round_id = $1 and version = $2", round, version)?;
        Ok(row.map(|(run, computed_at, facts)| (Ranking { round, version, run }, computed_at, facts)))
    }

    /// The rounds of a contest in the order of their closing, each with the ranking that counts.
    pub(crate) async fn parts_of(&mut self, contest: ContestId) -> Result<Vec<PartRow>> {
        list!(
            self,
            "select r.id as round_id, r.position, r.label, r.stage, r.closes_at, p.version as published, o.version, o.run
             from round r
             left join publication p on p.round_id = r.id and p.state = 'published'
             left join outcome o on o.round_id = r.id and o.version = coalesce(
                 p.version,
                 (select max(n.version) from outcome n where n.round_id = r.id and r.stage in ('ranked', 'submitted')))
             where r.contest_id = $1
             order by r.closes_at, r.position",
            contest,
        )
    }

    /// The facts of the newest published version of the round before this one in the contest.
    pub(in crate::ranking) async fn facts_before(&mut self, contest: ContestId, position: i64) -> Result<Option<(String,)>> {
        find!(
            self,
            "select o.facts
             from round r
             join publication p on p.round_id = r.id and p.state = 'published'
             join outcome o on o.round_id = p.round_id and o.version = p.version
             where r.contest_id = $1 and r.position < $2
             order by r.position desc
             limit 1",
            contest,
            position,
        )
    }
}
