//! The guide of a contest (Hướng dẫn, Hỏi đáp): what editors write beside its study documents.

use super::store::ContestRow;
use crate::{Caller, Engine, Result, Stop, notify::Change};
use domain::{
    Refusal,
    contest::{ContestStage, GuideForm},
    id::ContestId,
    identity::{Action, Deed},
};

/// What editors see of a contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// Of which contest.
    pub contest: ContestId,
    /// The contest's address.
    pub slug: String,
    /// The contest's title.
    pub title: String,
    /// Where the contest stands, as decided.
    pub stage: ContestStage,
    /// The texts.
    pub texts: GuideForm,
    /// Grows with every change of the contest.
    pub revision: i64,
}

impl From<ContestRow> for Guide {
    fn from(row: ContestRow) -> Self {
        let texts = GuideForm { guide: row.guide, faq: row.faq };
        Self { contest: row.id, slug: row.slug, title: row.title, stage: row.stage, texts, revision: row.revision }
    }
}

impl Engine {
    /// The guides of every contest, the newest contest first.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn guides(&self, caller: &Caller) -> Result<Vec<Guide>> {
        caller.must(Action::WriteLibrary)?;
        Ok(self.store.glance().await?.all_contests().await?.into_iter().map(Guide::from).collect())
    }

    /// The guide of the contest with this address, whatever its stage.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] or [`Refusal::NotFound`].
    pub async fn guide(&self, caller: &Caller, slug: &str) -> Result<Guide> {
        caller.must(Action::WriteLibrary)?;
        let mut work = self.store.read().await?;
        let id = work.contest_called(slug).await?.ok_or(Refusal::NotFound)?;
        Ok(work.contest_row(id).await?.ok_or(Refusal::NotFound)?.into())
    }

    /// Changes the guide of a contest of this revision.
    ///
    /// # Errors
    /// [`Refusal::TooLong`] at `guide` or `faq`; [`Refusal::ChangedMeanwhile`]; [`Refusal::NotFound`].
    pub async fn edit_guide(&self, caller: &Caller, contest: ContestId, revision: i64, form: &GuideForm) -> Result<()> {
        caller.must(Action::WriteLibrary)?;
        let now = self.now();
        let texts = form.read().map_err(Stop::AtFields)?;
        let mut work = self.store.begin().await?;
        let known = work.contest_row(contest).await?.ok_or(Refusal::NotFound)?;
        if work.change_guide(contest, revision, &texts).await? == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        work.note(now, caller, Deed::EditContest, &known.slug, r#"{"part":"guide"}"#).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(())
    }
}
