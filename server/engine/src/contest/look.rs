//! What organisers see of contests and rounds, as typed values of the stored rows.

use super::{
    json,
    store::{ContestRow, DivisionRow, DocumentRow, PrizeRow, RoundRow},
    stored,
};
use crate::{Caller, Engine, Fault, Result, random, store::Work};
use domain::{
    Refusal, Timestamp,
    contest::{
        ContestSettings, ContestStage, ContestState, DivisionRules, Prize, PrizeScope, RoundSettings, RoundStage, RoundState, Window,
    },
    id::{ContestId, DivisionId, DocumentId, PrizeId, RoundId},
    identity::{Action, Audience},
};

/// A contest with its rounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// Which.
    pub id: ContestId,
    /// What organisers set.
    pub settings: ContestSettings,
    /// Where it stands, as decided.
    pub stage: ContestStage,
    /// Where it stands right now.
    pub state: ContestState,
    /// The banner's file.
    pub banner: Option<Vec<u8>>,
    /// Whether it shows simulated people.
    pub simulated: bool,
    /// Grows with every change.
    pub revision: i64,
    /// Its rounds in order.
    pub rounds: Vec<Round>,
}

/// A round of a contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Which.
    pub id: RoundId,
    /// Of which contest.
    pub contest: ContestId,
    /// What organisers set.
    pub settings: RoundSettings,
    /// Where it stands, as decided.
    pub stage: RoundStage,
    /// Where it stands right now.
    pub state: RoundState,
    /// When it was frozen.
    pub frozen_at: Option<Timestamp>,
    /// Grows with every change.
    pub revision: i64,
}

/// A division of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Division {
    /// Which.
    pub id: DivisionId,
    /// For whom.
    pub audience: Audience,
    /// Its rules.
    pub rules: DivisionRules,
}

/// A study document of a contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Which.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// A link; empty for a file.
    pub address: String,
    /// The file's hash.
    pub file: Option<Vec<u8>>,
    /// The file's media type.
    pub media_type: Option<String>,
    /// The file's size in bytes.
    pub size: Option<i64>,
}

impl ContestRow {
    pub(super) fn settings(&self) -> Result<ContestSettings, Fault> {
        Ok(ContestSettings {
            slug: self.slug.clone(),
            title: self.title.clone(),
            host: self.host.clone(),
            introduction: self.introduction.clone(),
            guide: self.guide.clone(),
            help_line: self.help_line.clone(),
            contact: self.contact.clone(),
            faq: self.faq.clone(),
            press_contact: self.press_contact.clone(),
            one_prize_each: self.one_prize_each,
            id_number: self.id_number,
            id_number_until: self.id_number_until,
            extra_fields: stored("the contest's extra fields", &self.extra_fields)?,
        })
    }

    fn into_contest(self, rounds: Vec<Round>) -> Result<Contest, Fault> {
        let states: Vec<_> = rounds.iter().map(|round| round.state).collect();
        Ok(Contest {
            id: self.id,
            settings: self.settings()?,
            stage: self.stage,
            state: ContestState::of(self.stage, &states),
            banner: self.banner,
            simulated: self.simulated,
            revision: self.revision,
            rounds,
        })
    }
}

impl RoundRow {
    pub(super) fn window(&self) -> Window {
        Window { opens: self.opens_at, closes: self.closes_at }
    }

    pub(super) fn state(&self, now: Timestamp) -> RoundState {
        RoundState::of(self.stage, self.window(), now)
    }

    pub(super) fn settings(&self) -> Result<RoundSettings, Fault> {
        Ok(RoundSettings {
            label: self.label.clone(),
            window: self.window(),
            results_expected: self.results_expected_at,
            headcount_as_of: self.headcount_as_of,
            rules: stored("the round's rules", &self.rules)?,
        })
    }

    pub(super) fn round(self, now: Timestamp) -> Result<Round, Fault> {
        Ok(Round {
            id: self.id,
            contest: self.contest_id,
            settings: self.settings()?,
            stage: self.stage,
            state: self.state(now),
            frozen_at: self.frozen_at,
            revision: self.revision,
        })
    }

    /// The row of a draft with these settings.
    pub(super) fn draft(id: RoundId, contest: ContestId, revision: i64, settings: &RoundSettings) -> Result<Self, Fault> {
        Ok(Self {
            id,
            contest_id: contest,
            label: settings.label.clone(),
            stage: RoundStage::Draft,
            opens_at: settings.window.opens,
            closes_at: settings.window.closes,
            results_expected_at: settings.results_expected,
            rules: json(&settings.rules)?,
            frozen_at: None,
            headcount_as_of: settings.headcount_as_of,
            revision,
        })
    }
}

impl DivisionRow {
    pub(super) fn division(self) -> Result<Division, Fault> {
        Ok(Division { id: self.id, audience: self.audience, rules: stored("the division's rules", &self.rules)? })
    }
}

impl PrizeRow {
    pub(super) fn of(now: Timestamp, round: Option<RoundId>, prize: &Prize) -> Self {
        let (audience, block) = match prize.scope {
            PrizeScope::Individual(audience) => (Some(audience), None),
            PrizeScope::Collective(block) => (None, Some(block)),
        };
        Self {
            id: random::id::<PrizeId>(now),
            round_id: round,
            audience,
            block,
            name: prize.name.clone(),
            quantity: i64::from(prize.quantity),
            value: prize.value,
        }
    }

    pub(super) fn prize(self) -> Result<Prize, Fault> {
        let scope = match (self.audience, self.block) {
            (Some(audience), None) => PrizeScope::Individual(audience),
            (None, Some(block)) => PrizeScope::Collective(block),
            _ => return Err(Fault::Broken("a prize is for people or for units")),
        };
        let quantity = u32::try_from(self.quantity).map_err(|error| Fault::Unreadable("quantity", Box::new(error)))?;
        Ok(Prize { scope, name: self.name, quantity, value: self.value })
    }
}

impl From<DocumentRow> for Document {
    fn from(row: DocumentRow) -> Self {
        Self { id: row.id, title: row.title, address: row.address, file: row.file, media_type: row.media_type, size: row.size }
    }
}

impl Work {
    /// The contest with its rounds, as they stand at this moment.
    pub(crate) async fn contest(&mut self, contest: ContestId, now: Timestamp) -> Result<Contest> {
        let row = self.contest_row(contest).await?.ok_or(Refusal::NotFound)?;
        let rounds = self.rounds_of(contest).await?.into_iter().map(|row| row.round(now)).collect::<Result<Vec<_>, _>>()?;
        Ok(row.into_contest(rounds)?)
    }

    /// The round as it stands at this moment.
    pub(crate) async fn round(&mut self, round: RoundId, now: Timestamp) -> Result<Round> {
        Ok(self.round_row(round).await?.ok_or(Refusal::NotFound)?.round(now)?)
    }

    /// The divisions of the round.
    pub(crate) async fn divisions(&mut self, round: RoundId) -> Result<Vec<Division>> {
        Ok(self.divisions_of(round).await?.into_iter().map(DivisionRow::division).collect::<Result<Vec<_>, _>>()?)
    }

    /// The prizes of one round, or of the whole contest when no round is given.
    pub(crate) async fn prizes(&mut self, contest: ContestId, round: Option<RoundId>) -> Result<Vec<Prize>> {
        let rows = self.prizes_of(contest).await?.into_iter().filter(|row| row.round_id == round);
        Ok(rows.map(PrizeRow::prize).collect::<Result<Vec<_>, _>>()?)
    }
}

impl Engine {
    /// Every contest, newest first, for organisers.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn contests(&self, caller: &Caller) -> Result<Vec<Contest>> {
        caller.must(Action::SetUpContest)?;
        let now = self.now();
        let mut work = self.store.read().await?;
        let mut contests = Vec::new();
        for row in work.all_contests().await? {
            contests.push(work.contest(row.id, now).await?);
        }
        Ok(contests)
    }

    /// The contest with this address, for organisers, whatever its stage.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] or [`Refusal::NotFound`].
    pub async fn contest(&self, caller: &Caller, slug: &str) -> Result<Contest> {
        caller.must(Action::SetUpContest)?;
        let mut work = self.store.read().await?;
        let id = work.contest_called(slug).await?.ok_or(Refusal::NotFound)?;
        work.contest(id, self.now()).await
    }

    /// The contest's study documents.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn documents_of(&self, caller: &Caller, contest: ContestId) -> Result<Vec<Document>> {
        caller.must(Action::WriteLibrary)?;
        Ok(self.store.glance().await?.documents_of(contest).await?.into_iter().map(Document::from).collect())
    }

    /// The prizes of one round, or of the whole contest when no round is given.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`].
    pub async fn prizes_of(&self, caller: &Caller, contest: ContestId, round: Option<RoundId>) -> Result<Vec<Prize>> {
        caller.must(Action::SetUpContest)?;
        self.store.glance().await?.prizes(contest, round).await
    }
}
