//! Statements about articles.

use crate::{
    library::Article,
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, ArticleId, ContestId},
    library::{ArticleKind, ArticleText},
};

/// Articles with every column of an [`ArticleRow`].
macro_rules! article_rows {
    ($rest:literal) => {
        concat!(
            "select a.id, a.slug, c.slug as contest, a.kind, a.title, a.summary, a.body, a.unit, a.contact, a.procedure,
                    a.image, a.published_at, a.changed_at, a.revision
             from article a
             left join contest c on c.id = a.contest_id ",
            $rest
        )
    };
}

/// An article as the table has it, with its contest's address.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::library) struct ArticleRow {
    pub id: ArticleId,
    pub slug: String,
    pub contest: Option<String>,
    pub kind: ArticleKind,
    pub title: String,
    pub summary: String,
    pub body: String,
    pub unit: String,
    pub contact: String,
    pub procedure: String,
    pub image: Option<Vec<u8>>,
    pub published_at: Option<Timestamp>,
    pub changed_at: Timestamp,
    pub revision: i64,
}

impl Work {
    pub(in crate::library) async fn articles(&mut self) -> Result<Vec<ArticleRow>> {
        list!(self, article_rows!("order by a.published_at is not null, a.changed_at desc limit 500"))
    }

    pub(in crate::library) async fn article(&mut self, article: ArticleId) -> Result<Option<ArticleRow>> {
        find!(self, article_rows!("where a.id = $1"), article)
    }

    pub(in crate::library) async fn article_called(&mut self, slug: &str) -> Result<Option<ArticleRow>> {
        find!(self, article_rows!("where a.slug = $1"), slug)
    }

    /// The contest at this address, whatever its stage.
    pub(in crate::library) async fn contest_of_article(&mut self, slug: &str) -> Result<Option<ContestId>> {
        let row: Option<(ContestId,)> = find!(self, "select id from contest where slug = $1", slug)?;
        Ok(row.map(|(id,)| id))
    }

    pub(in crate::library) async fn contests_for_articles(&mut self) -> Result<Vec<(String, String)>> {
        list!(self, "select slug, title from contest order by created_at desc")
    }

    /// Adds a draft; an address in use is a duplicate.
    pub(in crate::library) async fn add_article(
        &mut self,
        id: ArticleId,
        text: &ArticleText,
        (contest, image, author): (Option<ContestId>, Option<&[u8]>, AccountId),
        now: Timestamp,
    ) -> Result<()> {
        exec!(
            self,
            "insert into article (id, slug, contest_id, kind, title, summary, body, unit, contact, procedure, image, author_id, changed_at, revision)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)",
            id,
            &text.slug,
            contest,
            text.kind,
            &text.title,
            &text.summary,
            &text.body,
            &text.unit,
            &text.contact,
            &text.procedure,
            image,
            author,
            now,
        )?;
        Ok(())
    }

    /// Changes the article if it still has this revision.
    pub(in crate::library) async fn change_article(
        &mut self,
        (id, revision): (ArticleId, i64),
        text: &ArticleText,
        (contest, image): (Option<ContestId>, Option<&[u8]>),
        now: Timestamp,
    ) -> Result<u64> {
        exec!(
            self,
            "update article
             set slug = $3, contest_id = $4, kind = $5, title = $6, summary = $7, body = $8, unit = $9, contact = $10,
                 procedure = $11, image = $12, changed_at = $13, revision = revision + 1
             where id = $1 and revision = $2",
            id,
            revision,
            &text.slug,
            contest,
            text.kind,
            &text.title,
            &text.summary,
            &text.body,
            &text.unit,
            &text.contact,
            &text.procedure,
            image,
            now,
        )
    }

    /// Publishes a draft; 0 rows: it is published already.
    pub(in crate::library) async fn publish_article(&mut self, id: ArticleId, now: Timestamp) -> Result<u64> {
        self.turn_article((id, true), now).await
    }

    /// Makes a published article a draft again; 0 rows: it is one already.
    pub(in crate::library) async fn unpublish_article(&mut self, id: ArticleId, now: Timestamp) -> Result<u64> {
        self.turn_article((id, false), now).await
    }

    async fn turn_article(&mut self, (id, public): (ArticleId, bool), now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update article
             set published_at = $2, changed_at = $3, revision = revision + 1
             where id = $1 and (published_at is null) = $4",
            id,
            public.then_some(now),
            now,
            public,
        )
    }
}

impl ArticleRow {
    pub(in crate::library) fn article(self) -> Article {
        Article {
            id: self.id,
            text: ArticleText {
                kind: self.kind,
                slug: self.slug,
                title: self.title,
                summary: self.summary,
                body: self.body,
                unit: self.unit,
                contact: self.contact,
                procedure: self.procedure,
            },
            contest: self.contest.unwrap_or_default(),
            picture: self.image,
            published_at: self.published_at,
            changed_at: self.changed_at,
            revision: self.revision,
        }
    }
}
