//! Statements about everything that is kept of one person.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, UnitId},
    identity::{Audience, Deed, Purpose, RequestKind, RequestState},
};

/// The account itself.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AccountAbout {
    /// Phone number or name.
    pub login: String,
    /// The full name.
    pub full_name: String,
    /// The audience.
    pub audience: Audience,
    /// The unit.
    pub unit_id: Option<UnitId>,
    /// The e-mail address, or nothing.
    pub email: String,
    /// The position, or nothing.
    pub position: String,
    /// The date of birth.
    pub birth_date: Option<Timestamp>,
    /// When the account was made.
    pub created_at: Timestamp,
    /// When the password was chosen.
    pub password_at: Option<Timestamp>,
}

/// A consent that was given.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnConsent {
    /// The purpose.
    pub purpose: Purpose,
    /// The version of the words.
    pub version: String,
    /// The words.
    pub text: String,
    /// When it was given.
    pub given_at: Timestamp,
    /// Until when it holds.
    pub until: Option<Timestamp>,
    /// When it was withdrawn.
    pub withdrawn_at: Option<Timestamp>,
}

/// A session on some device.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnSession {
    /// Since when.
    pub created_at: Timestamp,
    /// Last used, to about five minutes.
    pub seen_at: Timestamp,
    /// Its absolute end.
    pub ends_at: Timestamp,
}

/// An entry to a contest.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnEntry {
    /// The contest.
    pub title: String,
    /// Where it is found.
    pub slug: String,
    /// The own mã dự thi.
    pub code: String,
    /// The extra fields of the contest, as JSON.
    pub extra: String,
    /// When.
    pub entered_at: Timestamp,
}

/// An attempt, without its result: that is shown where the contest shows it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnAttempt {
    /// The contest.
    pub title: String,
    /// The round.
    pub label: String,
    /// The unit it counts for.
    pub unit_id: Option<UnitId>,
    /// When it was started.
    pub started_at: Timestamp,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// The receipt.
    pub receipt: Option<String>,
}

/// A request of the person.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnRequest {
    /// What was asked.
    pub kind: RequestKind,
    /// When.
    pub created_at: Timestamp,
    /// When an answer is due.
    pub due_at: Option<Timestamp>,
    /// Where it stands.
    pub state: RequestState,
    /// The answer.
    pub answer: String,
}

/// A change of unit.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnUnitChange {
    /// The unit before.
    pub old_unit_id: Option<UnitId>,
    /// The unit after.
    pub new_unit_id: Option<UnitId>,
    /// Why, where somebody else changed it.
    pub reason: String,
    /// When.
    pub changed_at: Timestamp,
}

/// A line of the audit log about the person's own deeds.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OwnNote {
    /// When.
    pub at: Timestamp,
    /// What was done.
    pub deed: Deed,
}

/// Lines of the audit log that the own page shows.
const NOTES_SHOWN: i64 = 50;

impl Work {
    pub(in crate::identity) async fn account_about(&mut self, account: AccountId) -> Result<Option<AccountAbout>> {
        find!(
            self,
            "select login, full_name, audience, unit_id, email, position, birth_date, created_at, password_at
             from account
             where id = $1",
            account,
        )
    }

    pub(in crate::identity) async fn own_consents(&mut self, account: AccountId) -> Result<Vec<OwnConsent>> {
        list!(
            self,
            "select purpose, version, text, given_at, until, withdrawn_at
             from consent
             where account_id = $1
             order by given_at, purpose",
            account,
        )
    }

    pub(in crate::identity) async fn own_sessions(&mut self, account: AccountId) -> Result<Vec<OwnSession>> {
        list!(self, "select created_at, seen_at, ends_at from session where account_id = $1 order by seen_at desc", account)
    }

    pub(in crate::identity) async fn own_entries(&mut self, account: AccountId) -> Result<Vec<OwnEntry>> {
        list!(
            self,
            "select contest.title, contest.slug, entry.code, entry.extra, entry.entered_at
             from entry
             join contest on contest.id = entry.contest_id
             where entry.account_id = $1
             order by entry.entered_at",
            account,
        )
    }

    pub(in crate::identity) async fn own_attempts(&mut self, account: AccountId) -> Result<Vec<OwnAttempt>> {
        list!(
            self,
            "select contest.title, round.label, attempt.unit_id, attempt.started_at, attempt.ended_at, attempt.receipt
             from attempt
             join round on round.id = attempt.round_id
             join contest on contest.id = round.contest_id
             where attempt.account_id = $1
             order by attempt.started_at",
            account,
        )
    }

    /// The requests the person made; what others asked about them, and duplicates, are none of it.
    pub(in crate::identity) async fn own_requests(&mut self, account: AccountId) -> Result<Vec<OwnRequest>> {
        list!(
            self,
            "select kind, created_at, due_at, state, answer
             from request
             where account_id = $1
               and kind <> 'duplicate_id'
             order by created_at desc",
            account,
        )
    }

    pub(in crate::identity) async fn own_unit_changes(&mut self, account: AccountId) -> Result<Vec<OwnUnitChange>> {
        list!(
            self,
            "select old_unit_id, new_unit_id, reason, changed_at
             from unit_change
             where account_id = $1
             order by changed_at desc",
            account,
        )
    }

    pub(in crate::identity) async fn own_notes(&mut self, account: AccountId) -> Result<Vec<OwnNote>> {
        list!(
            self,
            "select at, deed
             from audit_note
             where account_id = $1
             order by at desc, id desc
             limit $2",
            account,
            NOTES_SHOWN,
        )
    }
}
