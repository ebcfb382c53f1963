//! One question as the editor, the reviewer and the history see it.

use super::{EventRow, StoredVersion};
use crate::{Caller, Engine, Result};
use domain::{
    Refusal,
    bank::{Change, Step, Topic, changes, life},
    id::{QuestionId, TopicId, VersionId},
    identity::Action,
};

/// A question with its newest version and what may be done to it.
#[derive(Debug, Clone)]
pub struct QuestionPage {
    /// The code that people say.
    pub code: String,
    /// The newest version.
    pub newest: StoredVersion,
    /// The version that may be drawn.
    pub approved: Option<VersionId>,
    /// Every topic, in the order of the tree.
    pub topics: Vec<Topic>,
    /// The latest comment of a reviewer on the newest version, with who wrote it.
    pub comment: Option<EventRow>,
    /// Who wrote the newest version.
    pub author_name: String,
    /// The steps that the caller may take now.
    pub steps: Vec<Step>,
    /// Whether the caller may write on it now.
    pub writable: bool,
}

/// A version in the history with what changed since the one before.
#[derive(Debug, Clone)]
pub struct VersionSeen {
    /// The version.
    pub version: StoredVersion,
    /// What changed; nothing for the first.
    pub changes: Vec<Change>,
    /// What happened to it, newest first.
    pub events: Vec<EventRow>,
}

fn topic_name(topics: &[Topic], id: TopicId) -> String {
    topics.iter().find(|topic| topic.id == id).map(Topic::label).unwrap_or_default()
}

impl Engine {
    /// The newest version of a question, with key, for whoever may read the bank.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn question_page(&self, caller: &Caller, question: QuestionId) -> Result<QuestionPage> {
        caller.must(Action::ReadBank)?;
        let mut work = self.store.read().await?;
        let (row, newest) = work.newest_version(question).await?;
        let events = work.events_of(question).await?;
        let (authors, reviewers) = (work.authors_of(question).await?, work.reviewers_of(question).await?);
        let owns = newest.author == caller.account && caller.may(Action::WriteQuestion);
        let allowed = |step: &Step| {
            newest.status.after(*step).is_ok()
                && match step {
                    Step::Draft => false,
                    Step::Submit | Step::TakeBack => owns,
                    Step::Approve | Step::Return => {
                        caller.may(Action::ReviewQuestion) && life::may_review(caller.account, &authors).is_ok()
                    }
                    Step::Retire => owns || caller.may(Action::ReviewQuestion),
                    Step::Renew => caller.may(Action::WriteQuestion) && life::may_renew(caller.account, &reviewers).is_ok(),
                }
        };
        let begun = |event: &&EventRow| event.version_id == newest.id && matches!(event.what, Step::Draft | Step::Renew);
        Ok(QuestionPage {
            steps: Step::ALL.iter().copied().filter(allowed).collect(),
            writable: owns && newest.status.may_be_written(newest.served).is_ok(),
            author_name: events.iter().find(begun).map(|event| event.full_name.clone()).unwrap_or_default(),
            comment: events.iter().find(|event| event.version_id == newest.id && !event.comment.is_empty()).cloned(),
            code: row.code,
            approved: row.approved_id,
            topics: work.topics().await?,
            newest,
        })
    }

    /// Every version of a question, newest first, with what happened to it and what changed since the one before.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`].
    pub async fn history(&self, caller: &Caller, question: QuestionId) -> Result<Vec<VersionSeen>> {
        caller.must(Action::ReadBank)?;
        let mut work = self.store.read().await?;
        work.question(question).await?.ok_or(Refusal::NotFound)?;
        let topics = work.topics().await?;
        let events = work.events_of(question).await?;
        let mut versions = vec![];
        for (id,) in work.versions_of(question).await? {
            versions.extend(work.stored_version(id).await?);
        }
        let since = |at: usize, version: &StoredVersion| match versions.get(at + 1) {
            Some(before) => {
                let names = (topic_name(&topics, before.writing.topic), topic_name(&topics, version.writing.topic));
                changes(&before.writing, &version.writing, (&names.0, &names.1))
            }
            None => vec![],
        };
        let seen = |(at, version): (usize, &StoredVersion)| VersionSeen {
            version: version.clone(),
            changes: since(at, version),
            events: events.iter().filter(|event| event.version_id == version.id).cloned().collect(),
        };
        Ok(versions.iter().enumerate().map(seen).collect())
    }
}
