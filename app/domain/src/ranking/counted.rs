//! Which of one person's attempts counts.

use super::{Performance, RankingRule};
use crate::contest::Counts;

/// Whether a later attempt takes the place of the one kept so far.
///
/// Attempts are looked at in the order in which they were started. The best one is chosen without the
/// prediction, so that nobody can fish for it with many guesses; of equally good ones the earlier counts.
pub fn replaces(counts: Counts, rule: &RankingRule, kept: &Performance, later: &Performance) -> bool {
    match counts {
        Counts::First => false,
        Counts::Last => true,
        Counts::Best => rule.compare_without_prediction(later, kept).is_lt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ranking::rule::tests::{chains, performances};
    use proptest::prelude::*;

    fn counted(counts: Counts, rule: &RankingRule, attempts: &[Performance]) -> usize {
        (1..attempts.len()).fold(0, |kept, i| if replaces(counts, rule, &attempts[kept], &attempts[i]) { i } else { kept })
    }

    proptest! {
        #[test]
        fn first_best_and_last_are_what_they_say(rule in chains(), attempts in proptest::collection::vec(performances(), 1..8)) {
            prop_assert_eq!(counted(Counts::First, &rule, &attempts), 0);
            prop_assert_eq!(counted(Counts::Last, &rule, &attempts), attempts.len() - 1);
            let best = counted(Counts::Best, &rule, &attempts);
            for (i, attempt) in attempts.iter().enumerate() {
                let order = rule.compare_without_prediction(&attempts[best], attempt);
                prop_assert!(order.is_lt() || order.is_eq() && best <= i);
            }
        }
    }
}
