//! Adding, copying, changing and removing rounds that are still drafts.

use super::store::{PrizeRow, RoundRow};
use crate::{Caller, Engine, Result, Stop, notify::Change, random, store::Work};
use domain::{
    Millis, Refusal, Timestamp,
    contest::{ChangeState, ContestStage, RoundForm, RoundStage},
    id::{ContestId, RoundId},
    identity::{Action, Deed},
};

impl Engine {
    /// Adds a round at the end of the contest.
    ///
    /// # Errors
    /// At the fields; [`Refusal::ContestNotRunning`] when the contest is over.
    pub async fn add_round(&self, caller: &Caller, contest: ContestId, form: &RoundForm) -> Result<RoundId> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        work.living_contest(contest).await?;
        let settings = form.read().map_err(Stop::AtFields)?;
        let id = random::id(now);
        work.add_round(&RoundRow::draft(id, contest, 1, &settings)?).await?;
        work.note(now, caller, Deed::AddRound, &id.to_string(), "").await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(id)
    }

    /// Changes a draft of this revision.
    ///
    /// # Errors
    /// At the fields; [`Refusal::Frozen`]; [`Refusal::ChangedMeanwhile`].
    pub async fn edit_round(&self, caller: &Caller, round: RoundId, revision: i64, form: &RoundForm) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let known = work.draft_round(round).await?;
        let settings = form.read().map_err(Stop::AtFields)?;
        if work.change_round(&RoundRow::draft(round, known.contest_id, revision, &settings)?).await? == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        work.note(now, caller, Deed::EditRound, &round.to_string(), "").await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }

    /// Copies a round with its divisions and prizes as a new draft, one week later.
    ///
    /// # Errors
    /// [`Refusal::NotFound`]; [`Refusal::ContestNotRunning`].
    pub async fn copy_round(&self, caller: &Caller, round: RoundId) -> Result<RoundId> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let known = work.round_row(round).await?.ok_or(Refusal::NotFound)?;
        let contest = known.contest_id;
        work.living_contest(contest).await?;
        let mut settings = known.settings()?;
        let week = Millis::days(7);
        settings.label = next_label(&settings.label);
        settings.window.opens = settings.window.opens + week;
        settings.window.closes = settings.window.closes + week;
        settings.results_expected = settings.results_expected.map(|at| at + week);
        let id = random::id(now);
        work.add_round(&RoundRow::draft(id, contest, 1, &settings)?).await?;
        for division in work.divisions_of(round).await? {
            work.put_division(random::id(now), id, division.audience, &division.rules).await?;
        }
        let prizes = work.prizes(contest, Some(round)).await?;
        for (position, prize) in (0..).zip(&prizes) {
            work.add_prize(contest, &PrizeRow::of(now, Some(id), prize), position).await?;
        }
        work.note(now, caller, Deed::AddRound, &id.to_string(), &format!(r#"{{"copied":"{round}"}}"#)).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(id)
    }

    /// Removes a draft with everything that belongs to it, unless it was public before.
    ///
    /// # Errors
    /// [`Refusal::Frozen`]; [`Refusal::RoundWasPublic`]; [`Refusal::NotFound`].
    pub async fn remove_round(&self, caller: &Caller, round: RoundId) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let known = work.draft_round(round).await?;
        // What people have read of it stays to be read.
        if work.changes_of(round).await?.iter().any(|change| change.state == ChangeState::Done) {
            return Err(Refusal::RoundWasPublic.into());
        }
        for division in work.divisions_of(round).await? {
            work.remove_division(round, division.audience).await?;
        }
        work.remove_prizes(known.contest_id, Some(round)).await?;
        work.remove_changes(round).await?;
        if work.remove_round(round).await? == 0 {
            return Err(Refusal::Frozen.into());
        }
        work.note(now, caller, Deed::EditRound, &round.to_string(), r#"{"removed":true}"#).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(known.contest_id));
        Ok(())
    }
}

impl Work {
    /// Refuses when the contest is unknown or in the archive.
    pub(super) async fn living_contest(&mut self, contest: ContestId) -> Result<()> {
        let known = self.contest_row(contest).await?.ok_or(Refusal::NotFound)?;
        if known.stage == ContestStage::Archived { Err(Refusal::ContestNotRunning.into()) } else { Ok(()) }
    }

    /// The round, when it may still be edited freely.
    pub(super) async fn draft_round(&mut self, round: RoundId) -> Result<RoundRow> {
        let known = self.round_row(round).await?.ok_or(Refusal::NotFound)?;
        if known.stage == RoundStage::Draft { Ok(known) } else { Err(Refusal::Frozen.into()) }
    }

    /// Notes in the same unit of work that a part of a draft changed; refuses when it was frozen meanwhile.
    pub(super) async fn changed_draft(&mut self, caller: &Caller, round: RoundId, deed: Deed, now: Timestamp) -> Result<()> {
        if self.touch_draft(round).await? == 0 {
            return Err(Refusal::Frozen.into());
        }
        Ok(self.note(now, caller, deed, &round.to_string(), "").await?)
    }
}

/// "Tuần 2" follows "Tuần 1"; a label without a number is called a copy.
fn next_label(label: &str) -> String {
    match label.rsplit_once(' ') {
        Some((words, number)) if number.parse::<u32>().is_ok_and(|n| n < 1_000) => {
            format!("{words} {}", number.parse::<u32>().unwrap_or(0) + 1)
        }
        _ => format!("{} (bản sao)", label.chars().take(30).collect::<String>()),
    }
}

#[cfg(test)]
mod tests {
    use super::next_label;

    #[test]
    fn the_copy_of_a_week_is_the_next_week() {
        assert_eq!(next_label("Tuần 1"), "Tuần 2");
        assert_eq!(next_label("Kỳ 9"), "Kỳ 10");
        assert_eq!(next_label("Chung kết"), "Chung kết (bản sao)");
    }
}
