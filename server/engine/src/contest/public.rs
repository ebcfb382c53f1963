//! What everybody may read of contests: rendered once and kept until something changes.

use super::{look::Round, rules::RulesPage, store::DocumentRow};
use crate::{
    Engine, Result, SafeHtml, markdown,
    notify::{Change, Heard, Notify, Remembered},
    store::Work,
};
use domain::{
    Millis, Refusal, Timestamp,
    contest::{
        ChangeState, ContestStage, ContestState, ExtraField, IdNumberRule, Prediction, Prize, RoundChange, RoundRules, RoundStage,
        RoundState, Window,
    },
    id::{ContestId, DivisionId, RoundId},
    identity::Audience,
};
use std::{collections::HashMap, sync::Arc};

/// A contest as its public pages show it; nothing in it tells how many take part.
#[derive(Debug, Clone)]
pub struct ContestPage {
    /// Which.
    pub id: ContestId,
    /// Its address.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Đơn vị chủ trì.
    pub host: String,
    /// Where it stands, as decided.
    pub stage: ContestStage,
    /// The banner's file.
    pub banner: Option<Vec<u8>>,
    /// Giới thiệu.
    pub introduction: SafeHtml,
    /// The introduction's words, for share cards and feeds.
    pub summary: String,
    /// Hướng dẫn.
    pub guide: SafeHtml,
    /// Liên hệ.
    pub contact: SafeHtml,
    /// Hỏi đáp.
    pub faq: SafeHtml,
    /// Phone number of the help line.
    pub help_line: String,
    /// Whom newspapers ask.
    pub press_contact: String,
    /// Whether it shows simulated people.
    pub simulated: bool,
    /// Mỗi người tối đa một giải trong cuộc thi.
    pub one_prize_each: bool,
    /// When the identity number is asked.
    pub id_number: IdNumberRule,
    /// Until when it is kept.
    pub id_number_until: Option<Timestamp>,
    /// What is asked on entry.
    pub extra_fields: Vec<ExtraField>,
    /// Every version of the thể lệ, newest first.
    pub rules: Vec<RulesPage>,
    /// Study documents.
    pub documents: Vec<DocumentLine>,
    /// Prizes of the whole contest.
    pub prizes: Vec<Prize>,
    /// The frozen rounds, in order.
    pub rounds: Vec<RoundPage>,
    /// Rounds that were public and are being set up anew: their labels, and what changed.
    pub recalled: Vec<(String, Vec<ChangeNotice>)>,
}

/// A study document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLine {
    /// Its title.
    pub title: String,
    /// A link, or `/tep/{hash}`.
    pub address: String,
    /// Its media type and size in bytes, for a file.
    pub file: Option<(String, i64)>,
}

/// A round as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundPage {
    /// Which.
    pub id: RoundId,
    /// Which of the contest, from 1: in the addresses of its results.
    pub position: i64,
    /// Tuần 1 …
    pub label: String,
    /// Where it stands, as decided.
    pub stage: RoundStage,
    /// Whether a version of its results is public; a correction that is being prepared does not take it back.
    pub published: bool,
    /// When people may start.
    pub window: Window,
    /// "dự kiến ngày".
    pub results_expected: Option<Timestamp>,
    /// Headcounts as of this day.
    pub headcount_as_of: Option<Timestamp>,
    /// Its rules.
    pub rules: RoundRules,
    /// Its divisions.
    pub divisions: Vec<DivisionPage>,
    /// Its prizes.
    pub prizes: Vec<Prize>,
    /// What changed after it was frozen, newest first.
    pub changes: Vec<ChangeNotice>,
}

/// A division as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DivisionPage {
    /// Which.
    pub id: DivisionId,
    /// For whom.
    pub audience: Audience,
    /// Time to work on the paper.
    pub duration: Millis,
    /// How many questions a paper has, the prediction not counted.
    pub questions: usize,
    /// Most points of a paper.
    pub points: i64,
    /// The prediction question.
    pub prediction: Option<Prediction>,
}

/// A change after freezing, as the public reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeNotice {
    /// What changed.
    pub words: String,
    /// Why.
    pub reason: String,
    /// Since when it holds.
    pub at: Timestamp,
}

impl RoundPage {
    /// Where it stands for the public at this moment.
    pub fn state(&self, now: Timestamp) -> RoundState {
        if self.published { RoundState::Published } else { RoundState::of(self.stage, self.window, now) }
    }

    /// The division of an audience.
    pub fn division(&self, audience: Audience) -> Option<&DivisionPage> {
        self.divisions.iter().find(|division| division.audience == audience)
    }
}

impl ContestPage {
    /// Where it stands at this moment.
    pub fn state(&self, now: Timestamp) -> ContestState {
        let rounds: Vec<_> = self.rounds.iter().map(|round| round.state(now)).collect();
        ContestState::of(self.stage, &rounds)
    }

    /// The round that people look for: the open one, else the next to open, else the last.
    pub fn current_round(&self, now: Timestamp) -> Option<&RoundPage> {
        let of = |state: RoundState| self.rounds.iter().find(move |round| round.state(now) == state);
        let last = || self.rounds.iter().rev().find(|round| round.stage != RoundStage::Cancelled);
        of(RoundState::Open).or_else(|| of(RoundState::Waiting)).or_else(last)
    }

    /// The thể lệ in force.
    pub fn rules_in_force(&self) -> Option<&RulesPage> {
        self.rules.first()
    }
}

/// Public pages as last rendered; forgets them when it hears of a change.
pub struct ContestCache(Remembered<Kept>);

#[derive(Default)]
struct Kept {
    pages: HashMap<String, Arc<ContestPage>>,
    list: Option<Arc<[Arc<ContestPage>]>>,
}

impl ContestCache {
    /// An empty cache that listens.
    pub fn new(notify: &Notify) -> Self {
        Self(Remembered::new(notify, forget))
    }
}

fn forget(kept: &mut Kept, heard: Heard) -> bool {
    match heard {
        Heard::Change(Change::Contest(_) | Change::Round(_)) | Heard::Missed => {
            *kept = Kept::default();
            true
        }
        Heard::Change(Change::Account(_) | Change::Library | Change::Units) => false,
    }
}

impl Engine {
    /// The public page of the contest with this address.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none, or it is not public.
    pub async fn contest_page(&self, slug: &str) -> Result<Arc<ContestPage>> {
        let (known, age) = self.contests.0.look(|kept| kept.pages.get(slug).cloned());
        if let Some(page) = known {
            return Ok(page);
        }
        let mut work = self.store.read().await?;
        let id = work.contest_called(slug).await?.ok_or(Refusal::NotFound)?;
        let page = Arc::new(work.contest_page(id, self.now()).await?);
        if page.stage == ContestStage::Draft {
            return Err(Refusal::NotFound.into());
        }
        self.contests.0.keep(age, |kept| {
            kept.pages.insert(slug.to_owned(), page.clone());
        });
        Ok(page)
    }

    /// Every public contest, newest first: running, coming and past ones; [`ContestPage::state`] tells which.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn public_contests(&self) -> Result<Arc<[Arc<ContestPage>]>> {
        let (known, age) = self.contests.0.look(|kept| kept.list.clone());
        if let Some(list) = known {
            return Ok(list);
        }
        let mut pages = Vec::new();
        let rows = self.store.glance().await?.all_contests().await?;
        for row in rows.into_iter().filter(|row| row.stage != ContestStage::Draft) {
            pages.push(self.contest_page(&row.slug).await?);
        }
        let list: Arc<[_]> = pages.into();
        self.contests.0.keep(age, |kept| kept.list = Some(list.clone()));
        Ok(list)
    }
}

impl Work {
    async fn contest_page(&mut self, id: ContestId, now: Timestamp) -> Result<ContestPage> {
        let contest = self.contest(id, now).await?;
        let rules = self.rules_of(id).await?.into_iter().map(RulesPage::from).collect();
        let documents = self.documents_of(id).await?.into_iter().map(DocumentLine::from).collect();
        let prizes = self.prizes(id, None).await?;
        let (mut rounds, mut recalled) = (Vec::new(), Vec::new());
        for round in contest.rounds {
            if round.stage != RoundStage::Draft {
                rounds.push(self.round_page(round).await?);
                continue;
            }
            let changes = self.notices_of(round.id).await?;
            if !changes.is_empty() {
                recalled.push((round.settings.label, changes));
            }
        }
        let settings = contest.settings;
        Ok(ContestPage {
            id,
            slug: settings.slug,
            title: settings.title,
            host: settings.host,
            stage: contest.stage,
            banner: contest.banner,
            summary: markdown::plain(&settings.introduction),
            introduction: markdown::render(&settings.introduction),
            guide: markdown::render(&settings.guide),
            contact: markdown::render(&settings.contact),
            faq: markdown::render(&settings.faq),
            help_line: settings.help_line,
            press_contact: settings.press_contact,
            simulated: contest.simulated,
            one_prize_each: settings.one_prize_each,
            id_number: settings.id_number,
            id_number_until: settings.id_number_until,
            extra_fields: settings.extra_fields,
            rules,
            documents,
            prizes,
            rounds,
            recalled,
        })
    }

    /// What changed in the round after it was frozen, newest first.
    async fn notices_of(&mut self, round: RoundId) -> Result<Vec<ChangeNotice>> {
        let mut changes = Vec::new();
        for row in self.changes_of(round).await? {
            let Some(at) = row.decided_at.filter(|_| row.state == ChangeState::Done) else { continue };
            let what = row.what()?;
            let unit = match &what {
                RoundChange::CorrectHeadcount { unit, .. } => self.unit_name(*unit).await?,
                _ => None,
            };
            changes.push(ChangeNotice { words: what.words(unit.as_deref()), reason: row.reason, at });
        }
        Ok(changes)
    }

    async fn round_page(&mut self, round: Round) -> Result<RoundPage> {
        let divisions = self.divisions(round.id).await?;
        let changes = self.notices_of(round.id).await?;
        Ok(RoundPage {
            id: round.id,
            position: self.round_to_judge(round.id).await?.position,
            prizes: self.prizes(round.contest, Some(round.id)).await?,
            label: round.settings.label,
            stage: round.stage,
            published: self.published_version(round.id).await?.is_some(),
            window: round.settings.window,
            results_expected: round.settings.results_expected,
            headcount_as_of: round.settings.headcount_as_of,
            rules: round.settings.rules,
            divisions: divisions
                .into_iter()
                .map(|division| DivisionPage {
                    id: division.id,
                    audience: division.audience,
                    duration: division.rules.duration,
                    questions: division.rules.blueprint.questions(),
                    points: division.rules.blueprint.points(),
                    prediction: division.rules.prediction,
                })
                .collect(),
            changes,
        })
    }
}

impl From<DocumentRow> for DocumentLine {
    fn from(row: DocumentRow) -> Self {
        let address = row.file.as_ref().map_or(row.address, |hash| format!("/tep/{}", hex::encode(hash)));
        Self { title: row.title, address, file: row.media_type.zip(row.size) }
    }
}
