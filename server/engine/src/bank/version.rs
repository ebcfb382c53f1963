//! A version as drawing, marking and explaining need it.

use super::store::StoredVersion;
use crate::Fault;
use domain::{
    bank::{Content, Difficulty, Key, LegalBasis, Status},
    id::{AccountId, QuestionId, TopicId, VersionId},
};

/// A complete version with its key: it never leaves the server before release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Which.
    pub id: VersionId,
    /// Of which question.
    pub question: QuestionId,
    /// 1, 2, 3 …
    pub number: i64,
    /// Where it belongs.
    pub topic: TopicId,
    /// How much it asks.
    pub difficulty: Difficulty,
    /// What the contestant sees.
    pub content: Content,
    /// The right answer.
    pub key: Key,
    /// Shown after release, Markdown.
    pub explanation: String,
    /// Where the rule stands.
    pub legal: LegalBasis,
    /// Where it stands.
    pub status: Status,
    /// Who wrote it.
    pub author: AccountId,
    /// Who decided it.
    pub reviewer: Option<AccountId>,
    /// Whether it was frozen into a round.
    pub served: bool,
}

impl TryFrom<StoredVersion> for VersionRow {
    type Error = Fault;

    fn try_from(stored: StoredVersion) -> Result<Self, Fault> {
        let key = stored.writing.key.ok_or(Fault::Broken("a question without a key was asked for"))?;
        Ok(Self {
            id: stored.id,
            question: stored.question,
            number: stored.number,
            topic: stored.writing.topic,
            difficulty: stored.writing.difficulty,
            content: stored.writing.content,
            key,
            explanation: stored.writing.explanation,
            legal: stored.writing.legal,
            status: stored.status,
            author: stored.author,
            reviewer: stored.reviewer,
            served: stored.served,
        })
    }
}
