//! The thể lệ: every version is kept, with the reason of its change; while a round is frozen, a second person decides it.

use super::{
    public::ChangeNotice,
    schedule::reason_given,
    store::{RulesAnswer, RulesProposalRow, RulesRow},
};
use crate::{Caller, Engine, Result, SafeHtml, Stop, markdown, notify::Change, random, store::StoreError};
use domain::{
    Refusal, Refused, Timestamp,
    contest::{ChangeState, ContestStage},
    id::{ChangeId, ContestId},
    identity::{Action, Deed},
    vietnamese::{tidy, tidy_text},
};

/// The longest thể lệ, in bytes.
const LONGEST: usize = 100_000;
/// The longest reason, in signs.
const LONGEST_REASON: usize = 1_000;

/// A version of the thể lệ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// 1, 2, 3 …
    pub version: i64,
    /// Markdown.
    pub text: String,
    /// Why it replaced the one before.
    pub reason: String,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// By whom.
    pub decided_by: String,
    /// Who proposed it, where a round was frozen and somebody else decided.
    pub proposed_by: Option<String>,
}

/// A version of the thể lệ, rendered.
#[derive(Debug, Clone)]
pub struct RulesPage {
    /// 1, 2, 3 …
    pub version: i64,
    /// The text.
    pub text: SafeHtml,
    /// Why it replaced the one before.
    pub reason: String,
    /// When it was decided.
    pub decided_at: Timestamp,
    /// Whether a round was frozen by then, so that a second person decided it.
    pub after_freezing: bool,
}

/// A thể lệ that somebody proposed while a round was frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedRules {
    /// Which.
    pub id: ChangeId,
    /// Markdown.
    pub text: String,
    /// Why it should replace the one in force.
    pub reason: String,
    /// Who proposed it.
    pub proposer: String,
    /// Whether the one who asks proposed it and so cannot agree to it.
    pub own: bool,
    /// When.
    pub proposed_at: Timestamp,
    /// Where it stands.
    pub state: ChangeState,
    /// Who decided it.
    pub decider: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// Why it was declined.
    pub answer: String,
}

/// What became of a new thể lệ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NewRules {
    /// It is in force, as this version.
    InForce(i64),
    /// It waits for a second person.
    Proposed(ChangeId),
}

impl RulesPage {
    /// The line among the changes after freezing; a version that was in force before any round was frozen is none.
    pub fn notice(&self) -> Option<ChangeNotice> {
        let words = || format!("Ban hành thể lệ bản {}.", self.version);
        self.after_freezing.then(|| ChangeNotice { words: words(), reason: self.reason.clone(), at: self.decided_at })
    }
}

impl From<RulesRow> for Rules {
    fn from(row: RulesRow) -> Self {
        let RulesRow { version, text, reason, decided_at, decided_by, proposed_by } = row;
        Self { version, text, reason, decided_at, decided_by, proposed_by }
    }
}

impl From<RulesRow> for RulesPage {
    fn from(row: RulesRow) -> Self {
        let after_freezing = row.proposed_by.is_some();
        Self { version: row.version, text: markdown::render(&row.text), reason: row.reason, decided_at: row.decided_at, after_freezing }
    }
}

impl Engine {
    /// Every version of the contest's thể lệ, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn rules_of(&self, caller: &Caller, contest: ContestId) -> Result<Vec<Rules>> {
        caller.must(Action::SetUpContest)?;
        Ok(self.store.glance().await?.rules_of(contest).await?.into_iter().map(Rules::from).collect())
    }

    /// Every thể lệ that was proposed while a round was frozen, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn proposed_rules(&self, caller: &Caller, contest: ContestId) -> Result<Vec<ProposedRules>> {
        caller.must(Action::SetUpContest)?;
        let proposed = |row: RulesProposalRow| ProposedRules {
            own: row.proposed_by == caller.account,
            id: row.id,
            text: row.text,
            reason: row.reason,
            proposer: row.proposer,
            proposed_at: row.proposed_at,
            state: row.state,
            decider: row.decider,
            decided_at: row.decided_at,
            answer: row.answer,
        };
        Ok(self.store.glance().await?.rules_proposals(contest).await?.into_iter().map(proposed).collect())
    }

    /// Decides a new version of the thể lệ; once the contest is public, a change needs a reason, and while one of its
    /// rounds is frozen, it is only proposed: a second person decides ([`Engine::decide_proposed_rules`]).
    ///
    /// # Errors
    /// At `text` or `reason`; [`Refusal::WrongOrder`] while another one waits for its decision;
    /// [`Refusal::ChangedMeanwhile`] when somebody decided or proposed one at the same time.
    pub async fn decide_rules(&self, caller: &Caller, contest: ContestId, text: &str, reason: &str) -> Result<NewRules> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let (text, reason) = (tidy_text(text), tidy(reason));
        let mut work = self.store.begin().await?;
        let known = work.contest(contest, now).await?;
        if work.rules_proposer(contest).await?.is_some() {
            return Err(Refusal::WrongOrder.into());
        }
        let frozen = known.rounds.iter().any(|round| round.state.is_frozen());
        let versions = work.rules_of(contest).await?;
        let newest = versions.first();
        let explained = newest.is_some() && (frozen || known.stage != ContestStage::Draft);
        crate::fault::accept(check((&text, &reason), newest, explained))?;
        let (done, deed, detail) = if frozen {
            let id = random::id(now);
            work.propose_rules(id, contest, (&text, &reason), (caller.account, now)).await.map_err(meanwhile)?;
            (NewRules::Proposed(id), Deed::ProposeChange, serde_json::json!({ "rules": id }))
        } else {
            let version = newest.map_or(0, |rules| rules.version) + 1;
            work.add_rules(contest, (version, &text, &reason), caller.account, now).await.map_err(meanwhile)?;
            (NewRules::InForce(version), Deed::DecideRules, serde_json::json!({ "version": version }))
        };
        work.note(now, caller, deed, &known.settings.slug, &detail.to_string()).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(done)
    }

    /// Decides a proposed thể lệ: agreeing is for a second person and brings it into force; who declines another
    /// one's proposal says why, who takes back the own one need not.
    ///
    /// # Errors
    /// [`Refusal::SecondPerson`] also for whoever became an organiser only since; [`Refusal::ReasonNeeded`] at `reason`; [`Refusal::AlreadyDone`];
    /// [`Refusal::NotFound`].
    pub async fn decide_proposed_rules(&self, caller: &Caller, proposal: ChangeId, agreed: bool, reason: &str) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let row = work.rules_proposal(proposal).await?.ok_or(Refusal::NotFound)?;
        let own = row.proposed_by == caller.account;
        if agreed && !work.is_second_person(caller.account, (row.proposed_by, row.proposed_at)).await? {
            return Err(Refusal::SecondPerson.into());
        }
        let state = if agreed { ChangeState::Done } else { ChangeState::Declined };
        let answer = if agreed || own { String::new() } else { reason_given(reason)? };
        let version = if agreed { Some(work.rules_version(row.contest_id).await? + 1) } else { None };
        if work.answer_rules(proposal, &RulesAnswer { state, answer, version }, caller.account, now).await? == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        if let Some(version) = version {
            work.add_rules(row.contest_id, (version, &row.text, &row.reason), caller.account, now).await.map_err(meanwhile)?;
        }
        let detail = serde_json::json!({ "rules": proposal, "state": state, "version": version }).to_string();
        work.note(now, caller, Deed::DecideChange, &row.contest_id.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(row.contest_id));
        Ok(())
    }
}

/// What is wrong with a new thể lệ and its reason.
fn check((text, reason): (&str, &str), newest: Option<&RulesRow>, explained: bool) -> Refused {
    let mut refused = Refused::new();
    match text.len() {
        0 => refused.push(("text".into(), Refusal::Required)),
        LONGEST.. => refused.push(("text".into(), Refusal::TooLong)),
        _ if newest.is_some_and(|rules| rules.text == text) => refused.push(("text".into(), Refusal::AlreadyDone)),
        _ => {}
    }
    match reason.chars().count() {
        0..10 if explained => refused.push(("reason".into(), Refusal::ReasonNeeded)),
        length if length > LONGEST_REASON => refused.push(("reason".into(), Refusal::TooLong)),
        _ => {}
    }
    refused
}

fn meanwhile(error: StoreError) -> Stop {
    match error {
        StoreError::Duplicate => Stop::Refused(Refusal::ChangedMeanwhile),
        failed @ StoreError::Driver(_) => failed.into(),
    }
}
