//! Reading the audit log: for auditors and administrators, newest first, by deed, person, subject and time.

use super::people::{LINES, pattern};
use crate::{Caller, Engine, Result};
use domain::{
    Millis, Timestamp,
    id::{AccountId, NoteId},
    identity::{Action, Deed},
    vietnamese::fold,
};
use std::collections::BTreeMap;

/// What the log is narrowed to, as the form sends it; empty means everything.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    /// A deed's code.
    pub deed: String,
    /// Part of a name or login.
    pub who: String,
    /// The id of what it was done to.
    pub subject: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub until: String,
    /// The page, from 1.
    pub page: i64,
}

/// The filter as the store takes it.
pub(super) struct AuditQuery {
    pub deed: String,
    pub who: String,
    pub subject: String,
    pub from: Timestamp,
    pub until: Timestamp,
}

/// One line of the log.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct AuditLine {
    /// The note.
    pub id: NoteId,
    /// When.
    pub at: Timestamp,
    /// The deed's code; [`AuditLine::words`] says it in Vietnamese.
    pub deed: String,
    /// What it was done to: an id or a slug.
    pub subject: String,
    /// JSON for people who look closer.
    pub detail: String,
    /// Who; nobody for the system.
    pub account: Option<AccountId>,
    /// Their name.
    pub full_name: Option<String>,
    /// Their login.
    pub login: Option<String>,
    /// The name of the subject, where it is a person.
    #[sqlx(skip)]
    pub subject_name: Option<String>,
}

impl AuditLine {
    /// The deed in Vietnamese; its code when this program does not know it.
    pub fn words(&self) -> &str {
        match Deed::from_code(&self.deed) {
            Some(deed) => deed.label(),
            None => &self.deed,
        }
    }
}

/// One page of the log.
#[derive(Debug, Clone)]
pub struct AuditPage {
    /// The lines, newest first.
    pub lines: Vec<AuditLine>,
    /// How many lines the filter finds.
    pub found: i64,
    /// The page, from 1.
    pub page: i64,
    /// How many pages there are.
    pub pages: i64,
}

impl Engine {
    /// A page of the audit log. Days that cannot be read narrow nothing.
    ///
    /// # Errors
    /// `NotAllowed`.
    pub async fn audit_log(&self, caller: &Caller, filter: &AuditFilter) -> Result<AuditPage> {
        caller.must(Action::ReadAudit)?;
        let who = fold(&filter.who);
        let query = AuditQuery {
            deed: filter.deed.clone(),
            who: if who.is_empty() { String::new() } else { pattern(&who) },
            subject: filter.subject.trim().to_owned(),
            from: Timestamp::read_date(&filter.from).unwrap_or(Timestamp(i64::MIN)),
            until: Timestamp::read_date(&filter.until).map_or(Timestamp(i64::MAX), |day| day + Millis::days(1)),
        };
        let mut work = self.store.read().await?;
        let found = work.count_notes(&query).await?;
        let pages = (found + LINES - 1) / LINES;
        let page = filter.page.clamp(1, pages.max(1));
        let mut lines = work.notes(&query, (page - 1) * LINES).await?;
        let mut names: BTreeMap<AccountId, Option<String>> = BTreeMap::new();
        for line in &mut lines {
            let Ok(subject) = line.subject.parse::<AccountId>() else { continue };
            if let std::collections::btree_map::Entry::Vacant(place) = names.entry(subject) {
                place.insert(work.person(subject).await?.map(|person| person.full_name));
            }
            line.subject_name = names.get(&subject).cloned().flatten();
        }
        Ok(AuditPage { lines, found, page, pages })
    }
}
