//! Signing up: an account of one's own, with the consents given.

use super::{AccountRow, Network, SessionToken, account::taken, password::check_new_password};
use crate::{Engine, Result, Stop, fault::accept, random, store::Work};
use domain::{
    Field, Refusal, Refused, Timestamp,
    id::{AccountId, UnitId},
    identity::{Audience, CONSENT_VERSION, Deed, Purpose, processed_until, read_full_name, read_phone},
};

/// What the form of sign-up holds, as it was typed.
#[derive(Clone, Default)]
pub struct SignUp {
    /// The phone number.
    pub login: String,
    /// The full name.
    pub full_name: String,
    /// The audience's code.
    pub audience: String,
    /// The unit's id.
    pub unit: String,
    /// The password.
    pub password: String,
    /// Whether processing is agreed to.
    pub process: bool,
    /// Whether publication is agreed to.
    pub publish: bool,
}

/// A form of sign-up that was read.
struct Newcomer {
    login: String,
    full_name: String,
    audience: Audience,
    unit: UnitId,
}

impl Engine {
    /// Makes the account, keeps the consents with their words, and signs the newcomer in.
    ///
    /// # Errors
    /// Every wrong field at once: [`Refusal::BadPhone`], [`Refusal::BadName`], [`Refusal::UnitUnknown`],
    /// [`Refusal::ConsentNeeded`] and those of the password; once all are right, [`Refusal::LoginTaken`]; then no account is
    /// made. [`Refusal::TooManySignUps`] beyond what a network may have (`domain::identity::throttle`).
    pub async fn sign_up(&self, form: &SignUp, network: &Network) -> Result<SessionToken> {
        let now = self.now();
        let newcomer = self.read_sign_up(form, now).await?;
        self.look_at_login(&newcomer.login, network, now).await?;
        let hash = self.hasher.hash(&self.strangers(network), form.password.clone()).await?;
        let id: AccountId = random::id(now);
        let row = AccountRow {
            id,
            login: &newcomer.login,
            full_name: &newcomer.full_name,
            audience: newcomer.audience,
            unit: Some(newcomer.unit),
            password_hash: Some(&hash),
            state: "active",
            sample: false,
        };
        let mut work = self.store.begin().await?;
        work.add_account(&row, now).await.map_err(taken)?;
        work.give_consent(id, Purpose::Process, now).await?;
        if form.publish {
            work.give_consent(id, Purpose::Publish, now).await?;
        }
        self.learn(&mut work, id, network, now).await?;
        let token = work.open_session(now, id).await?;
        let detail = serde_json::json!({ "audience": newcomer.audience, "unit": newcomer.unit, "publish": form.publish });
        work.note_by(now, Some(id), Deed::SignUp, &id.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        Ok(token)
    }

    /// Refuses a login in use. Each look is counted, since it tells who has an account.
    async fn look_at_login(&self, login: &str, network: &Network, now: Timestamp) -> Result<()> {
        let mut work = self.store.begin().await?;
        let within = self.may_sign_up(&mut work, now, network).await?;
        let taken = work.login_taken(login).await?;
        work.commit().await?;
        if !within {
            return Err(Refusal::TooManySignUps.into());
        }
        if taken { Err(Stop::at("login", Refusal::LoginTaken)) } else { Ok(()) }
    }

    async fn read_sign_up(&self, form: &SignUp, now: Timestamp) -> Result<Newcomer> {
        let tree = self.unit_tree().await?;
        let mut refused: Refused = Vec::new();
        let login = keep(&mut refused, "login", read_phone(&form.login));
        let full_name = keep(&mut refused, "full_name", read_full_name(&form.full_name));
        let audience = keep(&mut refused, "audience", Audience::from_code(&form.audience).ok_or(Refusal::NotOffered));
        let chosen: Result<UnitId, Refusal> = form.unit.parse().map_err(|_| Refusal::UnitUnknown);
        let unit = chosen.and_then(|unit| match audience {
            Some(audience) if !tree.offers(unit, audience, now) => Err(Refusal::UnitUnknown),
            _ => Ok(unit),
        });
        let unit = keep(&mut refused, "unit", unit);
        keep(&mut refused, "password", check_new_password(&form.password, login.as_deref().unwrap_or_default()));
        if !form.process {
            refused.push((Field::named(Purpose::Process.field()), Refusal::ConsentNeeded));
        }
        accept(refused)?;
        match (login, full_name, audience, unit) {
            (Some(login), Some(full_name), Some(audience), Some(unit)) => Ok(Newcomer { login, full_name, audience, unit }),
            _ => Err(Refusal::Required.into()),
        }
    }
}

/// The value, or nothing and a refusal at its field.
pub(super) fn keep<T>(refused: &mut Refused, field: &'static str, read: Result<T, Refusal>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(refusal) => {
            refused.push((Field::named(field), refusal));
            None
        }
    }
}

impl Work {
    /// Keeps the consent with the words that stood beside its box.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn give_consent(&mut self, account: AccountId, purpose: Purpose, now: Timestamp) -> Result<()> {
        let until = processed_until(now);
        let words = purpose.text(until);
        // Only the words about processing name a day.
        let until = (purpose == Purpose::Process).then_some(until);
        self.add_consent((random::id(now), account), (purpose, CONSENT_VERSION, &words), (now, until)).await?;
        Ok(())
    }
}
