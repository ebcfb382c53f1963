//! Finding questions: by topic and all below it, level, status, legal basis, words without marks, author.

use crate::{Caller, Engine, Result, markdown};
use domain::{
    Timestamp,
    bank::{Content, Difficulty, Kind, Status},
    id::{AccountId, QuestionId, TopicId, VersionId},
    identity::Action,
    vietnamese,
};

/// Questions on one page.
const PER_PAGE: i64 = 30;

/// What is looked for; what is none does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionFilter {
    /// In this topic or below it.
    pub topic: Option<TopicId>,
    /// Of this difficulty.
    pub difficulty: Option<Difficulty>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Whose newest version stands there.
    pub status: Option<Status>,
    /// Citing this document.
    pub document: Option<String>,
    /// Whose legal basis is no longer in force at this moment.
    pub expired_at: Option<Timestamp>,
    /// With these words, in any case and without marks too.
    pub words: String,
    /// Written by.
    pub author: Option<AccountId>,
    /// Which page, from 1.
    pub page: i64,
}

/// A question in the list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Found {
    /// Which.
    pub id: QuestionId,
    /// The code that people say.
    pub code: String,
    /// How much it asks.
    pub difficulty: Difficulty,
    /// Where the newest version stands.
    pub status: Status,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// Whether some version of it may be drawn.
    pub drawable: bool,
    /// The newest version.
    pub version_id: VersionId,
    /// Its number.
    pub number: i64,
    /// Its kind.
    pub kind: Kind,
    /// Its content as stored; see [`Found::text`].
    content: String,
    /// Its legal basis.
    pub legal_document: String,
    /// When that ends.
    pub legal_until: Option<Timestamp>,
    /// The code of its topic.
    pub topic_code: String,
    /// The name of its topic.
    pub topic_name: String,
    /// Who wrote it.
    pub author: String,
}

impl Found {
    /// The words of the question without marks of Markdown.
    pub fn text(&self) -> String {
        serde_json::from_str::<Content>(&self.content).map(|content| markdown::plain(&content.text)).unwrap_or_default()
    }
}

/// One page of the list.
#[derive(Debug, Clone)]
pub struct FoundPage {
    /// The questions, last changed first.
    pub questions: Vec<Found>,
    /// How many there are on all pages.
    pub total: i64,
    /// Which page it is, from 1.
    pub page: i64,
    /// How many pages there are.
    pub pages: i64,
    /// How many questions of the whole bank stand at each status.
    pub by_status: Vec<(Status, i64)>,
}

/// The words as a pattern of `like … escape '!'`.
fn pattern(words: &str) -> Option<String> {
    let folded = vietnamese::fold(words).replace('!', "!!").replace('%', "!%").replace('_', "!_");
    (!folded.is_empty()).then(|| format!("%{folded}%"))
}

impl Engine {
    /// One page of the questions that match.
    ///
    /// # Errors
    /// [`domain::Refusal::NotAllowed`] to whoever may not read the bank.
    pub async fn find_questions(&self, caller: &Caller, filter: &QuestionFilter) -> Result<FoundPage> {
        caller.must(Action::ReadBank)?;
        let words = pattern(&filter.words);
        let mut work = self.store.read().await?;
        let total = work.count_found(filter, words.as_deref()).await?;
        let pages = ((total + PER_PAGE - 1) / PER_PAGE).max(1);
        let page = filter.page.clamp(1, pages);
        let questions = work.found(filter, words.as_deref(), (PER_PAGE, (page - 1) * PER_PAGE)).await?;
        let mut by_status = work.questions_by_status().await?;
        by_status.sort_by_key(|(status, _)| *status);
        Ok(FoundPage { questions, total, page, pages, by_status })
    }

    /// What waits for this reviewer: versions in review that others wrote, the longest waiting last changed first.
    ///
    /// # Errors
    /// [`domain::Refusal::NotAllowed`] to whoever is no reviewer.
    pub async fn review_queue(&self, caller: &Caller, page: i64) -> Result<FoundPage> {
        caller.must(Action::ReviewQuestion)?;
        self.find_questions(caller, &QuestionFilter { status: Some(Status::InReview), page, ..QuestionFilter::default() }).await
    }

    /// The documents and authors that the list can be filtered by.
    ///
    /// # Errors
    /// [`domain::Refusal::NotAllowed`] to whoever may not read the bank.
    pub async fn question_facets(&self, caller: &Caller) -> Result<(Vec<String>, Vec<(AccountId, String)>)> {
        caller.must(Action::ReadBank)?;
        let mut work = self.store.read().await?;
        let documents = work.legal_documents().await?.into_iter().map(|(document,)| document).collect();
        Ok((documents, work.question_authors().await?))
    }
}
