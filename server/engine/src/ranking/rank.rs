//! Ranking a reviewed round: one pass over its attempts, frozen boards, prizes given by the order.

use super::{
    store::RoundRow,
    tally::{Division, DivisionBoard, Tally, unit_board},
};
use crate::{Caller, Engine, Fault, Result, notify::Change, store::Work};
use domain::{
    Refusal,
    contest::{RoundRules, RoundStage},
    id::RoundId,
    identity::{Action, Block, Deed},
    ranking::{RankingRule, unit_rule_text},
    results::{Facts, PreviousRound},
};

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

impl Engine {
    /// Ranks the round: the truth of each prediction, places of people and units, the prizes, the figures.
    ///
    /// Everything is stored in one unit of work; ranking again replaces what was there, while decisions about
    /// winners and ties are kept as far as they still fit.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`] before the review, [`Refusal::SheetsRunning`], [`Refusal::FlagsOpen`].
    pub async fn rank_round(&self, caller: &Caller, round: RoundId) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.begin().await?;
        let row = work.round_to_judge(round).await?;
        if !matches!(row.stage, RoundStage::Review | RoundStage::Ranked) {
            return Err(Refusal::WrongOrder.into());
        }
        work.must_be_reviewed(round).await?;
        if !work.move_round(round, row.stage, RoundStage::Ranked).await? {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        let version = work.working_version(round).await?;
        let facts = work.freeze_boards(&row, version).await?;
        work.add_outcome(round, version, now, &json("facts", &facts)?).await?;
        work.give_prizes(now, &row, version).await?;
        let detail = format!(r#"{{"version":{version},"people":{},"attempts":{}}}"#, facts.people(), facts.attempts());
        work.note(now, caller, Deed::RankRound, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }
}

impl Work {
    /// Streams the attempts once and stores the boards of people and units; returns the figures.
    async fn freeze_boards(&mut self, row: &RoundRow, version: i64) -> Result<Facts> {
        let rules = row.read_rules()?;
        let divisions = self.judged_divisions(row.id).await?;
        let mut tally = Tally::new(&rules, &divisions);
        self.each_sitting(row.id, |sitting| tally.take(sitting)).await?;
        let mut frozen = self.frozen_units(row.id).await?;
        for unit in tally.units_seen().collect::<Vec<_>>() {
            if !frozen.iter().any(|(known, ..)| *known == unit) {
                let block = self.block_of(unit).await?.map_or(Block::None, |(block,)| block);
                frozen.push((unit, block, None));
            }
        }
        let (unit_rows, blocks) = unit_board(&rules, tally.units(&frozen));
        self.clear_standings(row.id, version).await?;
        for unit in &unit_rows {
            self.add_unit_standing(row.id, version, unit).await?;
        }
        let mut figures = Vec::with_capacity(divisions.len());
        for DivisionBoard { standings, facts } in tally.boards() {
            for standing in &standings {
                self.add_standing(row.id, version, standing).await?;
            }
            figures.push(facts);
        }
        Ok(Facts {
            contest: row.title.clone(),
            host: row.host.clone(),
            round: row.label.clone(),
            opened_at: row.opens_at,
            closed_at: row.closes_at,
            headcount_as_of: row.headcount_as_of,
            rule: RankingRule::new(&rules.ranking).text(),
            unit_rule: unit_rule_text(rules.unit_rule, rules.unit_minimum),
            divisions: figures,
            blocks,
            previous: self.round_before(row).await?,
        })
    }

    async fn round_before(&mut self, row: &RoundRow) -> Result<Option<PreviousRound>> {
        let Some((facts,)) = self.facts_before(row.contest_id, row.position).await? else { return Ok(None) };
        let facts: Facts = stored("facts", &facts)?;
        let (people, attempts, units) = (facts.people(), facts.attempts(), facts.units_taking_part());
        Ok(Some(PreviousRound { label: facts.round, people, attempts, units }))
    }
}
