//! Uploaded files: images, banners, signed PDFs, addressed by their SHA-256.

use crate::{Caller, Engine, Result, Stop, store::Work};
use domain::{Field, Refusal, Timestamp};
use sha2::{Digest, Sha256};

/// The largest file that is taken, in bytes.
pub const LARGEST: usize = 8 << 20;
const PART: usize = 1 << 20;

/// A stored file.
#[derive(Debug, Clone)]
pub struct StoredFile {
    /// Its name as it was first sent; never a path to be used.
    pub name: String,
    /// Its sniffed media type.
    pub media_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The media type of the bytes themselves, if it is one we take: PNG, JPEG, WebP, PDF.
pub fn sniff(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        _ => None,
    }
}

impl Engine {
    /// The file of this hash.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none.
    pub async fn file(&self, hash: &[u8]) -> Result<StoredFile> {
        let mut work = self.store.read().await?;
        let about: Option<(String, String, i64)> = find!(&mut work, "select name, media_type, size from file_about where hash = $1", hash)?;
        let (name, media_type, size) = about.ok_or(Refusal::NotFound)?;
        let parts: Vec<(Vec<u8>,)> = list!(&mut work, "select bytes from file where hash = $1 order by part", hash)?;
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        for (part,) in parts {
            bytes.extend_from_slice(&part);
        }
        Ok(StoredFile { name, media_type, bytes })
    }
}

impl Work {
    /// Keeps a file whose type is one of `accepted`; returns its hash. The same bytes are kept once.
    ///
    /// # Errors
    /// [`Refusal::BadFile`] or [`Refusal::TooLarge`] at the field.
    pub async fn keep_file(
        &mut self,
        now: Timestamp,
        caller: &Caller,
        field: Field,
        upload: (&str, &[u8]),
        accepted: &[&str],
    ) -> Result<Vec<u8>> {
        let (name, bytes) = upload;
        if bytes.len() > LARGEST {
            return Err(Stop::at(field, Refusal::TooLarge));
        }
        let media_type =
            sniff(bytes).filter(|media_type| accepted.contains(media_type)).ok_or_else(|| Stop::at(field, Refusal::BadFile))?;
        let hash = Sha256::digest(bytes).to_vec();
        let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        let known: Option<(i64,)> = find!(&mut *self, "select size from file_about where hash = $1", &hash)?;
        if known.is_some() {
            return Ok(hash);
        }
        exec!(
            &mut *self,
            "insert into file_about (hash, media_type, size, name, added_by, added_at)
             values ($1, $2, $3, $4, $5, $6)",
            &hash,
            media_type,
            size,
            name,
            caller.account,
            now,
        )?;
        for (part, chunk) in (0_i64..).zip(bytes.chunks(PART)) {
            exec!(&mut *self, "insert into file (hash, part, bytes) values ($1, $2, $3)", &hash, part, chunk)?;
        }
        Ok(hash)
    }
}
