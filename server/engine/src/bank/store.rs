//! Statements about topics, questions and their versions.

use super::{
    VersionRow,
    find::{Found, QuestionFilter},
};
use crate::{
    Fault,
    store::{Result, Work},
};
use domain::{
    Timestamp,
    bank::{Content, Difficulty, Kind, LegalBasis, Status, Step, Topic, Writing},
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

fn unreadable(what: &'static str) -> impl Fn(serde_json::Error) -> Fault {
    move |error| Fault::Unreadable(what, Box::new(error))
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

impl Work {
    pub(super) async fn add_topic(&mut self, topic: &Topic, position: i64) -> Result<u64> {
        exec!(
            self,
            "insert into topic (id, code, name, parent_id, position)
             values ($1, $2, $3, $4, $5)
             on conflict (code) do nothing",
            topic.id,
            &topic.code,
            &topic.name,
            topic.parent,
            position,
        )
    }

    /// Every topic, in the order of the tree.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn topics(&mut self) -> Result<Vec<Topic>> {
        let rows: Vec<(TopicId, String, String, Option<TopicId>)> = list!(self, "select id, code, name, parent_id from topic")?;
        let topics = rows.into_iter().map(|(id, code, name, parent)| Topic { id, code, name, parent });
        Ok(domain::bank::topic::in_order(topics.collect()))
    }

    pub(super) async fn rename_topic(&mut self, id: TopicId, name: &str) -> Result<u64> {
        exec!(self, "update topic set name = $2 where id = $1 and parent_id is not null", id, name)
    }

    pub(super) async fn remove_topic(&mut self, id: TopicId) -> Result<u64> {
        exec!(
            self,
            "delete from topic
             where id = $1
               and parent_id is not null
               and not exists (select 1 from topic below where below.parent_id = topic.id)
               and not exists (select 1 from question_version v where v.topic_id = topic.id)",
            id,
        )
    }

    /// How many questions stand in each topic, by their newest version.
    pub(super) async fn questions_by_topic(&mut self) -> Result<Vec<(TopicId, i64)>> {
        list!(self, "select topic_id, cast(count(*) as bigint) from question where status <> 'retired' group by topic_id")
    }

    pub(super) async fn add_question(&mut self, question: &QuestionRow, version: &StoredVersion, folded: &str) -> Result<()> {
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

    pub(super) async fn add_version(&mut self, version: &StoredVersion) -> crate::Result<()> {
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
    pub(super) async fn write_version(&mut self, now: Timestamp, id: VersionId, revision: i64, writing: &Writing) -> crate::Result<u64> {
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
    pub(super) async fn move_version(
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

    /// Keeps what the list of questions shows of the newest version.
    pub(super) async fn sum_up_question(&mut self, version: &StoredVersion, approved: Option<VersionId>, folded: &str) -> Result<u64> {
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

    pub(super) async fn question(&mut self, id: QuestionId) -> Result<Option<QuestionRow>> {
        find!(self, "select id, code, newest_id, approved_id from question where id = $1", id)
    }

    pub(super) async fn question_by_code(&mut self, code: &str) -> Result<Option<(QuestionId,)>> {
        find!(self, "select id from question where code = $1", code)
    }

    pub(super) async fn stored_version(&mut self, id: VersionId) -> crate::Result<Option<StoredVersion>> {
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

    /// A version that may be drawn, marked and explained.
    ///
    /// # Errors
    /// When there is none, or it is a draft without a key: nobody may have drawn it.
    pub async fn version(&mut self, id: VersionId) -> crate::Result<VersionRow> {
        let stored = self.stored_version(id).await?.ok_or(Fault::Broken("a version of a question is gone"))?;
        Ok(VersionRow::try_from(stored)?)
    }

    /// Marks a version as served: it never changes again.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn mark_served(&mut self, id: VersionId) -> Result<()> {
        exec!(self, "update question_version set served = true where id = $1", id)?;
        Ok(())
    }

    /// What a paper may draw from a topic and all below it: approved, not for practice only, its legal basis in force at `at`.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn drawable(&mut self, topic: TopicId, difficulty: Difficulty, at: Timestamp) -> Result<Vec<(QuestionId, VersionId)>> {
        list!(
            self,
            "select q.id, v.id
             from topic head
             join topic t on t.id = head.id or t.code like head.code || '.%'
             join question_version v on v.topic_id = t.id
             join question q on q.approved_id = v.id
             where head.id = $1
               and v.difficulty = $2
               and v.kind <> 'short_text'
               and (v.legal_from is null or v.legal_from <= $3)
               and (v.legal_until is null or v.legal_until > $3)
             order by q.id",
            topic,
            difficulty,
            at,
        )
    }

    /// How many questions of each topic itself and difficulty may be drawn at `at`.
    pub(super) async fn drawable_counts(&mut self, at: Timestamp) -> Result<Vec<(TopicId, Difficulty, i64)>> {
        list!(
            self,
            "select v.topic_id, v.difficulty, cast(count(*) as bigint)
             from question q
             join question_version v on v.id = q.approved_id
             where v.kind <> 'short_text'
               and (v.legal_from is null or v.legal_from <= $1)
               and (v.legal_until is null or v.legal_until > $1)
             group by v.topic_id, v.difficulty",
            at,
        )
    }

    pub(super) async fn versions_of(&mut self, question: QuestionId) -> Result<Vec<(VersionId,)>> {
        list!(self, "select id from question_version where question_id = $1 order by number desc", question)
    }

    /// Everybody who wrote a version of the question.
    pub(super) async fn authors_of(&mut self, question: QuestionId) -> Result<Vec<AccountId>> {
        let rows: Vec<(AccountId,)> = list!(self, "select distinct author_id from question_version where question_id = $1", question)?;
        Ok(rows.into_iter().map(|(account,)| account).collect())
    }

    /// Everybody who approved or returned a version of the question.
    pub(super) async fn reviewers_of(&mut self, question: QuestionId) -> Result<Vec<AccountId>> {
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

    pub(super) async fn add_event(
        &mut self,
        at: (domain::id::NoteId, Timestamp),
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

    pub(super) async fn events_of(&mut self, question: QuestionId) -> Result<Vec<EventRow>> {
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

    pub(super) async fn found(&mut self, filter: &QuestionFilter, words: Option<&str>, page: (i64, i64)) -> Result<Vec<Found>> {
        list!(
            self,
            "select q.id, q.code, q.difficulty, q.status, q.changed_at, q.approved_id is not null as drawable,
                    v.id as version_id, v.number, v.kind, v.content, v.legal_document, v.legal_until, t.code as topic_code, t.name as topic_name,
                    a.full_name as author
             from question q
             join question_version v on v.id = q.newest_id
             join topic t on t.id = q.topic_id
             join account a on a.id = v.author_id
             where ($1 is null or exists (select 1 from topic h where h.id = $1 and (t.id = h.id or t.code like h.code || '.%')))
               and ($2 is null or q.difficulty = $2)
               and ($3 is null or q.status = $3)
               and ($4 is null or v.legal_document = $4)
               and ($5 is null or q.folded like $5 escape '!')
               and ($6 is null or v.author_id = $6)
               and ($7 is null or v.kind = $7)
               and ($8 is null or v.legal_until <= $8)
             order by q.changed_at desc, q.id desc
             limit $9 offset $10",
            filter.topic,
            filter.difficulty,
            filter.status,
            filter.document.as_deref(),
            words,
            filter.author,
            filter.kind,
            filter.expired_at,
            page.0,
            page.1,
        )
    }

    pub(super) async fn count_found(&mut self, filter: &QuestionFilter, words: Option<&str>) -> Result<i64> {
        let (count,): (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from question q
             join question_version v on v.id = q.newest_id
             join topic t on t.id = q.topic_id
             where ($1 is null or exists (select 1 from topic h where h.id = $1 and (t.id = h.id or t.code like h.code || '.%')))
               and ($2 is null or q.difficulty = $2)
               and ($3 is null or q.status = $3)
               and ($4 is null or v.legal_document = $4)
               and ($5 is null or q.folded like $5 escape '!')
               and ($6 is null or v.author_id = $6)
               and ($7 is null or v.kind = $7)
               and ($8 is null or v.legal_until <= $8)",
            filter.topic,
            filter.difficulty,
            filter.status,
            filter.document.as_deref(),
            words,
            filter.author,
            filter.kind,
            filter.expired_at,
        )?;
        Ok(count)
    }

    /// Every document that a newest version cites.
    pub(super) async fn legal_documents(&mut self) -> Result<Vec<(String,)>> {
        list!(
            self,
            "select distinct v.legal_document
             from question q
             join question_version v on v.id = q.newest_id
             where v.legal_document <> ''
             order by v.legal_document",
        )
    }

    /// Everybody who writes a newest version.
    pub(super) async fn question_authors(&mut self) -> Result<Vec<(AccountId, String)>> {
        list!(
            self,
            "select a.id, a.full_name
             from account a
             where a.id in (select v.author_id from question q join question_version v on v.id = q.newest_id)
             order by a.sort_key",
        )
    }

    /// How many questions stand at each status.
    pub(super) async fn questions_by_status(&mut self) -> Result<Vec<(Status, i64)>> {
        list!(self, "select status, cast(count(*) as bigint) from question group by status")
    }
}
