//! Statements about the review of entries, standings, awards and ties.

mod review;
mod winners;

pub use review::ReviewRow;
pub(super) use review::SimulatedRow;

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    contest::RoundStage,
    id::{AccountId, AttemptId, AwardId, ContestId, DivisionId, PrizeId, RoundId, UnitId},
    identity::{Audience, Block},
    ranking::{AwardState, TieRuling},
};

/// A round with what its contest says, as ranking and results need it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RoundRow {
    /// The round.
    pub id: RoundId,
    /// Its contest.
    pub contest_id: ContestId,
    /// The contest's address.
    pub slug: String,
    /// The contest's title.
    pub title: String,
    /// Who holds it.
    pub host: String,
    /// Press contact.
    pub press_contact: String,
    /// Everything in it is simulated.
    pub simulated: bool,
    /// At most one prize for each person in the contest.
    pub one_prize_each: bool,
    /// Which round of the contest, from 1.
    pub position: i64,
    /// The round's label.
    pub label: String,
    /// Where it stands.
    pub stage: RoundStage,
    /// Opening.
    pub opens_at: Timestamp,
    /// Closing.
    pub closes_at: Timestamp,
    /// JSON of its rules.
    pub rules: String,
    /// The day of the headcounts.
    pub headcount_as_of: Option<Timestamp>,
}

/// A division as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DivisionRow {
    /// The division.
    pub id: DivisionId,
    /// For whom.
    pub audience: Audience,
    /// JSON of its rules.
    pub rules: String,
}

/// A recognised attempt, as ranking reads it.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct SittingRow {
    /// Its division.
    pub division_id: DivisionId,
    /// Whose.
    pub account_id: AccountId,
    /// The attempt.
    pub id: AttemptId,
    /// The unit copied at its start.
    pub unit_id: Option<UnitId>,
    /// Right answers.
    pub correct: i64,
    /// Points.
    pub score: i64,
    /// The guess.
    pub prediction: Option<i64>,
    /// Its start.
    pub started_at: Timestamp,
    /// Its end.
    pub ended_at: Timestamp,
}

/// A line of the board of people.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct StandingRow {
    /// Its division.
    pub division_id: DivisionId,
    /// Who.
    pub account_id: AccountId,
    /// The counted attempt.
    pub attempt_id: AttemptId,
    /// The unit.
    pub unit_id: Option<UnitId>,
    /// Line in the table.
    pub line: i64,
    /// Place.
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
    pub duration_ms: i64,
    /// Handed in.
    pub handed_in_at: Timestamp,
}

/// A line of the board of units.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub struct UnitStandingRow {
    /// The unit.
    pub unit_id: UnitId,
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

/// A prize of the round.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct PrizeRow {
    /// The prize.
    pub id: PrizeId,
    /// Individual: for this audience.
    pub audience: Option<Audience>,
    /// Collective: for this block.
    pub block: Option<Block>,
    /// Its name.
    pub name: String,
    /// How many.
    pub quantity: i64,
}

/// A prize given to somebody.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct AwardRow {
    /// The award.
    pub id: AwardId,
    /// The prize.
    pub prize_id: PrizeId,
    /// Individual: the person.
    pub account_id: Option<AccountId>,
    /// Collective: the unit.
    pub unit_id: Option<UnitId>,
    /// The place.
    pub place: i64,
    /// Where it stands.
    pub state: AwardState,
}

/// A tie's decision as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TieRow {
    /// The prize.
    pub prize_id: PrizeId,
    /// How it was settled.
    pub decision: TieRuling,
    /// JSON list of ids.
    pub chosen: String,
    /// Biên bản.
    pub minutes: String,
}

impl Work {
    pub(crate) async fn judged_row(&mut self, round: RoundId) -> Result<Option<RoundRow>> {
        find!(
            self,
            "select r.id, r.contest_id, c.slug, c.title, c.host, c.press_contact, c.simulated, c.one_prize_each,
                    r.position, r.label, r.stage, r.opens_at, r.closes_at, r.rules, r.headcount_as_of
             from round r
             join contest c on c.id = r.contest_id
             where r.id = $1",
            round,
        )
    }

    pub(crate) async fn division_rows(&mut self, round: RoundId) -> Result<Vec<DivisionRow>> {
        // Civil servants first; the words' own order is not the order of their codes.
        list!(self, "select id, audience, rules from division where round_id = $1 order by audience desc", round)
    }

    /// Moves a round on, if it still stands where the caller saw it.
    pub(crate) async fn move_round(&mut self, round: RoundId, from: RoundStage, to: RoundStage) -> Result<bool> {
        let moved = exec!(
            self,
            "update round
             set stage = $3, revision = revision + 1
             where id = $1 and stage = $2",
            round,
            from,
            to,
        )?;
        Ok(moved == 1)
    }

    /// Sheets that nobody has ended or marked yet.
    pub(crate) async fn unended(&mut self, round: RoundId) -> Result<i64> {
        let row: (i64,) =
            get!(self, "select cast(count(*) as bigint) from attempt where round_id = $1 and stage in ('running', 'handed_in')", round,)?;
        Ok(row.0)
    }

    /// The version that is being worked on: one more than what was ever published.
    pub(crate) async fn working_version(&mut self, round: RoundId) -> Result<i64> {
        let row: (i64,) = get!(
            self,
            "select cast(coalesce(max(version), 0) as bigint)
             from publication
             where round_id = $1 and state in ('published', 'superseded')",
            round,
        )?;
        Ok(row.0 + 1)
    }

    /// Hands over every recognised attempt, person by person, each person's in the order of starting.
    pub(super) async fn each_sitting(&mut self, round: RoundId, mut take: impl FnMut(SittingRow)) -> Result<()> {
        each!(
            self,
            |row: SittingRow| take(row),
            "select division_id, account_id, id, unit_id,
                    cast(coalesce(correct, 0) as bigint) as correct,
                    cast(coalesce(score, 0) as bigint) as score,
                    prediction, started_at,
                    cast(coalesce(ended_at, saved_at) as bigint) as ended_at
             from attempt
             where round_id = $1 and stage = 'marked'
             order by account_id, day, ordinal",
            round,
        );
        Ok(())
    }

    /// Forgets what an earlier ranking of this version left; decisions about winners and ties stay.
    pub(super) async fn clear_standings(&mut self, round: RoundId, version: i64) -> Result<()> {
        exec!(&mut *self, "delete from standing where round_id = $1 and version = $2", round, version)?;
        exec!(&mut *self, "delete from unit_standing where round_id = $1 and version = $2", round, version)?;
        exec!(&mut *self, "delete from outcome where round_id = $1 and version = $2", round, version)?;
        Ok(())
    }

    pub(super) async fn add_standing(&mut self, round: RoundId, version: i64, row: &StandingRow) -> Result<()> {
        exec!(
            self,
            "insert into standing (round_id, version, division_id, account_id, attempt_id, unit_id, line, place,
                                   correct, score, prediction, distance, duration_ms, handed_in_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            round,
            version,
            row.division_id,
            row.account_id,
            row.attempt_id,
            row.unit_id,
            row.line,
            row.place,
            row.correct,
            row.score,
            row.prediction,
            row.distance,
            row.duration_ms,
            row.handed_in_at,
        )?;
        Ok(())
    }

    pub(super) async fn add_unit_standing(&mut self, round: RoundId, version: i64, row: &UnitStandingRow) -> Result<()> {
        exec!(
            self,
            "insert into unit_standing (round_id, version, unit_id, block, place, people, attempts, headcount,
                                        rate_ppm, over_headcount, mean_milli)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
            round,
            version,
            row.unit_id,
            row.block,
            row.place,
            row.people,
            row.attempts,
            row.headcount,
            row.rate_ppm,
            row.over_headcount,
            row.mean_milli,
        )?;
        Ok(())
    }

    pub(super) async fn add_outcome(&mut self, round: RoundId, version: i64, now: Timestamp, facts: &str) -> Result<()> {
        exec!(self, "insert into outcome (round_id, version, computed_at, facts) values ($1, $2, $3, $4)", round, version, now, facts,)?;
        Ok(())
    }

    pub(crate) async fn outcome(&mut self, round: RoundId, version: i64) -> Result<Option<(Timestamp, String)>> {
        find!(self, "select computed_at, facts from outcome where round_id = $1 and version = $2", round, version)
    }

    /// The units that compete in the round, with the headcounts frozen at its opening.
    pub(super) async fn frozen_units(&mut self, round: RoundId) -> Result<Vec<(UnitId, Block, Option<i64>)>> {
        list!(self, "select unit_id, block, headcount from frozen_headcount where round_id = $1 order by unit_id", round)
    }

    pub(super) async fn block_of(&mut self, unit: UnitId) -> Result<Option<(Block,)>> {
        find!(self, "select block from unit where id = $1", unit)
    }

    /// The facts of the newest published version of the round before this one in the contest.
    pub(super) async fn facts_before(&mut self, contest: ContestId, position: i64) -> Result<Option<(String,)>> {
        find!(
            self,
            "select o.facts
             from round r
             join publication p on p.round_id = r.id and p.state = 'published'
             join outcome o on o.round_id = p.round_id and o.version = p.version
             where r.contest_id = $1 and r.position < $2
             order by r.position desc
             limit 1",
            contest,
            position,
        )
    }

    pub(crate) async fn prize_rows(&mut self, round: RoundId) -> Result<Vec<PrizeRow>> {
        list!(
            self,
            "select id, audience, block, name, quantity
             from prize
             where round_id = $1
             order by position, id",
            round,
        )
    }

    pub(crate) async fn award_rows(&mut self, round: RoundId, version: i64) -> Result<Vec<AwardRow>> {
        list!(
            self,
            "select id, prize_id, account_id, unit_id, place, state
             from award
             where round_id = $1 and version = $2
             order by place, id",
            round,
            version,
        )
    }

    /// Who was verified or lost a prize in any version of this round.
    pub(super) async fn judged_winners(&mut self, round: RoundId) -> Result<Vec<(Option<AccountId>, Option<UnitId>, AwardState)>> {
        list!(self, "select account_id, unit_id, state from award where round_id = $1 and state <> 'proposed'", round)
    }

    /// Who may receive no prize in this round: the excluded, and with `one_each` the winners of other rounds.
    pub(super) async fn barred_people(&mut self, row: &RoundRow) -> Result<Vec<(AccountId,)>> {
        list!(
            self,
            "select e.account_id
             from exclusion e
             where e.contest_id = $1
             union
             select a.account_id
             from award a
             join publication p on p.round_id = a.round_id and p.version = a.version and p.state = 'published'
             where $3 and a.contest_id = $1 and a.round_id <> $2 and a.account_id is not null and a.state <> 'withdrawn'",
            row.contest_id,
            row.id,
            row.one_prize_each,
        )
    }

    /// The head of a division's board: at least so many lines, and everybody who shares the last place.
    pub(super) async fn head_of_board(&mut self, key: (RoundId, i64, DivisionId), lines: i64) -> Result<Vec<(AccountId, i64)>> {
        list!(
            self,
            "select account_id, place
             from standing
             where round_id = $1 and version = $2 and division_id = $3
               and place <= (select cast(coalesce(max(place), 0) as bigint)
                             from standing
                             where round_id = $1 and version = $2 and division_id = $3 and line <= $4)
             order by line",
            key.0,
            key.1,
            key.2,
            lines,
        )
    }

    pub(super) async fn placed_units(&mut self, round: RoundId, version: i64, block: Block) -> Result<Vec<(UnitId, i64)>> {
        list!(
            self,
            "select unit_id, place
             from unit_standing
             where round_id = $1 and version = $2 and block = $3 and place is not null
             order by place, unit_id",
            round,
            version,
            block,
        )
    }

    /// Forgets the awards that nobody took back, before they are given anew.
    pub(super) async fn clear_awards(&mut self, round: RoundId, version: i64) -> Result<()> {
        exec!(self, "delete from award where round_id = $1 and version = $2 and state <> 'withdrawn'", round, version)?;
        Ok(())
    }

    pub(super) async fn add_award(&mut self, row: &RoundRow, version: i64, award: &AwardRow) -> Result<()> {
        exec!(
            self,
            "insert into award (id, contest_id, round_id, version, prize_id, account_id, unit_id, place, state)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            award.id,
            row.contest_id,
            row.id,
            version,
            award.prize_id,
            award.account_id,
            award.unit_id,
            award.place,
            award.state,
        )?;
        Ok(())
    }

    /// The round and version of an award.
    pub(super) async fn round_of_award(&mut self, award: AwardId) -> Result<Option<(RoundId, i64)>> {
        find!(self, "select round_id, version from award where id = $1 and round_id is not null", award)
    }

    pub(super) async fn verify_award(&mut self, award: AwardId, by: AccountId, now: Timestamp) -> Result<bool> {
        let done = exec!(
            self,
            "update award
             set state = 'verified', decided_by = $2, decided_at = $3
             where id = $1 and state = 'proposed'",
            award,
            by,
            now,
        )?;
        Ok(done == 1)
    }

    pub(super) async fn withdraw_award(&mut self, award: AwardId, why: &str, by: AccountId, now: Timestamp) -> Result<bool> {
        let done = exec!(
            self,
            "update award
             set state = 'withdrawn', why = $2, decided_by = $3, decided_at = $4
             where id = $1 and state <> 'withdrawn'",
            award,
            why,
            by,
            now,
        )?;
        Ok(done == 1)
    }

    pub(crate) async fn tie_rows(&mut self, round: RoundId, version: i64) -> Result<Vec<TieRow>> {
        list!(
            self,
            "select prize_id, decision, chosen, minutes
             from tie
             where round_id = $1 and version = $2
             order by decided_at",
            round,
            version,
        )
    }

    pub(super) async fn put_tie(&mut self, key: (RoundId, i64), tie: &TieRow, by: (AccountId, Timestamp)) -> Result<()> {
        exec!(&mut *self, "delete from tie where round_id = $1 and version = $2 and prize_id = $3", key.0, key.1, tie.prize_id)?;
        exec!(
            &mut *self,
            "insert into tie (round_id, version, prize_id, decision, chosen, minutes, decided_by, decided_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            key.0,
            key.1,
            tie.prize_id,
            tie.decision,
            &tie.chosen,
            &tie.minutes,
            by.0,
            by.1,
        )?;
        Ok(())
    }
}
