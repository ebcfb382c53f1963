//! Việc cần làm: the next step of every round, and what waits for somebody's word.

use crate::{Caller, Engine, Result, store::Work};
use domain::{
    Timestamp,
    contest::{ChangeState, ContestStage, ContestState, NextStep, RoundChange, RoundState},
    id::{ChangeId, RoundId},
    identity::{Action, RequestKind},
    ranking::Announces,
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
    /// Decide a thể lệ that somebody else proposed while a round is frozen.
    DecideRules,
    /// Sum the contest up: its prizes were not announced with its last round, or rest on results that were corrected since.
    SumUp {
        /// The last round.
        round: RoundId,
        /// Its label.
        label: String,
        /// Whether they were announced before.
        again: bool,
    },
}

/// Something outside the contests that waits for somebody's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// What it is.
    pub what: WaitingKind,
    /// How many of it.
    pub count: i64,
    /// The earliest moment by which one is due.
    pub due: Option<Timestamp>,
}

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitingKind {
    /// Questions of others to review.
    Review,
    /// Own questions that came back with comments.
    Returned,
    /// Requests of people.
    Requests(RequestKind),
}

impl Task {
    /// Whether somebody should act now, rather than wait.
    pub fn is_due(&self) -> bool {
        match &self.what {
            TaskKind::Step { next, .. } => next.is_due(),
            TaskKind::Announce
            | TaskKind::AddRound
            | TaskKind::Archive
            | TaskKind::Decide { .. }
            | TaskKind::DecideRules
            | TaskKind::SumUp { .. } => true,
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
            if work.rules_proposer(row.id).await?.is_some_and(|proposer| proposer != caller.account) {
                tasks.push(task(TaskKind::DecideRules, None));
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
                if round.state == RoundState::Published
                    && let Some(again) = work.awaits_sums(round.id).await?
                {
                    tasks.push(task(TaskKind::SumUp { round: round.id, label: label.clone(), again }, None));
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

    /// What waits for the caller outside the contests, by what the caller may do; own requests and questions left out.
    ///
    /// # Errors
    /// [`domain::Refusal::NotAllowed`].
    pub async fn waiting(&self, caller: &Caller) -> Result<Vec<Waiting>> {
        caller.must(Action::OwnData)?;
        let mut work = self.store.read().await?;
        let mut waiting = Vec::new();
        if caller.may(Action::ManagePeople) {
            let requests = work.open_requests(caller.account).await?;
            waiting.extend(requests.into_iter().map(|(kind, count, due)| Waiting { what: WaitingKind::Requests(kind), count, due }));
        }
        if caller.may(Action::ReviewQuestion) {
            waiting.push(Waiting { what: WaitingKind::Review, count: work.questions_to_review(caller.account).await?, due: None });
        }
        if caller.may(Action::WriteQuestion) {
            waiting.push(Waiting { what: WaitingKind::Returned, count: work.questions_returned(caller.account).await?, due: None });
        }
        waiting.retain(|waiting| waiting.count > 0);
        Ok(waiting)
    }
}

impl Work {
    /// Whether the prizes of the contest are still to be announced with this published round (`false`), or rest on results
    /// that were corrected since (`true`).
    async fn awaits_sums(&mut self, round: RoundId) -> Result<Option<bool>> {
        let row = self.round_to_judge(round).await?;
        match self.announces_contest(&row).await? {
            Some(Announces::MaySay) => return Ok(Some(false)),
            Some(Announces::Now) => {}
            None | Some(Announces::Waits(_) | Announces::Elsewhere) => return Ok(None),
        }
        let Some(version) = self.published_version(round).await? else { return Ok(None) };
        let Some((ranking, ..)) = self.outcome(round, version).await? else { return Ok(None) };
        Ok(self.contest_is_outdated(&row, ranking).await?.then_some(true))
    }
}
