//! News, initiatives, good models, study texts and documents.

mod document;
mod edit;
mod picture;
mod qr;
mod read;
mod store;

pub use document::StudyDocument;
pub use edit::{Article, ArticleEdit};
pub use qr::{Qr, qr};
pub use read::{ArticleLine, ArticlePage, Column, PublishedArticle};
