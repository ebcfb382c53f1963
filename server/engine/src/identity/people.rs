//! The organisers' view of people: the list, its search, and one person's account.

use super::store::{ListLine, PersonRow};
use crate::{Caller, Engine, Result};
use domain::{
    Refusal, Timestamp,
    id::{AccountId, UnitId},
    identity::{Action, Role, masked_id},
    vietnamese::fold,
};

/// Lines of one page of a list.
pub const LINES: i64 = 50;
/// Signs of a search that are looked at.
const LONGEST: usize = 100;

/// What a list of people is narrowed to; empty means everybody.
#[derive(Debug, Clone, Default)]
pub struct PeopleQuery {
    /// Part of a name (marks may be left out) or of a login.
    pub text: String,
    /// A unit.
    pub unit: Option<UnitId>,
    /// `active`, `invited` or `closed`.
    pub state: String,
    /// The page, from 1.
    pub page: i64,
}

/// One page of a list of people.
#[derive(Debug, Clone)]
pub struct PeoplePage {
    /// The lines.
    pub lines: Vec<ListLine>,
    /// How many people the query finds.
    pub found: i64,
    /// The page, from 1.
    pub page: i64,
    /// How many pages there are.
    pub pages: i64,
}

/// A change of somebody's unit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Moved {
    /// The unit before.
    pub from_unit: Option<String>,
    /// The unit after.
    pub to_unit: Option<String>,
    /// Who changed it.
    pub by_whom: String,
    /// Why.
    pub reason: String,
    /// When.
    pub changed_at: Timestamp,
}

/// A code that was issued to somebody; never the code itself.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Issued {
    /// `activate` or `reset`.
    pub purpose: String,
    /// By whom.
    pub by_whom: Option<String>,
    /// When.
    pub issued_at: Timestamp,
    /// Until when it can be used.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
}

/// One person as organisers see the account; never a result.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub account: PersonRow,
    /// What the person is entrusted with.
    pub roles: Vec<Role>,
    /// The identity number, masked.
    pub national_id: Option<String>,
    /// Changes of unit, newest first.
    pub moves: Vec<Moved>,
    /// Codes issued, newest first.
    pub codes: Vec<Issued>,
}

impl Engine {
    /// A page of the people that the query finds, in the order of Vietnamese lists.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn people(&self, caller: &Caller, query: &PeopleQuery) -> Result<PeoplePage> {
        caller.must(Action::ManagePeople)?;
        let pattern = name_pattern(&query.text);
        // A phone number is searched without its spaces and dots.
        let login = pattern.replace([' ', '.'], "");
        let login = if pattern.chars().any(char::is_alphabetic) { pattern.clone() } else { login };
        let mut work = self.store.read().await?;
        let found = work.count_people((&pattern, &login), query.unit, &query.state).await?;
        let pages = (found + LINES - 1) / LINES;
        let page = query.page.clamp(1, pages.max(1));
        let lines = work.people((&pattern, &login), query.unit, &query.state, (page - 1) * LINES).await?;
        Ok(PeoplePage { lines, found, page, pages })
    }

    /// One person's account.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn person(&self, caller: &Caller, account: AccountId) -> Result<Person> {
        if !caller.may(Action::GrantRoles) {
            caller.must(Action::ManagePeople)?;
        }
        let mut work = self.store.read().await?;
        Ok(Person {
            account: work.person(account).await?.ok_or(Refusal::NotFound)?,
            roles: work.roles_of(account).await?,
            national_id: work.id_tail(account).await?.map(|(tail, _)| masked_id(&tail)),
            moves: work.moves_of(account).await?,
            codes: work.codes_of(account).await?,
        })
    }
}

/// A `like` pattern that finds a part of a folded name: what was typed, without its marks.
pub(super) fn name_pattern(typed: &str) -> String {
    pattern(&fold(typed).chars().take(LONGEST).collect::<String>())
}

/// A `like` pattern that finds the text anywhere; its own signs are escaped.
pub(super) fn pattern(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"))
}
