//! Statements about the versions of a question: what each says and where it stands.

use crate::{
    Fault,
    bank::VersionRow,
    store::{Result, Work},
};
use domain::{
    Timestamp,
    bank::{Content, Difficulty, Kind, LegalBasis, Status, Writing},
    id::{AccountId, QuestionId, TopicId, VersionId},
};

/// A version as the table has it, with what its author decided.
#[derive(Debug, Clone)]
pub struct StoredVersion {
    /// Which.
    pub id: VersionId,
    /// Of which question.
    pub question: QuestionId,
    /// 1, 2, 3 …
    pub number: i64,
    /// Where it stands.
    pub status: Status,
    /// Who writes it.
    pub author: AccountId,
    /// Who decided it last.
    pub reviewer: Option<AccountId>,
    /// Grows with each save.
    pub revision: i64,
    /// Whether it was frozen into a round.
    pub served: bool,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// What it says.
    pub writing: Writing,
}

impl Work {
    /// A version that may be drawn, marked and explained.
    ///
    /// # Errors
    /// When there is none, or it is a draft without a key: nobody may have drawn it.
    pub async fn version(&mut self, id: VersionId) -> crate::Result<VersionRow> {
        let stored = self.stored_version(id).await?.ok_or(Fault::Broken("a version of a question is gone"))?;
        Ok(VersionRow::try_from(stored)?)
    }

    pub(in crate::bank) async fn stored_version(&mut self, id: VersionId) -> crate::Result<Option<StoredVersion>> {
        let row: Option<VersionColumns> = find!(
            self,
            "select id, question_id, number, topic_id, difficulty, content, key, explanation, legal_document, legal_article,
                    legal_from, legal_until, tags, status, author_id, reviewer_id, revision, served, changed_at
             from question_version
             where id = $1",
            id,
        )?;
        Ok(row.map(StoredVersion::try_from).transpose()?)
    }

    pub(in crate::bank) async fn versions_of(&mut self, question: QuestionId) -> Result<Vec<(VersionId,)>> {
        list!(self, "select id from question_version where question_id = $1 order by number desc", question)
    }

    pub(in crate::bank) async fn add_version(&mut self, version: &StoredVersion) -> crate::Result<()> {
        let StoredVersion { writing, .. } = version;
        let Columns { content, key, tags, kind } = columns(writing)?;
        exec!(
            self,
            "insert into question_version (id, question_id, number, topic_id, difficulty, kind, content, key, explanation,
                 legal_document, legal_article, legal_from, legal_until, tags, status, author_id, reviewer_id, revision,
                 served, created_at, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21)",
            version.id,
            version.question,
            version.number,
            writing.topic,
            writing.difficulty,
            kind,
            content,
            key,
            &writing.explanation,
            &writing.legal.document,
            &writing.legal.article,
            writing.legal.from,
            writing.legal.until,
            tags,
            version.status,
            version.author,
            version.reviewer,
            version.revision,
            version.served,
            version.changed_at,
            version.changed_at,
        )?;
        Ok(())
    }

    /// Writes on an open version if nobody else did since `revision`; how many rows it touched.
    pub(in crate::bank) async fn write_version(
        &mut self,
        now: Timestamp,
        id: VersionId,
        revision: i64,
        writing: &Writing,
    ) -> crate::Result<u64> {
        let Columns { content, key, tags, kind } = columns(writing)?;
        Ok(exec!(
            self,
            "update question_version
             set topic_id = $4, difficulty = $5, kind = $6, content = $7, key = $8, explanation = $9, legal_document = $10,
                 legal_article = $11, legal_from = $12, legal_until = $13, tags = $14, revision = revision + 1, changed_at = $3
             where id = $1
               and revision = $2
               and status in ('draft', 'returned')
               and not served",
            id,
            revision,
            now,
            writing.topic,
            writing.difficulty,
            kind,
            content,
            key,
            &writing.explanation,
            &writing.legal.document,
            &writing.legal.article,
            writing.legal.from,
            writing.legal.until,
            tags,
        )?)
    }

    /// Moves a version from one status to another, unless somebody was quicker; how many rows it touched.
    pub(in crate::bank) async fn move_version(
        &mut self,
        now: Timestamp,
        id: VersionId,
        steps: (Status, Status),
        reviewer: Option<AccountId>,
    ) -> Result<u64> {
        let (from, to) = steps;
        exec!(
            self,
            "update question_version
             set status = $3, reviewer_id = coalesce($4, reviewer_id), revision = revision + 1, changed_at = $5
             where id = $1
               and status = $2",
            id,
            from,
            to,
            reviewer,
            now,
        )
    }

    /// Marks a version as served: it never changes again.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn mark_served(&mut self, id: VersionId) -> Result<()> {
        exec!(self, "update question_version set served = true where id = $1", id)?;
        Ok(())
    }
}

#[derive(sqlx::FromRow)]
struct VersionColumns {
    id: VersionId,
    question_id: QuestionId,
    number: i64,
    topic_id: TopicId,
    difficulty: Difficulty,
    content: String,
    key: String,
    explanation: String,
    legal_document: String,
    legal_article: String,
    legal_from: Option<Timestamp>,
    legal_until: Option<Timestamp>,
    tags: String,
    status: Status,
    author_id: AccountId,
    reviewer_id: Option<AccountId>,
    revision: i64,
    served: bool,
    changed_at: Timestamp,
}

impl TryFrom<VersionColumns> for StoredVersion {
    type Error = Fault;

    fn try_from(row: VersionColumns) -> Result<Self, Fault> {
        let content: Content = serde_json::from_str(&row.content).map_err(unreadable("content of a question"))?;
        let key = serde_json::from_str(&row.key).map_err(unreadable("key of a question"))?;
        let legal = LegalBasis { document: row.legal_document, article: row.legal_article, from: row.legal_from, until: row.legal_until };
        let tags = row.tags.split(',').filter(|tag| !tag.is_empty()).map(str::to_owned).collect();
        Ok(Self {
            id: row.id,
            question: row.question_id,
            number: row.number,
            status: row.status,
            author: row.author_id,
            reviewer: row.reviewer_id,
            revision: row.revision,
            served: row.served,
            changed_at: row.changed_at,
            writing: Writing { topic: row.topic_id, difficulty: row.difficulty, content, key, explanation: row.explanation, legal, tags },
        })
    }
}

/// The writing as its columns hold it.
struct Columns {
    content: String,
    key: String,
    tags: String,
    kind: Kind,
}

fn columns(writing: &Writing) -> Result<Columns, Fault> {
    Ok(Columns {
        content: serde_json::to_string(&writing.content).map_err(unreadable("content of a question"))?,
        key: serde_json::to_string(&writing.key).map_err(unreadable("key of a question"))?,
        tags: writing.tags.join(","),
        kind: writing.content.kind,
    })
}

fn unreadable(what: &'static str) -> impl Fn(serde_json::Error) -> Fault {
    move |error| Fault::Unreadable(what, Box::new(error))
}
