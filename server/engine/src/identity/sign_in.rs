//! Signing in: one answer and one cost for an unknown login and a wrong password.

use super::SessionToken;
use crate::{Engine, Result};
use domain::{Refusal, identity::Deed};

impl Engine {
    /// Opens a session when login and password match.
    ///
    /// # Errors
    /// [`Refusal::WrongSignIn`], whichever of the two is wrong; [`Refusal::Busy`] when too many wait.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<SessionToken> {
        let now = self.now();
        let login = login.trim().to_lowercase();
        let row = self.store.read().await?.sign_in_row(&login).await?;
        let (id, hash) = row.map_or((None, None), |row| (Some(row.id), row.password_hash));
        let matched = self.hasher.matches(password.to_owned(), hash).await?;
        let Some(id) = id.filter(|_| matched) else { return Err(Refusal::WrongSignIn.into()) };
        let mut work = self.store.begin().await?;
        let token = work.open_session(now, id).await?;
        work.note_by(now, Some(id), Deed::SignIn, &id.to_string(), "").await?;
        work.commit().await?;
        Ok(token)
    }
}
