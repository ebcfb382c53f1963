//! Statements about frozen rounds, attempts and saved sheets.

use crate::store::{Result, Work};
use domain::{
    Points, Timestamp,
    attempt::{EndedBy, Stage},
    contest::RoundStage,
    id::{AccountId, AttemptId, ContestId, DivisionId, RoundId, VersionId},
    identity::Audience,
    time::Day,
};

/// A frozen round and what its pages say of the contest.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct RoundRow {
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
pub(super) struct DivisionRow {
    pub id: DivisionId,
    pub audience: Audience,
    pub rules: String,
}

#[derive(Debug, sqlx::FromRow)]
pub(super) struct PoolRow {
    pub division_id: DivisionId,
    pub position: i64,
    pub cell: i64,
    pub version_id: VersionId,
    pub content: String,
    pub key: String,
}

/// An attempt as the table has it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct AttemptRow {
    pub id: AttemptId,
    pub round_id: RoundId,
    pub division_id: DivisionId,
    pub account_id: AccountId,
    pub ordinal: i64,
    pub stage: Stage,
    pub started_at: Timestamp,
    pub deadline: Timestamp,
    pub paper: Vec<u8>,
    pub hold: i64,
    pub seq: i64,
    pub head: Vec<u8>,
    pub answers: Vec<u8>,
    pub saved_at: Timestamp,
    pub prediction: Option<i64>,
    pub ended_at: Option<Timestamp>,
    pub ended_by: Option<EndedBy>,
    pub receipt: Option<String>,
    pub correct: Option<i64>,
    pub score: Option<Points>,
    pub key_version: Option<i64>,
    pub void_why: String,
}

/// What is known of somebody's earlier attempts before a start.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct SittingRow {
    pub id: AttemptId,
    pub division_id: DivisionId,
    pub day: Day,
    pub ordinal: i64,
    pub stage: Stage,
    pub deadline: Timestamp,
}

/// A new attempt.
pub(super) struct NewAttempt {
    pub id: AttemptId,
    pub round: RoundId,
    pub contest: ContestId,
    pub division: DivisionId,
    pub account: AccountId,
    pub day: Day,
    pub ordinal: i64,
    pub started_at: Timestamp,
    pub deadline: Timestamp,
    pub paper: Vec<u8>,
    pub head: [u8; 32],
    pub answers: Vec<u8>,
}

#[derive(Debug, sqlx::FromRow)]
pub(super) struct SavedRow {
    pub seq: i64,
    pub hold: i64,
    pub received_at: Timestamp,
    pub late: bool,
    pub answers: Vec<u8>,
    pub hash: Vec<u8>,
}

/// How an attempt ends, as it is written.
pub(super) struct EndedRow {
    pub at: Timestamp,
    pub by: EndedBy,
    pub receipt: String,
    pub correct: i64,
    pub score: Points,
    pub key_version: i64,
}

impl Work {
    pub(super) async fn frozen_round(&mut self, round: RoundId) -> Result<Option<RoundRow>> {
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

    pub(super) async fn frozen_divisions(&mut self, round: RoundId) -> Result<Vec<DivisionRow>> {
        list!(self, "select id, audience, rules from division where round_id = $1 order by audience", round)
    }

    pub(super) async fn frozen_pool(&mut self, round: RoundId) -> Result<Vec<PoolRow>> {
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
    pub(super) async fn frozen_rounds_of(&mut self, slug: &str) -> Result<Vec<(RoundId, RoundStage, Timestamp, Timestamp)>> {
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

    /// What was asked in the versions of a paper, for those who may read it after release.
    pub(super) async fn explanations(&mut self, division: DivisionId) -> Result<Vec<(i64, String, String, String)>> {
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

    pub(super) async fn sittings(&mut self, round: RoundId, account: AccountId) -> Result<Vec<SittingRow>> {
        list!(
            self,
            "select id, division_id, day, ordinal, stage, deadline
             from attempt
             where round_id = $1 and account_id = $2
             order by day, ordinal",
            round,
            account,
        )
    }

    /// Whether the account has entered the contest, and whether it is excluded from it.
    pub(super) async fn admission(&mut self, contest: ContestId, account: AccountId) -> Result<(bool, bool)> {
        let row: (i64, i64) = get!(
            self,
            "select (select cast(count(*) as bigint) from entry where contest_id = $1 and account_id = $2),
                    (select cast(count(*) as bigint) from exclusion where contest_id = $1 and account_id = $2)",
            contest,
            account,
        )?;
        Ok((row.0 > 0, row.1 > 0))
    }

    /// Begins the attempt of somebody who has entered and is not excluded; 0 rows: one of the two is not so.
    pub(super) async fn add_attempt(&mut self, new: &NewAttempt) -> Result<u64> {
        exec!(
            self,
            "insert into attempt (id, round_id, division_id, account_id, unit_id, day, ordinal, stage, started_at,
                                  deadline, paper, hold, seq, head, answers, saved_at)
             select $1, $2, $3, a.id, a.unit_id, $4, $5, 'running', $6, $7, $8, 0, 0, $9, $10, $11
             from account a
             join entry e on e.account_id = a.id and e.contest_id = $12
             where a.id = $13
               and not exists (select 1 from exclusion x where x.contest_id = $12 and x.account_id = a.id)",
            new.id,
            new.round,
            new.division,
            new.day,
            new.ordinal,
            new.started_at,
            new.deadline,
            &new.paper[..],
            &new.head[..],
            &new.answers[..],
            new.started_at,
            new.contest,
            new.account,
        )
    }

    pub(super) async fn attempt(&mut self, id: AttemptId) -> Result<Option<AttemptRow>> {
        find!(
            self,
            "select id, round_id, division_id, account_id, ordinal, stage, started_at, deadline, paper, hold, seq,
                    head, answers, saved_at, prediction, ended_at, ended_by, receipt, correct, score, key_version, void_why
             from attempt
             where id = $1",
            id,
        )
    }

    pub(super) async fn attempts_of(&mut self, account: AccountId) -> Result<Vec<AttemptRow>> {
        list!(
            self,
            "select id, round_id, division_id, account_id, ordinal, stage, started_at, deadline, paper, hold, seq,
                    head, answers, saved_at, prediction, ended_at, ended_by, receipt, correct, score, key_version, void_why
             from attempt
             where account_id = $1
             order by started_at desc
             limit 200",
            account,
        )
    }

    /// What the save with this number says, if it was kept.
    pub(super) async fn saved_answers(&mut self, id: AttemptId, hold: i64, seq: i64) -> Result<Option<(Vec<u8>, Timestamp, bool)>> {
        find!(self, "select answers, received_at, late from saved_sheet where attempt_id = $1 and seq = $2 and hold = $3", id, seq, hold,)
    }

    /// Puts a simulated attempt's paper and its one save at the head of its chain.
    pub(super) async fn put_simulated_paper(&mut self, id: AttemptId, paper: &[u8], save: &SavedRow) -> Result<u64> {
        exec!(
            self,
            "update attempt
             set paper = $2, head = $3, answers = $4
             where id = $1",
            id,
            paper,
            &save.hash[..],
            &save.answers[..],
        )
    }

    pub(super) async fn add_save(&mut self, id: AttemptId, save: &SavedRow) -> Result<u64> {
        exec!(
            self,
            "insert into saved_sheet (attempt_id, seq, hold, received_at, late, answers, hash)
             values ($1, $2, $3, $4, $5, $6, $7)",
            id,
            save.seq,
            save.hold,
            save.received_at,
            save.late,
            &save.answers[..],
            &save.hash[..],
        )
    }

    /// Moves the head of a running sheet to a counted save; 0 rows: somebody else moved it.
    pub(super) async fn move_head(&mut self, id: AttemptId, from: &[u8], save: &SavedRow, guess: Option<i64>) -> Result<u64> {
        exec!(
            self,
            "update attempt
             set seq = $3, head = $4, answers = $5, saved_at = $6, prediction = $7
             where id = $1 and head = $2 and hold = $8 and stage = 'running'",
            id,
            from,
            save.seq,
            &save.hash[..],
            &save.answers[..],
            save.received_at,
            guess,
            save.hold,
        )
    }

    /// Moves the head to a late save, which changes no answer.
    pub(super) async fn move_head_late(&mut self, id: AttemptId, from: &[u8], save: &SavedRow) -> Result<u64> {
        exec!(self, "update attempt set seq = $3, head = $4 where id = $1 and head = $2", id, from, save.seq, &save.hash[..])
    }

    /// Gives the running sheet to another tab or device.
    pub(super) async fn take_hold(&mut self, id: AttemptId, account: AccountId) -> Result<Option<(i64, i64, Timestamp, Vec<u8>)>> {
        find!(
            self,
            "update attempt
             set hold = hold + 1
             where id = $1 and account_id = $2 and stage = 'running'
             returning hold, seq, deadline, answers",
            id,
            account,
        )
    }

    /// Ends a running sheet whose head is still this one; 0 rows: it moved or has ended.
    pub(super) async fn end_attempt(&mut self, id: AttemptId, head: &[u8], ended: &EndedRow) -> Result<u64> {
        exec!(
            self,
            "update attempt
             set stage = 'marked', ended_at = $3, ended_by = $4, receipt = $5, correct = $6, score = $7, key_version = $8
             where id = $1 and head = $2 and stage = 'running'",
            id,
            head,
            ended.at,
            ended.by,
            &ended.receipt[..],
            ended.correct,
            ended.score,
            ended.key_version,
        )
    }

    /// Running sheets whose deadline lies before this moment, the oldest first.
    pub(super) async fn overdue(&mut self, before: Timestamp, limit: i64) -> Result<Vec<(AttemptId, RoundId, DivisionId)>> {
        list!(
            self,
            "select id, round_id, division_id
             from attempt
             where stage = 'running' and deadline < $1
             order by deadline
             limit $2",
            before,
            limit,
        )
    }

    /// Moves the deadlines of the running sheets of a division after its window or duration changed.
    pub(super) async fn move_deadlines(&mut self, division: DivisionId, duration: i64, closes_at: Timestamp) -> Result<u64> {
        exec!(
            self,
            "update attempt
             set deadline = case when started_at + $2 + allowance < $3 then started_at + $2 + allowance else $3 end
             where division_id = $1 and stage = 'running'",
            division,
            duration,
            closes_at,
        )
    }

    pub(super) async fn saves(&mut self, id: AttemptId) -> Result<Vec<SavedRow>> {
        list!(self, "select seq, hold, received_at, late, answers, hash from saved_sheet where attempt_id = $1 order by hold, seq", id,)
    }

    /// The attempts of a round after this one, for proofs that read them all in portions.
    pub(super) async fn attempts_after(&mut self, round: RoundId, after: AttemptId, limit: i64) -> Result<Vec<AttemptRow>> {
        list!(
            self,
            "select id, round_id, division_id, account_id, ordinal, stage, started_at, deadline, paper, hold, seq,
                    head, answers, saved_at, prediction, ended_at, ended_by, receipt, correct, score, key_version, void_why
             from attempt
             where round_id = $1 and id > $2
             order by id
             limit $3",
            round,
            after,
            limit,
        )
    }
}
