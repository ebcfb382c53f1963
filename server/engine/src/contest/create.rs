//! Making, changing, announcing and archiving a contest.

use super::json;
use crate::{
    Caller, Engine, Result, Stop,
    notify::Change,
    random,
    store::{StoreError, Work},
};
use domain::{
    Field, Refusal, Refused, Timestamp,
    contest::{ContestForm, ContestSettings, ContestStage, RoundState},
    id::ContestId,
    identity::{Action, Deed},
};

/// What a banner may be.
const PICTURES: &[&str] = &["image/png", "image/jpeg", "image/webp"];

impl Engine {
    /// Makes a contest, not yet public.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; at the fields, what cannot be read; [`Refusal::Taken`] at `slug`.
    pub async fn create_contest(&self, caller: &Caller, form: &ContestForm) -> Result<ContestId> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let settings = form.read().map_err(Stop::AtFields)?;
        let id = random::id(now);
        let mut work = self.store.begin().await?;
        work.add_contest(id, (&settings, &json(&settings.extra_fields)?), caller.account, now).await.map_err(taken)?;
        work.note(now, caller, Deed::CreateContest, &settings.slug, "").await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(id));
        Ok(id)
    }

    /// Changes a contest of this revision.
    ///
    /// # Errors
    /// [`Refusal::ChangedMeanwhile`]; at the fields, what cannot be read, [`Refusal::Taken`], or what is fixed:
    /// the address once the contest is public, and what a frozen round relies on.
    pub async fn edit_contest(&self, caller: &Caller, contest: ContestId, revision: i64, form: &ContestForm) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let known = work.contest(contest, now).await?;
        let settings = form.read().map_err(Stop::AtFields)?;
        let frozen = known.rounds.iter().any(|round| round.state.is_frozen());
        crate::fault::accept(fixed(&known.settings, &settings, (known.stage != ContestStage::Draft, frozen)))?;
        let changed = work.change_contest(contest, revision, (&settings, &json(&settings.extra_fields)?)).await.map_err(taken)?;
        if changed == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        work.note(now, caller, Deed::EditContest, &settings.slug, "").await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(())
    }

    /// Hangs a banner (PNG, JPEG or WebP), or takes it down.
    ///
    /// # Errors
    /// [`Refusal::BadFile`] or [`Refusal::TooLarge`] at `banner`.
    pub async fn hang_banner(&self, caller: &Caller, contest: ContestId, picture: Option<(&str, &[u8])>) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let hash = match picture {
            Some(upload) => Some(work.keep_file(now, caller, "banner".into(), upload, PICTURES).await?),
            None => None,
        };
        if work.hang_banner(contest, hash.as_deref()).await? == 0 {
            return Err(Refusal::NotFound.into());
        }
        work.note(now, caller, Deed::EditContest, &contest.to_string(), r#"{"part":"banner"}"#).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(())
    }

    /// Makes the contest's pages public.
    ///
    /// # Errors
    /// At `rules`, `introduction`, `help_line`: [`Refusal::Required`]; [`Refusal::AlreadyDone`] when it is public or over.
    pub async fn announce_contest(&self, caller: &Caller, contest: ContestId) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let known = work.contest(contest, now).await?;
        let mut refused = Refused::new();
        let mut need = |missing: bool, field: &'static str| {
            if missing {
                refused.push((Field::named(field), Refusal::Required));
            }
        };
        need(work.rules_version(contest).await? == 0, "rules");
        need(known.settings.introduction.is_empty(), "introduction");
        need(known.settings.help_line.is_empty(), "help_line");
        crate::fault::accept(refused)?;
        self.move_contest(work, caller, (contest, now), (ContestStage::Draft, ContestStage::Announced)).await
    }

    /// Puts a contest into the archive.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`] while a round is frozen and its results are not published.
    pub async fn archive_contest(&self, caller: &Caller, contest: ContestId) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let known = work.contest(contest, now).await?;
        if known.rounds.iter().any(|round| round.state.is_frozen() && round.state != RoundState::Published) {
            return Err(Refusal::WrongOrder.into());
        }
        self.move_contest(work, caller, (contest, now), (ContestStage::Announced, ContestStage::Archived)).await
    }

    /// Marks a contest as one that shows simulated people, for the demo.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn mark_simulated(&self, caller: &Caller, contest: ContestId) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        if work.mark_simulated(contest).await? == 0 {
            return Err(Refusal::NotFound.into());
        }
        work.note(now, caller, Deed::EditContest, &contest.to_string(), r#"{"simulated":true}"#).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(())
    }

    async fn move_contest(
        &self,
        mut work: Work,
        caller: &Caller,
        (contest, now): (ContestId, Timestamp),
        (from, to): (ContestStage, ContestStage),
    ) -> Result<()> {
        if work.move_contest(contest, from, to).await? == 0 {
            return Err(Refusal::AlreadyDone.into());
        }
        work.note(now, caller, Deed::MoveContest, &contest.to_string(), &format!(r#"{{"to":"{}"}}"#, to.code())).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(())
    }
}

/// Which fields may no longer change.
fn fixed(old: &ContestSettings, new: &ContestSettings, (public, frozen): (bool, bool)) -> Refused {
    let mut refused = Refused::new();
    let mut keep = |changed: bool, field: &'static str, refusal: Refusal| {
        if changed {
            refused.push((Field::named(field), refusal));
        }
    };
    keep(public && old.slug != new.slug, "slug", Refusal::SlugFixed);
    keep(public && new.introduction.is_empty(), "introduction", Refusal::Required);
    keep(public && new.help_line.is_empty(), "help_line", Refusal::Required);
    keep(frozen && old.one_prize_each != new.one_prize_each, "one_prize_each", Refusal::Frozen);
    keep(frozen && old.id_number != new.id_number, "id_number", Refusal::Frozen);
    keep(frozen && old.extra_fields != new.extra_fields, "extra_fields", Refusal::Frozen);
    refused
}

fn taken(error: StoreError) -> Stop {
    match error {
        StoreError::Duplicate => Stop::at("slug", Refusal::Taken),
        failed @ StoreError::Driver(_) => failed.into(),
    }
}
