//! Password hashing: argon2id on a bounded number of threads with a bounded queue.

use crate::{Fault, Result, Stop};
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash::SaltString};
use domain::Refusal;
use std::sync::{Arc, LazyLock};
use tokio::sync::Semaphore;

/// Memory in KiB, passes and lanes: OWASP's first choice for argon2id (Password Storage Cheat Sheet).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Sign-ins that may wait for a thread; beyond them people are asked to come back.
const QUEUE: usize = 512;

static ARGON: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
});

/// A hash of nobody's password, so that an unknown login costs what a known one costs.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("không ai có mật khẩu này").unwrap_or_default());

/// Hashes and verifies passwords off the async threads.
#[derive(Clone)]
pub struct Hasher {
    threads: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

impl Default for Hasher {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { threads: Arc::new(Semaphore::new(threads)), places: Arc::new(Semaphore::new(threads + QUEUE)) }
    }
}

impl Hasher {
    /// A hasher with so many threads and places to wait, for tests of its bounds.
    pub fn bounded(threads: usize, queue: usize) -> Self {
        Self { threads: Arc::new(Semaphore::new(threads)), places: Arc::new(Semaphore::new(threads + queue)) }
    }

    /// Hashes a new password to a PHC string.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when the queue is full.
    pub async fn hash(&self, password: String) -> Result<String> {
        self.run(move || hash_now(&password)).await?.ok_or(Stop::Fault(Fault::Broken("argon2 refused to hash")))
    }

    /// Whether the password matches the stored hash; with no hash it takes as long and is false.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when the queue is full.
    pub async fn matches(&self, password: String, stored: Option<String>) -> Result<bool> {
        self.run(move || {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.clone());
            let verified = PasswordHash::new(&stored).is_ok_and(|hash| ARGON.verify_password(password.as_bytes(), &hash).is_ok());
            known && verified
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _place = self.places.clone().try_acquire_owned().map_err(|_| Refusal::Busy)?;
        // The semaphore is never closed.
        let thread = self.threads.clone().acquire_owned().await.map_err(|_| Refusal::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(thread);
            done
        });
        done.await.map_err(|error| Stop::Fault(Fault::Outside("a hashing thread", Box::new(error))))
    }
}

fn hash_now(password: &str) -> Option<String> {
    let salt = SaltString::encode_b64(&crate::random::bytes::<16>()).ok()?;
    ARGON.hash_password(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let hasher = Hasher::default();
        let hash = hasher.hash("Tra-Bồng-2026".into()).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.matches("Tra-Bồng-2026".into(), Some(hash.clone())).await.expect("verified"));
        assert!(!hasher.matches("tra-bồng-2026".into(), Some(hash)).await.expect("verified"));
        assert!(!hasher.matches("không ai có mật khẩu này".into(), None).await.expect("verified"));
    }

    #[tokio::test]
    async fn beyond_the_queue_people_are_asked_to_come_back() {
        let hasher = Hasher::bounded(1, 1);
        let one = tokio::spawn({
            let hasher = hasher.clone();
            async move { hasher.hash("mot-mat-khau".into()).await }
        });
        let two = tokio::spawn({
            let hasher = hasher.clone();
            async move { hasher.hash("hai-mat-khau".into()).await }
        });
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        let third = hasher.hash("ba-mat-khau".into()).await;
        assert!(matches!(third, Err(Stop::Refused(Refusal::Busy))), "{third:?}");
        assert!(one.await.expect("joined").is_ok());
        assert!(two.await.expect("joined").is_ok());
    }
}
