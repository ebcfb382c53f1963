//! The contest as a whole: what somebody reached in its rounds is added up and announced with the last of them.

use super::{Performance, RankingRule, Span, unit_rule_text};
use crate::{
    Timestamp,
    contest::{Prediction, RankingKey, RoundRules, RoundStage},
    id::RoundId,
};

/// A round of the contest, as adding up sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The round.
    pub round: RoundId,
    /// Which of the contest, from 1.
    pub position: i64,
    /// Its label: Tuần 1.
    pub label: String,
    /// Where it stands.
    pub stage: RoundStage,
    /// Its closing.
    pub closes_at: Timestamp,
    /// Whether it has a ranking that may be added.
    pub is_ranked: bool,
}

/// Whether the results of a round also announce the prizes of the whole contest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Announces {
    /// They do, and every other round is ranked.
    Now,
    /// They will, once the rounds with these labels are ranked, or removed where they are drafts.
    Waits(Vec<String>),
    /// They would if the organisers said so: it is the one that closes last, but another may still be added.
    MaySay,
    /// Another round does or will.
    Elsewhere,
}

/// Whether this round announces the contest, given the one that the organisers chose for it.
///
/// Nobody but them knows that no further round comes. Rounds that were called off do not count.
pub fn announces(parts: &[Part], round: RoundId, chosen: Option<RoundId>) -> Announces {
    let Some(own) = parts.iter().find(|part| part.round == round) else { return Announces::Elsewhere };
    let others = || parts.iter().filter(|part| part.round != round && part.stage != RoundStage::Cancelled);
    match chosen {
        Some(chosen) if chosen == round => {
            let missing: Vec<String> = others().filter(|part| !part.is_ranked).map(|part| part.label.clone()).collect();
            if missing.is_empty() { Announces::Now } else { Announces::Waits(missing) }
        }
        Some(_) => Announces::Elsewhere,
        None => {
            let follows = |part: &Part| (part.closes_at, part.position) > (own.closes_at, own.position);
            if others().any(|part| part.stage == RoundStage::Draft || follows(part)) { Announces::Elsewhere } else { Announces::MaySay }
        }
    }
}

/// What one person reached in several rounds, added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Total {
    rounds: usize,
    sum: Performance,
}

impl Total {
    /// The first round of somebody.
    pub const fn of(first: Performance) -> Self {
        Self { rounds: 1, sum: Performance { prediction: None, ..first } }
    }

    /// Adds another round: figures are summed, the latest hand-in stays.
    pub fn add(&mut self, other: &Performance) {
        let sum = &mut self.sum;
        self.rounds += 1;
        sum.correct = sum.correct.saturating_add(other.correct);
        sum.score.0 = sum.score.0.saturating_add(other.score.0);
        sum.distance = sum.distance.zip(other.distance).map(|(one, more)| one.saturating_add(more));
        sum.duration.0 = sum.duration.0.saturating_add(other.duration.0);
        sum.handed_in_at = sum.handed_in_at.max(other.handed_in_at);
    }

    /// The sums of a contest of so many rounds: whoever missed one has not predicted in all of them.
    pub fn over(self, rounds: usize) -> Performance {
        Performance { distance: self.sum.distance.filter(|_| self.rounds >= rounds), ..self.sum }
    }
}

impl RankingRule {
    /// The same chain for sums over rounds with these prediction questions.
    ///
    /// Distances are added only where every round asks in the same unit; otherwise that key is left out.
    #[must_use]
    pub fn over_rounds(&self, asked: &[Option<&Prediction>]) -> Self {
        if one_measure(asked).is_some() {
            return self.clone();
        }
        let kept: Vec<RankingKey> = self.keys().iter().copied().filter(|key| *key != RankingKey::PredictionDistance).collect();
        Self::new(&kept)
    }

    /// The chain by which a board is ordered whose distances are told in the unit of this question.
    #[must_use]
    pub fn on_board(&self, span: Span, asked: Option<&Prediction>) -> Self {
        match span {
            Span::Round => self.clone(),
            Span::Contest => self.over_rounds(&[asked]),
        }
    }
}

/// The question in whose unit all distances can be added; none when a round asks nothing, or in another unit.
pub fn one_measure<'a>(asked: &[Option<&'a Prediction>]) -> Option<&'a Prediction> {
    let first = asked.first().copied().flatten()?;
    let measure = |prediction: &Prediction| (prediction.target.unit(), prediction.scale());
    asked.iter().all(|other| other.is_some_and(|other| measure(other) == measure(first))).then_some(first)
}

/// How people are ranked over the whole contest, as the thể lệ and the announcement say it.
pub fn contest_rule_text(rules: &RoundRules) -> String {
    format!(
        "Giải toàn cuộc thi cộng kết quả được tính ở mọi đợt của từng người và được công bố cùng đợt cuối. {}",
        RankingRule::new(&rules.ranking).told(preference)
    )
}

/// What a key prefers among sums, in words.
const fn preference(key: RankingKey) -> &'static str {
    match key {
        RankingKey::Correct => "ai có tổng số câu đúng nhiều hơn xếp trên",
        RankingKey::Score => "ai có tổng điểm cao hơn xếp trên",
        RankingKey::PredictionDistance => {
            "ai có tổng độ lệch dự đoán nhỏ hơn xếp trên (thiếu dự đoán ở một đợt thì xếp sau; chỉ xét khi mọi đợt đều có câu dự đoán cùng đơn vị)"
        }
        RankingKey::Duration => "ai có tổng thời gian làm bài ngắn hơn xếp trên",
        RankingKey::HandedInAt => "ai nộp bài cuối cùng sớm hơn xếp trên",
    }
}

/// How units are ordered over the whole contest, as the thể lệ and the announcement say it.
pub fn contest_unit_rule_text(rules: &RoundRules) -> String {
    format!(
        "Toàn cuộc thi: mỗi người dự ít nhất một đợt được đếm một lần, cho đơn vị ở đợt gần nhất người đó dự thi; số CBCCVC và người lao động \
         lấy theo số chốt của đợt cuối; điểm trung bình là tổng điểm các đợt chia cho số người. {}",
        unit_rule_text(rules.unit_rule, rules.unit_minimum)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        contest::{BlankPrediction, PredictionTarget},
        ranking::{
            Placed, place,
            rule::tests::{chains, performances},
        },
    };
    use proptest::prelude::*;
    use uuid::Uuid;

    fn part(position: i64, stage: RoundStage, is_ranked: bool) -> Part {
        let round = RoundId(Uuid::from_u128(position.unsigned_abs().into()));
        Part { round, position, label: format!("Tuần {position}"), stage, closes_at: Timestamp(position * 10), is_ranked }
    }

    fn asked(target: PredictionTarget, decimals: u8) -> Prediction {
        Prediction { question: String::new(), target, decimals, blank: BlankPrediction::RanksLast }
    }

    #[test]
    fn the_chosen_round_announces_the_contest_once_the_others_are_ranked() {
        use RoundStage as S;
        let parts = [part(1, S::Published, true), part(2, S::Cancelled, false), part(3, S::Review, true)];
        let of = |parts: &[Part], round: usize, chosen: usize| announces(parts, parts[round].round, Some(parts[chosen].round));
        assert_eq!(of(&parts, 2, 2), Announces::Now, "one that was called off does not count");
        assert_eq!(of(&parts, 0, 2), Announces::Elsewhere);
        let waiting = [part(1, S::Review, false), part(2, S::Ranked, true), part(3, S::Draft, false)];
        assert_eq!(of(&waiting, 1, 1), Announces::Waits(vec!["Tuần 1".to_owned(), "Tuần 3".to_owned()]));
        let alone = [part(1, S::Ranked, true)];
        assert_eq!(of(&alone, 0, 0), Announces::Now);
    }

    #[test]
    fn only_the_round_that_closes_last_may_be_chosen() {
        use RoundStage as S;
        let parts = [part(1, S::Published, true), part(2, S::Ranked, true)];
        assert_eq!(announces(&parts, parts[0].round, None), Announces::Elsewhere);
        assert_eq!(announces(&parts, parts[1].round, None), Announces::MaySay, "a further round may still be added");
        let draft = [part(1, S::Draft, false), part(2, S::Ranked, true)];
        assert_eq!(announces(&draft, draft[1].round, None), Announces::Elsewhere, "a draft may still come after it");
        assert_eq!(announces(&draft, RoundId(Uuid::nil()), None), Announces::Elsewhere);
    }

    #[test]
    fn distances_are_added_in_one_unit_only() {
        let (people, perfect) = (asked(PredictionTarget::People, 0), asked(PredictionTarget::PeoplePerfect, 0));
        let (fine, coarse) = (asked(PredictionTarget::PercentPerfect, 5), asked(PredictionTarget::PercentPerfect, 2));
        assert_eq!(one_measure(&[Some(&people), Some(&perfect)]), Some(&people), "both count people");
        for pair in [[Some(&people), None], [Some(&fine), Some(&coarse)], [Some(&people), Some(&fine)], [None, Some(&people)]] {
            assert_eq!(one_measure(&pair), None, "{pair:?}");
        }
        assert_eq!(one_measure(&[]), None);
        let rule = RankingRule::new(&[RankingKey::Correct, RankingKey::PredictionDistance]);
        assert_eq!(rule.over_rounds(&[Some(&people), None]).keys(), [RankingKey::Correct]);
        assert_eq!(rule.over_rounds(&[Some(&people)]), rule);
        assert_eq!(rule.on_board(Span::Round, None), rule, "in a round a missing question leaves every distance equal");
        assert_eq!(rule.on_board(Span::Contest, None).keys(), [RankingKey::Correct]);
    }

    #[test]
    fn the_public_text_follows_the_chain() {
        let rules = RoundRules { ranking: vec![RankingKey::Correct, RankingKey::HandedInAt], ..RoundRules::usual() };
        assert_eq!(
            contest_rule_text(&rules),
            "Giải toàn cuộc thi cộng kết quả được tính ở mọi đợt của từng người và được công bố cùng đợt cuối. Xếp hạng theo thứ tự: \
             (1) ai có tổng số câu đúng nhiều hơn xếp trên; (2) nếu bằng nhau, ai nộp bài cuối cùng sớm hơn xếp trên. \
             Bằng nhau ở mọi tiêu chí thì cùng hạng."
        );
        assert!(contest_unit_rule_text(&rules).contains("được đếm một lần"));
    }

    fn added(reached: &[Performance]) -> Total {
        let (first, others) = reached.split_first().expect("at least one");
        let mut total = Total::of(*first);
        for other in others {
            total.add(other);
        }
        total
    }

    proptest! {
        #[test]
        fn sums_do_not_depend_on_the_order_of_the_rounds(reached in proptest::collection::vec(performances(), 1..6), rounds in 1_usize..7) {
            let mut backwards = reached.clone();
            backwards.reverse();
            let sum = added(&reached).over(rounds);
            prop_assert_eq!(sum, added(&backwards).over(rounds));
            prop_assert_eq!(sum.correct, reached.iter().map(|one| one.correct).sum::<i64>());
            prop_assert_eq!(sum.score.0, reached.iter().map(|one| one.score.0).sum::<i64>());
            prop_assert_eq!(sum.duration.0, reached.iter().map(|one| one.duration.0).sum::<i64>());
            prop_assert_eq!(Some(sum.handed_in_at), reached.iter().map(|one| one.handed_in_at).max());
            let complete = reached.len() >= rounds && reached.iter().all(|one| one.distance.is_some());
            prop_assert_eq!(sum.distance.is_some(), complete, "a blank or a missed round leaves no distance");
        }

        #[test]
        fn whoever_is_at_least_as_good_in_every_round_never_stands_below(
            rule in chains(),
            pairs in proptest::collection::vec((performances(), performances()), 1..5),
        ) {
            let rounds = pairs.len();
            let better: Vec<_> = pairs.iter().map(|(one, other)| Performance {
                correct: one.correct.max(other.correct),
                score: one.score.max(other.score),
                distance: one.distance.zip(other.distance).map(|(one, other)| one.min(other)).or(one.distance).or(other.distance),
                duration: one.duration.min(other.duration),
                handed_in_at: one.handed_in_at.min(other.handed_in_at),
                prediction: None,
            }).collect();
            let other: Vec<_> = pairs.iter().map(|(_, other)| *other).collect();
            let order = rule.compare(&added(&better).over(rounds), &added(&other).over(rounds));
            prop_assert!(order.is_le());
        }

        #[test]
        fn a_contest_of_one_round_is_ranked_as_that_round(rule in chains(), everybody in proptest::collection::vec(performances(), 0..20)) {
            let order = |one: &(usize, Performance), other: &(usize, Performance)| rule.compare(&one.1, &other.1);
            let fixed = |one: &(usize, Performance), other: &(usize, Performance)| one.0.cmp(&other.0);
            let places = |table: Vec<Placed<(usize, Performance)>>| table.iter().map(|row| (row.place, row.who.0)).collect::<Vec<_>>();
            let round: Vec<_> = everybody.iter().copied().enumerate().collect();
            let contest: Vec<_> = everybody.iter().map(|one| Total::of(*one).over(1)).enumerate().collect();
            prop_assert_eq!(places(place(round, order, fixed)), places(place(contest, order, fixed)));
        }
    }
}
