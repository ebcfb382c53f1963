//! Published rounds: in a list, and with their winners for the honour roll.

use super::store::PublishedRow;
use crate::{Engine, Result, store::Work};
use domain::{
    Timestamp,
    id::RoundId,
    results::{CollectivePrize, Winner},
};

/// A published round in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRound {
    /// The round.
    pub round: RoundId,
    /// The contest's address.
    pub slug: String,
    /// The contest's title.
    pub title: String,
    /// Which round of the contest.
    pub position: i64,
    /// Its label.
    pub label: String,
    /// The public version.
    pub version: i64,
    /// Since when.
    pub published_at: Timestamp,
    /// People who took part.
    pub people: i64,
    /// Their attempts.
    pub attempts: i64,
    /// Everything is simulated.
    pub simulated: bool,
}

/// A published round with its winners, for the honour roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HonouredRound {
    /// The round.
    pub round: PublishedRound,
    /// Winners of individual prizes.
    pub winners: Vec<Winner>,
    /// Winners of collective prizes.
    pub collective: Vec<CollectivePrize>,
}

impl Engine {
    /// Published rounds, the newest first; of one contest, or of all with an empty slug.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn published_rounds(&self, slug: &str) -> Result<Vec<PublishedRound>> {
        let mut work = self.store.read().await?;
        let mut rounds = Vec::new();
        for row in work.published_rows(slug).await? {
            rounds.push(work.published_round(row).await?);
        }
        Ok(rounds)
    }

    /// Winners of all published rounds, the newest first; of one contest, or of all with an empty slug.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn honoured(&self, slug: &str) -> Result<Vec<HonouredRound>> {
        let mut work = self.store.read().await?;
        let mut honoured = Vec::new();
        for row in work.published_rows(slug).await? {
            let Some(round) = work.judged_row(row.round_id).await? else { continue };
            let (ranking, _, facts) = work.facts(row.round_id, row.version).await?;
            let winners = work.winners(&round, ranking, &facts).await?;
            let collective = work.collective(ranking).await?;
            honoured.push(HonouredRound { round: work.published_round(row).await?, winners, collective });
        }
        Ok(honoured)
    }
}

impl Work {
    async fn published_round(&mut self, row: PublishedRow) -> Result<PublishedRound> {
        let (.., facts) = self.facts(row.round_id, row.version).await?;
        Ok(PublishedRound {
            round: row.round_id,
            slug: row.slug,
            title: row.title,
            position: row.position,
            label: row.label,
            version: row.version,
            published_at: row.published_at,
            people: facts.people(),
            attempts: facts.attempts(),
            simulated: row.simulated,
        })
    }
}
