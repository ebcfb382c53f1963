//! Statements about publications and what is read of published results.

use crate::store::{Result, Work};
use domain::{
    Millis, Timestamp,
    id::{AccountId, ContestId, DivisionId, PrizeId, PublicationId, RoundId, UnitId},
    identity::{Audience, Block},
    results::PublicationState,
};

/// A publication as stored.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct PublicationRow {
    /// Which version of the results.
    pub version: i64,
    /// Where it stands.
    pub state: PublicationState,
    /// Why a correction was made.
    pub reason: String,
    /// Why it was sent back.
    pub answer: String,
    /// Who submitted it.
    pub submitted_by: Option<AccountId>,
    /// Who approved it.
    pub approved_by: Option<AccountId>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Number of the decision.
    pub decision_number: String,
    /// Its date.
    pub decision_date: Option<Timestamp>,
    /// Hash of the signed PDF.
    pub decision_file: Option<Vec<u8>>,
}

/// A winner of an individual prize.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct WinnerRow {
    /// The prize.
    pub prize_id: PrizeId,
    /// Its name.
    pub prize: String,
    /// Its value.
    pub value: i64,
    /// For whom.
    pub audience: Audience,
    /// The name.
    pub full_name: String,
    /// Whether the name may be published.
    pub named: bool,
    /// The unit.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: Option<String>,
    /// The line.
    #[sqlx(flatten)]
    pub line: PerformanceRow,
}

/// A person's line on the board.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct PerformanceRow {
    /// The division.
    pub division_id: DivisionId,
    /// The place.
    pub place: i64,
    /// Right answers.
    pub correct: i64,
    /// Points.
    pub score: i64,
    /// The guess.
    pub prediction: Option<i64>,
    /// Its distance.
    pub distance: Option<i64>,
    /// Time used.
    pub duration_ms: Millis,
    /// Handed in.
    pub handed_in_at: Timestamp,
}

/// One of the first places.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TopRow {
    /// For whom.
    pub audience: Audience,
    /// The name.
    pub full_name: String,
    /// Whether the name may be published.
    pub named: bool,
    /// The unit.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: Option<String>,
    /// The place.
    pub place: i64,
    /// Right answers.
    pub correct: i64,
    /// Points.
    pub score: i64,
}

/// A winner of a collective prize.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct CollectiveRow {
    /// The prize.
    pub prize_id: PrizeId,
    /// Its name.
    pub prize: String,
    /// Its value.
    pub value: i64,
    /// The block.
    pub block: Block,
    /// The unit.
    pub unit_id: UnitId,
    /// Its name.
    pub name: String,
    /// The place.
    pub place: i64,
}

/// A unit's line on the board, with its name.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct UnitRow {
    /// The unit.
    pub unit_id: UnitId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its block.
    pub block: Block,
    /// Its place.
    pub place: Option<i64>,
    /// People.
    pub people: i64,
    /// Attempts.
    pub attempts: i64,
    /// Headcount.
    pub headcount: Option<i64>,
    /// Participation in millionths.
    pub rate_ppm: Option<i64>,
    /// More people than headcount.
    pub over_headcount: bool,
    /// Mean points in thousandths.
    pub mean_milli: i64,
}

/// A published round in a list.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PublishedRow {
    /// The round.
    pub round_id: RoundId,
    /// The contest's address.
    pub slug: String,
    /// The contest's title.
    pub title: String,
    /// Everything in it is simulated.
    pub simulated: bool,
    /// Which round.
    pub position: i64,
    /// Its label.
    pub label: String,
    /// Which version is public.
    pub version: i64,
    /// Since when.
    pub published_at: Timestamp,
}

impl Work {
    pub(super) async fn publication(&mut self, round: RoundId, version: i64) -> Result<Option<PublicationRow>> {
        find!(
            self,
            "select version, state, reason, answer, submitted_by, approved_by, published_at,
                    decision_number, decision_date, decision_file
             from publication
             where round_id = $1 and version = $2",
            round,
            version,
        )
    }

    pub(super) async fn publications(&mut self, round: RoundId) -> Result<Vec<PublicationRow>> {
        list!(
            self,
            "select version, state, reason, answer, submitted_by, approved_by, published_at,
                    decision_number, decision_date, decision_file
             from publication
             where round_id = $1
             order by version desc",
            round,
        )
    }

    pub(super) async fn add_publication(
        &mut self,
        key: (PublicationId, RoundId, i64),
        state: PublicationState,
        reason: &str,
        submitted: Option<(AccountId, Timestamp)>,
    ) -> Result<()> {
        exec!(
            self,
            "insert into publication (id, round_id, version, state, reason, submitted_by, submitted_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            key.0,
            key.1,
            key.2,
            state,
            reason,
            submitted.map(|(by, _)| by),
            submitted.map(|(_, at)| at),
        )?;
        Ok(())
    }

    /// Submits again what was sent back, or a correction that was being prepared.
    pub(super) async fn resubmit(&mut self, round: RoundId, version: i64, by: AccountId, now: Timestamp) -> Result<bool> {
        let done = exec!(
            self,
            "update publication
             set state = 'submitted', submitted_by = $3, submitted_at = $4, approved_by = null, approved_at = null
             where round_id = $1 and version = $2 and state in ('preparing', 'declined')",
            round,
            version,
            by,
            now,
        )?;
        Ok(done == 1)
    }

    pub(super) async fn approve(&mut self, round: RoundId, version: i64, by: AccountId, now: Timestamp) -> Result<bool> {
        let done = exec!(
            self,
            "update publication
             set state = 'approved', approved_by = $3, approved_at = $4
             where round_id = $1 and version = $2 and state = 'submitted' and submitted_by <> $3",
            round,
            version,
            by,
            now,
        )?;
        Ok(done == 1)
    }

    pub(super) async fn decline(&mut self, round: RoundId, version: i64, answer: &str) -> Result<bool> {
        let done = exec!(
            self,
            "update publication
             set state = 'declined', answer = $3
             where round_id = $1 and version = $2 and state in ('submitted', 'approved')",
            round,
            version,
            answer,
        )?;
        Ok(done == 1)
    }

    /// Makes an approved version the public one; the one before is kept as superseded.
    pub(super) async fn make_public(&mut self, round: RoundId, version: i64, now: Timestamp) -> Result<bool> {
        exec!(&mut *self, "update publication set state = 'superseded' where round_id = $1 and state = 'published'", round,)?;
        let done = exec!(
            &mut *self,
            "update publication
             set state = 'published', published_at = $3
             where round_id = $1 and version = $2 and state = 'approved'",
            round,
            version,
            now,
        )?;
        Ok(done == 1)
    }

    /// Records the decision; a file that was kept before stays when none is given.
    pub(super) async fn put_decision(&mut self, key: (RoundId, i64), number: &str, date: Timestamp, file: Option<Vec<u8>>) -> Result<bool> {
        let done = exec!(
            self,
            "update publication
             set decision_number = $3, decision_date = $4, decision_file = coalesce($5, decision_file)
             where round_id = $1 and version = $2",
            key.0,
            key.1,
            number,
            date,
            file,
        )?;
        Ok(done == 1)
    }

    /// The version the public reads, if any.
    pub(crate) async fn published_version(&mut self, round: RoundId) -> Result<Option<i64>> {
        let row: Option<(i64,)> = find!(self, "select version from publication where round_id = $1 and state = 'published'", round)?;
        Ok(row.map(|(version,)| version))
    }

    /// The round at this public address.
    pub(crate) async fn round_at(&mut self, slug: &str, position: i64) -> Result<Option<(RoundId,)>> {
        find!(
            self,
            "select r.id
             from round r
             join contest c on c.id = r.contest_id
             where c.slug = $1 and r.position = $2 and c.stage <> 'draft' and r.stage <> 'draft'",
            slug,
            position,
        )
    }

    pub(super) async fn published_rows(&mut self, slug: &str) -> Result<Vec<PublishedRow>> {
        list!(
            self,
            "select r.id as round_id, c.slug, c.title, c.simulated, r.position, r.label, p.version, p.published_at
             from publication p
             join round r on r.id = p.round_id
             join contest c on c.id = r.contest_id
             where p.state = 'published' and c.stage <> 'draft' and ($1 = '' or c.slug = $1)
             order by p.published_at desc, r.position desc",
            slug,
        )
    }

    pub(super) async fn winner_rows(&mut self, round: RoundId, version: i64) -> Result<Vec<WinnerRow>> {
        list!(
            self,
            "select a.prize_id, p.name as prize, p.value, p.audience, c.full_name,
                    (c.sample or exists (
                        select 1 from consent k
                        where k.account_id = c.id and k.purpose = 'publish' and k.withdrawn_at is null)) as named,
                    u.name as unit, e.code, s.division_id, a.place, s.correct, s.score, s.prediction, s.distance,
                    s.duration_ms, s.handed_in_at
             from award a
             join prize p on p.id = a.prize_id
             join account c on c.id = a.account_id
             join standing s on s.round_id = a.round_id and s.version = a.version and s.account_id = a.account_id
             left join unit u on u.id = s.unit_id
             left join entry e on e.contest_id = a.contest_id and e.account_id = a.account_id
             where a.round_id = $1 and a.version = $2 and a.state <> 'withdrawn' and p.audience is not null
             order by p.audience desc, p.position, s.line",
            round,
            version,
        )
    }

    pub(super) async fn collective_rows(&mut self, round: RoundId, version: i64) -> Result<Vec<CollectiveRow>> {
        list!(
            self,
            "select a.prize_id, p.name as prize, p.value, p.block, a.unit_id, u.name, a.place
             from award a
             join prize p on p.id = a.prize_id
             join unit u on u.id = a.unit_id
             where a.round_id = $1 and a.version = $2 and a.state <> 'withdrawn' and p.block is not null
             order by p.block, p.position, a.place, u.sort_key",
            round,
            version,
        )
    }

    pub(super) async fn top_rows(&mut self, round: RoundId, version: i64, places: i64) -> Result<Vec<TopRow>> {
        list!(
            self,
            "select d.audience, c.full_name,
                    (c.sample or exists (
                        select 1 from consent k
                        where k.account_id = c.id and k.purpose = 'publish' and k.withdrawn_at is null)) as named,
                    u.name as unit, e.code, s.place, s.correct, s.score
             from standing s
             join division d on d.id = s.division_id
             join round r on r.id = s.round_id
             join account c on c.id = s.account_id
             left join unit u on u.id = s.unit_id
             left join entry e on e.contest_id = r.contest_id and e.account_id = s.account_id
             where s.round_id = $1 and s.version = $2 and s.place <= $3
             order by d.audience desc, s.line",
            round,
            version,
            places,
        )
    }

    pub(super) async fn unit_rows(&mut self, round: RoundId, version: i64) -> Result<Vec<UnitRow>> {
        list!(
            self,
            "select s.unit_id, u.code, u.name, s.block, s.place, s.people, s.attempts, s.headcount, s.rate_ppm,
                    s.over_headcount, s.mean_milli
             from unit_standing s
             join unit u on u.id = s.unit_id
             where s.round_id = $1 and s.version = $2
             order by s.block, case when s.place is null then 1 else 0 end, s.place, u.sort_key",
            round,
            version,
        )
    }

    /// The nearest line with a better place.
    pub(super) async fn line_above(&mut self, key: (RoundId, i64), of: &PerformanceRow) -> Result<Option<PerformanceRow>> {
        find!(
            self,
            "select division_id, place, correct, score, prediction, distance, duration_ms, handed_in_at
             from standing
             where round_id = $1 and version = $2 and division_id = $3 and place < $4
             order by line desc
             limit 1",
            key.0,
            key.1,
            of.division_id,
            of.place,
        )
    }

    pub(super) async fn own_line(&mut self, round: RoundId, version: i64, account: AccountId) -> Result<Option<PerformanceRow>> {
        find!(
            self,
            "select division_id, place, correct, score, prediction, distance, duration_ms, handed_in_at
             from standing
             where round_id = $1 and version = $2 and account_id = $3",
            round,
            version,
            account,
        )
    }

    pub(super) async fn own_prizes(&mut self, round: RoundId, version: i64, account: AccountId) -> Result<Vec<(String,)>> {
        list!(
            self,
            "select p.name
             from award a
             join prize p on p.id = a.prize_id
             where a.round_id = $1 and a.version = $2 and a.account_id = $3 and a.state <> 'withdrawn'
             order by p.position",
            round,
            version,
            account,
        )
    }

    /// Why attempts of the account were not recognised in the round.
    pub(super) async fn own_void(&mut self, round: RoundId, account: AccountId) -> Result<Vec<(String,)>> {
        list!(
            self,
            "select void_why
             from attempt
             where round_id = $1 and account_id = $2 and stage = 'void'
             order by started_at",
            round,
            account,
        )
    }

    pub(super) async fn totals(&mut self, round: RoundId) -> Result<Vec<super::DivisionTotals>> {
        list!(
            self,
            "select d.audience,
                    cast(count(distinct a.account_id) as bigint) as people,
                    cast(count(a.id) as bigint) as attempts,
                    cast(coalesce(sum(case when a.stage = 'running' then 1 else 0 end), 0) as bigint) as running,
                    cast(coalesce(sum(case when a.stage = 'void' then 1 else 0 end), 0) as bigint) as void
             from division d
             left join attempt a on a.division_id = d.id
             where d.round_id = $1
             group by d.id, d.audience
             order by d.audience desc",
            round,
        )
    }

    /// Units with the number of people who have taken part so far, of those who compete.
    pub(super) async fn people_by_unit(&mut self, round: RoundId) -> Result<Vec<(String, i64)>> {
        list!(
            self,
            "select u.name, cast(count(distinct a.account_id) as bigint)
             from frozen_headcount h
             join unit u on u.id = h.unit_id
             left join attempt a on a.round_id = h.round_id and a.unit_id = h.unit_id and a.stage <> 'void'
             where h.round_id = $1
             group by u.id, u.name, u.sort_key
             order by u.sort_key",
            round,
        )
    }

    /// Rounds in which the unit's line was published, the newest first.
    pub(super) async fn published_with_unit(&mut self, contest: ContestId, unit: UnitId) -> Result<Vec<(i64, String, RoundId, i64)>> {
        list!(
            self,
            "select r.position, r.label, r.id, p.version
             from publication p
             join round r on r.id = p.round_id
             join unit_standing s on s.round_id = p.round_id and s.version = p.version
             where p.state = 'published' and r.contest_id = $1 and s.unit_id = $2
             order by r.position desc",
            contest,
            unit,
        )
    }
}
