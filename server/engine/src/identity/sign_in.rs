//! Signing in: one answer and one cost for an unknown login and a wrong password.

use super::{Network, SessionToken};
use crate::{Engine, Result};
use domain::{
    Refusal,
    identity::{Deed, login_key, throttle::Admission},
};

impl Engine {
    /// Opens a session when login and password match.
    ///
    /// Tries are counted per login and network, per login and browser, and per network; `domain::identity::throttle` says
    /// how, and why a correct sign-in in a browser known to the account is never blocked.
    ///
    /// # Errors
    /// [`Refusal::WrongSignIn`], whichever of the two is wrong; [`Refusal::TooManySignIns`] beyond the limit;
    /// [`Refusal::Busy`] when too many of this network wait for a hashing thread.
    pub async fn sign_in(&self, login: &str, password: &str, network: &Network) -> Result<SessionToken> {
        let now = self.now();
        let login = login_key(login);
        let mut work = self.store.begin().await?;
        let (id, hash) = work.sign_in_row(&login).await?.map_or((None, None), |row| (Some(row.id), row.password_hash));
        let counted = self.count_sign_in(&mut work, now, &login, (network, id)).await?;
        work.commit().await?;
        if counted.admission == Admission::Wait {
            return Err(Refusal::TooManySignIns.into());
        }
        let looked_at = hash.filter(|_| counted.admission != Admission::Unheard);
        let matched = self.hasher.matches(&counted.line, password.to_owned(), looked_at).await?;
        let Some(id) = id.filter(|_| matched) else {
            let free = counted.admission == Admission::Free;
            return Err(if free { Refusal::WrongSignIn } else { Refusal::TooManySignIns }.into());
        };
        let mut work = self.store.begin().await?;
        work.forgive(&counted).await?;
        self.learn(&mut work, id, network, now).await?;
        let token = work.open_session(now, id).await?;
        work.note_by(now, Some(id), Deed::SignIn, &id.to_string(), "").await?;
        work.commit().await?;
        Ok(token)
    }
}
