//! News, initiatives, good models, study texts and documents.

mod document;
mod edit;
mod picture;
mod read;
mod store;

pub use document::StudyDocument;
pub use edit::{Article, ArticleEdit};
pub use read::{ArticleLine, ArticlePage, Column, PublishedArticle};
