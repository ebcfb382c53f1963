//! Statements about topics.

use crate::store::{Result, Work};
use domain::{bank::Topic, id::TopicId};

impl Work {
    pub(in crate::bank) async fn add_topic(&mut self, topic: &Topic, position: i64) -> Result<u64> {
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

    pub(in crate::bank) async fn rename_topic(&mut self, id: TopicId, name: &str) -> Result<u64> {
        exec!(self, "update topic set name = $2 where id = $1 and parent_id is not null", id, name)
    }

    pub(in crate::bank) async fn remove_topic(&mut self, id: TopicId) -> Result<u64> {
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
    pub(in crate::bank) async fn questions_by_topic(&mut self) -> Result<Vec<(TopicId, i64)>> {
        list!(self, "select topic_id, cast(count(*) as bigint) from question where status <> 'retired' group by topic_id")
    }
}
