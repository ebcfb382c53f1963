//! Entering a contest: once for all its rounds, with what this contest asks beside the account.

use super::{json, store::EntryRow, stored};
use crate::{
    Caller, Engine, Result, random,
    store::{StoreError, Work},
};
use domain::{
    Field, Refusal, Refused, Timestamp,
    contest::{ContestSettings, ContestStage, ContestState, ExtraField, IdNumberRule, RoundState},
    id::{AccountId, ContestId},
    identity::{Action, Deed, NationalId, read_birth_date, read_email},
    vietnamese::tidy,
};
use serde::{Deserialize, Serialize};

/// Signs of a mã dự thi.
const CODE_LENGTH: usize = 6;

/// What somebody types on entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryForm {
    /// Date of birth, ngày/tháng/năm.
    pub birth_date: String,
    /// Position at work.
    pub position: String,
    /// E-mail.
    pub email: String,
    /// Personal identity number, where the contest asks it on entry.
    pub national_id: String,
}

/// Somebody's entry into a contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Mã dự thi: short and random.
    pub code: String,
    /// The thể lệ that was in force.
    pub rules_version: i64,
    /// When.
    pub entered_at: Timestamp,
    /// What was asked.
    pub extra: Extra,
}

/// What a contest asked beside the account.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extra {
    /// Date of birth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Timestamp>,
    /// Position at work.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub position: String,
    /// E-mail.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub email: String,
}

impl Engine {
    /// The caller's entry into the contest with this address, if there is one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn entry_of(&self, caller: &Caller, slug: &str) -> Result<Option<Entry>> {
        let mut work = self.store.read().await?;
        let contest = work.contest_called(slug).await?.ok_or(Refusal::NotFound)?;
        work.entry(contest, caller.account).await
    }

    /// Enters the contest with this address; entering twice gives the first entry again.
    ///
    /// # Errors
    /// [`Refusal::ContestNotRunning`], [`Refusal::Excluded`], [`Refusal::NoDivision`], [`Refusal::UnitUnknown`],
    /// [`Refusal::ConsentEnded`]; at the fields the contest asks.
    pub async fn enter_contest(&self, caller: &Caller, slug: &str, form: &EntryForm) -> Result<Entry> {
        caller.must(Action::TakePart)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let contest = work.contest_called(slug).await?.ok_or(Refusal::NotFound)?;
        let known = work.contest(contest, now).await?;
        if known.stage == ContestStage::Draft {
            return Err(Refusal::NotFound.into());
        }
        work.must_not_be_excluded(contest, caller.account).await?;
        if let Some(entry) = work.entry(contest, caller.account).await? {
            return Ok(entry);
        }
        let running = matches!(known.state, ContestState::Coming | ContestState::Running);
        let mut served = false;
        for round in known.rounds.iter().filter(|round| !round.state.is_over() && round.state != RoundState::Cancelled) {
            served |= work.divisions(round.id).await?.iter().any(|division| division.audience == caller.audience);
        }
        // Whose unit was granted a late start enters after the close too.
        let regular = running && served;
        if !regular && !work.may_start_late(contest, (caller.unit, caller.audience), now).await? {
            return Err(if running { Refusal::NoDivision } else { Refusal::ContestNotRunning }.into());
        }
        if caller.unit.is_none() {
            return Err(Refusal::UnitUnknown.into());
        }
        if work.consent_ended(caller.account, now).await? {
            return Err(Refusal::ConsentEnded.into());
        }
        let (asked, number) = read(&known.settings, form, now)?;
        // The number and the entry stand or fall together.
        if let Some(number) = &number
            && !self.keep_national_id(&mut work, caller, (number, known.settings.id_number_until), now).await?
        {
            drop(work);
            return self.refuse_held_id(caller, number, now).await;
        }
        let entry = EntryRow {
            code: work.free_code(contest).await?,
            extra: json(&asked)?,
            rules_version: work.rules_version(contest).await?,
            entered_at: now,
        };
        match work.add_entry(contest, caller.account, &entry).await {
            Ok(()) => {}
            // The same person entered twice at once: the first entry stands.
            Err(StoreError::Duplicate) => {
                drop(work);
                return self.entry_of(caller, slug).await?.ok_or_else(|| Refusal::ChangedMeanwhile.into());
            }
            Err(failed @ StoreError::Driver(_)) => return Err(failed.into()),
        }
        let detail = if number.is_some() { r#"{"identity_number":true}"# } else { "" };
        work.note(now, caller, Deed::Enter, &contest.to_string(), detail).await?;
        work.commit().await?;
        Ok(Entry { code: entry.code, rules_version: entry.rules_version, entered_at: now, extra: asked })
    }
}

impl Work {
    /// The account's entry into the contest.
    pub(crate) async fn entry(&mut self, contest: ContestId, account: AccountId) -> Result<Option<Entry>> {
        let Some(row) = self.entry_of(contest, account).await? else { return Ok(None) };
        let extra = stored("the entry", &row.extra)?;
        Ok(Some(Entry { code: row.code, rules_version: row.rules_version, entered_at: row.entered_at, extra }))
    }

    /// Refuses whoever organises the contest or made its questions, or was named.
    ///
    /// # Errors
    /// [`Refusal::Excluded`].
    pub(crate) async fn must_not_be_excluded(&mut self, contest: ContestId, account: AccountId) -> Result<()> {
        match self.exclusion_of(contest, account).await? {
            Some(_) => Err(Refusal::Excluded.into()),
            None => Ok(()),
        }
    }

    /// A code that nobody of the contest has.
    async fn free_code(&mut self, contest: ContestId) -> Result<String> {
        loop {
            let code = random::code(CODE_LENGTH);
            if !self.code_is_taken(contest, &code).await? {
                return Ok(code);
            }
        }
    }
}

/// Reads what the contest asks, and the identity number where it is asked on entry; what is not asked is never kept.
fn read(settings: &ContestSettings, form: &EntryForm, now: Timestamp) -> Result<(Extra, Option<NationalId>)> {
    let mut refused = Refused::new();
    let mut extra = Extra::default();
    let mut refuse = |field: &'static str, refusal| refused.push((Field::named(field), refusal));
    for field in &settings.extra_fields {
        match field {
            ExtraField::BirthDate => match read_birth_date(&form.birth_date, now) {
                Ok(day) => extra.birth_date = Some(day),
                Err(refusal) => refuse("birth_date", refusal),
            },
            ExtraField::Position => match tidy(&form.position) {
                position if position.is_empty() => refuse("position", Refusal::Required),
                position if position.chars().count() > 120 => refuse("position", Refusal::TooLong),
                position => extra.position = position,
            },
            ExtraField::Email => match read_email(&form.email) {
                Ok(email) => extra.email = email,
                Err(refusal) => refuse("email", refusal),
            },
        }
    }
    let number = match settings.id_number {
        IdNumberRule::OnEntry => NationalId::read(&form.national_id).map_err(|refusal| refuse("national_id", refusal)).ok(),
        IdNumberRule::NotAsked | IdNumberRule::WinnersOnly => None,
    };
    crate::fault::accept(refused)?;
    Ok((extra, number))
}
