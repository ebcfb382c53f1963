//! Ranking a reviewed round: one pass over its attempts, boards written in stages, prizes given by the order.

use super::{
    boards::{Board, Boards},
    store::{EntriesMark, Ranking, RoundRow},
    tally::Division,
};
use crate::{Caller, Engine, Fault, Result, notify::Change, store::Work};
use domain::{
    Refusal,
    contest::{RoundRules, RoundStage},
    id::RoundId,
    identity::{Action, Deed},
    ranking::Announces,
    results::CountedRound,
};

/// Lines written in one unit of work: few enough that on SQLite a save waits for them no longer than for a breath.
const TOGETHER: usize = 400;

/// Reads JSON that we stored ourselves.
pub(crate) fn stored<T: serde::de::DeserializeOwned>(what: &'static str, json: &str) -> Result<T, Fault> {
    serde_json::from_str(json).map_err(|error| Fault::Unreadable(what, Box::new(error)))
}

/// Writes JSON that we read back ourselves.
pub(crate) fn json<T: serde::Serialize>(what: &'static str, value: &T) -> Result<String, Fault> {
    serde_json::to_string(value).map_err(|error| Fault::Unreadable(what, Box::new(error)))
}

impl RoundRow {
    /// The round's rules.
    ///
    /// # Errors
    /// When what is stored cannot be read.
    pub(crate) fn read_rules(&self) -> Result<RoundRules, Fault> {
        stored("rules of a round", &self.rules)
    }

    /// Whether its winners are verified right now or the review goes on, so that it may be ranked.
    pub(super) const fn may_be_ranked(&self) -> bool {
        matches!(self.stage, RoundStage::Review | RoundStage::Ranked)
    }
}

impl Work {
    /// The round, or [`Refusal::NotFound`].
    pub(crate) async fn round_to_judge(&mut self, round: RoundId) -> Result<RoundRow> {
        Ok(self.judged_row(round).await?.ok_or(Refusal::NotFound)?)
    }

    /// The round's divisions with their rules.
    pub(crate) async fn judged_divisions(&mut self, round: RoundId) -> Result<Vec<Division>> {
        let mut divisions = Vec::new();
        for row in self.division_rows(round).await? {
            divisions.push(Division { id: row.id, audience: row.audience, rules: stored("rules of a division", &row.rules)? });
        }
        Ok(divisions)
    }

    /// Refuses while a sheet runs or an entry waits for its decision.
    pub(crate) async fn must_be_reviewed(&mut self, round: RoundId) -> Result<()> {
        if self.unended(round).await? > 0 {
            return Err(Refusal::SheetsRunning.into());
        }
        if self.undecided(round).await? > 0 {
            return Err(Refusal::FlagsOpen.into());
        }
        Ok(())
    }
}

/// What a ranking rests on; when any of it has changed at its end, it is not used.
#[derive(PartialEq, Eq)]
struct Basis {
    entries: EntriesMark,
    announces: Option<Announces>,
    /// The rankings of the other rounds, where they are added to this one.
    others: Vec<CountedRound>,
}

impl Engine {
    /// Ranks the round: the truth of each prediction, places of people and units, the prizes, the figures; with the
    /// last round of a contest that has prizes of its own, the boards of the whole contest too.
    ///
    /// Ranking again replaces what was there, while decisions about winners and ties are kept as far as they still fit.
    ///
    /// Tens of thousands of lines in one unit of work would keep SQLite's only writer from saving the answers of those
    /// who sit another round. So they are written in short ones, under a run that nobody reads; one last unit of work
    /// makes it hold, if neither the round nor what the ranking rests on has changed since it began. A ranking that
    /// stops half-way is never seen, and the next one removes what it left.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`] before the review, [`Refusal::SheetsRunning`], [`Refusal::FlagsOpen`];
    /// [`Refusal::ChangedMeanwhile`] when somebody decided an entry or ranked at the same time.
    pub async fn rank_round(&self, caller: &Caller, round: RoundId) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.read().await?;
        let row = work.round_to_judge(round).await?;
        if !row.may_be_ranked() {
            return Err(Refusal::WrongOrder.into());
        }
        work.must_be_reviewed(round).await?;
        drop(work);
        let run = self.begin_ranking(&row).await?;
        self.remove_leftovers(round).await?;
        let mut work = self.store.read().await?;
        let row = work.round_to_judge(round).await?;
        let basis = work.basis(&row).await?;
        let version = work.working_version(round).await?;
        let boards = work.boards(&row, (version, run)).await?;
        drop(work);
        self.stage_boards((round, run), &boards).await?;
        let mut work = self.store.begin().await?;
        let row = work.round_to_judge(round).await?;
        if work.basis(&row).await? != basis || !work.end_ranking(round, run).await? {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let (ranking, facts) = (Ranking { round, version, run }, &boards.facts);
        work.put_outcome(ranking, now, &json("facts", facts)?).await?;
        work.give_prizes(now, &row, ranking).await?;
        let detail = format!(r#"{{"version":{version},"people":{},"attempts":{}}}"#, facts.people(), facts.attempts());
        work.note(now, caller, Deed::RankRound, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }

    /// Takes a run for a ranking of the round as it was read.
    async fn begin_ranking(&self, row: &RoundRow) -> Result<i64> {
        let mut work = self.store.begin().await?;
        if !work.begin_ranking(row.id, row.revision).await? {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        work.commit().await?;
        Ok(row.revision + 1)
    }

    /// Removes, piece by piece, what rankings left that no outcome names.
    async fn remove_leftovers(&self, round: RoundId) -> Result<()> {
        let runs = self.store.glance().await?.leftover_runs(round).await?;
        for (run,) in runs {
            loop {
                let mut work = self.store.begin().await?;
                let removed = work.remove_standings(round, run, i64::try_from(TOGETHER).unwrap_or(i64::MAX)).await?;
                if removed == 0 {
                    work.remove_unit_standings(round, run).await?;
                }
                work.commit().await?;
                if removed == 0 {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Writes the boards under their run, piece by piece.
    async fn stage_boards(&self, key: (RoundId, i64), boards: &Boards) -> Result<()> {
        for (span, lines) in &boards.units {
            for some in lines.chunks(TOGETHER) {
                let mut work = self.store.begin().await?;
                for line in some {
                    work.add_unit_standing(key, *span, line).await?;
                }
                work.commit().await?;
            }
        }
        for Board { span, audience, lines } in &boards.people {
            for some in lines.chunks(TOGETHER) {
                let mut work = self.store.begin().await?;
                work.add_standings(key, (*span, *audience), some).await?;
                work.commit().await?;
            }
        }
        Ok(())
    }
}

impl Work {
    async fn basis(&mut self, row: &RoundRow) -> Result<Basis> {
        let entries = self.entries_mark(row.id).await?;
        let announces = self.announces_contest(row).await?;
        let others = if announces == Some(Announces::Now) { self.other_rounds(row).await? } else { Vec::new() };
        Ok(Basis { entries, announces, others })
    }
}
