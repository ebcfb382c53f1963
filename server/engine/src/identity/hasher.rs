//! Password hashing: argon2id on a bounded number of threads with a bounded queue, in turns of each network.

use crate::{Fault, Result, Stop};
use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version, password_hash::SaltString};
use domain::{Refusal, id::AccountId};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};
use tokio::sync::Semaphore;

/// Memory in KiB, passes and lanes: OWASP's first choice for argon2id (Password Storage Cheat Sheet).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Passwords that may wait for a thread; beyond them people are asked to come back.
const QUEUE: usize = 512;
/// Of these, one line may have so many at once: sixty-four networks have room.
const AT_ONCE: usize = 8;
/// People of one line who may wait for its turn: more than a hall full, and bounded.
const LONGEST_LINE: usize = 1_024;

static ARGON: LazyLock<Argon2<'static>> = LazyLock::new(|| {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
});

/// A hash of nobody's password, so that an unknown login costs what a known one costs.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash_now("không ai có mật khẩu này").unwrap_or_default());

/// In whose line a password waits. Each line takes its turns, so that a flood from one network makes that network wait, and
/// its strangers, never those who are known there or anybody elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Line {
    /// Whoever is not known in the network with this digest.
    Strangers(Vec<u8>),
    /// Accounts that have been in use in the network with this digest, and holders of a code that is right.
    Known(Vec<u8>),
    /// A signed-in account.
    Own(AccountId),
    /// The command line and the demo.
    Installation,
}

/// The lines in which somebody waits: how many, and their turns.
type Lines = Arc<Mutex<HashMap<Line, (usize, Arc<Semaphore>)>>>;

/// Hashes and verifies passwords off the async threads.
#[derive(Clone)]
pub struct Hasher {
    threads: Arc<Semaphore>,
    places: Arc<Semaphore>,
    at_once: usize,
    longest_line: usize,
    lines: Lines,
}

/// Somebody stands in a line, until dropped.
struct Standing {
    line: Line,
    turns: Arc<Semaphore>,
    lines: Lines,
}

impl Drop for Standing {
    fn drop(&mut self) {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((people, _)) = lines.get_mut(&self.line) {
            *people -= 1;
            if *people == 0 {
                lines.remove(&self.line);
            }
        }
    }
}

impl Default for Hasher {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        Self { at_once: AT_ONCE.max(2 * threads), ..Self::bounded(threads, QUEUE, LONGEST_LINE) }
    }
}

impl Hasher {
    /// A hasher with so many threads, places to wait, and people in a line of which one has its turn, for tests of its bounds.
    pub fn bounded(threads: usize, queue: usize, longest_line: usize) -> Self {
        Self {
            threads: Arc::new(Semaphore::new(threads)),
            places: Arc::new(Semaphore::new(threads + queue)),
            at_once: 1,
            longest_line,
            lines: Lines::default(),
        }
    }

    /// Hashes a new password to a PHC string.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when the line or the queue is full.
    pub async fn hash(&self, line: &Line, password: String) -> Result<String> {
        self.run(line, move || hash_now(&password)).await?.ok_or(Stop::Fault(Fault::Broken("argon2 refused to hash")))
    }

    /// Whether the password matches the stored hash; with no hash it takes as long and is false.
    ///
    /// # Errors
    /// [`Refusal::Busy`] when the line or the queue is full.
    pub async fn matches(&self, line: &Line, password: String, stored: Option<String>) -> Result<bool> {
        self.run(line, move || {
            let known = stored.is_some();
            let stored = stored.unwrap_or_else(|| NOBODY.clone());
            let verified = PasswordHash::new(&stored).is_ok_and(|hash| ARGON.verify_password(password.as_bytes(), &hash).is_ok());
            known && verified
        })
        .await
    }

    /// Takes a place in the line, unless it is full.
    fn stand_in(&self, line: &Line) -> Result<Standing, Refusal> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        let (people, turns) = lines.entry(line.clone()).or_insert_with(|| (0, Arc::new(Semaphore::new(self.at_once))));
        if *people >= self.longest_line {
            return Err(Refusal::Busy);
        }
        *people += 1;
        Ok(Standing { line: line.clone(), turns: turns.clone(), lines: self.lines.clone() })
    }

    async fn run<T: Send + 'static>(&self, line: &Line, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let standing = self.stand_in(line)?;
        let _turn = standing.turns.clone().acquire_owned().await.map_err(|_| Refusal::Busy)?;
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

    fn strangers(network: u8) -> Line {
        Line::Strangers(vec![network])
    }

    /// Somebody of the line waits for a hash, or has it.
    async fn waits(hasher: &Hasher, line: Line) -> tokio::task::JoinHandle<Result<String>> {
        let hasher = hasher.clone();
        let waiting = tokio::spawn(async move { hasher.hash(&line, "mot-mat-khau".into()).await });
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
        waiting
    }

    #[tokio::test]
    async fn a_password_matches_its_own_hash_only() {
        let (hasher, line) = (Hasher::default(), Line::Installation);
        let hash = hasher.hash(&line, "Tra-Bồng-2026".into()).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.matches(&line, "Tra-Bồng-2026".into(), Some(hash.clone())).await.expect("verified"));
        assert!(!hasher.matches(&line, "tra-bồng-2026".into(), Some(hash)).await.expect("verified"));
        assert!(!hasher.matches(&line, "không ai có mật khẩu này".into(), None).await.expect("verified"));
        assert!(hasher.lines.lock().expect("nobody panicked").is_empty(), "nobody is left in a line");
    }

    #[tokio::test]
    async fn beyond_the_queue_people_are_asked_to_come_back() {
        let hasher = Hasher::bounded(1, 1, 8);
        let (one, two) = (waits(&hasher, strangers(1)).await, waits(&hasher, strangers(2)).await);
        let third = hasher.hash(&strangers(3), "ba-mat-khau".into()).await;
        assert!(matches!(third, Err(Stop::Refused(Refusal::Busy))), "{third:?}");
        assert!(one.await.expect("joined").is_ok());
        assert!(two.await.expect("joined").is_ok());
    }

    #[tokio::test]
    async fn a_flood_of_one_network_fills_its_own_line_only() {
        let hasher = Hasher::bounded(1, 3, 4);
        let mut flood = Vec::new();
        for _ in 0..4 {
            flood.push(waits(&hasher, strangers(1)).await);
        }
        let fifth = hasher.hash(&strangers(1), "nam-mat-khau".into()).await;
        assert!(matches!(fifth, Err(Stop::Refused(Refusal::Busy))), "{fifth:?}");
        for line in [strangers(2), Line::Known(vec![1]), Line::Own(AccountId(uuid::Uuid::nil()))] {
            hasher.hash(&line, "mot-mat-khau".into()).await.expect("its own turn");
        }
        for hashed in flood {
            hashed.await.expect("joined").expect("the flood itself is served in its turn");
        }
        assert!(hasher.lines.lock().expect("nobody panicked").is_empty(), "nobody is left in a line");
    }
}
