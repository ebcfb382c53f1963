//! Statements about frozen rounds: what every sheet of one has in common.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    contest::RoundStage,
    id::{ContestId, DivisionId, RoundId, VersionId},
    identity::Audience,
};
use std::collections::BTreeSet;

/// A frozen round and what its pages say of the contest.
#[derive(Debug, sqlx::FromRow)]
pub(in crate::attempt) struct RoundRow {
    pub contest_id: ContestId,
    pub slug: String,
    pub title: String,
    pub host: String,
    pub help_line: String,
    pub simulated: bool,
    pub label: String,
    pub stage: RoundStage,
    pub opens_at: Timestamp,
    pub closes_at: Timestamp,
    pub results_expected_at: Option<Timestamp>,
    pub rules: String,
    pub key_version: i64,
}

#[derive(Debug, sqlx::FromRow)]
pub(in crate::attempt) struct DivisionRow {
    pub id: DivisionId,
    pub audience: Audience,
    pub rules: String,
}

#[derive(Debug, sqlx::FromRow)]
pub(in crate::attempt) struct PoolRow {
    pub division_id: DivisionId,
    pub position: i64,
    pub cell: i64,
    pub version_id: VersionId,
    pub content: String,
    pub key: String,
}

impl Work {
    pub(in crate::attempt) async fn frozen_round(&mut self, round: RoundId) -> Result<Option<RoundRow>> {
        find!(
            self,
            "select r.contest_id, c.slug, c.title, c.host, c.help_line, c.simulated, r.label, r.stage,
                    r.opens_at, r.closes_at, r.results_expected_at, r.rules, r.key_version
             from round r
             join contest c on c.id = r.contest_id
             where r.id = $1 and r.frozen_at is not null",
            round,
        )
    }

    pub(in crate::attempt) async fn frozen_divisions(&mut self, round: RoundId) -> Result<Vec<DivisionRow>> {
        list!(self, "select id, audience, rules from division where round_id = $1 order by audience", round)
    }

    pub(in crate::attempt) async fn frozen_pool(&mut self, round: RoundId) -> Result<Vec<PoolRow>> {
        list!(
            self,
            "select p.division_id, p.position, p.cell, p.version_id, v.content, v.key
             from division d
             join division_pool p on p.division_id = d.id
             join question_version v on v.id = p.version_id
             where d.round_id = $1
             order by p.division_id, p.position",
            round,
        )
    }

    /// The rounds of a contest that people may know of, in their order.
    pub(in crate::attempt) async fn frozen_rounds_of(&mut self, slug: &str) -> Result<Vec<(RoundId, RoundStage, Timestamp, Timestamp)>> {
        list!(
            self,
            "select r.id, r.stage, r.opens_at, r.closes_at
             from contest c
             join round r on r.contest_id = c.id
             where c.slug = $1 and c.stage <> 'draft' and r.frozen_at is not null and r.stage <> 'cancelled'
             order by r.position",
            slug,
        )
    }

    /// The places of a pool whose questions stand, in any version, in the pool of another round that is still sat or waits.
    pub(in crate::attempt) async fn held_back(&mut self, division: DivisionId, now: Timestamp) -> Result<BTreeSet<i64>> {
        let rows: Vec<(i64,)> = list!(
            self,
            "select distinct p.position
             from division_pool p
             join division_pool o on o.question_id = p.question_id
             join division d on d.id = o.division_id
             join round r on r.id = d.round_id
             where p.division_id = $1
               and r.stage = 'scheduled'
               and (r.closes_at > $2
                    or exists (select 1 from attempt t where t.round_id = r.id and t.stage = 'running'))",
            division,
            now,
        )?;
        Ok(rows.into_iter().map(|(position,)| position).collect())
    }

    /// What was asked in the versions of a paper, for those who may read it after release.
    pub(in crate::attempt) async fn explanations(&mut self, division: DivisionId) -> Result<Vec<(i64, String, String, String)>> {
        list!(
            self,
            "select p.position, v.explanation, v.legal_document, v.legal_article
             from division_pool p
             join question_version v on v.id = p.version_id
             where p.division_id = $1
             order by p.position",
            division,
        )
    }
}
