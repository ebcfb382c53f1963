//! One-time codes: how people on a roster get in, and how whoever forgot a password gets back.
//!
//! Only a keyed digest of a code is kept. Whoever issues a code sees it once and never a password;
//! whoever has the code chooses the password.

use super::{
    AccountRow, Network, SessionToken,
    account::taken,
    password::check_new_password,
    sign_up::keep,
    store::{CodeRow, HolderRow, NewCode},
};
use crate::{Caller, Engine, Result, Stop, fault::accept, random, store::Work};
use domain::{
    Field, Millis, Refusal, Refused, Timestamp,
    id::{AccountId, UnitId},
    identity::{Action, Audience, Deed, Purpose, Role, read_full_name, read_login, throttle::NETWORK_FAILURES},
};

/// An activation code lasts so long: slips have to reach every desk.
const ACTIVATION: Millis = Millis::days(14);
/// A reset code lasts so long: it is read aloud or handed over at once.
const RESET: Millis = Millis::minutes(30);
/// Twelve letters of 24 are 55 bits.
const LETTERS: usize = 12;

const ACTIVATE: &str = "activate";
const RESET_PURPOSE: &str = "reset";

/// A code that is shown once, to whoever issued it.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTimeCode(String);

impl OneTimeCode {
    fn new() -> Self {
        Self(random::code(LETTERS))
    }

    /// "K7PV-4MXB-23DR": as it is printed and typed.
    pub fn shown(&self) -> String {
        let groups: Vec<&str> = self.0.as_bytes().chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
        groups.join("-")
    }
}

impl std::fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("OneTimeCode(hidden)")
    }
}

/// A code with whom it is for and how long it lasts: one slip of paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slip {
    /// Whom it is for.
    pub account: AccountId,
    /// The login to sign in with afterwards.
    pub login: String,
    /// The full name.
    pub full_name: String,
    /// The unit's name.
    pub unit: String,
    /// The code.
    pub code: OneTimeCode,
    /// Whether it activates the account; otherwise it resets the password.
    pub activates: bool,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// The slips of one unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slips {
    /// The unit's name.
    pub unit: String,
    /// One for everybody of the unit who has not activated the account yet.
    pub slips: Vec<Slip>,
    /// People left out because they hold a role: an administrator issues theirs.
    pub left_out: Vec<String>,
}

/// The boxes ticked at activation.
#[derive(Debug, Clone, Copy, Default)]
pub struct Agreed {
    /// Processing for the contests.
    pub process: bool,
    /// Publishing name and unit of a winner.
    pub publish: bool,
}

impl Engine {
    /// Issues activation codes to everybody of the unit who has not activated the account; earlier ones end.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; [`Refusal::NotFound`] for a unit that is none of the caller's business.
    pub async fn issue_slips(&self, caller: &Caller, unit: UnitId) -> Result<Slips> {
        let now = self.now();
        must_help(caller, Some(unit))?;
        let name = self.unit_tree().await?.unit(unit).map(|unit| unit.name.clone()).ok_or(Refusal::NotFound)?;
        let mut work = self.store.begin().await?;
        let mut slips = Vec::new();
        let mut left_out = Vec::new();
        for holder in work.invited_of(unit).await? {
            if may_help(caller, &holder) {
                slips.push(self.issue(&mut work, now, Some(caller.account), holder).await?);
            } else {
                left_out.push(holder.full_name);
            }
        }
        let detail = serde_json::json!({ "purpose": ACTIVATE, "accounts": slips.iter().map(|slip| slip.account).collect::<Vec<_>>() });
        work.note(now, caller, Deed::IssueCode, &unit.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        Ok(Slips { unit: name, slips, left_out })
    }

    /// The unit's name and how many of its people have not activated the account.
    ///
    /// # Errors
    /// As [`Self::issue_slips`].
    pub async fn slips_wanted(&self, caller: &Caller, unit: UnitId) -> Result<(String, usize)> {
        must_help(caller, Some(unit))?;
        let name = self.unit_tree().await?.unit(unit).map(|unit| unit.name.clone()).ok_or(Refusal::NotFound)?;
        Ok((name, self.store.glance().await?.invited_of(unit).await?.len()))
    }

    /// Issues a code to one person: to activate the account, or, once it is active, to reset the password.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for an account that is none of the caller's business; [`Refusal::NotAllowed`] for
    /// one that holds a role, which is the administrators' business; [`Refusal::SecondPerson`] for oneself.
    pub async fn issue_code(&self, caller: &Caller, account: AccountId) -> Result<Slip> {
        let now = self.now();
        let mut work = self.store.begin().await?;
        let holder = work.code_holder(account).await?.ok_or(Refusal::NotFound)?;
        must_help(caller, holder.unit_id)?;
        if account == caller.account {
            return Err(Refusal::SecondPerson.into());
        }
        if !may_help(caller, &holder) {
            return Err(Refusal::NotAllowed.into());
        }
        if holder.state == "closed" {
            return Err(Refusal::NotFound.into());
        }
        let slip = self.issue(&mut work, now, Some(caller.account), holder).await?;
        let detail = serde_json::json!({ "purpose": if slip.activates { ACTIVATE } else { RESET_PURPOSE } });
        work.note(now, caller, Deed::IssueCode, &account.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        Ok(slip)
    }

    /// Makes an administrator who activates the account with a code, at the server's console.
    ///
    /// # Errors
    /// At `login` and `full_name`: what cannot be one; [`Refusal::LoginTaken`].
    pub async fn invite_admin_at_console(&self, login: &str, full_name: &str) -> Result<Slip> {
        let now = self.now();
        let mut refused: Refused = Vec::new();
        let login = keep(&mut refused, "login", read_login(login));
        let full_name = keep(&mut refused, "full_name", read_full_name(full_name));
        accept(refused)?;
        let (Some(login), Some(full_name)) = (login, full_name) else { return Err(Refusal::Required.into()) };
        let id: AccountId = random::id(now);
        let row = AccountRow {
            id,
            login: &login,
            full_name: &full_name,
            audience: Audience::CivilServant,
            unit: None,
            password_hash: None,
            state: "invited",
            sample: false,
        };
        let mut work = self.store.begin().await?;
        work.add_account(&row, now).await.map_err(taken)?;
        work.grant(id, Role::Admin, None, now).await?;
        let holder = work.code_holder(id).await?.ok_or(Refusal::Broken)?;
        let slip = self.issue(&mut work, now, None, holder).await?;
        work.note_by(now, None, Deed::CreateAdmin, &id.to_string(), "").await?;
        work.commit().await?;
        Ok(slip)
    }

    async fn issue(&self, work: &mut Work, now: Timestamp, by: Option<AccountId>, holder: HolderRow) -> Result<Slip> {
        let activates = holder.state == "invited";
        let code = OneTimeCode::new();
        let expires_at = now + if activates { ACTIVATION } else { RESET };
        work.end_codes(holder.id, now).await?;
        let purpose = if activates { ACTIVATE } else { RESET_PURPOSE };
        let hash = self.secrets.lookup("one-time-code", &code.0);
        work.add_code(&NewCode { hash: &hash, account: holder.id, purpose, by, at: now, expires_at }).await?;
        Ok(Slip {
            account: holder.id,
            login: holder.login,
            full_name: holder.full_name,
            unit: holder.unit_name.unwrap_or_default(),
            code,
            activates,
            expires_at,
        })
    }

    /// Activates the account that the code is for: its owner chooses a password, agrees, and is signed in.
    ///
    /// # Errors
    /// Every wrong field at once, and then nothing is written: [`Refusal::CodeInvalid`] at `code`,
    /// [`Refusal::ConsentNeeded`], the rules of passwords at `password`; [`Refusal::TooManyCodes`] to a network that guesses.
    pub async fn activate(&self, code: &str, password: &str, agreed: Agreed, network: &Network) -> Result<SessionToken> {
        let now = self.now();
        let (hash, row) = self.look_up((code, ACTIVATE), network, now).await?;
        let mut refused: Refused = Vec::new();
        let row = keep(&mut refused, "code", row);
        let login = row.as_ref().map(|row| row.login.as_str()).unwrap_or_default();
        keep(&mut refused, "password", check_new_password(password, login));
        if !agreed.process {
            refused.push((Field::named(Purpose::Process.field()), Refusal::ConsentNeeded));
        }
        accept(refused)?;
        let account = row.ok_or(Refusal::CodeInvalid)?.account_id;
        let password_hash = self.hasher.hash(&self.known(network), password.to_owned()).await?;
        let mut work = self.store.begin().await?;
        if work.use_code(&hash, now).await? == 0 || work.activate_account(account, &password_hash, now).await? == 0 {
            return Err(Stop::at("code", Refusal::CodeInvalid));
        }
        work.give_consent(account, Purpose::Process, now).await?;
        if agreed.publish {
            work.give_consent(account, Purpose::Publish, now).await?;
        }
        self.learn(&mut work, account, network, now).await?;
        let token = work.open_session(now, account).await?;
        let detail = serde_json::json!({ "publish": agreed.publish });
        work.note_by(now, Some(account), Deed::Activate, &account.to_string(), &detail.to_string()).await?;
        work.commit().await?;
        self.forget_account(account);
        Ok(token)
    }

    /// Gives the account that the code is for a new password of its owner's choice; every session ends but the new one.
    ///
    /// # Errors
    /// Every wrong field at once: [`Refusal::CodeInvalid`] at `code`, the rules of passwords at `password`;
    /// [`Refusal::TooManyCodes`] to a network that guesses.
    pub async fn reset_password(&self, code: &str, password: &str, network: &Network) -> Result<SessionToken> {
        let now = self.now();
        let (hash, row) = self.look_up((code, RESET_PURPOSE), network, now).await?;
        let mut refused: Refused = Vec::new();
        let row = keep(&mut refused, "code", row);
        let login = row.as_ref().map(|row| row.login.as_str()).unwrap_or_default();
        keep(&mut refused, "password", check_new_password(password, login));
        accept(refused)?;
        let account = row.ok_or(Refusal::CodeInvalid)?.account_id;
        let password_hash = self.hasher.hash(&self.known(network), password.to_owned()).await?;
        let mut work = self.store.begin().await?;
        if work.use_code(&hash, now).await? == 0 || work.reset_password_hash(account, &password_hash, now).await? == 0 {
            return Err(Stop::at("code", Refusal::CodeInvalid));
        }
        work.end_sessions_of(account).await?;
        self.learn(&mut work, account, network, now).await?;
        let token = work.open_session(now, account).await?;
        work.note_by(now, Some(account), Deed::ChangePassword, &account.to_string(), r#"{"by":"code"}"#).await?;
        work.commit().await?;
        self.forget_account(account);
        Ok(token)
    }

    /// The code's digest, and what it stands for if it can be used for this; wrong ones count against the network.
    async fn look_up(
        &self,
        (typed, purpose): (&str, &str),
        network: &Network,
        now: Timestamp,
    ) -> Result<(Vec<u8>, Result<CodeRow, Refusal>)> {
        let letters: String = typed.chars().filter(char::is_ascii_alphanumeric).take(LETTERS + 1).collect::<String>().to_uppercase();
        if letters.is_empty() {
            return Ok((Vec::new(), Err(Refusal::Required)));
        }
        let hash = self.secrets.lookup("one-time-code", &letters);
        let row = self.store.glance().await?.code(&hash).await?;
        let state = if purpose == ACTIVATE { "invited" } else { "active" };
        let usable = row.filter(|row| row.purpose == purpose && row.state == state && row.used_at.is_none() && now < row.expires_at);
        // Who has the code is let in whatever a neighbour behind the same address has typed.
        if usable.is_none() {
            let mut work = self.store.begin().await?;
            let within = self.within_network(&mut work, now, ("code", network), NETWORK_FAILURES).await?;
            work.commit().await?;
            if !within {
                return Err(Refusal::TooManyCodes.into());
            }
        }
        Ok((hash, usable.ok_or(Refusal::CodeInvalid)))
    }
}

/// Refuses whoever may help nobody; a coordinator does not learn of people elsewhere.
fn must_help(caller: &Caller, unit: Option<UnitId>) -> Result<(), Refusal> {
    if caller.may(Action::ManagePeople) {
        return Ok(());
    }
    caller.must(Action::HelpOwnUnit)?;
    if unit.is_some() && unit == caller.unit { Ok(()) } else { Err(Refusal::NotFound) }
}

/// A code is a way into the account: who holds a role gets one from an administrator only, lest a
/// coordinator become an organiser, or one organiser act as the second person; a coordinator also from an organiser.
fn may_help(caller: &Caller, holder: &HolderRow) -> bool {
    let beyond_coordinators = holder.coordinates > 0 && !caller.may(Action::ManagePeople);
    holder.trusted == 0 && !beyond_coordinators || caller.may(Action::GrantRoles)
}
