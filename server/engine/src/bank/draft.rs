//! Writing: beginning a question and saving its draft.

use super::store::{QuestionRow, StoredVersion};
use crate::{Caller, Engine, Result, Stop, fault::accept, markdown, random, store::Work};
use domain::{
    Refusal, Timestamp,
    bank::{Status, Step, Writing},
    id::{AccountId, QuestionId},
    identity::{Action, Deed},
    vietnamese,
};

/// What an author learns after a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The revision that the next save must name.
    pub revision: i64,
    /// When it was kept.
    pub at: Timestamp,
}

/// How long the random part of a question's code is.
const CODE_LENGTH: usize = 6;

/// What a search among questions compares: code, text, options, legal basis and tags without marks.
pub(super) fn folded(code: &str, writing: &Writing) -> String {
    let content = &writing.content;
    let mut words = vec![code.to_owned(), markdown::plain(&content.text)];
    words.extend(content.choices.iter().map(|choice| markdown::plain(&choice.text)));
    words.extend(content.matches.iter().map(|text| markdown::plain(text)));
    words.extend([writing.legal.document.clone(), writing.legal.article.clone(), writing.tags.join(" ")]);
    vietnamese::fold(&words.join(" "))
}

impl Engine {
    /// Begins a question with its first draft.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever is no author; at fields: texts that are too long, an unknown topic.
    pub async fn draft_question(&self, caller: &Caller, writing: &Writing) -> Result<QuestionId> {
        caller.must(Action::WriteQuestion)?;
        accept(writing.check_draft())?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        work.must_know_topic(writing).await?;
        let code = format!("CH-{}", random::code(CODE_LENGTH));
        let version = work.begin_question(now, caller, &code, writing).await?;
        work.commit().await?;
        Ok(version.question)
    }

    /// Saves the open draft of a question, if nobody saved it since `revision`; by hand or by autosave.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to anybody but its author; [`Refusal::ChangedMeanwhile`]; [`Refusal::VersionServed`] or
    /// [`Refusal::WrongOrder`] when it is no open draft; at fields: texts that are too long, an unknown topic.
    pub async fn save_draft(&self, caller: &Caller, question: QuestionId, revision: i64, writing: &Writing) -> Result<Saved> {
        caller.must(Action::WriteQuestion)?;
        accept(writing.check_draft())?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let (row, mut version) = work.newest_version(question).await?;
        must_own(caller.account, &version)?;
        version.status.may_be_written(version.served)?;
        if version.revision != revision {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        if version.writing == *writing {
            return Ok(Saved { revision, at: now });
        }
        work.must_know_topic(writing).await?;
        if work.write_version(now, version.id, revision, writing).await? == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        version.writing = writing.clone();
        version.changed_at = now;
        work.sum_up_question(&version, row.approved_id, &folded(&row.code, writing)).await?;
        let detail = format!(r#"{{"version":{},"revision":{}}}"#, version.number, revision + 1);
        work.note(now, caller, Deed::SaveQuestion, &question.to_string(), &detail).await?;
        work.commit().await?;
        Ok(Saved { revision: revision + 1, at: now })
    }
}

/// Refuses anybody but the version's author.
pub(super) fn must_own(caller: AccountId, version: &StoredVersion) -> Result<()> {
    if version.author == caller { Ok(()) } else { Err(Refusal::NotAllowed.into()) }
}

impl Work {
    /// The question and its newest version.
    pub(super) async fn newest_version(&mut self, question: QuestionId) -> Result<(QuestionRow, StoredVersion)> {
        let row = self.question(question).await?.ok_or(Refusal::NotFound)?;
        let version = self.stored_version(row.newest_id).await?.ok_or(Refusal::NotFound)?;
        Ok((row, version))
    }

    pub(super) async fn must_know_topic(&mut self, writing: &Writing) -> Result<()> {
        let known = self.topics().await?.iter().any(|topic| topic.id == writing.topic);
        if known { Ok(()) } else { Err(Stop::at("topic", Refusal::NotOffered)) }
    }

    /// Adds a question with its first draft, its event and its note.
    pub(super) async fn begin_question(&mut self, now: Timestamp, author: &Caller, code: &str, writing: &Writing) -> Result<StoredVersion> {
        let version = StoredVersion {
            id: random::id(now),
            question: random::id(now),
            number: 1,
            status: Status::Draft,
            author: author.account,
            reviewer: None,
            revision: 1,
            served: false,
            changed_at: now,
            writing: writing.clone(),
        };
        let row = QuestionRow { id: version.question, code: code.to_owned(), newest_id: version.id, approved_id: None };
        self.add_question(&row, &version, &folded(code, writing)).await?;
        self.add_version(&version).await?;
        self.add_event((random::id(now), now), &version, author.account, (Step::Draft, "")).await?;
        let detail = format!(r#"{{"code":"{code}"}}"#);
        self.note(now, author, Deed::DraftQuestion, &version.question.to_string(), &detail).await?;
        Ok(version)
    }
}
