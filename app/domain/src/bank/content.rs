//! What a contestant may see of a question, without its key.

use crate::Timestamp;
use serde::{Deserialize, Serialize};

words! {
    /// The form of a question.
    pub enum Kind {
        /// One of several options.
        Single = "single", "Một đáp án đúng";
        /// Several of several options.
        Several = "several", "Nhiều đáp án đúng";
        /// True or false.
        TrueFalse = "true_false", "Đúng/Sai";
        /// Put in order.
        Ordering = "ordering", "Sắp xếp thứ tự";
        /// Match left with right.
        Matching = "matching", "Ghép đôi";
        /// A number.
        Number = "number", "Điền số";
        /// A few words; practice only.
        ShortText = "short_text", "Trả lời ngắn (chỉ dùng ôn luyện)";
    }
}

/// One option, item or left-hand term, in the author's order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Markdown of one line.
    pub text: String,
    /// Stays at its place when the others are shuffled ("Tất cả các đáp án trên").
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub pinned: bool,
}

/// The content of a question version that a contestant may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The form.
    pub kind: Kind,
    /// The stem, Markdown.
    pub text: String,
    /// Options (single, several), items in the right order (ordering), left-hand terms (matching); else empty.
    #[serde(default)]
    pub choices: Vec<Choice>,
    /// Right-hand terms (matching), the i-th belongs to the i-th choice as the author wrote them.
    #[serde(default)]
    pub matches: Vec<String>,
    /// The unit of a number ("%", "ngày làm việc").
    #[serde(default)]
    pub unit: String,
}

/// Where the rule stands that a question asks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalBasis {
    /// The document, with number, date and issuer.
    pub document: String,
    /// Article, clause, point; may be empty.
    #[serde(default)]
    pub article: String,
    /// In force from.
    pub from: Option<Timestamp>,
    /// No longer in force from.
    pub until: Option<Timestamp>,
}
