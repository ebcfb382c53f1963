//! Statements about what freezes at scheduling: the pool of each division and the headcounts.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    id::{AccountId, ContestId, DivisionId, QuestionId, RoundId, UnitId, VersionId},
    vietnamese::fold,
};
use std::collections::BTreeSet;

/// A question of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub(crate) struct PoolRow {
    pub position: i64,
    pub question_id: QuestionId,
    pub version_id: VersionId,
    pub cell: i64,
}

impl Work {
    pub(crate) async fn pool_of(&mut self, division: DivisionId) -> Result<Vec<PoolRow>> {
        list!(
            self,
            "select position, question_id, version_id, cell
             from division_pool
             where division_id = $1
             order by position",
            division,
        )
    }

    /// The pool with the codes of its questions.
    pub(crate) async fn coded_pool_of(&mut self, division: DivisionId) -> Result<Vec<(PoolRow, String)>> {
        let mut rows = Vec::new();
        for row in self.pool_of(division).await? {
            let code = self.question_code(row.question_id).await?.unwrap_or_default();
            rows.push((row, code));
        }
        Ok(rows)
    }

    pub(crate) async fn question_code(&mut self, question: QuestionId) -> Result<Option<String>> {
        let row: Option<(String,)> = find!(self, "select code from question where id = $1", question)?;
        Ok(row.map(|(code,)| code))
    }

    pub(crate) async fn add_to_pool(&mut self, division: DivisionId, row: PoolRow) -> Result<()> {
        exec!(
            self,
            "insert into division_pool (division_id, position, question_id, version_id, cell)
             values ($1, $2, $3, $4, $5)",
            division,
            row.position,
            row.question_id,
            row.version_id,
            row.cell,
        )?;
        Ok(())
    }

    /// Puts another question at the place of one, if that place is still its own.
    pub(crate) async fn replace_in_pool(&mut self, division: DivisionId, old: QuestionId, new: (QuestionId, VersionId)) -> Result<u64> {
        exec!(
            self,
            "update division_pool
             set question_id = $3, version_id = $4
             where division_id = $1
               and question_id = $2",
            division,
            old,
            new.0,
            new.1,
        )
    }

    pub(crate) async fn empty_pools(&mut self, round: RoundId) -> Result<u64> {
        exec!(self, "delete from division_pool where division_id in (select id from division where round_id = $1)", round)
    }

    /// The questions whose keys were made public, with the contest's title and the label of each round that did it.
    pub(crate) async fn released_questions(&mut self) -> Result<Vec<(String, String, QuestionId)>> {
        list!(
            self,
            "select distinct c.title, r.label, p.question_id
             from publication n
             join round r on r.id = n.round_id
             join contest c on c.id = r.contest_id
             join division d on d.round_id = r.id
             join division_pool p on p.division_id = d.id
             where n.published_at is not null
             order by c.title, r.label, p.question_id"
        )
    }

    /// Marks every version of the round's pools as served: from now on none of them changes.
    pub(crate) async fn mark_pool_served(&mut self, round: RoundId) -> Result<u64> {
        exec!(
            self,
            "update question_version
             set served = true
             where id in (select p.version_id
                          from division_pool p
                          join division d on d.id = p.division_id
                          where d.round_id = $1)",
            round,
        )
    }

    /// The approved versions that carry a tag.
    pub(crate) async fn versions_tagged(&mut self, tag: &str) -> Result<BTreeSet<VersionId>> {
        let rows: Vec<(VersionId, String)> = list!(
            self,
            "select v.id, v.tags
             from question_version v
             join question q on q.approved_id = v.id
             where v.tags <> ''",
        )?;
        let tag = fold(tag);
        Ok(rows.into_iter().filter(|(_, tags)| tags.split(',').any(|known| fold(known) == tag)).map(|(version, _)| version).collect())
    }

    /// Copies the headcount of every unit that competes in a block at this moment.
    pub(crate) async fn freeze_headcounts(&mut self, round: RoundId, now: Timestamp) -> Result<u64> {
        exec!(
            self,
            "insert into frozen_headcount (round_id, unit_id, block, headcount)
             select $1, id, block, headcount
             from unit
             where block <> ''
               and (valid_until is null or valid_until > $2)",
            round,
            now,
        )
    }

    pub(crate) async fn thaw_headcounts(&mut self, round: RoundId) -> Result<u64> {
        exec!(self, "delete from frozen_headcount where round_id = $1", round)
    }

    pub(crate) async fn unit_name(&mut self, unit: UnitId) -> Result<Option<String>> {
        let row: Option<(String,)> = find!(self, "select name from unit where id = $1", unit)?;
        Ok(row.map(|(name,)| name))
    }

    pub(crate) async fn frozen_headcount(&mut self, round: RoundId, unit: UnitId) -> Result<Option<Option<i64>>> {
        let row: Option<(Option<i64>,)> =
            find!(self, "select headcount from frozen_headcount where round_id = $1 and unit_id = $2", round, unit)?;
        Ok(row.map(|(headcount,)| headcount))
    }

    pub(crate) async fn correct_headcount(&mut self, round: RoundId, unit: UnitId, headcount: Option<i64>) -> Result<u64> {
        exec!(self, "update frozen_headcount set headcount = $3 where round_id = $1 and unit_id = $2", round, unit, headcount)
    }

    /// Who took part in the contest and also holds a role that bars (no question), or wrote or reviewed this question.
    pub(crate) async fn participants_who_made(&mut self, contest: ContestId) -> Result<Vec<(AccountId, Option<QuestionId>)>> {
        list!(
            self,
            concat!(
                "select a.account_id, v.question_id
             from question_version v
             join attempt a on a.account_id in (v.author_id, v.reviewer_id)
             join round r on r.id = a.round_id
             where r.contest_id = $1
               and a.stage <> 'void'
             union
             select a.account_id, null
             from role_grant g
             join attempt a on a.account_id = g.account_id
             join round r on r.id = a.round_id
             where g.role in ",
                barring_roles!(),
                "
               and r.contest_id = $1
               and a.stage <> 'void'"
            ),
            contest,
        )
    }
}
