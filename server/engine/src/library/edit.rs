//! Writing, publishing and taking back articles.

use super::{picture, store::ArticleRow};
use crate::{Caller, Engine, Result, Stop, notify::Change, random, store::StoreError};
use domain::{
    Refusal, Timestamp,
    id::ArticleId,
    identity::{Action, Deed},
    library::{ArticleForm, ArticleText},
};

/// An article as its editor sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Which.
    pub id: ArticleId,
    /// Its text.
    pub text: ArticleText,
    /// The address of the contest it belongs to; empty: of the whole site.
    pub contest: String,
    /// The leading picture's file.
    pub picture: Option<Vec<u8>>,
    /// When it was published; none: a draft.
    pub published_at: Option<Timestamp>,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// Grows with every change.
    pub revision: i64,
}

/// What an editor sends.
#[derive(Debug, Clone, Default)]
pub struct ArticleEdit<'a> {
    /// The article and the revision that the editor saw; none: a new one.
    pub of: Option<(ArticleId, i64)>,
    /// What was typed.
    pub form: ArticleForm,
    /// The address of the contest it belongs to; empty: of the whole site.
    pub contest: &'a str,
    /// A new leading picture: name and bytes.
    pub picture: Option<(&'a str, &'a [u8])>,
    /// Whether the leading picture is taken away.
    pub without_picture: bool,
}

impl Engine {
    /// Every article, drafts first, then by change.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn articles(&self, caller: &Caller) -> Result<Vec<Article>> {
        caller.must(Action::WriteLibrary)?;
        let rows = self.store.glance().await?.articles().await?;
        Ok(rows.into_iter().map(ArticleRow::article).collect())
    }

    /// The article, to be changed.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] or [`Refusal::NotFound`].
    pub async fn article(&self, caller: &Caller, article: ArticleId) -> Result<Article> {
        caller.must(Action::WriteLibrary)?;
        let row = self.store.glance().await?.article(article).await?;
        Ok(row.map(ArticleRow::article).ok_or(Refusal::NotFound)?)
    }

    /// The contests to which an article may belong: address and title, newest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn contests_for_articles(&self, caller: &Caller) -> Result<Vec<(String, String)>> {
        caller.must(Action::WriteLibrary)?;
        Ok(self.store.glance().await?.contests_for_articles().await?)
    }

    /// Begins an article as a draft, or changes one; a published one stays published.
    ///
    /// # Errors
    /// At every wrong field; [`Refusal::ChangedMeanwhile`] when somebody else changed it since.
    pub async fn write_article(&self, caller: &Caller, edit: &ArticleEdit<'_>) -> Result<ArticleId> {
        caller.must(Action::WriteLibrary)?;
        let now = self.now();
        let text = edit.form.read().map_err(Stop::AtFields)?;
        let mut work = self.store.begin().await?;
        let contest = match edit.contest {
            "" => None,
            slug => Some(work.contest_of_article(slug).await?.ok_or_else(|| Stop::at("contest", Refusal::NotOffered))?),
        };
        let mut picture = match edit.picture {
            Some(upload) => Some(work.keep_file(now, caller, "picture".into(), upload, picture::ACCEPTED).await?),
            None => None,
        };
        let id = match edit.of {
            None => {
                let id = random::id(now);
                work.add_article(id, &text, (contest, picture.as_deref(), caller.account), now).await.map_err(taken)?;
                id
            }
            Some((id, revision)) => {
                let stored = work.article(id).await?.ok_or(Refusal::NotFound)?;
                if stored.published_at.is_some() && stored.slug != text.slug {
                    return Err(Stop::at("slug", Refusal::AddressFixed));
                }
                if picture.is_none() && !edit.without_picture {
                    picture = stored.image;
                }
                let changed = work.change_article((id, revision), &text, (contest, picture.as_deref()), now).await.map_err(taken)?;
                if changed == 0 {
                    return Err(Refusal::ChangedMeanwhile.into());
                }
                id
            }
        };
        let detail = serde_json::json!({ "slug": text.slug, "kind": text.kind }).to_string();
        work.note(now, caller, Deed::EditArticle, &id.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Library);
        Ok(id)
    }

    /// Publishes a draft: from now on everybody reads it.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when it is public, [`Refusal::NotFound`].
    pub async fn publish_article(&self, caller: &Caller, article: ArticleId) -> Result<()> {
        self.set_article_public(caller, article, true).await
    }

    /// Takes a published article back: it is a draft again.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when it is a draft, [`Refusal::NotFound`].
    pub async fn unpublish_article(&self, caller: &Caller, article: ArticleId) -> Result<()> {
        self.set_article_public(caller, article, false).await
    }

    async fn set_article_public(&self, caller: &Caller, article: ArticleId, public: bool) -> Result<()> {
        caller.must(Action::WriteLibrary)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        work.article(article).await?.ok_or(Refusal::NotFound)?;
        let moved = if public { work.publish_article(article, now).await? } else { work.unpublish_article(article, now).await? };
        if moved == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        let detail = if public { r#"{"public":true}"# } else { r#"{"public":false}"# };
        work.note(now, caller, Deed::PublishArticle, &article.to_string(), detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Library);
        Ok(())
    }
}

fn taken(error: StoreError) -> Stop {
    match error {
        StoreError::Duplicate => Stop::at("slug", Refusal::Taken),
        failed @ StoreError::Driver(_) => failed.into(),
    }
}
