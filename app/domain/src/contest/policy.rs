//! What the rules say in words: attempts, ranking, units, as the public page and the start page show them.

use super::{AttemptPolicy, RankingKey, RoundRules};

/// How many attempts are left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Left {
    /// So many.
    Some(u16),
    /// As many as one likes.
    Unlimited,
}

impl AttemptPolicy {
    /// "01 lượt trong cả đợt", "02 lượt mỗi ngày", "không giới hạn số lượt".
    pub fn words(self) -> String {
        match self {
            Self::Once => "01 lượt trong cả đợt".to_owned(),
            Self::PerRound(times) => format!("{times:02} lượt trong cả đợt"),
            Self::PerDay(times) => format!("{times:02} lượt mỗi ngày"),
            Self::Unlimited => "không giới hạn số lượt".to_owned(),
        }
    }

    /// The same with so many attempts more.
    #[must_use]
    pub const fn and(self, more: u16) -> Self {
        match self {
            Self::Once if more == 0 => self,
            Self::Once => Self::PerRound(more.saturating_add(1)),
            Self::PerRound(times) => Self::PerRound(times.saturating_add(more)),
            Self::PerDay(times) => Self::PerDay(times.saturating_add(more)),
            Self::Unlimited => self,
        }
    }

    /// What is left to somebody who used so many: in the round, or on this day for a per-day policy.
    pub fn left(self, used: u32) -> Left {
        let limit = match self {
            Self::Once => 1,
            Self::PerRound(times) | Self::PerDay(times) => times,
            Self::Unlimited => return Left::Unlimited,
        };
        Left::Some(limit.saturating_sub(u16::try_from(used).unwrap_or(u16::MAX)))
    }

    /// The words of the start button before an attempt, given what is left now:
    /// "Bắt đầu (tính 01 lượt, còn 2 lượt)". The number is what remains after this one.
    pub fn start_words(self, left: Left) -> String {
        let today = if matches!(self, Self::PerDay(_)) { " hôm nay" } else { "" };
        match left {
            Left::Unlimited => "Bắt đầu (không giới hạn số lượt)".to_owned(),
            Left::Some(0) => format!("Đã hết lượt dự thi{today}"),
            Left::Some(1) if self == Self::Once => "Bắt đầu (tính 01 lượt, lượt duy nhất)".to_owned(),
            Left::Some(1) => format!("Bắt đầu (tính 01 lượt, lượt cuối cùng{today})"),
            Left::Some(more) => format!("Bắt đầu (tính 01 lượt, còn {} lượt{today})", more - 1),
        }
    }
}

impl RankingKey {
    /// Which side of the key stands higher.
    pub const fn better(self) -> &'static str {
        match self {
            Self::Correct => "số câu đúng nhiều hơn",
            Self::Score => "điểm cao hơn",
            Self::PredictionDistance => "dự đoán gần đúng hơn",
            Self::Duration => "thời gian làm bài ngắn hơn",
            Self::HandedInAt => "nộp bài sớm hơn",
        }
    }
}

impl RoundRules {
    /// The usual rules of a weekly round, as a new round starts with.
    pub fn usual() -> Self {
        Self {
            policy: AttemptPolicy::Once,
            counts: super::Counts::Best,
            late_start: super::LateStart::EndsAtClose,
            after_hand_in: super::AfterHandIn::Receipt,
            ranking: vec![RankingKey::Correct, RankingKey::PredictionDistance, RankingKey::HandedInAt],
            unit_rule: super::UnitRule::ParticipationThenMean,
            unit_minimum: 1,
            shuffle_questions: true,
            shuffle_options: true,
            live_board: false,
            public_places: 0,
            lowest_units_public: false,
        }
    }

    /// How people are ranked, as the public reads it.
    pub fn ranking_words(&self) -> String {
        let chain: Vec<String> = (1..).zip(&self.ranking).map(|(i, key)| format!("({i}) {}", key.better())).collect();
        format!("Xếp hạng cá nhân lần lượt theo: {}. Bằng nhau ở mọi tiêu chí thì cùng hạng.", chain.join("; "))
    }

    /// Which attempt counts, as the public reads it.
    pub fn attempts_words(&self) -> String {
        match self.policy {
            AttemptPolicy::Once => format!("Mỗi người {}.", self.policy.words()),
            policy => format!("Mỗi người {}; tính {}.", policy.words(), self.counts.label()),
        }
    }

    /// How units are ranked, as the public reads it.
    pub fn units_words(&self) -> String {
        let minimum = match self.unit_minimum {
            0 | 1 => String::new(),
            people => format!(" Đơn vị được xếp hạng khi có từ {people} người dự thi."),
        };
        format!("Xếp hạng tập thể trong từng khối theo {}.{minimum}", self.unit_rule.label())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_start_button_says_what_it_costs() {
        let (round, day) = (AttemptPolicy::PerRound(3), AttemptPolicy::PerDay(2));
        for (policy, used, words) in [
            (AttemptPolicy::Once, 0, "Bắt đầu (tính 01 lượt, lượt duy nhất)"),
            (AttemptPolicy::Once, 1, "Đã hết lượt dự thi"),
            (round, 0, "Bắt đầu (tính 01 lượt, còn 2 lượt)"),
            (round, 1, "Bắt đầu (tính 01 lượt, còn 1 lượt)"),
            (round, 2, "Bắt đầu (tính 01 lượt, lượt cuối cùng)"),
            (round, 3, "Đã hết lượt dự thi"),
            (day, 0, "Bắt đầu (tính 01 lượt, còn 1 lượt hôm nay)"),
            (day, 1, "Bắt đầu (tính 01 lượt, lượt cuối cùng hôm nay)"),
            (day, 2, "Đã hết lượt dự thi hôm nay"),
            (AttemptPolicy::Unlimited, 900, "Bắt đầu (không giới hạn số lượt)"),
        ] {
            assert_eq!(policy.start_words(policy.left(used)), words, "{policy:?} after {used}");
        }
    }

    #[test]
    fn the_rule_reads_as_the_the_le_writes_it() {
        let rules = RoundRules::usual();
        assert_eq!(
            rules.ranking_words(),
            "Xếp hạng cá nhân lần lượt theo: (1) số câu đúng nhiều hơn; (2) dự đoán gần đúng hơn; (3) nộp bài sớm hơn. Bằng nhau ở mọi tiêu chí thì cùng hạng."
        );
        assert_eq!(rules.attempts_words(), "Mỗi người 01 lượt trong cả đợt.");
        let many = RoundRules { policy: AttemptPolicy::PerDay(2), unit_minimum: 10, ..rules };
        assert_eq!(many.attempts_words(), "Mỗi người 02 lượt mỗi ngày; tính lượt có kết quả tốt nhất.");
        assert!(many.units_words().ends_with("từ 10 người dự thi."));
    }

    proptest! {
        #[test]
        fn using_one_never_leaves_more(times in 1_u16.., used in 0_u32..100_000) {
            let policy = AttemptPolicy::PerRound(times);
            let (Left::Some(before), Left::Some(after)) = (policy.left(used), policy.left(used + 1)) else { panic!("a limited policy") };
            prop_assert!(after <= before);
            prop_assert_eq!(before == 0, used >= u32::from(times));
        }
    }
}
