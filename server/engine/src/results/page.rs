//! The announcement: what a newspaper, the portal, the sheets and the summary are all made from.

use super::store::{PerformanceRow, PublishedRow, TopRow, UnitRow};
use crate::{
    Caller, Engine, Fault, Result,
    ranking::{store::RoundRow, stored},
    store::Work,
};
use domain::{
    Points, Refusal, Timestamp,
    contest::RoundRules,
    id::{PrizeId, RoundId},
    identity::{Action, Audience, Block},
    ranking::{Performance, RankingRule, explain},
    results::{Announcement, CollectivePrize, Facts, Matter, Moment, Openness, PublicationState, Viewer, Winner, may_see, summary},
};

/// For whom a page of results is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// For everybody: winners, what the rules open, no more.
    Public,
    /// For the organisers: every line.
    Internal,
}

/// One of the first places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopLine {
    /// The audience.
    pub audience: Audience,
    /// The name; none without consent to its publication.
    pub name: Option<String>,
    /// The unit.
    pub unit: Option<String>,
    /// Mã dự thi.
    pub code: String,
    /// The place.
    pub place: i64,
    /// Right answers.
    pub correct: i64,
    /// Points.
    pub score: i64,
}

/// A unit's line on the board.
pub type UnitLine = UnitRow;

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
    /// The published results at this address; `version` asks for an older one that was corrected.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::NotPublished`].
    pub async fn results(&self, slug: &str, position: i64, version: Option<i64>) -> Result<ResultsPage> {
        let mut work = self.store.read().await?;
        let (round,) = work.round_at(slug, position).await?.ok_or(Refusal::NotFound)?;
        let current = work.published_version(round).await?.ok_or(Refusal::NotPublished)?;
        let version = version.unwrap_or(current);
        let publication = work.publication(round, version).await?.ok_or(Refusal::NotFound)?;
        if !matches!(publication.state, PublicationState::Published | PublicationState::Superseded) {
            return Err(Refusal::NotFound.into());
        }
        work.results_page(round, version, Scope::Public).await
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
            let facts = work.facts(row.round_id, row.version).await?.1;
            let winners = work.winners(&round, row.version, &facts).await?;
            let collective = work.collective(row.round_id, row.version).await?;
            honoured.push(HonouredRound { round: work.published_round(row).await?, winners, collective });
        }
        Ok(honoured)
    }
}

/// What the round's rules open.
pub(super) fn openness(rules: &RoundRules, facts: &Facts) -> Openness {
    Openness {
        prediction: facts.divisions.iter().any(|division| division.prediction.is_some()),
        live_board: rules.live_board,
        top_places: rules.public_places > 0,
        lower_units: rules.lowest_units_public,
    }
}

/// The unit lines that are shown: of each block the upper half, whoever has 100 %, and the rest where it may be seen.
pub(super) fn shown_units(units: Vec<UnitRow>, lower_too: bool) -> (Vec<UnitRow>, i64) {
    if lower_too {
        return (units, 0);
    }
    let all = units.len();
    let placed =
        |block: Block| i64::try_from(units.iter().filter(|row| row.block == block && row.place.is_some()).count()).unwrap_or(i64::MAX);
    let halves: Vec<(Block, i64)> = Block::ALL.iter().map(|block| (*block, (placed(*block) + 1) / 2)).collect();
    let upper = |row: &UnitRow| {
        let half = halves.iter().find(|(block, _)| *block == row.block).map_or(0, |(_, half)| *half);
        row.place.is_some_and(|place| place <= half || row.rate_ppm == Some(1_000_000))
    };
    let shown: Vec<UnitRow> = units.iter().filter(|row| upper(row)).cloned().collect();
    let hidden = i64::try_from(all - shown.len()).unwrap_or(i64::MAX);
    (shown, hidden)
}

impl From<&PerformanceRow> for Performance {
    fn from(row: &PerformanceRow) -> Self {
        Self {
            correct: row.correct,
            score: Points(row.score),
            prediction: row.prediction,
            distance: row.distance,
            duration: row.duration_ms,
            handed_in_at: row.handed_in_at,
        }
    }
}

impl From<TopRow> for TopLine {
    fn from(row: TopRow) -> Self {
        Self {
            audience: row.audience,
            name: row.named.then_some(row.full_name),
            unit: row.unit,
            code: row.code.unwrap_or_default(),
            place: row.place,
            correct: row.correct,
            score: row.score,
        }
    }
}

/// The rank of a prize among those of its field: from 1, in the order of first appearance.
fn rank_of(seen: &mut Vec<PrizeId>, prize: PrizeId) -> i64 {
    let at = seen.iter().position(|known| *known == prize).unwrap_or_else(|| {
        seen.push(prize);
        seen.len() - 1
    });
    i64::try_from(at + 1).unwrap_or(i64::MAX)
}

impl Work {
    /// When a version was ranked, and its figures.
    pub(super) async fn facts(&mut self, round: RoundId, version: i64) -> Result<(Timestamp, Facts)> {
        let (computed_at, facts) = self.outcome(round, version).await?.ok_or(Fault::Broken("a version without its outcome"))?;
        Ok((computed_at, stored("facts", &facts)?))
    }

    async fn published_round(&mut self, row: PublishedRow) -> Result<PublishedRound> {
        let (_, facts) = self.facts(row.round_id, row.version).await?;
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

    async fn results_page(&mut self, round: RoundId, version: i64, scope: Scope) -> Result<ResultsPage> {
        let row = self.round_to_judge(round).await?;
        let (computed_at, facts) = self.facts(round, version).await?;
        let rules = row.read_rules()?;
        let publication = self.publication(round, version).await?;
        let (viewer, moment) = match scope {
            Scope::Public => (Viewer::Public, Moment::Published),
            Scope::Internal => (Viewer::Judge, Moment::Closed),
        };
        let open = openness(&rules, &facts);
        let (units, hidden_units) = shown_units(self.unit_rows(round, version).await?, may_see(Matter::LowerUnits, viewer, moment, open));
        let top = if may_see(Matter::TopPlaces, viewer, moment, open) && rules.public_places > 0 {
            self.top_rows(round, version, i64::from(rules.public_places)).await?
        } else {
            Vec::new()
        };
        let announcement = Announcement {
            winners: self.winners(&row, version, &facts).await?,
            collective: self.collective(round, version).await?,
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
            units,
            hidden_units,
            top: top.into_iter().map(TopLine::from).collect(),
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

    async fn winners(&mut self, row: &RoundRow, version: i64, facts: &Facts) -> Result<Vec<Winner>> {
        let rule = RankingRule::new(&row.read_rules()?.ranking);
        let mut winners = Vec::new();
        let mut seen: [(Audience, Vec<PrizeId>); 2] = [(Audience::CivilServant, Vec::new()), (Audience::Citizen, Vec::new())];
        for winner in self.winner_rows(row.id, version).await? {
            let above = self.line_above((row.id, version), &winner.line).await?;
            let asked = facts.division(winner.line.division_id).and_then(|division| division.prediction.as_ref()).map(|facts| &facts.asked);
            let own = Performance::from(&winner.line);
            let why = explain(&rule, asked, above.as_ref().map(Performance::from).as_ref(), &own);
            let rank =
                seen.iter_mut().find(|(audience, _)| *audience == winner.audience).map_or(1, |(_, seen)| rank_of(seen, winner.prize_id));
            winners.push(Winner {
                prize: winner.prize,
                rank,
                value: winner.value,
                audience: winner.audience,
                name: winner.named.then_some(winner.full_name),
                unit: winner.unit,
                code: winner.code.unwrap_or_default(),
                place: winner.line.place,
                correct: own.correct,
                score: own.score.0,
                prediction: own.prediction,
                distance: own.distance,
                duration: own.duration,
                handed_in_at: own.handed_in_at,
                why,
            });
        }
        Ok(winners)
    }

    async fn collective(&mut self, round: RoundId, version: i64) -> Result<Vec<CollectivePrize>> {
        let mut seen: Vec<(Block, Vec<PrizeId>)> = Block::ALL.iter().map(|block| (*block, Vec::new())).collect();
        let rows = self.collective_rows(round, version).await?;
        Ok(rows
            .into_iter()
            .map(|row| {
                let of_block = seen.iter_mut().find(|(block, _)| *block == row.block);
                let rank = of_block.map_or(1, |(_, seen)| rank_of(seen, row.prize_id));
                CollectivePrize {
                    prize: row.prize,
                    rank,
                    value: row.value,
                    block: row.block,
                    unit: row.unit_id,
                    name: row.name,
                    place: row.place,
                }
            })
            .collect())
    }
}
