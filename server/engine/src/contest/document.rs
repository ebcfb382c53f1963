//! Study documents of a contest: links and files.

use crate::{Caller, Engine, Result, Stop, notify::Change, random};
use domain::{
    Refusal,
    id::{ContestId, DocumentId},
    identity::{Action, Deed},
    vietnamese::tidy,
};

/// What a document may be.
const ACCEPTED: &[&str] = &["application/pdf", "image/png", "image/jpeg", "image/webp"];

impl Engine {
    /// Adds a document: a file, or a link when there is none.
    ///
    /// # Errors
    /// At `title`, `address` or `file`.
    pub async fn add_document(
        &self,
        caller: &Caller,
        contest: ContestId,
        title: &str,
        place: (&str, Option<(&str, &[u8])>),
    ) -> Result<DocumentId> {
        caller.must(Action::WriteLibrary)?;
        let now = self.now();
        let (title, address) = (tidy(title), place.0.trim());
        let mut refused = Vec::new();
        match title.chars().count() {
            0 => refused.push(("title".into(), Refusal::Required)),
            1..=200 => {}
            _ => refused.push(("title".into(), Refusal::TooLong)),
        }
        match place.1 {
            None if address.is_empty() => refused.push(("address".into(), Refusal::Required)),
            None if !is_link(address) => refused.push(("address".into(), Refusal::BadAddress)),
            _ => {}
        }
        crate::fault::accept(refused)?;
        let mut work = self.store.begin().await?;
        work.contest_row(contest).await?.ok_or(Stop::Refused(Refusal::NotFound))?;
        let file = match place.1 {
            Some(upload) => Some(work.keep_file(now, caller, "file".into(), upload, ACCEPTED).await?),
            None => None,
        };
        let id = random::id(now);
        let address = if file.is_some() { "" } else { address };
        work.add_document(id, contest, &title, (address, file.as_deref())).await?;
        work.note(now, caller, Deed::EditDocument, &contest.to_string(), r#"{"added":true}"#).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(id)
    }

    /// Removes a document of the contest.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub async fn remove_document(&self, caller: &Caller, contest: ContestId, document: DocumentId) -> Result<()> {
        caller.must(Action::WriteLibrary)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        if work.remove_document(contest, document).await? == 0 {
            return Err(Refusal::NotFound.into());
        }
        work.note(now, caller, Deed::EditDocument, &contest.to_string(), r#"{"removed":true}"#).await?;
        work.commit().await?;
        self.notify.tell(Change::Contest(contest));
        Ok(())
    }
}

/// Whether it is an address on the web, and nothing that a browser would run.
fn is_link(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.'))
        && address.len() <= 500
        && !address.contains(|c: char| c.is_whitespace() || c.is_control() || c == '"')
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_addresses_on_the_web_are_links() {
        for (address, link) in [
            ("https://quangngai.gov.vn/cchc", true),
            ("http://a.vn", true),
            ("javascript:alert(1)", false),
            ("https://", false),
            ("//a.vn", false),
            ("https://a.vn/ b", false),
        ] {
            assert_eq!(super::is_link(address), link, "{address}");
        }
    }
}
