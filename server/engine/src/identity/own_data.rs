//! "Dữ liệu của tôi": see everything that is kept, correct it, ask for its withdrawal.

use super::{
    sign_up::keep,
    store::{AccountAbout, OwnAttempt, OwnConsent, OwnEntry, OwnNote, OwnRequest, OwnSession, OwnUnitChange},
};
use crate::{Caller, Engine, Result, contest::Extra, fault::accept, random};
use domain::{
    Refusal, Refused, Timestamp,
    identity::{
        ANSWER_DAYS, Action, Deed, Purpose, RequestKind, due_after, masked_id, processed_until, read_birth_date, read_email, read_full_name,
    },
    vietnamese::tidy,
};

const LONGEST_LINE: usize = 120;

/// Everything that is kept of one person.
#[derive(Debug, Clone)]
pub struct OwnData {
    /// The account itself.
    pub account: AccountAbout,
    /// The identity number, masked, and until when it is kept.
    pub national_id: Option<(String, Option<Timestamp>)>,
    /// Every consent given.
    pub consents: Vec<OwnConsent>,
    /// Open sessions.
    pub sessions: Vec<OwnSession>,
    /// Contests entered.
    pub entries: Vec<OwnEntry>,
    /// Attempts.
    pub attempts: Vec<OwnAttempt>,
    /// Requests made.
    pub requests: Vec<OwnRequest>,
    /// Changes of unit.
    pub unit_changes: Vec<OwnUnitChange>,
    /// The latest own deeds in the audit log.
    pub notes: Vec<OwnNote>,
    /// Whether the name is fixed to its attempts and can only be corrected on request.
    pub name_fixed: bool,
}

impl OwnEntry {
    /// What the contest asked on entry, and the person typed.
    pub fn given(&self) -> Extra {
        // Written by ourselves; of what cannot be read nothing can be shown.
        serde_json::from_str(&self.extra).unwrap_or_default()
    }
}

impl OwnData {
    /// Until when the latest standing consent to processing goes; nothing for whoever was never asked.
    pub fn processed_until(&self) -> Option<Timestamp> {
        let standing = self.consents.iter().filter(|consent| consent.purpose == Purpose::Process && consent.withdrawn_at.is_none());
        standing.filter_map(|consent| consent.until).max()
    }

    /// Whether a consent to the purpose stands.
    pub fn consents_to(&self, purpose: Purpose) -> bool {
        self.consents.iter().any(|consent| consent.purpose == purpose && consent.withdrawn_at.is_none())
    }
}

/// A correction, as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Correction {
    /// The full name.
    pub full_name: String,
    /// The date of birth, ngày/tháng/năm, or nothing.
    pub birth_date: String,
    /// The e-mail address, or nothing.
    pub email: String,
    /// The position, or nothing.
    pub position: String,
}

/// What became of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrected {
    /// Everything was corrected at once.
    Now,
    /// The name is corrected on request; the answer is due then.
    NameAsked(Timestamp),
}

impl Engine {
    /// Everything that is kept of the caller.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn my_data(&self, caller: &Caller) -> Result<OwnData> {
        caller.must(Action::OwnData)?;
        let account = caller.account;
        let mut work = self.store.read().await?;
        Ok(OwnData {
            account: work.account_about(account).await?.ok_or(Refusal::NotFound)?,
            national_id: work.id_tail(account).await?.map(|(tail, until)| (masked_id(&tail), until)),
            consents: work.own_consents(account).await?,
            sessions: work.own_sessions(account).await?,
            entries: work.own_entries(account).await?,
            attempts: work.own_attempts(account).await?,
            requests: work.own_requests(account).await?,
            unit_changes: work.own_unit_changes(account).await?,
            notes: work.own_notes(account).await?,
            name_fixed: work.has_attempt(account).await?,
        })
    }

    /// Corrects the caller's own data. Once there is an attempt, results and certificates bear the name:
    /// another one is then a request to the organisers, everything else is corrected at once.
    ///
    /// # Errors
    /// Every wrong field at once; then nothing is written.
    pub async fn correct_data(&self, caller: &Caller, typed: &Correction) -> Result<Corrected> {
        let now = self.now();
        caller.must(Action::OwnData)?;
        let mut refused: Refused = Vec::new();
        let full_name = keep(&mut refused, "full_name", read_full_name(&typed.full_name)).unwrap_or_default();
        let birth_date = match typed.birth_date.trim() {
            "" => None,
            day => keep(&mut refused, "birth_date", read_birth_date(day, now)),
        };
        let email = match typed.email.trim() {
            "" => String::new(),
            email => keep(&mut refused, "email", read_email(email)).unwrap_or_default(),
        };
        let position = tidy(&typed.position);
        if position.chars().count() > LONGEST_LINE {
            refused.push(("position".into(), Refusal::TooLong));
        }
        accept(refused)?;
        let mut work = self.store.begin().await?;
        let before = work.account_about(caller.account).await?.ok_or(Refusal::NotFound)?;
        let asked = before.full_name != full_name && work.has_attempt(caller.account).await?;
        work.correct_account(caller.account, &email, &position, birth_date).await?;
        let answer = if asked {
            let due = due_after(now, ANSWER_DAYS);
            let detail = serde_json::json!({ "full_name": full_name }).to_string();
            if work.open_request(RequestKind::CorrectData, caller.account).await?.is_none() {
                work.add_request((random::id(now), RequestKind::CorrectData), (Some(caller.account), None), &detail, (now, Some(due)))
                    .await?;
            }
            Corrected::NameAsked(due)
        } else {
            work.rename_account(caller.account, &full_name).await?;
            Corrected::Now
        };
        let detail = serde_json::json!({
            "full_name": before.full_name != full_name,
            "birth_date": before.birth_date != birth_date,
            "email": before.email != email,
            "position": before.position != position,
            "asked": asked,
        });
        work.note(now, caller, Deed::CorrectData, &caller.account.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        self.forget_account(caller.account);
        Ok(answer)
    }

    /// Renews the consent to processing, for as long as one that is given today.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when the standing one goes as far.
    pub async fn renew_consent(&self, caller: &Caller) -> Result<()> {
        let now = self.now();
        caller.must(Action::OwnData)?;
        let mut work = self.store.begin().await?;
        if work.processed_until(caller.account).await? >= Some(processed_until(now)) {
            return Err(Refusal::AlreadyDone.into());
        }
        work.give_consent(caller.account, Purpose::Process, now).await?;
        let detail = serde_json::json!({ "process": true });
        work.note(now, caller, Deed::ChangeConsent, &caller.account.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        Ok(())
    }

    /// Gives or withdraws the consent to publish name and unit.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when it stands so already.
    pub async fn consent_to_publish(&self, caller: &Caller, agrees: bool) -> Result<()> {
        let now = self.now();
        caller.must(Action::OwnData)?;
        let mut work = self.store.begin().await?;
        if work.consents(caller.account, Purpose::Publish).await? == agrees {
            return Err(Refusal::AlreadyDone.into());
        }
        if agrees {
            work.give_consent(caller.account, Purpose::Publish, now).await?;
        } else {
            work.withdraw_consent(caller.account, Purpose::Publish, now).await?;
        }
        let detail = serde_json::json!({ "publish": agrees });
        work.note(now, caller, Deed::ChangeConsent, &caller.account.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        Ok(())
    }

    /// Asks that the consent be withdrawn and the data go; the answer is due within two working days.
    /// Asked again while it waits, the same due date is told.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn ask_withdrawal(&self, caller: &Caller) -> Result<Timestamp> {
        let now = self.now();
        caller.must(Action::OwnData)?;
        let due = due_after(now, ANSWER_DAYS);
        let mut work = self.store.begin().await?;
        if let Some(waiting) = work.open_request(RequestKind::WithdrawData, caller.account).await? {
            return Ok(waiting.unwrap_or(due));
        }
        work.add_request((random::id(now), RequestKind::WithdrawData), (Some(caller.account), None), "", (now, Some(due))).await?;
        work.note(now, caller, Deed::AskWithdrawal, &caller.account.to_string(), "").await?;
        work.commit().await?;
        Ok(due)
    }
}
