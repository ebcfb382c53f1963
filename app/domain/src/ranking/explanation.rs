//! Why somebody stands behind the neighbour above, in the words that person reads.

use super::{Performance, RankingRule, Span, gap};
use crate::{
    Millis, Timestamp,
    contest::{Prediction, RankingKey},
    vietnamese,
};

/// What the lines of one board are compared by.
#[derive(Debug, Clone, Copy)]
pub struct Comparison<'a> {
    /// The chain.
    pub rule: &'a RankingRule,
    /// The question in whose unit distances are told.
    pub prediction: Option<&'a Prediction>,
    /// Whether the figures are those of one round or sums over the contest.
    pub span: Span,
}

impl Comparison<'_> {
    /// One sentence that says why `own` stands behind `above`: the nearest person with a better place.
    ///
    /// Without anybody above it says what the first place rests on.
    pub fn why(&self, above: Option<&Performance>, own: &Performance) -> String {
        let Some(above) = above else { return "Đứng đầu bảng theo quy tắc xếp hạng.".to_owned() };
        match self.rule.deciding(above, own) {
            None => "Bằng nhau ở mọi tiêu chí nên cùng hạng.".to_owned(),
            Some(key) => self.sentence(key, above, own),
        }
    }

    /// "tổng cộng " before figures that are sums.
    const fn added(&self) -> &'static str {
        match self.span {
            Span::Round => "",
            Span::Contest => "tổng cộng ",
        }
    }

    fn sentence(&self, key: RankingKey, above: &Performance, own: &Performance) -> String {
        let added = self.added();
        match key {
            RankingKey::Correct => format!("Xếp sau do đúng {added}{} câu (người xếp trên đúng {}).", own.correct, above.correct),
            RankingKey::Score => format!("Xếp sau do đạt {added}{} điểm (người xếp trên đạt {}).", own.score.0, above.score.0),
            RankingKey::PredictionDistance => self.by_prediction(above.distance, own.distance),
            RankingKey::Duration => {
                let (mine, theirs) = durations(own.duration, above.duration);
                format!("Xếp sau do làm bài {added}trong {mine} (người xếp trên {theirs}).")
            }
            RankingKey::HandedInAt => {
                let (mine, theirs) = moments(own.handed_in_at, above.handed_in_at);
                let last = if self.span == Span::Contest { " cuối cùng" } else { "" };
                format!("Xếp sau do nộp bài{last} lúc {mine} (người xếp trên lúc {theirs}).")
            }
        }
    }

    fn by_prediction(&self, above: Option<i64>, own: Option<i64>) -> String {
        let added = self.added();
        let words = |distance: i64| self.prediction.map_or_else(|| vietnamese::number(distance), |asked| gap(asked, distance));
        match (own, above) {
            (Some(own), Some(above)) => {
                let (mine, theirs) = (words(own), words(above));
                // The unit is said once: "lệch 12 người (người xếp trên lệch 9)".
                let bare = theirs.split_once(' ').map_or(theirs.as_str(), |(number, _)| number);
                format!("Xếp sau do dự đoán lệch {added}{mine} (người xếp trên lệch {bare}).")
            }
            (_, above) => {
                let blank = match self.span {
                    Span::Round => "để trống câu dự đoán",
                    Span::Contest => "thiếu dự đoán ở ít nhất một đợt",
                };
                format!("Xếp sau do {blank} (người xếp trên lệch {added}{}).", above.map(words).unwrap_or_default())
            }
        }
    }
}

/// Both durations in words; with thousandths where whole seconds do not tell them apart.
fn durations(own: Millis, above: Millis) -> (String, String) {
    if own.words() == above.words() {
        return (precise(own.words(), own.0), precise(above.words(), above.0));
    }
    (own.words(), above.words())
}

fn precise(words: String, ms: i64) -> String {
    let thousandths = format!(",{:03} giây", ms.rem_euclid(1_000));
    match words.strip_suffix(" giây") {
        Some(rest) => format!("{rest}{thousandths}"),
        None => format!("{words} 00{thousandths}"),
    }
}

/// Both moments; with thousandths where whole seconds do not tell them apart.
fn moments(own: Timestamp, above: Timestamp) -> (String, String) {
    let write = |at: Timestamp, fine: bool| {
        let rest = if fine { format!(",{:03}", at.0.rem_euclid(1_000)) } else { String::new() };
        format!("{}{rest} ngày {}", at.second(), at.date())
    };
    let fine = write(own, false) == write(above, false);
    (write(own, fine), write(above, fine))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Points,
        contest::{BlankPrediction, PredictionTarget},
        ranking::rule::tests::{chains, performances},
    };
    use proptest::prelude::*;

    fn asked() -> Prediction {
        Prediction { question: String::new(), target: PredictionTarget::People, decimals: 0, blank: BlankPrediction::RanksLast }
    }

    fn somebody() -> Performance {
        Performance {
            correct: 15,
            score: Points(150),
            prediction: Some(1_009),
            distance: Some(9),
            duration: Millis(725_250),
            handed_in_at: Timestamp(1_795_395_909_004),
        }
    }

    fn why(key: RankingKey, own: Performance) -> String {
        Comparison { rule: &RankingRule::new(&[key]), prediction: Some(&asked()), span: Span::Round }.why(Some(&somebody()), &own)
    }

    fn why_over_all(key: RankingKey, own: Performance) -> String {
        Comparison { rule: &RankingRule::new(&[key]), prediction: Some(&asked()), span: Span::Contest }.why(Some(&somebody()), &own)
    }

    #[test]
    fn each_key_has_its_sentence() {
        let above = somebody();
        assert_eq!(why(RankingKey::Correct, Performance { correct: 13, ..above }), "Xếp sau do đúng 13 câu (người xếp trên đúng 15).");
        assert_eq!(why(RankingKey::Score, Performance { score: Points(9), ..above }), "Xếp sau do đạt 9 điểm (người xếp trên đạt 150).");
        assert_eq!(
            why(RankingKey::PredictionDistance, Performance { distance: Some(12), ..above }),
            "Xếp sau do dự đoán lệch 12 người (người xếp trên lệch 9)."
        );
        assert_eq!(
            why(RankingKey::PredictionDistance, Performance { distance: None, ..above }),
            "Xếp sau do để trống câu dự đoán (người xếp trên lệch 9 người)."
        );
        assert_eq!(
            why(RankingKey::Duration, Performance { duration: Millis(784_000), ..above }),
            "Xếp sau do làm bài trong 13 phút 04 giây (người xếp trên 12 phút 05 giây)."
        );
        assert_eq!(
            why(RankingKey::Duration, Performance { duration: Millis(725_900), ..above }),
            "Xếp sau do làm bài trong 12 phút 05,900 giây (người xếp trên 12 phút 05,250 giây)."
        );
        let whole_minutes = durations(Millis(780_900), Millis(780_250));
        assert_eq!(whole_minutes, ("13 phút 00,900 giây".to_owned(), "13 phút 00,250 giây".to_owned()));
        assert_eq!(
            why(RankingKey::HandedInAt, Performance { handed_in_at: Timestamp(1_795_395_909_104), ..above }),
            "Xếp sau do nộp bài lúc 08:05:09,104 ngày 23/11/2026 (người xếp trên lúc 08:05:09,004 ngày 23/11/2026)."
        );
    }

    #[test]
    fn the_first_and_equals_are_told_so() {
        let rule = RankingRule::new(&[RankingKey::Correct]);
        let comparison = Comparison { rule: &rule, prediction: None, span: Span::Round };
        assert_eq!(comparison.why(None, &somebody()), "Đứng đầu bảng theo quy tắc xếp hạng.");
        assert_eq!(comparison.why(Some(&somebody()), &somebody()), "Bằng nhau ở mọi tiêu chí nên cùng hạng.");
    }

    #[test]
    fn sums_over_the_contest_are_called_so() {
        let above = somebody();
        assert_eq!(
            why_over_all(RankingKey::Correct, Performance { correct: 13, ..above }),
            "Xếp sau do đúng tổng cộng 13 câu (người xếp trên đúng 15)."
        );
        assert_eq!(
            why_over_all(RankingKey::Score, Performance { score: Points(9), ..above }),
            "Xếp sau do đạt tổng cộng 9 điểm (người xếp trên đạt 150)."
        );
        assert_eq!(
            why_over_all(RankingKey::PredictionDistance, Performance { distance: Some(12), ..above }),
            "Xếp sau do dự đoán lệch tổng cộng 12 người (người xếp trên lệch 9)."
        );
        assert_eq!(
            why_over_all(RankingKey::PredictionDistance, Performance { distance: None, ..above }),
            "Xếp sau do thiếu dự đoán ở ít nhất một đợt (người xếp trên lệch tổng cộng 9 người)."
        );
        assert_eq!(
            why_over_all(RankingKey::Duration, Performance { duration: Millis(784_000), ..above }),
            "Xếp sau do làm bài tổng cộng trong 13 phút 04 giây (người xếp trên 12 phút 05 giây)."
        );
        assert_eq!(
            why_over_all(RankingKey::HandedInAt, Performance { handed_in_at: Timestamp(1_795_395_969_004), ..above }),
            "Xếp sau do nộp bài cuối cùng lúc 08:06:09 ngày 23/11/2026 (người xếp trên lúc 08:05:09 ngày 23/11/2026)."
        );
    }

    proptest! {
        #[test]
        fn whoever_stands_behind_reads_two_different_figures(
            rule in chains(),
            above in performances(),
            own in performances(),
            span in proptest::sample::select(Span::ALL),
        ) {
            prop_assume!(rule.compare(&above, &own).is_lt());
            let sentence = Comparison { rule: &rule, prediction: Some(&asked()), span }.why(Some(&above), &own);
            prop_assert!(sentence.starts_with("Xếp sau do "), "{}", sentence);
        }
    }
}
