//! The audit log: one note for every mutating deed outside a sitting.

use crate::{
    Caller, random,
    store::{Result, Work},
};
use domain::{
    Timestamp,
    id::{AccountId, NoteId},
    identity::Deed,
};

impl Work {
    /// Notes that the caller did it to the subject, in the same unit of work as the deed itself.
    ///
    /// `detail` is JSON for people who look later; never a secret, a key or an answer.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn note(&mut self, now: Timestamp, caller: &Caller, deed: Deed, subject: &str, detail: &str) -> Result<()> {
        self.note_by(now, Some(caller.account), deed, subject, detail).await
    }

    /// Notes a deed of an account that is not signed in yet, or of the system (`None`).
    ///
    /// # Errors
    /// When the store fails.
    pub async fn note_by(&mut self, now: Timestamp, account: Option<AccountId>, deed: Deed, subject: &str, detail: &str) -> Result<()> {
        exec!(
            self,
            "insert into audit_note (id, at, account_id, deed, subject, detail)
             values ($1, $2, $3, $4, $5, $6)",
            random::id::<NoteId>(now),
            now,
            account,
            deed,
            subject,
            detail,
        )?;
        Ok(())
    }
}
