//! Statements about articles and study documents.

use super::{Article, StudyDocument};
use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, ArticleId, ContestId, DocumentId},
    library::{ArticleKind, ArticleText},
};

/// An article as the table has it, with its contest's address.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct ArticleRow {
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

/// A published article in a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct LineRow {
    pub slug: String,
    pub kind: ArticleKind,
    pub title: String,
    pub summary: String,
    pub unit: String,
    pub image: Option<Vec<u8>>,
    pub published_at: Timestamp,
    pub changed_at: Timestamp,
}

impl ArticleRow {
    pub(super) fn article(self) -> Article {
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

impl Work {
    pub(super) async fn articles(&mut self) -> Result<Vec<ArticleRow>> {
        list!(
            self,
            "select a.id, a.slug, c.slug as contest, a.kind, a.title, a.summary, a.body, a.unit, a.contact, a.procedure,
                    a.image, a.published_at, a.changed_at, a.revision
             from article a
             left join contest c on c.id = a.contest_id
             order by a.published_at is not null, a.changed_at desc
             limit 500"
        )
    }

    pub(super) async fn article(&mut self, article: ArticleId) -> Result<Option<ArticleRow>> {
        find!(
            self,
            "select a.id, a.slug, c.slug as contest, a.kind, a.title, a.summary, a.body, a.unit, a.contact, a.procedure,
                    a.image, a.published_at, a.changed_at, a.revision
             from article a
             left join contest c on c.id = a.contest_id
             where a.id = $1",
            article,
        )
    }

    pub(super) async fn article_called(&mut self, slug: &str) -> Result<Option<ArticleRow>> {
        find!(
            self,
            "select a.id, a.slug, c.slug as contest, a.kind, a.title, a.summary, a.body, a.unit, a.contact, a.procedure,
                    a.image, a.published_at, a.changed_at, a.revision
             from article a
             left join contest c on c.id = a.contest_id
             where a.slug = $1",
            slug,
        )
    }

    /// The contest at this address, whatever its stage.
    pub(super) async fn contest_of_article(&mut self, slug: &str) -> Result<Option<ContestId>> {
        let row: Option<(ContestId,)> = find!(self, "select id from contest where slug = $1", slug)?;
        Ok(row.map(|(id,)| id))
    }

    pub(super) async fn contests_for_articles(&mut self) -> Result<Vec<(String, String)>> {
        list!(self, "select slug, title from contest order by created_at desc")
    }

    /// Adds a draft; an address in use is a duplicate.
    pub(super) async fn add_article(
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
    pub(super) async fn change_article(
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

    pub(super) async fn publish_article(&mut self, id: ArticleId, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update article
             set published_at = $2, changed_at = $2, revision = revision + 1
             where id = $1 and published_at is null",
            id,
            now,
        )
    }

    pub(super) async fn unpublish_article(&mut self, id: ArticleId, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update article
             set published_at = null, changed_at = $2, revision = revision + 1
             where id = $1 and published_at is not null",
            id,
            now,
        )
    }

    /// Published articles of these kinds, of one contest or of all.
    pub(super) async fn published(
        &mut self,
        kinds: [ArticleKind; 2],
        contest: Option<ContestId>,
        (from, most): (i64, i64),
    ) -> Result<Vec<LineRow>> {
        let [one, other] = kinds;
        list!(
            self,
            "select slug, kind, title, summary, unit, image, published_at, changed_at
             from article
             where published_at is not null
               and kind in ($1, $2)
               and (contest_id = $3 or $4)
             order by published_at desc, slug
             limit $5 offset $6",
            one,
            other,
            contest,
            contest.is_none(),
            most,
            from,
        )
    }

    pub(super) async fn count_published(&mut self, kinds: [ArticleKind; 2], contest: Option<ContestId>) -> Result<i64> {
        let [one, other] = kinds;
        let (count,): (i64,) = get!(
            self,
            "select cast(count(*) as bigint)
             from article
             where published_at is not null
               and kind in ($1, $2)
               and (contest_id = $3 or $4)",
            one,
            other,
            contest,
            contest.is_none(),
        )?;
        Ok(count)
    }

    pub(super) async fn study_documents(&mut self) -> Result<Vec<StudyDocument>> {
        list!(
            self,
            "select d.id, d.title, d.address, d.file, f.media_type, f.size
             from contest_document d
             left join file_about f on f.hash = d.file
             where d.contest_id is null
             order by d.position, d.id"
        )
    }

    pub(super) async fn add_study_document(&mut self, id: DocumentId, title: &str, (address, file): (&str, Option<&[u8]>)) -> Result<()> {
        exec!(
            self,
            "insert into contest_document (id, contest_id, title, address, file, position)
             select $1, null, $2, $3, $4, coalesce(max(position), 0) + 1
             from contest_document
             where contest_id is null",
            id,
            title,
            address,
            file,
        )?;
        Ok(())
    }

    pub(super) async fn remove_study_document(&mut self, id: DocumentId) -> Result<u64> {
        exec!(self, "delete from contest_document where id = $1 and contest_id is null", id)
    }
}
