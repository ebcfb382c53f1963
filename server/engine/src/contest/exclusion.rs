//! Who may not take part: named people, and whom the system finds among the makers.

use crate::{Caller, Engine, Result, Stop, notify::Change, store::Work};
use domain::{
    Refusal, Timestamp,
    contest::{ContestState, Exclusion},
    id::{AccountId, ContestId},
    identity::{Action, Deed},
};

/// Somebody who may not take part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excluded {
    /// Who.
    pub account: AccountId,
    /// The login.
    pub login: String,
    /// The full name.
    pub full_name: String,
    /// The unit's name.
    pub unit: Option<String>,
    /// Why.
    pub why: Exclusion,
}

impl Engine {
    /// Everybody who may not take part in the contest, by name.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn excluded_from(&self, caller: &Caller, contest: ContestId) -> Result<Vec<Excluded>> {
        caller.must(Action::SetUpContest)?;
        let rows = self.store.glance().await?.exclusions_of(contest).await?;
        Ok(rows
            .into_iter()
            .map(|row| Excluded { account: row.account_id, login: row.login, full_name: row.full_name, unit: row.unit, why: row.why })
            .collect())
    }

    /// Excludes the person with this login.
    ///
    /// # Errors
    /// At `login`: [`Refusal::AccountUnknown`], [`Refusal::AlreadyDone`], or [`Refusal::TookPartAlready`]:
    /// an attempt is decided in review, with a reason shown to that person.
    pub async fn exclude(&self, caller: &Caller, contest: ContestId, login: &str) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        work.contest_row(contest).await?.ok_or(Stop::Refused(Refusal::NotFound))?;
        let account = work.account_called(&login.trim().to_lowercase()).await?;
        let account = account.ok_or_else(|| Stop::at("login", Refusal::AccountUnknown))?;
        if work.has_taken_part(contest, account).await? {
            return Err(Stop::at("login", Refusal::TookPartAlready));
        }
        if work.exclude(contest, account, (Exclusion::Named, now)).await? == 0 {
            return Err(Stop::at("login", Refusal::AlreadyDone));
        }
        work.note(now, caller, Deed::Exclude, &contest.to_string(), &format!(r#"{{"account":"{account}","excluded":true}}"#)).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(())
    }

    /// Takes a named person off the list; whom the system excludes stays on it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn admit(&self, caller: &Caller, contest: ContestId, account: AccountId) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        if work.admit(contest, account).await? == 0 {
            return Err(Refusal::NotFound.into());
        }
        work.note(now, caller, Deed::Exclude, &contest.to_string(), &format!(r#"{{"account":"{account}","excluded":false}}"#)).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(())
    }
}

impl Work {
    /// Whether the account has taken part in a contest that is not over: rounds or results are still to come.
    pub(crate) async fn still_competes(&mut self, account: AccountId, now: Timestamp) -> Result<bool> {
        for contest in self.contests_sat_by(account).await? {
            if self.contest(contest, now).await?.state != ContestState::Over {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
