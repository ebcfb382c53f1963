//! The announcement: what a newspaper, the portal, the sheets and the summary are all made from.

use super::board::{Board, TopLine, UnitLine, openness};
use crate::{
    Caller, Engine, Fault, Result,
    ranking::{store::Ranking, stored},
    store::Work,
};
use domain::{
    Refusal, Timestamp,
    id::RoundId,
    identity::Action,
    ranking::Span,
    results::{Announcement, Facts, Moment, PublicationState, Viewer, summary},
};

/// For whom a page of results is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// For everybody: winners, what the rules open, no more.
    Public,
    /// For the organisers: every line.
    Internal,
}

/// One version in the history of corrections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// Its number.
    pub version: i64,
    /// When it was published.
    pub published_at: Timestamp,
    /// Why it was made; empty for the first.
    pub reason: String,
    /// Whether it is the one that holds.
    pub current: bool,
}

/// Everything a page, a sheet or a summary of results needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultsPage {
    /// The round.
    pub round: RoundId,
    /// The contest's address.
    pub slug: String,
    /// Which round of the contest, from 1.
    pub position: i64,
    /// Which version this is.
    pub version: i64,
    /// Where this version stands; none before it was submitted.
    pub state: Option<PublicationState>,
    /// When it was ranked.
    pub computed_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Figures, winners, decision.
    pub announcement: Announcement,
    /// The board of units as far as the viewer may see it, block by block.
    pub units: Vec<UnitLine>,
    /// Units that are left out.
    pub hidden_units: i64,
    /// The first places as far as the viewer may see them.
    pub top: Vec<TopLine>,
    /// Units and first places over the whole contest, where this round announces it.
    pub whole_contest: Option<Board>,
    /// Published versions, the newest first.
    pub history: Vec<VersionLine>,
    /// Press contact.
    pub press_contact: String,
    /// Hash of the signed decision, in hexadecimal.
    pub decision_file: Option<String>,
    /// Everything is simulated.
    pub simulated: bool,
    /// The plain summary of 120–200 words.
    pub summary: String,
}

impl Engine {
    /// The published results at this address; `version` asks for an older one that was corrected.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotPublished`].
    pub async fn results(&self, slug: &str, position: i64, version: Option<i64>) -> Result<ResultsPage> {
        let mut work = self.store.read().await?;
        let (round, version) = work.published_at(slug, position, version).await?;
        work.results_page(round, version, Scope::Public).await
    }

    /// The figures of published results and since when they are public; `version` asks for an older one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotPublished`].
    pub(crate) async fn published_facts(&self, slug: &str, position: i64, version: Option<i64>) -> Result<(Facts, Option<Timestamp>)> {
        let mut work = self.store.read().await?;
        let (round, version) = work.published_at(slug, position, version).await?;
        let (.., facts) = work.facts(round, version).await?;
        let published_at = work.publication(round, version).await?.and_then(|line| line.published_at);
        Ok((facts, published_at))
    }

    /// The newest ranking with every line, for those who judge the round.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`], [`Refusal::NotFound`]; [`Refusal::WrongOrder`] before it was ranked.
    pub async fn results_to_judge(&self, caller: &Caller, round: RoundId) -> Result<ResultsPage> {
        caller.must(Action::JudgeRound)?;
        let mut work = self.store.read().await?;
        work.round_to_judge(round).await?;
        let working = work.working_version(round).await?;
        let version = if work.outcome(round, working).await?.is_some() { working } else { working - 1 };
        if version == 0 {
            return Err(Refusal::WrongOrder.into());
        }
        work.results_page(round, version, Scope::Internal).await
    }
}

impl Work {
    /// The version of a round's results that the public reads at this address; an older one only when asked for.
    pub(super) async fn published_at(&mut self, slug: &str, position: i64, version: Option<i64>) -> Result<(RoundId, i64)> {
        let (round,) = self.round_at(slug, position).await?.ok_or(Refusal::NotFound)?;
        let current = self.published_version(round).await?.ok_or(Refusal::NotPublished)?;
        let version = version.unwrap_or(current);
        let publication = self.publication(round, version).await?.ok_or(Refusal::NotFound)?;
        if !matches!(publication.state, PublicationState::Published | PublicationState::Superseded) {
            return Err(Refusal::NotFound.into());
        }
        Ok((round, version))
    }

    /// The ranking of a version, when it was made, and its figures.
    pub(super) async fn facts(&mut self, round: RoundId, version: i64) -> Result<(Ranking, Timestamp, Facts)> {
        let (ranking, computed_at, facts) = self.outcome(round, version).await?.ok_or(Fault::Broken("a version without its outcome"))?;
        Ok((ranking, computed_at, stored("facts", &facts)?))
    }

    async fn results_page(&mut self, round: RoundId, version: i64, scope: Scope) -> Result<ResultsPage> {
        let row = self.round_to_judge(round).await?;
        let (ranking, computed_at, facts) = self.facts(round, version).await?;
        let rules = row.read_rules()?;
        let publication = self.publication(round, version).await?;
        let (viewer, moment) = match scope {
            Scope::Public => (Viewer::Public, Moment::Published),
            Scope::Internal => (Viewer::Judge, Moment::Closed),
        };
        let seen = (viewer, moment, openness(&rules, &facts));
        let own = self.board(ranking, Span::Round, &rules, seen).await?;
        let whole_contest = match &facts.whole_contest {
            Some(_) => Some(self.board(ranking, Span::Contest, &rules, seen).await?),
            None => None,
        };
        let announcement = Announcement {
            winners: self.winners(&row, ranking, &facts).await?,
            collective: self.collective(ranking).await?,
            decision_number: publication.as_ref().map(|line| line.decision_number.clone()).unwrap_or_default(),
            decision_date: publication.as_ref().and_then(|line| line.decision_date),
            facts,
        };
        Ok(ResultsPage {
            round,
            slug: row.slug,
            position: row.position,
            version,
            state: publication.as_ref().map(|line| line.state),
            computed_at,
            published_at: publication.as_ref().and_then(|line| line.published_at),
            summary: summary(&announcement),
            announcement,
            units: own.units,
            hidden_units: own.hidden_units,
            top: own.top,
            whole_contest,
            history: self.versions(round).await?,
            press_contact: row.press_contact,
            decision_file: publication.and_then(|line| line.decision_file).map(hex::encode),
            simulated: row.simulated,
        })
    }

    async fn versions(&mut self, round: RoundId) -> Result<Vec<VersionLine>> {
        let lines = self.publications(round).await?;
        Ok(lines
            .into_iter()
            .filter(|line| matches!(line.state, PublicationState::Published | PublicationState::Superseded))
            .filter_map(|line| {
                let current = line.state == PublicationState::Published;
                line.published_at.map(|published_at| VersionLine { version: line.version, published_at, reason: line.reason, current })
            })
            .collect())
    }
}
