//! Việc cần làm: the next step of every round, and what waits for somebody's word.

use crate::{Caller, Engine, Result};
use domain::{
    Timestamp,
    contest::{ChangeState, ContestStage, ContestState, NextStep, RoundChange, RoundState},
    id::{ChangeId, RoundId},
    identity::Action,
};

/// Something for the organisers to do or to await.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// The contest's address.
    pub slug: String,
    /// The contest's title.
    pub title: String,
    /// What it is.
    pub what: TaskKind,
    /// When it happens or should be done.
    pub due: Option<Timestamp>,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskKind {
    /// Announce a contest.
    Announce,
    /// Add the first round.
    AddRound,
    /// Archive a contest whose results are all public.
    Archive,
    /// The next step of a round.
    Step {
        /// The round.
        round: RoundId,
        /// Its label.
        label: String,
        /// Where it stands.
        state: RoundState,
        /// What comes next.
        next: NextStep,
        /// How many things a draft still lacks.
        lacks: usize,
    },
    /// Decide a change that somebody else proposed.
    Decide {
        /// The round.
        round: RoundId,
        /// Its label.
        label: String,
        /// The change.
        change: ChangeId,
        /// What changes.
        proposal: RoundChange,
    },
}

impl Task {
    /// Whether somebody should act now, rather than wait.
    pub fn is_due(&self) -> bool {
        match &self.what {
            TaskKind::Step { next, .. } => next.is_due(),
            TaskKind::Announce | TaskKind::AddRound | TaskKind::Archive | TaskKind::Decide { .. } => true,
        }
    }
}

impl Engine {
    /// What the organisers have to do, what is due first, then by time.
    ///
    /// # Errors
    /// [`domain::Refusal::NotAllowed`].
    pub async fn to_do(&self, caller: &Caller) -> Result<Vec<Task>> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.read().await?;
        let mut tasks = Vec::new();
        for row in work.all_contests().await? {
            if row.stage == ContestStage::Archived {
                continue;
            }
            let contest = work.contest(row.id, now).await?;
            let task = |what, due| Task { slug: contest.settings.slug.clone(), title: contest.settings.title.clone(), what, due };
            if contest.stage == ContestStage::Draft {
                tasks.push(task(TaskKind::Announce, None));
            }
            if contest.rounds.is_empty() {
                tasks.push(task(TaskKind::AddRound, None));
            }
            if contest.state == ContestState::Over {
                tasks.push(task(TaskKind::Archive, None));
            }
            for round in &contest.rounds {
                let (next, label) = (round.state.next_step(), round.settings.label.clone());
                let due = match round.state {
                    RoundState::Draft | RoundState::Waiting => Some(round.settings.window.opens),
                    RoundState::Open => Some(round.settings.window.closes),
                    _ => round.settings.results_expected,
                };
                let lacks = if round.state == RoundState::Draft { work.plan_round(round.id, now).await?.0.lacks.len() } else { 0 };
                if next != NextStep::Nothing {
                    tasks.push(task(TaskKind::Step { round: round.id, label: label.clone(), state: round.state, next, lacks }, due));
                }
                for change in work.changes_of(round.id).await? {
                    if change.state == ChangeState::Proposed && change.proposed_by != caller.account {
                        let proposal = change.what()?;
                        tasks.push(task(TaskKind::Decide { round: round.id, label: label.clone(), change: change.id, proposal }, due));
                    }
                }
            }
        }
        tasks.sort_by_key(|task| (!task.is_due(), task.due.is_none(), task.due));
        Ok(tasks)
    }
}
