//! Study documents of the library: links and files for every contest.

use crate::{Caller, Engine, Result, notify::Change, random};
use domain::{
    Refusal,
    id::DocumentId,
    identity::{Action, Deed},
    vietnamese::tidy,
};

/// What a document may be.
const ACCEPTED: &[&str] = &["application/pdf", "image/png", "image/jpeg", "image/webp"];
const LONGEST_TITLE: usize = 200;
const LONGEST_ADDRESS: usize = 500;

/// A study document.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StudyDocument {
    /// Which.
    pub id: DocumentId,
    /// Its title.
    pub title: String,
    /// A link; empty for a file.
    pub address: String,
    /// The file's hash.
    pub file: Option<Vec<u8>>,
    /// The file's media type.
    pub media_type: Option<String>,
    /// The file's size in bytes.
    pub size: Option<i64>,
}

impl Engine {
    /// The library's documents, in the order of their adding.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn study_documents(&self) -> Result<Vec<StudyDocument>> {
        Ok(self.store.glance().await?.study_documents().await?)
    }

    /// Adds a document: a file, or a link when there is none.
    ///
    /// # Errors
    /// At `document_title`, `address` or `file`.
    pub async fn add_study_document(&self, caller: &Caller, title: &str, place: (&str, Option<(&str, &[u8])>)) -> Result<DocumentId> {
        caller.must(Action::WriteLibrary)?;
        let now = self.now();
        let (title, address) = (tidy(title), place.0.trim());
        let mut refused = Vec::new();
        match title.chars().count() {
            0 => refused.push(("document_title".into(), Refusal::Required)),
            1..=LONGEST_TITLE => {}
            _ => refused.push(("document_title".into(), Refusal::TooLong)),
        }
        if place.1.is_none() && address.is_empty() {
            refused.push(("address".into(), Refusal::Required));
        } else if place.1.is_none() && !is_link(address) {
            refused.push(("address".into(), Refusal::BadAddress));
        }
        crate::fault::accept(refused)?;
        let mut work = self.store.begin().await?;
        let file = match place.1 {
            Some(upload) => Some(work.keep_file(now, caller, "file".into(), upload, ACCEPTED).await?),
            None => None,
        };
        let id = random::id(now);
        let address = if file.is_some() { "" } else { address };
        work.add_study_document(id, &title, (address, file.as_deref())).await?;
        work.note(now, caller, Deed::EditLibrary, &id.to_string(), r#"{"added":true}"#).await?;
        work.commit().await?;
        self.notify.tell(Change::Library);
        Ok(id)
    }

    /// Removes a document.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn remove_study_document(&self, caller: &Caller, document: DocumentId) -> Result<()> {
        caller.must(Action::WriteLibrary)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        if work.remove_study_document(document).await? == 0 {
            return Err(Refusal::NotFound.into());
        }
        work.note(now, caller, Deed::EditLibrary, &document.to_string(), r#"{"removed":true}"#).await?;
        work.commit().await?;
        self.notify.tell(Change::Library);
        Ok(())
    }
}

/// Whether it is an address on the web, and nothing that a browser would run.
fn is_link(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let strange = |c: char| c.is_whitespace() || c.is_control() || c == '"' || c == '<';
    rest.is_some_and(|rest| rest.contains('.')) && address.len() <= LONGEST_ADDRESS && !address.contains(strange)
}
