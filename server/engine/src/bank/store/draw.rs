//! Statements about what a paper may draw.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    bank::Difficulty,
    id::{QuestionId, TopicId, VersionId},
};

/// Questions that a paper may draw at `$1`: approved, not for practice only, their legal basis in force.
macro_rules! drawable {
    ($columns:literal, $rest:literal) => {
        concat!(
            "select ",
            $columns,
            " from question q
              join question_version v on v.id = q.approved_id
              join topic t on t.id = v.topic_id
              where v.kind <> 'short_text'
                and (v.legal_from is null or v.legal_from <= $1)
                and (v.legal_until is null or v.legal_until > $1) ",
            $rest
        )
    };
}

impl Work {
    /// What a paper may draw from a topic and all below it: approved, not for practice only, its legal basis in force at `at`.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn drawable(&mut self, topic: TopicId, difficulty: Difficulty, at: Timestamp) -> Result<Vec<(QuestionId, VersionId)>> {
        list!(
            self,
            drawable!(
                "q.id, v.id",
                "and v.difficulty = $2
                 and exists (select 1 from topic h where h.id = $3 and (t.id = h.id or t.code like h.code || '.%'))
                 order by q.id"
            ),
            at,
            difficulty,
            topic,
        )
    }

    /// How many questions of each topic itself and difficulty may be drawn at `at`.
    pub(in crate::bank) async fn drawable_counts(&mut self, at: Timestamp) -> Result<Vec<(TopicId, Difficulty, i64)>> {
        list!(self, drawable!("v.topic_id, v.difficulty, cast(count(*) as bigint)", "group by v.topic_id, v.difficulty"), at)
    }
}
