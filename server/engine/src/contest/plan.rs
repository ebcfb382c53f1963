//! A round as it would freeze now: what the bank gives to each division, and what is still lacking.

use super::{Contest, Division, Round, store::PoolRow};
use crate::{Caller, Engine, Result, bank::BankCoverage, store::Work};
use domain::{
    Timestamp,
    bank::Topic,
    contest::{Caution, DivisionPlan, Lack, RoundPlan, cautions, lacks},
    id::{DivisionId, QuestionId, RoundId, VersionId},
    identity::Action,
};
use std::collections::BTreeSet;

/// The pool that a division would get.
pub(super) struct PlannedPool {
    pub division: DivisionId,
    pub rows: Vec<PoolRow>,
}

/// What freezing a round would do, as the organiser's page shows it.
#[derive(Debug, Clone)]
pub struct PlannedRound {
    /// The contest with all its rounds.
    pub contest: Contest,
    /// The round.
    pub round: Round,
    /// Its divisions.
    pub divisions: Vec<Division>,
    /// The plan that the checklist looked at.
    pub plan: RoundPlan,
    /// What is lacking; empty: it may be frozen.
    pub lacks: Vec<Lack>,
    /// What should be thought of before.
    pub cautions: Vec<Caution>,
    /// Every topic, in the order of the tree.
    pub topics: Vec<Topic>,
}

impl Engine {
    /// What freezing the round would do now.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] or [`Refusal::NotFound`].
    pub async fn plan_round(&self, caller: &Caller, round: RoundId) -> Result<PlannedRound> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.read().await?;
        let (planned, _) = work.plan_round(round, now).await?;
        Ok(planned)
    }

    /// What the bank could give to the round, by topic and level, at its opening.
    ///
    /// # Errors
    /// [`domain::Refusal::NotAllowed`] or [`domain::Refusal::NotFound`].
    pub async fn bank_for_round(&self, caller: &Caller, round: RoundId) -> Result<BankCoverage> {
        caller.must(Action::SetUpContest)?;
        let mut work = self.store.read().await?;
        let opens = work.round(round, self.now()).await?.settings.window.opens;
        work.bank_coverage(opens).await
    }
}

impl Work {
    /// Looks at everything that freezing needs, at this moment.
    pub(super) async fn plan_round(&mut self, id: RoundId, now: Timestamp) -> Result<(PlannedRound, Vec<PlannedPool>)> {
        let round = self.round(id, now).await?;
        let contest = self.contest(round.contest, now).await?;
        let divisions = self.divisions(id).await?;
        let topics = self.topics().await?;
        let mut pools = Vec::new();
        let mut plans = Vec::new();
        for division in &divisions {
            let dealt = self.deal(division, &topics, round.settings.window.opens).await?;
            let name = |topic| topics.iter().find(|known| known.id == topic).map_or_else(String::new, |known| known.name.clone());
            let coverage = division.rules.blueprint.coverage(&dealt);
            plans.push(DivisionPlan {
                audience: division.audience,
                rules: division.rules.clone(),
                coverage: coverage.into_iter().map(|coverage| (name(coverage.cell.topic), coverage)).collect(),
            });
            pools.push(PlannedPool { division: division.id, rows: rows_of(&dealt) });
        }
        let mut prizes = self.prizes(contest.id, Some(id)).await?;
        prizes.extend(self.prizes(contest.id, None).await?);
        let pool: BTreeSet<QuestionId> = pools.iter().flat_map(|pool| pool.rows.iter().map(|row| row.question_id)).collect();
        let plan = RoundPlan {
            contest: contest.stage,
            has_rules: self.rules_version(contest.id).await? > 0,
            has_help_line: !contest.settings.help_line.is_empty(),
            window: round.settings.window,
            rules: round.settings.rules.clone(),
            headcount_as_of: round.settings.headcount_as_of,
            divisions: plans,
            prizes,
            barred: self.barred(&contest, &pool).await?,
        };
        let cautions = cautions(&plan.rules, &plan.prizes, &self.released_in(&pool).await?);
        let lacks = lacks(&plan, now);
        Ok((PlannedRound { contest, round, divisions, plan, lacks, cautions, topics }, pools))
    }

    /// The bank's questions for each cell of the division, none in two.
    async fn deal(&mut self, division: &Division, topics: &[Topic], at: Timestamp) -> Result<Vec<Vec<(QuestionId, VersionId)>>> {
        let tagged = match division.rules.tag.as_str() {
            "" => None,
            tag => Some(self.versions_tagged(tag).await?),
        };
        let blueprint = &division.rules.blueprint;
        let mut candidates = Vec::with_capacity(blueprint.cells.len());
        for cell in &blueprint.cells {
            let depth = topics.iter().find(|topic| topic.id == cell.topic).map_or(0, Topic::depth);
            let mut questions = self.drawable(cell.topic, cell.difficulty, at).await?;
            if let Some(tagged) = &tagged {
                questions.retain(|(_, version)| tagged.contains(version));
            }
            candidates.push((depth, questions));
        }
        Ok(blueprint.deal(&candidates))
    }

    /// How many of the questions have public keys by now, by the round that made them public.
    async fn released_in(&mut self, pool: &BTreeSet<QuestionId>) -> Result<Vec<(String, usize)>> {
        let mut released: Vec<(String, usize)> = Vec::new();
        for (contest, label, question) in self.released_questions().await? {
            if !pool.contains(&question) {
                continue;
            }
            let round = format!("{label}, {contest}");
            match released.iter_mut().find(|(known, _)| *known == round) {
                Some((_, questions)) => *questions += 1,
                None => released.push((round, 1)),
            }
        }
        Ok(released)
    }

    /// How many people took part in the contest and also organise it or made a question of this pool.
    pub(super) async fn barred(&mut self, contest: &Contest, pool: &BTreeSet<QuestionId>) -> Result<u32> {
        let makers = self.participants_who_made(contest.id).await?;
        let barred: BTreeSet<_> = makers
            .into_iter()
            .filter(|(_, question)| question.is_none_or(|question| pool.contains(&question)))
            .map(|(account, _)| account)
            .collect();
        Ok(u32::try_from(barred.len()).unwrap_or(u32::MAX))
    }
}

fn rows_of(dealt: &[Vec<(QuestionId, VersionId)>]) -> Vec<PoolRow> {
    let questions =
        (0..).zip(dealt).flat_map(|(cell, questions)| questions.iter().map(move |(question, version)| (cell, *question, *version)));
    (0..).zip(questions).map(|(position, (cell, question_id, version_id))| PoolRow { position, question_id, version_id, cell }).collect()
}
