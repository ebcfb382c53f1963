//! Sessions: a 256-bit token in the cookie, its SHA-256 in our table.

use crate::{
    Caller, Engine, Result,
    identity::store::SessionRow,
    notify::{Age, Change, Heard, Notify, Remembered},
    random,
    store::Work,
};
use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::{Millis, Timestamp, id::AccountId};
use futures::FutureExt;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// A session ends after so much idleness …
const IDLE: Millis = Millis::hours(12);
/// … and in any case after so long.
const ABSOLUTE: Millis = Millis::days(7);
/// `seen_at` is written at most so often.
const SEEN_EVERY: Millis = Millis::minutes(5);
/// A looked-up session is believed for so long: what ends it or changes its roles is told to every node at once.
const CACHED: Millis = Millis::seconds(30);
const CACHE_SIZE: usize = 100_000;

/// The secret in the cookie.
pub struct SessionToken(String);

impl SessionToken {
    /// The cookie's value.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

type Known = HashMap<[u8; 32], (Timestamp, Caller)>;

/// Sessions looked up lately, by token hash; forgets those of an account that it hears of.
pub struct SessionCache(Remembered<Known>);

impl SessionCache {
    /// An empty cache that listens.
    pub fn new(notify: &Notify) -> Self {
        Self(Remembered::new(notify, forget))
    }

    fn look(&self, hash: &[u8; 32], now: Timestamp) -> (Option<Caller>, Age) {
        let fresh = |at: Timestamp| now - at < CACHED && now >= at;
        self.0.look(|known| known.get(hash).filter(|(at, _)| fresh(*at)).map(|(_, caller)| caller.clone()))
    }

    fn keep(&self, age: Age, hash: [u8; 32], (now, caller): (Timestamp, Caller)) {
        self.0.keep(age, |known| {
            if known.len() >= CACHE_SIZE {
                known.retain(|_, (at, _)| now - *at < CACHED);
            }
            known.insert(hash, (now, caller));
        });
    }
}

fn forget(known: &mut Known, heard: Heard) -> bool {
    match heard {
        // The roles or sessions of the account changed.
        Heard::Change(Change::Account(account)) => known.retain(|_, (_, caller)| caller.account != account),
        Heard::Missed => known.clear(),
        Heard::Change(Change::Contest(_) | Change::Round(_) | Change::Messages(_) | Change::Library | Change::Units) => return false,
    }
    true
}

pub(super) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

impl Work {
    /// Opens a session for the account.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn open_session(&mut self, now: Timestamp, account: AccountId) -> Result<SessionToken> {
        let token = BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<32>());
        self.add_session(&hash(&token), account, now, now + ABSOLUTE).await?;
        Ok(SessionToken(token))
    }
}

impl Engine {
    /// Who this token belongs to, if its session lives.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn caller(&self, token: &str) -> Result<Option<Caller>> {
        let now = self.now();
        let hash = hash(token);
        let (known, age) = self.sessions.look(&hash, now);
        match known {
            Some(known) => Ok(Some(known)),
            // Boxed, since hardly a request comes to it and each would carry it.
            None => Box::pin(self.look_up_session(hash, (now, age))).await,
        }
    }

    /// Who this token belongs to by the store.
    async fn look_up_session(&self, hash: [u8; 32], (now, age): (Timestamp, Age)) -> Result<Option<Caller>> {
        let rows = self.store.glance().await?.session(&hash, IDLE).await?;
        let Some(session) = rows.first().filter(|session| lives(session, now)) else { return Ok(None) };
        let caller = Caller {
            account: session.account_id,
            full_name: session.full_name.clone(),
            audience: session.audience,
            unit: session.unit_id,
            roles: rows.iter().filter_map(|row| row.role).collect(),
        };
        if now - session.seen_at >= SEEN_EVERY {
            // At an opening thousands are seen for the first time in a while: they share a flush like saves do.
            self.write_once(move |work| async move { Ok(work.see_session(&hash, now).await?) }.boxed()).await?;
        }
        self.sessions.keep(age, hash, (now, caller.clone()));
        Ok(Some(caller))
    }

    /// Ends the session of this token.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_out(&self, caller: &Caller, token: &str) -> Result<()> {
        let now = self.now();
        let mut work = self.store.begin().await?;
        work.end_session(&hash(token)).await?;
        work.note(now, caller, domain::identity::Deed::SignOut, &caller.account.to_string(), "").await?;
        work.commit().await?;
        self.forget_account(caller.account);
        Ok(())
    }

    /// Ends every session of the caller, on all devices.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sign_out_everywhere(&self, caller: &Caller) -> Result<()> {
        let now = self.now();
        let mut work = self.store.begin().await?;
        work.end_sessions_of(caller.account).await?;
        work.note(now, caller, domain::identity::Deed::SignOut, &caller.account.to_string(), r#"{"everywhere":true}"#).await?;
        work.commit().await?;
        self.forget_account(caller.account);
        Ok(())
    }

    /// Tells this node and every other one that the roles or sessions of an account changed.
    pub fn forget_account(&self, account: AccountId) {
        self.notify.tell(Change::Account(account));
    }
}

/// A session lives until it idles or ages out, but never ends before the deadline of a running attempt that began while it
/// was alive: one that has ended stays ended, whatever its account begins elsewhere.
fn lives(session: &SessionRow, now: Timestamp) -> bool {
    let fresh = now < session.ends_at && now - session.seen_at < IDLE;
    fresh || session.running_until.is_some_and(|deadline| now <= deadline + Millis::seconds(60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::Audience;

    #[test]
    fn a_session_outlives_its_limits_only_for_a_running_attempt() {
        let start = Timestamp(1_000_000_000);
        let session = |running_until| SessionRow {
            account_id: AccountId(uuid::Uuid::nil()),
            seen_at: start,
            ends_at: start + ABSOLUTE,
            full_name: String::new(),
            audience: Audience::CivilServant,
            unit_id: None,
            running_until,
            role: None,
        };
        assert!(lives(&session(None), start + Millis::hours(11)));
        assert!(!lives(&session(None), start + IDLE));
        assert!(lives(&session(Some(start + IDLE + Millis::minutes(1))), start + IDLE));
        assert!(!lives(&session(Some(start + IDLE)), start + IDLE + Millis::minutes(2)));
    }
}
