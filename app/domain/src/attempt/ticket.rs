//! The ticket of somebody who waits for the opening: by how much one's own start comes later, so that not all arrive at once.

use super::Timing;
use crate::{
    Millis,
    contest::{LateStart, RankingKey},
    id::{AccountId, RoundId},
};
use sha2::{Digest, Sha256};

/// By how much the start of this person in this round comes after the opening: always the same for both, spread evenly
/// over `0..=spread`, and not to be guessed without the installation's seed.
pub fn ticket(seed: &[u8; 32], account: AccountId, round: RoundId, spread: Millis) -> Millis {
    let Ok(widest) = u64::try_from(spread.0) else { return Millis(0) };
    let drawn = Sha256::new()
        .chain_update(b"cchc ticket 1")
        .chain_update(seed)
        .chain_update(account.0.as_bytes())
        .chain_update(round.0.as_bytes())
        .finalize();
    let number = drawn.iter().take(8).fold(0_u64, |number, byte| number << 8 | u64::from(*byte));
    // Of 64 bits the remainder is even to far below a millisecond.
    Millis(i64::try_from(number % (widest + 1)).unwrap_or(0))
}

/// The widest spread, at most `wanted`, by which nobody loses anything.
///
/// Time counts from the own start, so a later start costs none, unless the paper ends with the window: then the latest
/// start still has the full time before it. Where the earlier hand-in ranks higher, nobody is held back at all.
pub fn free_spread(timing: &Timing, ranking: &[RankingKey], wanted: Millis) -> Millis {
    if ranking.contains(&RankingKey::HandedInAt) {
        return Millis(0);
    }
    let window = timing.closes_at - timing.opens_at;
    let room = match timing.late_start {
        LateStart::EndsAtClose => window.0 - timing.duration.0,
        // The last moment of the window still starts.
        LateStart::FullTime => window.0 - 1,
    };
    Millis(wanted.0.min(room).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;
    use proptest::prelude::*;
    use uuid::Uuid;

    const SEED: [u8; 32] = [7; 32];
    const OPENS: Timestamp = Timestamp(1_795_395_600_000);
    const TEN: Millis = Millis::seconds(10);

    fn of(account: u128, round: u128, spread: Millis) -> Millis {
        ticket(&SEED, AccountId(Uuid::from_u128(account)), RoundId(Uuid::from_u128(round)), spread)
    }

    fn timing(window: Millis, late_start: LateStart) -> Timing {
        Timing { opens_at: OPENS, closes_at: OPENS + window, duration: Millis::minutes(20), late_start }
    }

    #[test]
    fn a_ticket_is_the_same_whenever_it_is_asked_and_another_in_another_round() {
        assert_eq!(of(1, 2, TEN), of(1, 2, TEN));
        assert_ne!(of(1, 2, TEN), of(1, 3, TEN));
        assert_ne!(of(1, 2, TEN), of(3, 2, TEN));
        let (account, round) = (AccountId(Uuid::from_u128(1)), RoundId(Uuid::from_u128(2)));
        assert_ne!(ticket(&[8; 32], account, round, TEN), of(1, 2, TEN), "another installation draws otherwise");
    }

    #[test]
    fn tickets_are_spread_evenly() {
        let mut seconds = [0; 10];
        for account in 0..10_000 {
            let at = of(account, 1, TEN).0.min(9_999);
            seconds[usize::try_from(at / 1_000).expect("a second")] += 1;
        }
        assert!(seconds.iter().all(|people| (850..1_150).contains(people)), "{seconds:?}");
    }

    #[test]
    fn nobody_waits_where_waiting_would_cost_time_or_a_place() {
        let free = |window, late_start, ranking: &[RankingKey]| free_spread(&timing(window, late_start), ranking, TEN);
        assert_eq!(free(Millis::minutes(20), LateStart::EndsAtClose, &[RankingKey::Correct]), Millis(0), "the window is the paper's time");
        assert_eq!(free(Millis::seconds(1_204), LateStart::EndsAtClose, &[RankingKey::Correct]), Millis::seconds(4));
        assert_eq!(free(Millis::hours(2), LateStart::EndsAtClose, &[RankingKey::Correct, RankingKey::Duration]), TEN);
        assert_eq!(free(Millis::minutes(20), LateStart::FullTime, &[RankingKey::Correct]), TEN);
        assert_eq!(free(Millis::days(5), LateStart::FullTime, &[RankingKey::Correct, RankingKey::HandedInAt]), Millis(0));
        assert_eq!(free_spread(&timing(Millis::hours(2), LateStart::FullTime), &[], Millis::seconds(-5)), Millis(0));
    }

    proptest! {
        #[test]
        fn a_ticket_lies_within_its_spread(account: u128, round: u128, spread in 0_i64..100_000) {
            let ticket = of(account, round, Millis(spread));
            prop_assert!((0..=spread).contains(&ticket.0));
        }

        #[test]
        fn whoever_starts_by_ticket_starts_within_the_window_and_has_the_full_time(
            account: u128,
            window in 1_i64..7_200_000,
            wanted in 0_i64..100_000,
            full: bool,
        ) {
            let late_start = if full { LateStart::FullTime } else { LateStart::EndsAtClose };
            let timing = timing(Millis(window), late_start);
            let start = OPENS + of(account, 1, free_spread(&timing, &[RankingKey::Correct], Millis(wanted)));
            prop_assert!(start >= OPENS && start < timing.closes_at);
            // Where even the opening gives less than the full time, everybody starts at it.
            let fits = OPENS + timing.duration <= timing.closes_at;
            prop_assert!(full || start == OPENS || (fits && start + timing.duration <= timing.closes_at));
        }
    }
}
