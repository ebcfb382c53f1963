//! Which round announces the prizes of the whole contest, and whether its sums still hold.

use super::{
    rank::stored,
    store::{PartRow, Ranking, RoundRow},
};
use crate::{Caller, Engine, Result, notify::Change, store::Work};
use domain::{
    Refusal,
    id::RoundId,
    identity::{Action, Deed},
    ranking::{Announces, Part, Span, announces},
    results::{CountedRound, Facts},
};

impl From<&PartRow> for Part {
    fn from(row: &PartRow) -> Self {
        Self {
            round: row.round_id,
            position: row.position,
            label: row.label.clone(),
            stage: row.stage,
            closes_at: row.closes_at,
            is_ranked: row.run.is_some(),
        }
    }
}

impl Engine {
    /// Chooses this round to announce the prizes of its contest, because no further one follows; or takes that back.
    ///
    /// Its next ranking adds up all rounds, or no longer does.
    ///
    /// # Errors
    /// [`Refusal::WrongOrder`] unless the round is in review or being verified; [`Refusal::NotOffered`] when the contest
    /// has no prizes to announce or another round comes after this one; [`Refusal::AlreadyDone`].
    pub async fn sum_up_contest(&self, caller: &Caller, round: RoundId, with_this: bool) -> Result<()> {
        let now = self.now();
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.begin().await?;
        let row = work.round_to_judge(round).await?;
        if !row.may_be_ranked() {
            return Err(Refusal::WrongOrder.into());
        }
        match work.announces_contest(&row).await? {
            None | Some(Announces::Elsewhere) => return Err(Refusal::NotOffered.into()),
            Some(Announces::Now | Announces::Waits(_) | Announces::MaySay) => {}
        }
        if !work.choose_to_sum_up(row.contest_id, round, with_this).await? {
            return Err(Refusal::AlreadyDone.into());
        }
        let detail = format!(r#"{{"with_this_round":{with_this}}}"#);
        work.note(now, caller, Deed::SumUpContest, &round.to_string(), &detail).await?;
        work.commit().await?;
        self.notify.tell(Change::Round(round));
        Ok(())
    }
}

impl Work {
    /// Whether the results of this round announce the prizes of its contest: none where the contest has no prizes of
    /// its own, or they were announced with another round.
    pub(crate) async fn announces_contest(&mut self, row: &RoundRow) -> Result<Option<Announces>> {
        let has_prizes = self.prize_rows(row).await?.iter().any(|prize| prize.span == Span::Contest);
        if !has_prizes || self.contest_was_announced(row).await? {
            return Ok(None);
        }
        let parts: Vec<Part> = self.parts_of(row.contest_id).await?.iter().map(Part::from).collect();
        Ok(Some(announces(&parts, row.id, row.summed_up_with)))
    }

    /// The rankings of the other rounds that count, as they stand now; called-off rounds and drafts have none.
    pub(crate) async fn other_rounds(&mut self, row: &RoundRow) -> Result<Vec<CountedRound>> {
        let parts = self.parts_of(row.contest_id).await?;
        Ok(parts.into_iter().filter(|part| part.round_id != row.id).filter_map(counted).collect())
    }

    /// Whether the sums of this ranking, or that it has none, no longer fit what counts by now.
    pub(crate) async fn contest_is_outdated(&mut self, row: &RoundRow, ranking: Ranking) -> Result<bool> {
        let summed = self.summed_rounds(ranking).await?;
        if self.announces_contest(row).await? != Some(Announces::Now) {
            return Ok(summed.is_some());
        }
        let mut others = self.other_rounds(row).await?;
        others.sort_by_key(|round| round.position);
        Ok(summed != Some(others))
    }

    /// Refuses to announce the contest's prizes before every other round is public, or with sums that no longer hold.
    ///
    /// # Errors
    /// [`Refusal::ContestNotSummed`].
    pub(crate) async fn contest_must_be_summed(&mut self, row: &RoundRow, ranking: Ranking) -> Result<()> {
        let ready = match self.announces_contest(row).await? {
            Some(Announces::Waits(_)) => false,
            Some(Announces::Now) => {
                let parts = self.parts_of(row.contest_id).await?;
                parts.iter().all(|part| part.round_id == row.id || part.run.is_none() || part.published.is_some())
            }
            None | Some(Announces::Elsewhere | Announces::MaySay) => true,
        };
        if !ready || self.contest_is_outdated(row, ranking).await? {
            return Err(Refusal::ContestNotSummed.into());
        }
        Ok(())
    }

    /// The other rounds that were added in this ranking; none when it did not sum the contest up.
    async fn summed_rounds(&mut self, ranking: Ranking) -> Result<Option<Vec<CountedRound>>> {
        let Some((_, _, facts)) = self.outcome(ranking.round, ranking.version).await? else { return Ok(None) };
        let contest = stored::<Facts>("facts", &facts)?.whole_contest;
        Ok(contest.map(|contest| contest.rounds.into_iter().filter(|round| round.round != ranking.round).collect()))
    }
}

fn counted(part: PartRow) -> Option<CountedRound> {
    let (version, run) = part.version.zip(part.run)?;
    Some(CountedRound { round: part.round_id, position: part.position, label: part.label, version, run })
}
