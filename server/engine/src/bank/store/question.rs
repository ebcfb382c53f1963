//! Statements about questions: a code, its newest version and the one that may be drawn.

use super::StoredVersion;
use crate::store::{Result, Work};
use domain::id::{QuestionId, VersionId};

/// A question as the table has it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct QuestionRow {
    /// Which.
    pub id: QuestionId,
    /// The code that people say.
    pub code: String,
    /// The newest version.
    pub newest_id: VersionId,
    /// The version that may be drawn.
    pub approved_id: Option<VersionId>,
}

impl Work {
    pub(in crate::bank) async fn add_question(&mut self, question: &QuestionRow, version: &StoredVersion, folded: &str) -> Result<()> {
        exec!(
            self,
            "insert into question (id, code, author_id, topic_id, difficulty, status, newest_id, approved_id, folded, created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            question.id,
            &question.code,
            version.author,
            version.writing.topic,
            version.writing.difficulty,
            version.status,
            version.id,
            question.approved_id,
            folded,
            version.changed_at,
            version.changed_at,
        )?;
        Ok(())
    }

    /// Keeps what the list of questions shows of the newest version.
    pub(in crate::bank) async fn sum_up_question(
        &mut self,
        version: &StoredVersion,
        approved: Option<VersionId>,
        folded: &str,
    ) -> Result<u64> {
        exec!(
            self,
            "update question
             set topic_id = $2, difficulty = $3, status = $4, newest_id = $5, approved_id = $6, folded = $7, changed_at = $8
             where id = $1",
            version.question,
            version.writing.topic,
            version.writing.difficulty,
            version.status,
            version.id,
            approved,
            folded,
            version.changed_at,
        )
    }

    pub(in crate::bank) async fn question(&mut self, id: QuestionId) -> Result<Option<QuestionRow>> {
        find!(self, "select id, code, newest_id, approved_id from question where id = $1", id)
    }

    pub(in crate::bank) async fn question_by_code(&mut self, code: &str) -> Result<Option<(QuestionId,)>> {
        find!(self, "select id from question where code = $1", code)
    }
}
