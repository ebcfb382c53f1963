//! What an author writes: one version of a question with its key, finished or not.

use super::{Choice, Content, Difficulty, Key, Kind, LegalBasis, Quantity};
use crate::id::TopicId;
use serde::{Deserialize, Serialize};

/// Everything of a version that its author decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Writing {
    /// Where it belongs.
    pub topic: TopicId,
    /// How much it asks.
    pub difficulty: Difficulty,
    /// What the contestant sees.
    pub content: Content,
    /// The right answer; none while a draft has none.
    pub key: Option<Key>,
    /// Shown after release, Markdown.
    pub explanation: String,
    /// Where the rule stands.
    pub legal: LegalBasis,
    /// Words to find it by.
    pub tags: Vec<String>,
}

impl Writing {
    /// A blank sheet: single choice with four empty options.
    pub fn blank(topic: TopicId) -> Self {
        let choices = vec![Choice { text: String::new(), pinned: false }; 4];
        Self {
            topic,
            difficulty: Difficulty::Recognise,
            content: Content { kind: Kind::Single, text: String::new(), choices, matches: vec![], unit: String::new() },
            key: None,
            explanation: String::new(),
            legal: LegalBasis { document: String::new(), article: String::new(), from: None, until: None },
            tags: vec![],
        }
    }

    /// Whether the option of this place is marked right.
    pub fn marks(&self, place: usize) -> bool {
        let is_here = |right: &u8| usize::from(*right) == place;
        match &self.key {
            Some(Key::One(right)) => is_here(right),
            Some(Key::Set(rights)) => rights.iter().any(is_here),
            _ => false,
        }
    }
}

impl Key {
    /// The key in words, for people who may read it.
    pub fn words(&self, content: &Content) -> String {
        let option = |place: &u8| content.choices.get(usize::from(*place)).map_or("?", |choice| choice.text.as_str()).to_owned();
        match self {
            Self::One(right) => option(right),
            Self::Set(rights) => rights.iter().map(option).collect::<Vec<_>>().join("; "),
            Self::Truth(true) => "Đúng".to_owned(),
            Self::Truth(false) => "Sai".to_owned(),
            Self::AsWritten if content.kind == Kind::Matching => {
                let pairs = content.choices.iter().zip(&content.matches).map(|(left, right)| format!("{} ↔ {right}", left.text));
                pairs.collect::<Vec<_>>().join("; ")
            }
            Self::AsWritten => content.choices.iter().map(|choice| choice.text.as_str()).collect::<Vec<_>>().join(" → "),
            Self::Number { scaled, decimals, tolerance } => {
                let number = Quantity { scaled: *scaled, decimals: *decimals };
                let margin = Quantity { scaled: *tolerance, decimals: *decimals };
                let unit = if content.unit.is_empty() { String::new() } else { format!(" {}", content.unit) };
                if *tolerance == 0 { format!("{number}{unit}") } else { format!("{number}{unit} (± {margin})") }
            }
            Self::Texts(texts) => texts.join("; "),
        }
    }
}
