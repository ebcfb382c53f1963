//! Statements about what happened to a question, and who did it.

use super::StoredVersion;
use crate::store::{Result, Work};
use domain::{
    Timestamp,
    bank::Step,
    id::{AccountId, NoteId, QuestionId, VersionId},
};

/// A step in a question's history, with who took it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct EventRow {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub full_name: String,
    /// What.
    pub what: Step,
    /// The reviewer's words.
    pub comment: String,
    /// The version it was about.
    pub version_id: VersionId,
    /// The number of that version.
    pub number: i64,
}

impl Work {
    pub(in crate::bank) async fn add_event(
        &mut self,
        at: (NoteId, Timestamp),
        version: &StoredVersion,
        who: AccountId,
        step: (Step, &str),
    ) -> Result<()> {
        exec!(
            self,
            "insert into question_event (id, question_id, version_id, ordinal, at, account_id, what, comment)
             select $1, $2, $3, cast(count(*) as bigint) + 1, $4, $5, $6, $7
             from question_event
             where question_id = $2",
            at.0,
            version.question,
            version.id,
            at.1,
            who,
            step.0,
            step.1,
        )?;
        Ok(())
    }

    pub(in crate::bank) async fn events_of(&mut self, question: QuestionId) -> Result<Vec<EventRow>> {
        list!(
            self,
            "select e.at, a.full_name, e.what, e.comment, e.version_id, v.number
             from question_event e
             join question_version v on v.id = e.version_id
             join account a on a.id = e.account_id
             where e.question_id = $1
             order by e.ordinal desc",
            question,
        )
    }

    /// Everybody who wrote a version of the question.
    pub(in crate::bank) async fn authors_of(&mut self, question: QuestionId) -> Result<Vec<AccountId>> {
        let rows: Vec<(AccountId,)> = list!(self, "select distinct author_id from question_version where question_id = $1", question)?;
        Ok(rows.into_iter().map(|(account,)| account).collect())
    }

    /// Everybody who approved or returned a version of the question.
    pub(in crate::bank) async fn reviewers_of(&mut self, question: QuestionId) -> Result<Vec<AccountId>> {
        let rows: Vec<(AccountId,)> = list!(
            self,
            "select distinct account_id
             from question_event
             where question_id = $1
               and what in ('approved', 'returned')",
            question,
        )?;
        Ok(rows.into_iter().map(|(account,)| account).collect())
    }

    /// Everybody who wrote or reviewed any question.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn authors_and_reviewers(&mut self) -> Result<Vec<(AccountId, Step)>> {
        list!(
            self,
            "select distinct account_id, what
             from question_event
             where what in ('drafted', 'renewed', 'approved', 'returned')",
        )
    }
}
