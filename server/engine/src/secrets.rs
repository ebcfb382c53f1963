//! The installation's secret: seals identity numbers and derives what must not be guessed.

use crate::fault::Fault;
use chacha20poly1305::{ChaCha20Poly1305, KeyInit, Nonce, aead::Aead};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use std::path::Path;

/// 32 random bytes from `CCHC_SECRET_FILE`, never in the database nor in a backup.
#[derive(Clone)]
pub struct Secrets {
    root: [u8; 32],
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(hidden)")
    }
}

impl Secrets {
    /// Secrets from known bytes, for tests.
    pub const fn from_bytes(root: [u8; 32]) -> Self {
        Self { root }
    }

    /// Reads the secret file; with `make`, a missing one is made, readable by its owner only.
    ///
    /// # Errors
    /// When the file is missing, unreadable or not 64 hexadecimal digits.
    pub fn read(path: &Path, make: bool) -> Result<Self, Fault> {
        let outside = |why: String| Fault::Outside("reading the secret", format!("{}: {why}", path.display()).into());
        if make && !path.exists() {
            write_private(path, &hex::encode(crate::random::bytes::<32>())).map_err(|error| outside(error.to_string()))?;
        }
        let typed = std::fs::read(path).map_err(|error| outside(error.to_string()))?;
        let mut root = [0; 32];
        hex::decode_to_slice(typed.trim_ascii(), &mut root)
            .map_err(|_| outside("it must hold 64 hexadecimal digits, as `openssl rand -hex 32` makes them".to_owned()))?;
        Ok(Self { root })
    }

    fn derive(&self, purpose: &str) -> [u8; 32] {
        Sha256::new().chain_update(b"cchc/1/").chain_update(purpose).chain_update(b"/").chain_update(self.root).finalize().into()
    }

    /// A keyed digest (HMAC-SHA-256, RFC 2104) of a value, for looking it up without keeping it.
    pub fn lookup(&self, purpose: &str, value: &str) -> Vec<u8> {
        // HMAC takes keys of any length: this never fails.
        let Ok(mut mac) = <Hmac<Sha256> as Mac>::new_from_slice(&self.derive(purpose)) else { return Vec::new() };
        mac.update(value.as_bytes());
        mac.finalize().into_bytes().to_vec()
    }

    /// Encrypts a value (ChaCha20-Poly1305, RFC 8439): nonce, then sealed bytes.
    ///
    /// # Errors
    /// When the value is too long to seal.
    pub fn seal(&self, purpose: &str, value: &str) -> Result<Vec<u8>, Fault> {
        let nonce = crate::random::bytes::<12>();
        let cipher = ChaCha20Poly1305::new(&self.derive(purpose).into());
        let sealed = cipher.encrypt(&Nonce::from(nonce), value.as_bytes()).map_err(|_| Fault::Broken("a value cannot be sealed"))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Opens what [`Self::seal`] made.
    ///
    /// # Errors
    /// When the bytes were made with another secret or edited.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<String, Fault> {
        let wrong = Fault::Broken("a sealed value does not open with this secret");
        let Some((nonce, rest)) = sealed.split_first_chunk::<12>() else { return Err(wrong) };
        let cipher = ChaCha20Poly1305::new(&self.derive(purpose).into());
        let opened = cipher.decrypt(&Nonce::from(*nonce), rest).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        opened.ok_or(wrong)
    }
}

fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_with_its_secret_and_purpose_only() {
        let secrets = Secrets::from_bytes([7; 32]);
        let sealed = secrets.seal("id-number", "051085001234").expect("it seals");
        assert_eq!(secrets.open("id-number", &sealed).expect("it opens"), "051085001234");
        assert!(secrets.open("other", &sealed).is_err());
        assert!(Secrets::from_bytes([8; 32]).open("id-number", &sealed).is_err());
        let mut edited = sealed.clone();
        edited[20] ^= 1;
        assert!(secrets.open("id-number", &edited).is_err());
    }

    #[test]
    fn a_new_secret_file_is_private_and_reads_back() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        assert!(Secrets::read(&path, false).is_err(), "missing and not to be made");
        for wrong in [&[0xff; 32][..], b"bi mat", &[b'a'; 63]] {
            std::fs::write(&path, wrong).expect("written");
            let refused = Secrets::read(&path, true).expect_err("no secret");
            let why = std::error::Error::source(&refused).expect("a reason").to_string();
            assert!(why.starts_with(&path.display().to_string()) && why.contains("openssl rand -hex 32"), "{why}");
        }
        std::fs::remove_file(&path).expect("removed");
        let made = Secrets::read(&path, true).expect("made");
        let read = Secrets::read(&path, false).expect("read");
        assert_eq!(made.lookup("x", "y"), read.lookup("x", "y"));
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).expect("there").permissions()) & 0o777, 0o600);
    }
}
