//! Statements about articles and study documents: one file per noun.

mod article;
mod document;
mod published;

pub(super) use article::ArticleRow;
pub(super) use published::LineRow;
