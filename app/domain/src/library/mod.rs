//! News, initiatives, good models and study texts: what an editor writes.

mod article;

pub use article::{ArticleForm, ArticleKind, ArticleText, slug_of};
