//! The chain of saves: each hash seals the sheet and everything before it, so that an edited byte shows.

use crate::{Timestamp, id::AttemptId};
use sha2::{Digest as _, Sha256};

/// A SHA-256 digest.
pub type Digest = [u8; 32];

/// One kept save, as it stands in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Which tab or device sent it.
    pub hold: i64,
    /// Its number.
    pub seq: i64,
    /// When the server received it.
    pub received_at: Timestamp,
    /// The canonical bytes of the sheet.
    pub answers: Vec<u8>,
    /// Its hash.
    pub hash: Digest,
}

/// What the first save hangs on: SHA-256("cchc start 1" ‖ attempt ‖ start ‖ paper).
pub fn first_link(attempt: AttemptId, started_at: Timestamp, paper: &[u8]) -> Digest {
    let seal = Sha256::new().chain_update(b"cchc start 1").chain_update(attempt.0.as_bytes()).chain_update(started_at.0.to_be_bytes());
    seal.chain_update(paper).finalize().into()
}

/// SHA-256("cchc save 1" ‖ previous ‖ attempt ‖ hold ‖ seq ‖ received ‖ answers), numbers as 64 bits, highest byte first.
pub fn link(previous: &Digest, attempt: AttemptId, save: &Link) -> Digest {
    Sha256::new()
        .chain_update(b"cchc save 1")
        .chain_update(previous)
        .chain_update(attempt.0.as_bytes())
        .chain_update(save.hold.to_be_bytes())
        .chain_update(save.seq.to_be_bytes())
        .chain_update(save.received_at.0.to_be_bytes())
        .chain_update(&save.answers)
        .finalize()
        .into()
}

/// Follows the chain from its start to its head; `Err` names the first save that does not fit,
/// or the place after the last one when the head is another.
///
/// # Errors
/// The index of the first save that was edited, or the number of saves when saves are missing at the end.
pub fn verify(attempt: AttemptId, start: &Digest, saves: &[Link], head: &Digest) -> Result<(), usize> {
    let mut previous = *start;
    for (i, save) in saves.iter().enumerate() {
        if link(&previous, attempt, save) != save.hash {
            return Err(i);
        }
        previous = save.hash;
    }
    if previous == *head { Ok(()) } else { Err(saves.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ATTEMPT: AttemptId = AttemptId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));
    const STARTED: Timestamp = Timestamp(1_795_395_600_000);

    fn chain(sheets: &[Vec<u8>]) -> (Digest, Vec<Link>, Digest) {
        let start = first_link(ATTEMPT, STARTED, b"paper");
        let mut head = start;
        let mut saves = Vec::new();
        for (seq, answers) in (1..).zip(sheets) {
            let mut save = Link { hold: 1, seq, received_at: Timestamp(STARTED.0 + seq * 1_000), answers: answers.clone(), hash: [0; 32] };
            save.hash = link(&head, ATTEMPT, &save);
            head = save.hash;
            saves.push(save);
        }
        (start, saves, head)
    }

    fn hex(bytes: &[u8]) -> String {
        use std::fmt::Write;
        bytes.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Computed by an independent program in another language.
    #[test]
    fn the_hashes_are_those_of_the_test_vectors() {
        let (start, saves, head) = chain(&[vec![1, 0, 0], vec![1, 0, 1]]);
        assert_eq!(hex(&start), START);
        assert_eq!(hex(&saves[0].hash), FIRST);
        assert_eq!(hex(&head), HEAD);
    }

    const START: &str = "da67f3aedb56077e256487d0641f57637904d0dfdf9b8761fcfca3999dd217d8";
    const FIRST: &str = "8cb1f162580a7f1304a5912bd9ff23e576b6bfde3656e91edd6ab22a5f75075e";
    const HEAD: &str = "68200473808de4bd7e40786969217ca7d5fcce4e58c0dbb157b135687c15d70c";

    proptest! {
        #[test]
        fn any_edited_byte_is_found(
            sheets in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..20), 1..8),
            which in any::<prop::sample::Index>(),
            byte in any::<prop::sample::Index>(),
            change in 1_u8..=255,
        ) {
            let (start, mut saves, head) = chain(&sheets);
            prop_assert_eq!(verify(ATTEMPT, &start, &saves, &head), Ok(()));
            let which = which.index(saves.len());
            let byte = byte.index(saves[which].answers.len());
            saves[which].answers[byte] ^= change;
            prop_assert_eq!(verify(ATTEMPT, &start, &saves, &head), Err(which));
        }

        #[test]
        fn a_missing_or_moved_save_is_found(sheets in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 1..20), 2..8), cut in any::<prop::sample::Index>()) {
            let (start, saves, head) = chain(&sheets);
            let cut = cut.index(saves.len());
            let mut fewer = saves.clone();
            fewer.remove(cut);
            prop_assert_eq!(verify(ATTEMPT, &start, &fewer, &head), Err(cut));
            let mut later = saves;
            later[cut].received_at = Timestamp(later[cut].received_at.0 + 1);
            prop_assert_eq!(verify(ATTEMPT, &start, &later, &head), Err(cut));
        }
    }
}
