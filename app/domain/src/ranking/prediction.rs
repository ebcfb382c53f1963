//! The truth of a prediction question, in exact whole numbers, and how far a guess lies from it.

use crate::{
    contest::{BlankPrediction, Prediction, PredictionTarget},
    vietnamese,
};

/// What a division's recognised attempts amount to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Turnout {
    /// People with at least one recognised attempt.
    pub people: i64,
    /// People whose counted attempt has everything right.
    pub perfect: i64,
    /// Recognised attempts.
    pub attempts: i64,
}

/// The true value, scaled by the question's decimals.
///
/// A percentage is rounded half up at its last decimal; with nobody taking part it is 0.
pub fn truth(prediction: &Prediction, turnout: Turnout) -> i64 {
    match prediction.target {
        PredictionTarget::People => turnout.people,
        PredictionTarget::PeoplePerfect => turnout.perfect,
        PredictionTarget::Attempts => turnout.attempts,
        PredictionTarget::PercentPerfect => {
            let scale = 100 * 10_i128.pow(u32::from(prediction.decimals.min(12)));
            half_up(i128::from(turnout.perfect) * scale, i128::from(turnout.people))
        }
    }
}

/// `over ÷ under` rounded half up; 0 when there is nothing to divide by.
pub(super) fn half_up(over: i128, under: i128) -> i64 {
    if under <= 0 {
        return 0;
    }
    i64::try_from((2 * over + under).div_euclid(2 * under)).unwrap_or(i64::MAX)
}

/// How far a guess lies from the truth.
pub fn distance(guess: i64, truth: i64) -> i64 {
    i64::try_from(guess.abs_diff(truth)).unwrap_or(i64::MAX)
}

/// Whether a sheet with this guess is a valid one at all.
pub fn is_valid(prediction: Option<&Prediction>, guess: Option<i64>) -> bool {
    guess.is_some() || prediction.is_none_or(|prediction| prediction.blank != BlankPrediction::Invalid)
}

/// "14.492 người", "38.500 lượt", "55,80123 %": a value with its unit.
pub fn amount(prediction: &Prediction, value: i64) -> String {
    match prediction.target {
        PredictionTarget::People | PredictionTarget::PeoplePerfect => format!("{} người", vietnamese::number(value)),
        PredictionTarget::Attempts => format!("{} lượt", vietnamese::number(value)),
        PredictionTarget::PercentPerfect => format!("{} %", vietnamese::decimal(value, u32::from(prediction.decimals.min(12)))),
    }
}

/// "12 người", "0,00012 điểm phần trăm": a distance with its unit.
pub fn gap(prediction: &Prediction, distance: i64) -> String {
    match prediction.target {
        PredictionTarget::PercentPerfect => {
            format!("{} điểm phần trăm", vietnamese::decimal(distance, u32::from(prediction.decimals.min(12))))
        }
        PredictionTarget::People | PredictionTarget::PeoplePerfect | PredictionTarget::Attempts => amount(prediction, distance),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asked(target: PredictionTarget, decimals: u8) -> Prediction {
        Prediction { question: String::new(), target, decimals, blank: BlankPrediction::RanksLast }
    }

    #[test]
    fn each_target_is_its_own_figure() {
        let turnout = Turnout { people: 25_980, perfect: 14_492, attempts: 31_007 };
        assert_eq!(truth(&asked(PredictionTarget::People, 0), turnout), 25_980);
        assert_eq!(truth(&asked(PredictionTarget::PeoplePerfect, 0), turnout), 14_492);
        assert_eq!(truth(&asked(PredictionTarget::Attempts, 0), turnout), 31_007);
        // 14,492 ÷ 25,980 = 0.557813702…
        assert_eq!(truth(&asked(PredictionTarget::PercentPerfect, 5), turnout), 5_578_137);
        assert_eq!(truth(&asked(PredictionTarget::PercentPerfect, 0), turnout), 56);
    }

    #[test]
    fn a_half_is_rounded_up_and_nobody_is_nought() {
        assert_eq!(truth(&asked(PredictionTarget::PercentPerfect, 0), Turnout { people: 8, perfect: 1, attempts: 8 }), 13);
        assert_eq!(truth(&asked(PredictionTarget::PercentPerfect, 2), Turnout::default()), 0);
    }

    #[test]
    fn values_and_distances_carry_their_unit() {
        assert_eq!(amount(&asked(PredictionTarget::People, 0), 14_492), "14.492 người");
        assert_eq!(amount(&asked(PredictionTarget::Attempts, 0), 3), "3 lượt");
        assert_eq!(amount(&asked(PredictionTarget::PercentPerfect, 5), 5_578_137), "55,78137 %");
        assert_eq!(gap(&asked(PredictionTarget::PercentPerfect, 5), 12), "0,00012 điểm phần trăm");
    }

    #[test]
    fn a_blank_sheet_is_invalid_only_where_the_rules_say_so() {
        let lenient = asked(PredictionTarget::People, 0);
        let strict = Prediction { blank: BlankPrediction::Invalid, ..lenient.clone() };
        assert!(is_valid(None, None) && is_valid(Some(&lenient), None) && is_valid(Some(&strict), Some(0)));
        assert!(!is_valid(Some(&strict), None));
    }

    proptest! {
        #[test]
        fn a_percentage_is_off_by_at_most_half_a_unit(people in 1_i64..2_000_000, part in 0_i64..=1_000_000, decimals in 0_u8..7) {
            let perfect = people * part / 1_000_000;
            let value = truth(&asked(PredictionTarget::PercentPerfect, decimals), Turnout { people, perfect, attempts: people });
            let scale = 100 * 10_i128.pow(u32::from(decimals));
            let error = 2 * (i128::from(value) * i128::from(people) - i128::from(perfect) * scale);
            prop_assert!(-i128::from(people) < error && error <= i128::from(people));
        }

        #[test]
        fn distance_is_symmetric_and_nought_only_at_the_truth(a in any::<i64>(), b in any::<i64>()) {
            prop_assert_eq!(distance(a, b), distance(b, a));
            prop_assert_eq!(distance(a, b) == 0, a == b);
        }
    }
}
