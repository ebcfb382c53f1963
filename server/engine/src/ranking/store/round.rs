//! Statements about a round and its divisions, as ranking and results need them.

use crate::store::{Result, Work};
use domain::{
    Timestamp,
    contest::{IdNumberRule, RoundStage},
    id::{ContestId, DivisionId, RoundId},
    identity::Audience,
};

/// A round with what its contest says.
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
    /// The round that announces the prizes of the whole contest, once it was chosen.
    pub summed_up_with: Option<RoundId>,
    /// When the identity number is asked.
    pub id_number: IdNumberRule,
    /// Which round of the contest, from 1.
    pub position: i64,
    /// The round's label.
    pub label: String,
    /// Where it stands.
    pub stage: RoundStage,
    /// Grows with every change.
    pub revision: i64,
    /// Opening.
    pub opens_at: Timestamp,
    /// Closing.
    pub closes_at: Timestamp,
    /// Since when it is paused, if it is.
    pub paused_since: Option<Timestamp>,
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

impl Work {
    pub(crate) async fn judged_row(&mut self, round: RoundId) -> Result<Option<RoundRow>> {
        find!(
            self,
            "select r.id, r.contest_id, c.slug, c.title, c.host, c.press_contact, c.simulated, c.one_prize_each,
                    c.summed_up_with, c.id_number, r.position, r.label, r.stage, r.revision, r.opens_at, r.closes_at,
                    r.paused_since, r.rules, r.headcount_as_of
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

    /// Chooses the round that announces the prizes of its contest, or takes the choice back; `false` when it stands so
    /// already, or another round was chosen.
    pub(in crate::ranking) async fn choose_to_sum_up(&mut self, contest: ContestId, round: RoundId, chosen: bool) -> Result<bool> {
        let done = if chosen {
            exec!(self, "update contest set summed_up_with = $2 where id = $1 and summed_up_with is null", contest, round)?
        } else {
            exec!(self, "update contest set summed_up_with = null where id = $1 and summed_up_with = $2", contest, round)?
        };
        Ok(done == 1)
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
}
