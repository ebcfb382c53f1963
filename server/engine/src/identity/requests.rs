//! The organisers' queue: what people asked for, by when it is due, and the decision with its answer.

use crate::{Caller, Engine, Result, fault::accept};
use domain::{
    Refusal, Refused, Timestamp,
    id::{AccountId, RequestId},
    identity::{Action, Deed, RequestKind, RequestState, read_full_name},
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
    /// Granting a corrected name renames the account. Granting a withdrawal withdraws the consents, closes the
    /// account and forgets the identity number, e-mail, position and date of birth; the name stays with the
    /// attempts whose results may already be published.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`]; [`Refusal::SecondPerson`] for one's own request;
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
        let mut work = self.store.begin().await?;
        let request = work.request(id).await?.ok_or(Refusal::NotFound)?;
        if request.account == Some(caller.account) {
            return Err(Refusal::SecondPerson.into());
        }
        if work.decide_request(id, state, (caller.account, now), &answer).await? == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        if let (RequestState::Done, Some(account)) = (state, request.account) {
            match request.kind {
                RequestKind::CorrectData => {
                    let name = request.value("full_name").and_then(|name| read_full_name(&name).ok());
                    if let Some(name) = name {
                        work.rename_account(account, &name).await?;
                    }
                }
                RequestKind::WithdrawData => {
                    work.withdraw_consents(account, now).await?;
                    work.close_account(account).await?;
                    work.end_codes(account, now).await?;
                    work.end_sessions_of(account).await?;
                }
                RequestKind::UnitMissing | RequestKind::DuplicateId | RequestKind::UnitChange => {}
            }
        }
        let detail = serde_json::json!({ "kind": request.kind, "state": state, "account": request.account });
        work.note(now, caller, Deed::DecideRequest, &id.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        if let Some(account) = request.account {
            self.forget_account(account);
        }
        Ok(())
    }
}
