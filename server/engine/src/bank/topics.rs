//! The tree of topics: its heads are the plan's, its branches are edited.

use crate::fault::accept;
use crate::{Caller, Engine, Result, random};
use domain::{
    Refusal,
    bank::topic::{self, Topic},
    id::TopicId,
    identity::{Action, Deed},
    vietnamese,
};

/// A topic with how many questions stand in it and below it.
#[derive(Debug, Clone)]
pub struct TopicCount {
    /// The topic.
    pub topic: Topic,
    /// Questions that are not retired, here and below.
    pub questions: i64,
}

impl Engine {
    /// Plants the seven heads of the plan in a fresh installation.
    ///
    /// # Errors
    /// When the store fails.
    pub(crate) async fn plant_topics(&self) -> Result<()> {
        let now = self.now();
        if !self.store.glance().await?.topics().await?.is_empty() {
            return Ok(());
        }
        let mut work = self.store.begin().await?;
        for (position, (code, name)) in (1..).zip(topic::HEADS) {
            let head = Topic { id: random::id(now), code: code.to_owned(), name: name.to_owned(), parent: None };
            work.add_topic(&head, position).await?;
        }
        Ok(work.commit().await?)
    }

    /// Every topic in the order of the tree; their names are no secret.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn topics(&self) -> Result<Vec<Topic>> {
        Ok(self.store.glance().await?.topics().await?)
    }

    /// Every topic with its questions counted.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever may not read the bank.
    pub async fn topic_counts(&self, caller: &Caller) -> Result<Vec<TopicCount>> {
        caller.must(Action::ReadBank)?;
        let mut work = self.store.read().await?;
        let topics = work.topics().await?;
        let counts = work.questions_by_topic().await?;
        let own = |topic: &Topic| counts.iter().find(|(id, _)| *id == topic.id).map_or(0, |(_, count)| *count);
        let count = |topic: &Topic| topics.iter().filter(|below| below.is_within(topic)).map(own).sum();
        Ok(topics.iter().map(|topic| TopicCount { topic: topic.clone(), questions: count(topic) }).collect())
    }

    /// Adds a topic below another.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever neither writes nor reviews questions; at `parent`: [`Refusal::NotOffered`],
    /// [`Refusal::OutOfRange`]; at `name`: [`Refusal::Required`], [`Refusal::TooLong`], [`Refusal::Taken`].
    pub async fn add_topic(&self, caller: &Caller, parent: TopicId, name: &str) -> Result<TopicId> {
        must_edit(caller)?;
        let name = vietnamese::tidy(name);
        let now = self.now();
        let mut work = self.store.begin().await?;
        let topics = work.topics().await?;
        let parent = topics.iter().find(|topic| topic.id == parent).ok_or(crate::Stop::at("parent", Refusal::NotOffered))?;
        accept(topic::check_name(&name, &below(&topics, parent.id)))?;
        let code = topic::next_code(parent, &topics).map_err(|refusal| crate::Stop::at("parent", refusal))?;
        let position = i64::try_from(topics.len()).unwrap_or(i64::MAX);
        let added = Topic { id: random::id(now), code, name, parent: Some(parent.id) };
        if work.add_topic(&added, position).await? == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        work.note(now, caller, Deed::EditTopic, &added.id.to_string(), r#"{"added":true}"#).await?;
        work.commit().await?;
        Ok(added.id)
    }

    /// Gives a topic below a head another name; the heads are the plan's.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], also for a head; [`Refusal::NotFound`]; at `name` as [`Engine::add_topic`].
    pub async fn rename_topic(&self, caller: &Caller, id: TopicId, name: &str) -> Result<()> {
        must_edit(caller)?;
        let name = vietnamese::tidy(name);
        let now = self.now();
        let mut work = self.store.begin().await?;
        let topics = work.topics().await?;
        let (topic, parent) = branch(&topics, id)?;
        let siblings: Vec<&Topic> = below(&topics, parent).into_iter().filter(|sibling| sibling.id != topic.id).collect();
        accept(topic::check_name(&name, &siblings))?;
        work.rename_topic(id, &name).await?;
        work.note(now, caller, Deed::EditTopic, &id.to_string(), r#"{"renamed":true}"#).await?;
        Ok(work.commit().await?)
    }

    /// Removes a topic that no question ever stood in.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], also for a head; [`Refusal::NotFound`]; [`Refusal::TopicInUse`].
    pub async fn remove_topic(&self, caller: &Caller, id: TopicId) -> Result<()> {
        must_edit(caller)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let topics = work.topics().await?;
        branch(&topics, id)?;
        if work.remove_topic(id).await? == 0 {
            return Err(Refusal::TopicInUse.into());
        }
        work.note(now, caller, Deed::EditTopic, &id.to_string(), r#"{"removed":true}"#).await?;
        Ok(work.commit().await?)
    }
}

fn must_edit(caller: &Caller) -> Result<()> {
    caller.must(Action::WriteQuestion).or_else(|_| caller.must(Action::ReviewQuestion)).map_err(Into::into)
}

/// A topic that is no head, with the one above it.
fn branch(topics: &[Topic], id: TopicId) -> Result<(&Topic, TopicId)> {
    let topic = topics.iter().find(|topic| topic.id == id).ok_or(Refusal::NotFound)?;
    Ok((topic, topic.parent.ok_or(Refusal::NotAllowed)?))
}

fn below(topics: &[Topic], parent: TopicId) -> Vec<&Topic> {
    topics.iter().filter(|topic| topic.parent == Some(parent)).collect()
}
