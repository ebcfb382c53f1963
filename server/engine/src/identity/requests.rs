//! The organisers' queue: what people asked for, by when it is due, and the decision with its answer.

use crate::{Caller, Engine, Result, fault::accept, store::Work};
use domain::{
    Refusal, Refused, Timestamp,
    id::{AccountId, RequestId},
    identity::{Action, Deed, RequestKind, RequestState, Role, read_full_name},
    vietnamese::tidy_text,
};

const LONGEST_ANSWER: usize = 1_000;

/// A request as organisers see it.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Request {
    /// The request.
    pub id: RequestId,
    /// What is asked.
    pub kind: RequestKind,
    /// Where it stands.
    pub state: RequestState,
    /// JSON of closed values: what exactly is asked.
    pub detail: String,
    /// Since when it waits.
    pub created_at: Timestamp,
    /// By when an answer is due.
    pub due_at: Option<Timestamp>,
    /// Who asked; nobody for a report without signing in.
    pub account: Option<AccountId>,
    /// The asker's name.
    pub full_name: Option<String>,
    /// The asker's login.
    pub login: Option<String>,
    /// The asker's unit.
    pub unit: Option<String>,
    /// Another account it concerns; the asker never learns of it.
    pub other_account: Option<AccountId>,
    /// The other account's name.
    pub other_name: Option<String>,
    /// The other account's login.
    pub other_login: Option<String>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What the asker reads.
    pub answer: String,
}

impl Request {
    /// Whether it waits although its answer was due.
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.state == RequestState::Open && self.due_at.is_some_and(|due| due < now)
    }

    /// A value of the detail, if it is there.
    pub fn value(&self, name: &str) -> Option<String> {
        let detail: serde_json::Value = serde_json::from_str(&self.detail).ok()?;
        detail.get(name)?.as_str().map(str::to_owned)
    }
}

impl Engine {
    /// Requests in this state and of this kind (`None`: all), those that wait first, the earliest due first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn requests(&self, caller: &Caller, state: Option<RequestState>, kind: Option<RequestKind>) -> Result<Vec<Request>> {
        caller.must(Action::ManagePeople)?;
        let (state, kind) = (state.map_or("", RequestState::code), kind.map_or("", RequestKind::code));
        Ok(self.store.glance().await?.requests(state, kind).await?)
    }

    /// One request.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn request(&self, caller: &Caller, id: RequestId) -> Result<Request> {
        caller.must(Action::ManagePeople)?;
        Ok(self.store.glance().await?.request(id).await?.ok_or(Refusal::NotFound)?)
    }

    /// Decides a request with an answer to the person.
    ///
    /// Granting a corrected name renames the account, granting another unit moves it there with the answer as the reason,
    /// and a coordinator who is moved coordinates no longer.
    /// Granting a withdrawal withdraws the consents and closes the account: what it sits ends, attempts without published
    /// results are not recognised, and what the records do not need is erased; the name stays with its attempts.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`]; [`Refusal::SecondPerson`] for one's own request;
    /// [`Refusal::LastAdmin`] for the withdrawal of the last administrator, [`Refusal::UnitUnknown`] for a unit that is no
    /// longer offered;
    /// [`Refusal::NotOffered`] at `state`, [`Refusal::Required`] or [`Refusal::TooLong`] at `answer`;
    /// [`Refusal::AlreadyDone`] when somebody decided it before.
    pub async fn decide_request(&self, caller: &Caller, id: RequestId, state: &str, answer: &str) -> Result<()> {
        caller.must(Action::ManagePeople)?;
        let now = self.now();
        let mut refused: Refused = Vec::new();
        let state = RequestState::from_code(state).filter(|state| *state != RequestState::Open);
        if state.is_none() {
            refused.push(("state".into(), Refusal::NotOffered));
        }
        let answer = tidy_text(answer);
        match answer.chars().count() {
            0 => refused.push(("answer".into(), Refusal::Required)),
            length if length > LONGEST_ANSWER => refused.push(("answer".into(), Refusal::TooLong)),
            _ => {}
        }
        accept(refused)?;
        let state = state.ok_or(Refusal::NotOffered)?;
        let tree = self.unit_tree().await?;
        let mut work = self.store.begin().await?;
        let request = work.request(id).await?.ok_or(Refusal::NotFound)?;
        if request.account == Some(caller.account) {
            return Err(Refusal::SecondPerson.into());
        }
        if work.decide_request(id, state, (caller.account, now), &answer).await? == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        let (mut closed, mut coordinated) = (None, false);
        if let (RequestState::Done, Some(account)) = (state, request.account) {
            match request.kind {
                RequestKind::CorrectData => {
                    let name = request.value("full_name").and_then(|name| read_full_name(&name).ok());
                    if let Some(name) = name {
                        work.rename_account(account, &name).await?;
                    }
                }
                RequestKind::WithdrawData => {
                    work.must_not_be_last_admin(account).await?;
                    work.withdraw_consents(account, now).await?;
                    closed = self.close(&mut work, account, now).await?;
                }
                RequestKind::UnitChange => {
                    if let Some(unit) = request.value("unit").and_then(|unit| unit.parse().ok()) {
                        coordinated = work.move_on_request((caller.account, now), account, (&tree, unit), &answer).await?;
                    }
                }
                RequestKind::UnitMissing | RequestKind::DuplicateId => {}
            }
        }
        let detail = serde_json::json!({ "kind": request.kind, "state": state, "account": request.account, "coordinated": coordinated });
        work.note(now, caller, Deed::DecideRequest, &id.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        if let Some(closed) = &closed {
            self.tell_closed(closed);
        }
        if let Some(account) = request.account {
            self.forget_account(account);
        }
        Ok(())
    }
}

impl Work {
    /// Refuses to let the last administrator go.
    async fn must_not_be_last_admin(&mut self, account: AccountId) -> Result<()> {
        // Two administrators who leave at once wait for one another here.
        self.hold_admins().await?;
        let last = self.roles_of(account).await?.contains(&Role::Admin) && self.other_admins(account).await? == 0;
        if last { Err(Refusal::LastAdmin.into()) } else { Ok(()) }
    }
}
