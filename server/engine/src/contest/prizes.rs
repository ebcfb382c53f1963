//! The prize tables (cơ cấu giải thưởng) of a round and of the whole contest.

use super::store::PrizeRow;
use crate::{Caller, Engine, Result, Stop, notify::Change};
use domain::{
    Refusal,
    contest::{PrizeForm, read_prizes},
    id::{ContestId, RoundId},
    identity::{Action, Deed},
};

impl Engine {
    /// Replaces the prize table of a draft, or, without a round, that of the contest while no round is frozen.
    ///
    /// # Errors
    /// At the fields of each row; [`Refusal::Frozen`]; [`Refusal::NotFound`].
    pub async fn edit_prizes(&self, caller: &Caller, contest: ContestId, round: Option<RoundId>, rows: &[PrizeForm]) -> Result<()> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        if let Some(round) = round {
            if work.draft_round(round).await?.contest_id != contest {
                return Err(Refusal::NotFound.into());
            }
        } else if work.contest(contest, now).await?.rounds.iter().any(|round| round.state.is_frozen()) {
            return Err(Refusal::Frozen.into());
        }
        let prizes = read_prizes(rows).map_err(Stop::AtFields)?;
        work.remove_prizes(contest, round).await?;
        for (position, prize) in (0..).zip(&prizes) {
            work.add_prize(contest, &PrizeRow::of(now, round, prize), position).await?;
        }
        match round {
            Some(round) => work.changed_draft(caller, round, Deed::EditPrizes, now).await?,
            None => work.note(now, caller, Deed::EditPrizes, &contest.to_string(), "").await?,
        }
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(())
    }
}
