//! Randomness and new ids: the one place that asks the operating system for either.

use domain::Timestamp;
use uuid::{Builder, NoContext, Uuid};

/// So many random bytes.
///
/// # Panics
/// When the operating system has no randomness to give: nothing may go on without it.
#[expect(clippy::disallowed_methods, clippy::expect_used, reason = "the one place that draws randomness; without it nothing may go on")]
pub fn bytes<const N: usize>() -> [u8; N] {
    let mut out = [0; N];
    getrandom::fill(&mut out).expect("the operating system gives random bytes");
    out
}

/// A new id that sorts by creation (UUIDv7, RFC 9562).
pub fn id<I: From<Uuid>>(now: Timestamp) -> I {
    let _ = NoContext;
    let ms = u64::try_from(now.0).unwrap_or(0);
    I::from(Builder::from_unix_timestamp_millis(ms, &bytes::<10>()).into_uuid())
}

/// The letters of codes that people read aloud and type: no 0/O, 1/I/L, no vowels that make words.
const CODE_LETTERS: &[u8; 24] = b"23456789BCDFGHJKMNPQRSTV";

/// A random code of `length` letters, `5 × length` bits less a little; uniform by rejection.
pub fn code(length: usize) -> String {
    let mut out = String::with_capacity(length);
    while out.len() < length {
        for byte in bytes::<16>() {
            // 240 is the largest multiple of 24 that fits a byte.
            if byte < 240 && out.len() < length {
                out.push(char::from(CODE_LETTERS[usize::from(byte) % CODE_LETTERS.len()]));
            }
        }
    }
    out
}
