//! Pictures inside articles.

use crate::{Caller, Engine, Result};
use domain::identity::{Action, Deed};

/// What a picture may be.
pub(super) const ACCEPTED: &[&str] = &["image/png", "image/jpeg", "image/webp"];

impl Engine {
    /// Keeps a picture for articles; answers its address, to be written into the text.
    ///
    /// # Errors
    /// At `image`, when it is too large or no picture.
    pub async fn add_picture(&self, caller: &Caller, upload: (&str, &[u8])) -> Result<String> {
        caller.must(Action::WriteLibrary)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let hash = work.keep_file(now, caller, "image".into(), upload, ACCEPTED).await?;
        let address = format!("/tep/{}", hex::encode(&hash));
        work.note(now, caller, Deed::AddPicture, &address, "").await?;
        work.commit().await?;
        Ok(address)
    }
}
