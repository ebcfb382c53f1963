//! A frozen round in memory: rules, pool and ready-made question fragments, the keys kept apart.

use super::{
    grants::Grants,
    store::{DivisionRow, PoolRow, RoundRow},
};
use crate::{
    Caller, Engine, Fault, Result, SafeHtml, markdown,
    notify::{Change, Heard, Notify, Remembered},
    store::Work,
};
use domain::{
    Points, Refusal, Timestamp,
    attempt::{Granted, Keyed, Phase, Shape, Shuffle, Slot, Timing},
    bank::{Content, Key, Kind},
    contest::{DivisionRules, LateStart, Pause, RoundRules, RoundStage},
    id::{ContestId, DivisionId, RoundId, VersionId},
    identity::Audience,
};
use std::{collections::HashMap, sync::Arc};

/// A round as it was frozen, without any key.
#[derive(Debug)]
pub struct Frozen {
    /// The round.
    pub round: RoundId,
    /// Its contest.
    pub contest: ContestId,
    /// The contest's slug.
    pub slug: String,
    /// The contest's title.
    pub title: String,
    /// Đơn vị chủ trì.
    pub host: String,
    /// The phone number that helps.
    pub help_line: String,
    /// "Tuần 1".
    pub label: String,
    /// Whether its people are simulated.
    pub simulated: bool,
    /// Where the round stands.
    pub stage: RoundStage,
    /// Whether a version of its results is public: the first one still is while a correction is prepared.
    pub published: bool,
    /// When it opens.
    pub opens_at: Timestamp,
    /// When it closes.
    pub closes_at: Timestamp,
    /// "dự kiến ngày".
    pub results_expected_at: Option<Timestamp>,
    /// The rules.
    pub rules: RoundRules,
    /// One for each audience.
    pub divisions: Vec<Division>,
    /// Whether it is paused.
    pub pause: Pause,
    /// What was granted to people and units.
    grants: Grants,
}

/// A division of a frozen round.
#[derive(Debug)]
pub struct Division {
    /// The division.
    pub id: DivisionId,
    /// For whom.
    pub audience: Audience,
    /// Its rules.
    pub rules: DivisionRules,
    /// The questions by their number in the pool, as they are shown.
    pub pool: Vec<Served>,
    /// The same questions, as they are drawn.
    pub slots: Vec<Slot>,
}

/// A question as it is shown: ready-made fragments.
#[derive(Debug)]
pub struct Served {
    /// The version.
    pub version: VersionId,
    /// The form.
    pub kind: Kind,
    /// The stem.
    pub stem: SafeHtml,
    /// Options, items or left-hand terms in the author's order.
    pub choices: Vec<SafeHtml>,
    /// Right-hand terms in the author's order, as plain words: they stand in selects.
    pub matches: Vec<String>,
    /// The unit of a number.
    pub unit: String,
}

/// The keys of a frozen round; they stay inside this room.
pub(super) struct Keys {
    /// Which version they are of.
    pub version: i64,
    by_division: HashMap<DivisionId, Vec<Keyed>>,
}

impl Keys {
    pub(super) fn of(&self, division: DivisionId) -> &[Keyed] {
        self.by_division.get(&division).map_or(&[], Vec::as_slice)
    }
}

impl Frozen {
    /// The division of this audience.
    pub fn division_for(&self, audience: Audience) -> Option<&Division> {
        self.divisions.iter().find(|division| division.audience == audience)
    }

    /// The division with this id.
    pub fn division(&self, id: DivisionId) -> Option<&Division> {
        self.divisions.iter().find(|division| division.id == id)
    }

    /// What the rules say about time in this division.
    pub fn timing(&self, division: &Division) -> Timing {
        Timing { opens_at: self.opens_at, closes_at: self.closes_at, duration: division.rules.duration, late_start: self.rules.late_start }
    }

    /// What the person was granted beyond the rules.
    pub fn granted(&self, person: &Caller) -> Granted {
        self.grants.to(person)
    }

    /// What was granted, as this node knows it.
    pub(super) fn grants(&self) -> &Grants {
        &self.grants
    }

    /// The phase of somebody of this division who has not started and was granted so much; a pause holds what was open.
    pub fn phase(&self, division: &Division, granted: Granted, now: Timestamp) -> Phase {
        let timing = self.timing(division);
        timing.phase(granted, None, self.pause.clock(timing.starts_until(granted), now))
    }

    /// Whether everybody's results are public; never before the round has closed.
    pub fn is_published(&self, now: Timestamp) -> bool {
        self.published && now >= self.closes_at
    }

    /// What is shuffled.
    pub fn shuffle(&self) -> Shuffle {
        Shuffle { questions: self.rules.shuffle_questions, options: self.rules.shuffle_options }
    }
}

impl Division {
    /// The shape of a question of the pool.
    pub fn shape(&self, number: u16) -> Option<&Shape> {
        self.slots.get(usize::from(number)).map(|slot| &slot.shape)
    }
}

/// Both halves of a round in memory.
#[derive(Clone)]
pub(super) struct Held {
    pub frozen: Arc<Frozen>,
    pub keys: Arc<Keys>,
}

/// The frozen rounds of this node; a change of a round or contest drops it.
pub(super) struct Rounds(Remembered<HashMap<RoundId, Held>>);

impl Rounds {
    pub(super) fn new(notify: &Notify) -> Self {
        Self(Remembered::new(notify, forget))
    }

    /// Whether this round is in memory.
    pub(super) fn holds(&self, round: RoundId) -> bool {
        self.0.look(|rounds| rounds.contains_key(&round)).0
    }
}

fn forget(rounds: &mut HashMap<RoundId, Held>, heard: Heard) -> bool {
    match heard {
        Heard::Change(Change::Round(round)) => {
            rounds.remove(&round);
        }
        Heard::Change(Change::Contest(contest)) => rounds.retain(|_, held| held.frozen.contest != contest),
        Heard::Missed => rounds.clear(),
        Heard::Change(Change::Account(_) | Change::Messages(_) | Change::Library | Change::Units) => return false,
    }
    true
}

impl Engine {
    /// The frozen round, from memory when it is there.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is no such round or it is not frozen.
    pub async fn frozen(&self, round: RoundId) -> Result<Arc<Frozen>> {
        Ok(self.held(round).await?.frozen)
    }

    pub(super) async fn held(&self, round: RoundId) -> Result<Held> {
        // A change drops a round while thousands sit it: one of them reads it again for all.
        let read = || async {
            let mut work = self.store.read().await?;
            load(&mut work, round).await
        };
        let keep = |rounds: &mut HashMap<RoundId, Held>, held: &Held| {
            rounds.insert(round, held.clone());
        };
        self.sittings.rounds.0.recall(|rounds| rounds.get(&round).cloned(), read, keep).await
    }
}

impl Work {
    /// Moves the deadlines of running sheets after the round's window changed, in the same unit of work.
    pub(crate) async fn follow_window(&mut self, round: RoundId, closes_at: Timestamp) -> Result<()> {
        let row = self.frozen_round(round).await?.ok_or(Refusal::NotFound)?;
        let rules: RoundRules = read(&row.rules, "rules of a round")?;
        if rules.late_start == LateStart::FullTime {
            return Ok(());
        }
        for row in self.frozen_divisions(round).await? {
            let rules: DivisionRules = read(&row.rules, "rules of a division")?;
            self.move_deadlines(row.id, rules.duration.0, closes_at).await?;
        }
        Ok(())
    }
}

async fn load(work: &mut Work, round: RoundId) -> Result<Held> {
    let row = work.frozen_round(round).await?.ok_or(Refusal::NotFound)?;
    let mut pools: HashMap<DivisionId, Vec<PoolRow>> = HashMap::new();
    for row in work.frozen_pool(round).await? {
        pools.entry(row.division_id).or_default().push(row);
    }
    let mut divisions = Vec::new();
    let mut by_division = HashMap::new();
    for row in work.frozen_divisions(round).await? {
        let pool = pools.remove(&row.id).unwrap_or_default();
        let (division, keys) = division(row, pool)?;
        by_division.insert(division.id, keys);
        divisions.push(division);
    }
    let version = row.key_version;
    let published = work.published_version(round).await?.is_some();
    let grants = Grants::of(work.grants(round).await?)?;
    Ok(Held { frozen: Arc::new(frozen((round, published), row, (divisions, grants))?), keys: Arc::new(Keys { version, by_division }) })
}

fn frozen((round, published): (RoundId, bool), row: RoundRow, (divisions, grants): (Vec<Division>, Grants)) -> Result<Frozen> {
    Ok(Frozen {
        round,
        contest: row.contest_id,
        slug: row.slug,
        title: row.title,
        host: row.host,
        help_line: row.help_line,
        label: row.label,
        simulated: row.simulated,
        stage: row.stage,
        published,
        opens_at: row.opens_at,
        closes_at: row.closes_at,
        results_expected_at: row.results_expected_at,
        rules: read(&row.rules, "rules of a round")?,
        pause: Pause { since: row.paused_since },
        divisions,
        grants,
    })
}

fn division(row: DivisionRow, pool: Vec<PoolRow>) -> Result<(Division, Vec<Keyed>)> {
    let rules: DivisionRules = read(&row.rules, "rules of a division")?;
    let mut division = Division { id: row.id, audience: row.audience, rules, pool: Vec::new(), slots: Vec::new() };
    let mut keys = Vec::with_capacity(pool.len());
    for row in pool {
        if usize::try_from(row.position) != Ok(division.pool.len()) {
            return Err(Fault::Broken("a pool's numbers have a gap").into());
        }
        let content: Content = read(&row.content, "content of a question")?;
        let key: Key = read(&row.key, "key of a question")?;
        let cell = u16::try_from(row.cell).map_err(|_| Fault::Broken("a pool's cell is out of range"))?;
        let points = division.rules.blueprint.cells.get(usize::from(cell)).map_or(0, |cell| cell.points);
        keys.push(Keyed { key, points: Points(points), void: false });
        division.slots.push(Slot { cell, shape: Shape::of(&content) });
        division.pool.push(serve(row.version_id, &content));
    }
    Ok((division, keys))
}

/// Renders a question once for everybody who will see it.
pub(crate) fn serve(version: VersionId, content: &Content) -> Served {
    let choices = match content.kind {
        Kind::TrueFalse => vec![markdown::render_line("Đúng"), markdown::render_line("Sai")],
        _ => content.choices.iter().map(|choice| markdown::render_line(&choice.text)).collect(),
    };
    Served {
        version,
        kind: content.kind,
        stem: markdown::render(&content.text),
        choices,
        matches: content.matches.iter().map(|term| markdown::plain(term)).collect(),
        unit: content.unit.clone(),
    }
}

fn read<'j, T: serde::Deserialize<'j>>(json: &'j str, what: &'static str) -> Result<T> {
    serde_json::from_str(json).map_err(|error| Fault::Unreadable(what, Box::new(error)).into())
}
