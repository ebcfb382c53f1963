//! How many questions each cell of a blueprint could draw.

use crate::{Result, store::Work};
use domain::{
    Timestamp,
    bank::{Difficulty, Topic},
    id::TopicId,
};

/// Drawable questions by topic and difficulty.
#[derive(Debug, Clone, Default)]
pub struct BankCoverage {
    topics: Vec<Topic>,
    counts: Vec<(TopicId, Difficulty, i64)>,
}

impl BankCoverage {
    /// How many questions of the topic and all below it may be drawn at this difficulty.
    pub fn count(&self, topic: TopicId, difficulty: Difficulty) -> i64 {
        let Some(head) = self.topics.iter().find(|known| known.id == topic) else { return 0 };
        let within = |id: TopicId| self.topics.iter().any(|known| known.id == id && known.is_within(head));
        self.counts.iter().filter(|(id, level, _)| *level == difficulty && within(*id)).map(|(_, _, count)| count).sum()
    }

    /// Every topic, in the order of the tree.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    /// How many questions may be drawn in all.
    pub fn total(&self) -> i64 {
        self.counts.iter().map(|(_, _, count)| count).sum()
    }
}

impl Work {
    /// What the bank could give to a paper drawn at `at`.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn bank_coverage(&mut self, at: Timestamp) -> Result<BankCoverage> {
        Ok(BankCoverage { topics: self.topics().await?, counts: self.drawable_counts(at).await? })
    }
}
