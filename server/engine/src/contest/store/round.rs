//! Statements about rounds, divisions, prizes and changes after freezing.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    contest::{ChangeState, RoundStage, Window},
    id::{AccountId, ChangeId, ContestId, DivisionId, PrizeId, RoundId},
    identity::{Audience, Block},
};

/// A round as the table has it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct RoundRow {
    pub id: RoundId,
    pub contest_id: ContestId,
    pub label: String,
    pub stage: RoundStage,
    pub opens_at: Timestamp,
    pub closes_at: Timestamp,
    pub results_expected_at: Option<Timestamp>,
    pub rules: String,
    pub frozen_at: Option<Timestamp>,
    pub headcount_as_of: Option<Timestamp>,
    pub paused_since: Option<Timestamp>,
    pub revision: i64,
}

/// A division as the table has it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct DivisionRow {
    pub id: DivisionId,
    pub audience: Audience,
    pub rules: String,
}

/// A prize as the table has it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct PrizeRow {
    pub id: PrizeId,
    pub round_id: Option<RoundId>,
    pub audience: Option<Audience>,
    pub block: Option<Block>,
    pub name: String,
    pub quantity: i64,
    pub value: i64,
}

/// A change of a frozen round as the table has it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(crate) struct ChangeRow {
    pub id: ChangeId,
    pub round_id: RoundId,
    pub what: String,
    pub reason: String,
    pub proposed_by: AccountId,
    pub proposer: String,
    pub proposed_at: Timestamp,
    pub decider: Option<String>,
    pub decided_at: Option<Timestamp>,
    pub state: ChangeState,
}

impl Work {
    async fn round_rows(&mut self, one: Option<RoundId>, contest: Option<ContestId>) -> Result<Vec<RoundRow>> {
        list!(
            self,
            "select id, contest_id, label, stage, opens_at, closes_at, results_expected_at, rules,
                    frozen_at, headcount_as_of, paused_since, revision
             from round
             where ($1 is null or id = $1)
               and ($2 is null or contest_id = $2)
             order by contest_id, position",
            one,
            contest,
        )
    }

    pub(crate) async fn round_row(&mut self, round: RoundId) -> Result<Option<RoundRow>> {
        Ok(self.round_rows(Some(round), None).await?.pop())
    }

    pub(crate) async fn rounds_of(&mut self, contest: ContestId) -> Result<Vec<RoundRow>> {
        self.round_rows(None, Some(contest)).await
    }

    /// Puts the round at the end of its contest.
    pub(crate) async fn add_round(&mut self, round: &RoundRow) -> Result<()> {
        exec!(
            self,
            "insert into round (id, contest_id, position, label, stage, opens_at, closes_at, results_expected_at,
                                rules, headcount_as_of, revision)
             select $1, $2, coalesce(max(position), 0) + 1, $3, $4, $5, $6, $7, $8, $9, 1
             from round
             where contest_id = $2",
            round.id,
            round.contest_id,
            &round.label,
            round.stage,
            round.opens_at,
            round.closes_at,
            round.results_expected_at,
            &round.rules,
            round.headcount_as_of,
        )?;
        Ok(())
    }

    /// Changes a draft of this revision.
    pub(crate) async fn change_round(&mut self, round: &RoundRow) -> Result<u64> {
        exec!(
            self,
            "update round
             set label = $3, opens_at = $4, closes_at = $5, results_expected_at = $6, rules = $7,
                 headcount_as_of = $8, revision = revision + 1
             where id = $1
               and revision = $2
               and stage = 'draft'",
            round.id,
            round.revision,
            &round.label,
            round.opens_at,
            round.closes_at,
            round.results_expected_at,
            &round.rules,
            round.headcount_as_of,
        )
    }

    /// Notes that something that belongs to a draft changed.
    pub(crate) async fn touch_draft(&mut self, round: RoundId) -> Result<u64> {
        exec!(self, "update round set revision = revision + 1 where id = $1 and stage = 'draft'", round)
    }

    pub(crate) async fn freeze_round(&mut self, round: RoundId, revision: i64, by: AccountId, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update round
             set stage = 'scheduled', frozen_at = $3, frozen_by = $4, revision = revision + 1
             where id = $1
               and revision = $2
               and stage = 'draft'",
            round,
            revision,
            now,
            by,
        )
    }

    /// Returns a scheduled round that has not opened to `stage`.
    pub(crate) async fn thaw_round(&mut self, round: RoundId, stage: RoundStage, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update round
             set stage = $2, frozen_at = null, frozen_by = null, revision = revision + 1
             where id = $1
               and stage = 'scheduled'
               and opens_at > $3",
            round,
            stage,
            now,
        )
    }

    pub(crate) async fn remove_round(&mut self, round: RoundId) -> Result<u64> {
        exec!(self, "delete from round where id = $1 and stage = 'draft'", round)
    }

    /// Moves the window of a scheduled round whose old closing still lies ahead.
    pub(crate) async fn move_window(&mut self, round: RoundId, window: Window, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update round
             set opens_at = $2, closes_at = $3, revision = revision + 1
             where id = $1
               and stage = 'scheduled'
               and paused_since is null
               and closes_at > $4",
            round,
            window.opens,
            window.closes,
            now,
        )
    }

    pub(crate) async fn expect_results(&mut self, round: RoundId, at: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update round
             set results_expected_at = $2, revision = revision + 1
             where id = $1
               and stage not in ('draft', 'cancelled', 'published')",
            round,
            at,
        )
    }

    pub(crate) async fn divisions_of(&mut self, round: RoundId) -> Result<Vec<DivisionRow>> {
        list!(self, "select id, audience, rules from division where round_id = $1 order by audience desc", round)
    }

    pub(crate) async fn put_division(&mut self, id: DivisionId, round: RoundId, audience: Audience, rules: &str) -> Result<()> {
        exec!(
            self,
            "insert into division (id, round_id, audience, rules)
             values ($1, $2, $3, $4)
             on conflict (round_id, audience) do update set rules = excluded.rules",
            id,
            round,
            audience,
            rules,
        )?;
        Ok(())
    }

    pub(crate) async fn remove_division(&mut self, round: RoundId, audience: Audience) -> Result<u64> {
        exec!(self, "delete from division where round_id = $1 and audience = $2", round, audience)
    }

    pub(crate) async fn prizes_of(&mut self, contest: ContestId) -> Result<Vec<PrizeRow>> {
        list!(
            self,
            "select id, round_id, audience, block, name, quantity, value
             from prize
             where contest_id = $1
             order by position, id",
            contest,
        )
    }

    /// Removes the prizes of the round, or those of the whole contest.
    pub(crate) async fn remove_prizes(&mut self, contest: ContestId, round: Option<RoundId>) -> Result<u64> {
        exec!(
            self,
            "delete from prize
             where contest_id = $1
               and (round_id = $2 or (round_id is null and $2 is null))",
            contest,
            round,
        )
    }

    pub(crate) async fn add_prize(&mut self, contest: ContestId, prize: &PrizeRow, position: i64) -> Result<()> {
        exec!(
            self,
            "insert into prize (id, contest_id, round_id, audience, block, name, quantity, value, position)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            prize.id,
            contest,
            prize.round_id,
            prize.audience,
            prize.block,
            &prize.name,
            prize.quantity,
            prize.value,
            position,
        )?;
        Ok(())
    }

    async fn change_rows(&mut self, one: Option<ChangeId>, round: Option<RoundId>) -> Result<Vec<ChangeRow>> {
        list!(
            self,
            "select c.id, c.round_id, c.what, c.reason, c.proposed_by, p.full_name as proposer, c.proposed_at,
                    d.full_name as decider, c.decided_at, c.state
             from round_change c
             join account p on p.id = c.proposed_by
             left join account d on d.id = c.decided_by
             where ($1 is null or c.id = $1)
               and ($2 is null or c.round_id = $2)
             order by c.proposed_at desc, c.id desc",
            one,
            round,
        )
    }

    pub(crate) async fn changes_of(&mut self, round: RoundId) -> Result<Vec<ChangeRow>> {
        self.change_rows(None, Some(round)).await
    }

    pub(crate) async fn change_row(&mut self, change: ChangeId) -> Result<Option<ChangeRow>> {
        Ok(self.change_rows(Some(change), None).await?.pop())
    }

    pub(crate) async fn add_change(
        &mut self,
        id: ChangeId,
        round: RoundId,
        change: (&str, &str),
        proposed: (AccountId, Timestamp),
    ) -> Result<()> {
        let ((what, reason), (by, at)) = (change, proposed);
        exec!(
            self,
            "insert into round_change (id, round_id, what, reason, proposed_by, proposed_at, state)
             values ($1, $2, $3, $4, $5, $6, 'proposed')",
            id,
            round,
            what,
            reason,
            by,
            at,
        )?;
        Ok(())
    }

    pub(crate) async fn decide_change(&mut self, change: ChangeId, state: ChangeState, by: AccountId, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update round_change
             set state = $2, decided_by = $3, decided_at = $4
             where id = $1
               and state = 'proposed'",
            change,
            state,
            by,
            now,
        )
    }

    pub(crate) async fn remove_changes(&mut self, round: RoundId) -> Result<u64> {
        exec!(self, "delete from round_change where round_id = $1", round)
    }

    /// Turns down what still waits when a round leaves its frozen state.
    pub(crate) async fn drop_proposals(&mut self, round: RoundId, by: AccountId, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update round_change
             set state = 'declined', decided_by = $2, decided_at = $3
             where round_id = $1
               and state = 'proposed'",
            round,
            by,
            now,
        )
    }
}
