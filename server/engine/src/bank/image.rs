//! Images in questions: PNG, JPEG and WebP, addressed by their hash.

use crate::{Caller, Engine, Result, Stop};
use domain::{
    Field, Refusal,
    identity::{Action, Deed},
};

/// The largest image, in bytes.
pub const LARGEST_IMAGE: usize = 1 << 20;
const TYPES: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];

impl Engine {
    /// Keeps an image and returns the address under which Markdown may show it: `/tep/{hash}`.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever is no author; at `image`: [`Refusal::TooLarge`], [`Refusal::BadFile`].
    pub async fn add_image(&self, caller: &Caller, name: &str, bytes: &[u8]) -> Result<String> {
        caller.must(Action::WriteQuestion)?;
        if bytes.len() > LARGEST_IMAGE {
            return Err(Stop::at("image", Refusal::TooLarge));
        }
        let now = self.now();
        let mut work = self.store.begin().await?;
        let hash = work.keep_file(now, caller, Field::named("image"), (name, bytes), &TYPES).await?;
        let hash = hex::encode(hash);
        work.note(now, caller, Deed::AddImage, &hash, "").await?;
        work.commit().await?;
        Ok(format!("/tep/{hash}"))
    }
}
