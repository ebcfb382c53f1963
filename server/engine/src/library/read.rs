//! What everybody reads: published articles by column, by contest, one by one.

use super::store::{ArticleRow, LineRow};
use crate::{Engine, Result, SafeHtml, markdown};
use domain::{Refusal, Timestamp, id::ContestId, library::ArticleKind};

/// How many articles stand on one page of a list.
const A_PAGE: i64 = 12;

/// A list of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// News and initiatives of the whole site.
    News,
    /// One kind.
    Of(ArticleKind),
    /// News and initiatives of one contest.
    Contest(ContestId),
}

/// An article in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleLine {
    /// Its address.
    pub slug: String,
    /// Its column.
    pub kind: ArticleKind,
    /// Its title.
    pub title: String,
    /// One or two sentences.
    pub summary: String,
    /// Whose initiative or model it is; empty for news.
    pub unit: String,
    /// The leading picture's file.
    pub picture: Option<Vec<u8>>,
    /// When it was published.
    pub published_at: Timestamp,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticlePage {
    /// The articles, newest first.
    pub lines: Vec<ArticleLine>,
    /// This page, from 1.
    pub page: u32,
    /// The last page.
    pub last: u32,
}

/// A published article.
#[derive(Debug, Clone)]
pub struct PublishedArticle {
    /// As it stands in lists.
    pub line: ArticleLine,
    /// Its text, sanitised.
    pub body: SafeHtml,
    /// Whom to ask; may be empty.
    pub contact: String,
    /// The procedure concerned; may be empty.
    pub procedure: String,
    /// The address of the contest it belongs to; empty: of the whole site.
    pub contest: String,
}

impl Engine {
    /// One page of published articles, newest first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn published_articles(&self, column: Column, page: u32) -> Result<ArticlePage> {
        let page = page.max(1);
        let from = i64::from(page - 1) * A_PAGE;
        let (kinds, contest) = match column {
            Column::News => ([ArticleKind::News, ArticleKind::Initiative], None),
            Column::Of(kind) => ([kind, kind], None),
            Column::Contest(contest) => ([ArticleKind::News, ArticleKind::Initiative], Some(contest)),
        };
        let mut work = self.store.read().await?;
        let count = work.count_published(kinds, contest).await?;
        let rows = work.published(kinds, contest, (from, A_PAGE)).await?;
        let last = u32::try_from(count.div_euclid(A_PAGE) + i64::from(count % A_PAGE > 0)).unwrap_or(u32::MAX).max(1);
        Ok(ArticlePage { lines: rows.into_iter().map(LineRow::line).collect(), page, last })
    }

    /// The published article at this address.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none, or it is a draft.
    pub async fn published_article(&self, slug: &str) -> Result<PublishedArticle> {
        let row = self.store.glance().await?.article_called(slug).await?.ok_or(Refusal::NotFound)?;
        let published_at = row.published_at.ok_or(Refusal::NotFound)?;
        Ok(row.shown(published_at))
    }
}

impl ArticleRow {
    fn shown(self, published_at: Timestamp) -> PublishedArticle {
        PublishedArticle {
            body: markdown::render(&self.body),
            line: ArticleLine {
                slug: self.slug,
                kind: self.kind,
                title: self.title,
                summary: self.summary,
                unit: self.unit,
                picture: self.image,
                published_at,
                changed_at: self.changed_at,
            },
            contact: self.contact,
            procedure: self.procedure,
            contest: self.contest.unwrap_or_default(),
        }
    }
}

impl LineRow {
    fn line(self) -> ArticleLine {
        ArticleLine {
            slug: self.slug,
            kind: self.kind,
            title: self.title,
            summary: self.summary,
            unit: self.unit,
            picture: self.image,
            published_at: self.published_at,
            changed_at: self.changed_at,
        }
    }
}
