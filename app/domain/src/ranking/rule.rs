//! The ranking rule: one ordered chain of keys that gives the order and its public text.

use super::Performance;
use crate::contest::RankingKey;
use std::cmp::Ordering;

/// An ordered chain of keys: the first in which two people differ decides between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankingRule {
    keys: Vec<RankingKey>,
}

impl RankingRule {
    /// The rule of this chain; a key that is repeated can no longer decide and is dropped.
    pub fn new(chain: &[RankingKey]) -> Self {
        let mut keys = Vec::with_capacity(chain.len());
        for key in chain {
            if !keys.contains(key) {
                keys.push(*key);
            }
        }
        Self { keys }
    }

    /// The keys, the first one first.
    pub fn keys(&self) -> &[RankingKey] {
        &self.keys
    }

    /// `Less` when `one` stands above `other`; `Equal` when they share a place.
    pub fn compare(&self, one: &Performance, other: &Performance) -> Ordering {
        self.deciding(one, other).map_or(Ordering::Equal, |key| by(key, one, other))
    }

    /// The same without the prediction, whose truth nobody knows when the counted attempt is chosen.
    pub fn compare_without_prediction(&self, one: &Performance, other: &Performance) -> Ordering {
        let kept = self.keys.iter().filter(|key| **key != RankingKey::PredictionDistance);
        kept.map(|key| by(*key, one, other)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    }

    /// The first key in which the two differ.
    pub fn deciding(&self, one: &Performance, other: &Performance) -> Option<RankingKey> {
        self.keys.iter().copied().find(|key| by(*key, one, other).is_ne())
    }

    /// The rule as people read it in the thể lệ and on the board.
    pub fn text(&self) -> String {
        self.told(preference)
    }

    /// "Xếp hạng theo thứ tự: (1) …; (2) nếu bằng nhau, …": the chain, each key in the given words.
    pub(super) fn told(&self, words: impl Fn(RankingKey) -> &'static str) -> String {
        let mut steps = Vec::with_capacity(self.keys.len());
        for (i, key) in (1_usize..).zip(&self.keys) {
            let lead = if i == 1 { "" } else { "nếu bằng nhau, " };
            steps.push(format!("({i}) {lead}{}", words(*key)));
        }
        match steps.as_slice() {
            [] => "Mọi người dự thi được xếp cùng hạng.".to_owned(),
            steps => format!("Xếp hạng theo thứ tự: {}. Bằng nhau ở mọi tiêu chí thì cùng hạng.", steps.join("; ")),
        }
    }
}

/// What a key prefers, in words.
const fn preference(key: RankingKey) -> &'static str {
    match key {
        RankingKey::Correct => "ai đúng nhiều câu hơn xếp trên",
        RankingKey::Score => "ai nhiều điểm hơn xếp trên",
        RankingKey::PredictionDistance => "ai dự đoán gần kết quả đúng hơn xếp trên (để trống thì xếp sau)",
        RankingKey::Duration => "ai làm bài trong thời gian ngắn hơn xếp trên",
        RankingKey::HandedInAt => "ai nộp bài sớm hơn xếp trên",
    }
}

/// The order of two performances by one key.
fn by(key: RankingKey, one: &Performance, other: &Performance) -> Ordering {
    match key {
        RankingKey::Correct => other.correct.cmp(&one.correct),
        RankingKey::Score => other.score.cmp(&one.score),
        // A blank stands behind every number.
        RankingKey::PredictionDistance => (one.distance.is_none(), one.distance).cmp(&(other.distance.is_none(), other.distance)),
        RankingKey::Duration => one.duration.cmp(&other.duration),
        RankingKey::HandedInAt => one.handed_in_at.cmp(&other.handed_in_at),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::{Millis, Points, Timestamp};
    use proptest::prelude::*;

    pub fn performances() -> impl Strategy<Value = Performance> {
        (0_i64..4, 0_i64..4, proptest::option::of(0_i64..4), 0_i64..4, 0_i64..4).prop_map(|(correct, score, distance, duration, at)| {
            Performance {
                correct,
                score: Points(score),
                prediction: distance,
                distance,
                duration: Millis(duration),
                handed_in_at: Timestamp(at),
            }
        })
    }

    pub fn chains() -> impl Strategy<Value = RankingRule> {
        proptest::collection::vec(proptest::sample::select(RankingKey::ALL), 0..6).prop_map(|chain| RankingRule::new(&chain))
    }

    #[test]
    fn the_text_follows_the_chain() {
        let rule = RankingRule::new(&[RankingKey::Correct, RankingKey::PredictionDistance, RankingKey::Correct]);
        assert_eq!(
            rule.text(),
            "Xếp hạng theo thứ tự: (1) ai đúng nhiều câu hơn xếp trên; (2) nếu bằng nhau, ai dự đoán gần kết quả đúng hơn xếp trên \
             (để trống thì xếp sau). Bằng nhau ở mọi tiêu chí thì cùng hạng."
        );
        assert_eq!(RankingRule::new(&[]).text(), "Mọi người dự thi được xếp cùng hạng.");
    }

    #[test]
    fn a_blank_prediction_stands_behind_the_worst_guess() {
        let rule = RankingRule::new(&[RankingKey::PredictionDistance]);
        let far = Performance {
            correct: 0,
            score: Points(0),
            prediction: Some(0),
            distance: Some(i64::MAX),
            duration: Millis(0),
            handed_in_at: Timestamp(0),
        };
        let blank = Performance { prediction: None, distance: None, ..far };
        assert_eq!(rule.compare(&far, &blank), Ordering::Less);
        assert_eq!(rule.compare(&blank, &blank), Ordering::Equal);
    }

    proptest! {
        #[test]
        fn the_order_is_total(rule in chains(), a in performances(), b in performances(), c in performances()) {
            prop_assert_eq!(rule.compare(&a, &b), rule.compare(&b, &a).reverse());
            if rule.compare(&a, &b).is_le() && rule.compare(&b, &c).is_le() {
                prop_assert!(rule.compare(&a, &c).is_le());
            }
            if rule.compare(&a, &b).is_eq() && rule.compare(&b, &c).is_eq() {
                prop_assert!(rule.compare(&a, &c).is_eq());
            }
        }

        #[test]
        fn whoever_differs_is_told_by_which_key(rule in chains(), a in performances(), b in performances()) {
            prop_assert_eq!(rule.deciding(&a, &b).is_none(), rule.compare(&a, &b).is_eq());
        }

        #[test]
        fn the_prediction_never_chooses_the_counted_attempt(rule in chains(), a in performances(), distance in proptest::option::of(0_i64..9)) {
            let other = Performance { distance, prediction: distance, ..a };
            prop_assert!(rule.compare_without_prediction(&a, &other).is_eq());
        }
    }
}
