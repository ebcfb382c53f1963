//! Images in questions: PNG, JPEG and WebP, addressed by their hash.

use super::draft::{folded, must_own};
use crate::{Caller, Engine, Result, Stop, fault::accept, store::Work};
use domain::{
    Field, Refusal, Timestamp,
    id::QuestionId,
    identity::{Action, Deed},
    vietnamese,
};

/// The largest image, in bytes.
pub const LARGEST_IMAGE: usize = 1 << 20;
const TYPES: [&str; 3] = ["image/png", "image/jpeg", "image/webp"];

/// The longest words for an image, in signs.
const LONGEST_WORDS: usize = 200;

/// An image as it is sent.
#[derive(Debug, Clone, Copy)]
pub struct SentImage<'a> {
    /// The file's name as sent; never a path to be used.
    pub name: &'a str,
    /// The content.
    pub bytes: &'a [u8],
    /// What it shows, for people who cannot see it.
    pub words: &'a str,
}

impl Engine {
    /// Keeps an image and returns the address under which Markdown may show it: `/tep/{hash}`.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`] to whoever is no author; at `image`: [`Refusal::TooLarge`], [`Refusal::BadFile`].
    pub async fn add_image(&self, caller: &Caller, name: &str, bytes: &[u8]) -> Result<String> {
        caller.must(Action::WriteQuestion)?;
        let now = self.now();
        let mut work = self.store.begin().await?;
        let hash = work.keep_image(now, caller, (name, bytes)).await?;
        work.note(now, caller, Deed::AddImage, &hash, "").await?;
        work.commit().await?;
        Ok(address(&hash))
    }

    /// Keeps an image and puts it at the end of an open draft's text.
    ///
    /// # Errors
    /// As [`Engine::add_image`] and [`Engine::save_draft`]; at `words`: [`Refusal::Required`], [`Refusal::TooLong`].
    pub async fn illustrate(&self, caller: &Caller, question: QuestionId, revision: i64, image: SentImage<'_>) -> Result<()> {
        caller.must(Action::WriteQuestion)?;
        // Brackets would end the words of a Markdown image early.
        let words = vietnamese::tidy(image.words).replace(['[', ']', '\\'], "");
        match words.chars().count() {
            0 => return Err(Stop::at("words", Refusal::Required)),
            length if length > LONGEST_WORDS => return Err(Stop::at("words", Refusal::TooLong)),
            _ => {}
        }
        let now = self.now();
        let mut work = self.store.begin().await?;
        let (row, mut version) = work.newest_version(question).await?;
        must_own(caller.account, &version)?;
        version.status.may_be_written(version.served)?;
        let address = address(&work.keep_image(now, caller, (image.name, image.bytes)).await?);
        let text = &mut version.writing.content.text;
        format!("{text}\n\n![{words}]({address})").trim_start().clone_into(text);
        accept(version.writing.check_draft())?;
        if version.revision != revision || work.write_version(now, version.id, revision, &version.writing).await? == 0 {
            return Err(Refusal::ChangedMeanwhile.into());
        }
        version.changed_at = now;
        work.sum_up_question(&version, row.approved_id, &folded(&row.code, &version.writing)).await?;
        work.note(now, caller, Deed::SaveQuestion, &question.to_string(), r#"{"image":true}"#).await?;
        Ok(work.commit().await?)
    }
}

/// Where an image is read.
fn address(hash: &str) -> String {
    format!("/tep/{hash}")
}

impl Work {
    /// Keeps the image and tells its hash.
    async fn keep_image(&mut self, now: Timestamp, caller: &Caller, upload: (&str, &[u8])) -> Result<String> {
        if upload.1.len() > LARGEST_IMAGE {
            return Err(Stop::at("image", Refusal::TooLarge));
        }
        let hash = self.keep_file(now, caller, Field::named("image"), upload, &TYPES).await?;
        Ok(hex::encode(hash))
    }
}
