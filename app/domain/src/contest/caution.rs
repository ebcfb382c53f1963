//! What should be thought of before a round is frozen: a closed list, each with its words.

use super::{AfterHandIn, AttemptPolicy, Prize, RoundRules};

/// Something that does not prevent a round from being frozen, but may give its keys away or was perhaps forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caution {
    /// Keys of its pools are public since another round was.
    KeysPublic {
        /// The other round, with its contest.
        round: String,
        /// How many questions.
        questions: usize,
    },
    /// Whoever sits again and learns the number of right answers each time finds the keys out one by one.
    OwnCorrectAgain,
    /// Neither the round nor the contest has a prize.
    NoPrizes,
}

impl Caution {
    /// What the organiser reads.
    pub fn words(&self) -> String {
        match self {
            Self::KeysPublic { round, questions } => format!(
                "{questions} câu trong bộ câu hỏi của đợt này đã công bố đáp án cùng kết quả “{round}”, ai đã thi đợt đó đều biết. Nên soạn câu mới, gắn nhãn riêng và chọn nhãn đó ở bảng thi."
            ),
            Self::OwnCorrectAgain => "Đợt này cho thi nhiều lượt và báo ngay số câu đúng sau mỗi lượt: người dự thi có thể đổi từng câu để dò đáp án. Nên chỉ xác nhận đã nhận bài, hoặc chỉ cho một lượt.".to_owned(),
            Self::NoPrizes => "Đợt thi chưa có cơ cấu giải thưởng: kết quả sẽ được công bố không kèm giải.".to_owned(),
        }
    }
}

/// Everything to think of before a round with these rules and prizes (its own and the contest's) freezes; `released` names
/// rounds whose public keys stand in its pools, and how many.
pub fn cautions(rules: &RoundRules, prizes: &[Prize], released: &[(String, usize)]) -> Vec<Caution> {
    let public = |(round, questions): &(String, usize)| Caution::KeysPublic { round: round.clone(), questions: *questions };
    let mut cautions: Vec<Caution> = released.iter().map(public).collect();
    let once = matches!(rules.policy, AttemptPolicy::Once | AttemptPolicy::PerRound(1));
    if rules.after_hand_in == AfterHandIn::OwnCorrect && !once {
        cautions.push(Caution::OwnCorrectAgain);
    }
    if prizes.is_empty() {
        cautions.push(Caution::NoPrizes);
    }
    cautions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{contest::PrizeScope, identity::Audience};

    fn prizes() -> Vec<Prize> {
        vec![Prize { scope: PrizeScope::Individual(Audience::Citizen), name: "Nhất".to_owned(), quantity: 1, value: 0 }]
    }

    #[test]
    fn a_round_without_prizes_is_warned_of() {
        let rules = RoundRules { after_hand_in: AfterHandIn::Receipt, ..RoundRules::usual() };
        assert_eq!(cautions(&rules, &[], &[]), [Caution::NoPrizes]);
        assert!(Caution::NoPrizes.words().ends_with('.'));
    }

    #[test]
    fn keys_that_are_public_or_can_be_found_out_are_warned_of() {
        let mut rules = RoundRules { after_hand_in: AfterHandIn::Receipt, ..RoundRules::usual() };
        assert_eq!(cautions(&rules, &prizes(), &[]), []);
        rules.after_hand_in = AfterHandIn::OwnCorrect;
        let released = [("Tuần 1".to_owned(), 3)];
        let public = Caution::KeysPublic { round: "Tuần 1".to_owned(), questions: 3 };
        for policy in [AttemptPolicy::PerRound(2), AttemptPolicy::PerDay(1), AttemptPolicy::Unlimited] {
            rules.policy = policy;
            assert_eq!(cautions(&rules, &prizes(), &released), [public.clone(), Caution::OwnCorrectAgain], "{policy:?}");
        }
        for policy in [AttemptPolicy::Once, AttemptPolicy::PerRound(1)] {
            rules.policy = policy;
            assert_eq!(cautions(&rules, &prizes(), &released), std::slice::from_ref(&public), "{policy:?}");
        }
        assert!(public.words().starts_with("3 câu") && public.words().ends_with('.'));
        assert!(Caution::OwnCorrectAgain.words().ends_with('.'));
    }
}
