//! Marking: a pure function of the paper, the keys and the sheet.

use super::{Answer, Paper, Place, Sheet};
use crate::{Points, bank::Key, vietnamese};

/// A question of the pool with its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyed {
    /// The key.
    pub key: Key,
    /// Points for a right answer.
    pub points: Points,
    /// Taken out of the count after the fact (loại câu hỏi).
    pub void: bool,
}

/// What became of one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// All of it is right.
    Right,
    /// Something of it is wrong.
    Wrong,
    /// Nothing was answered.
    Blank,
    /// The question does not count.
    Void,
}

/// The mark of one attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// How many answers are right.
    pub correct: i64,
    /// What they earn.
    pub score: Points,
    /// By place in the paper.
    pub verdicts: Vec<Verdict>,
}

/// Marks a sheet; `keys` by number in the pool. A place without a key does not count.
pub fn mark(paper: &Paper, keys: &[Keyed], sheet: &Sheet) -> Mark {
    let mut mark = Mark { correct: 0, score: Points(0), verdicts: Vec::with_capacity(paper.places.len()) };
    for (i, place) in paper.places.iter().enumerate() {
        let keyed = keys.get(usize::from(place.pool)).filter(|keyed| !keyed.void);
        let answer = sheet.answers.get(i).unwrap_or(&Answer::Blank);
        let verdict = match keyed {
            None => Verdict::Void,
            Some(_) if answer.is_blank() => Verdict::Blank,
            Some(keyed) if is_right(place, &keyed.key, answer) => {
                mark.correct += 1;
                mark.score = mark.score + keyed.points;
                Verdict::Right
            }
            Some(_) => Verdict::Wrong,
        };
        mark.verdicts.push(verdict);
    }
    mark
}

fn is_right(place: &Place, key: &Key, answer: &Answer) -> bool {
    match (key, answer) {
        (Key::One(right), Answer::Options(chosen)) => matches!(chosen[..], [one] if written(&place.options, one) == Some(*right)),
        (Key::Truth(truth), Answer::Options(chosen)) => {
            matches!(chosen[..], [one] if written(&place.options, one) == Some(u8::from(!truth)))
        }
        (Key::Set(right), Answer::Options(chosen)) => {
            let mut as_written: Vec<Option<u8>> = chosen.iter().map(|one| written(&place.options, *one)).collect();
            as_written.sort_unstable();
            as_written.len() == right.len() && as_written.iter().zip(right).all(|(one, right)| *one == Some(*right))
        }
        (Key::AsWritten, Answer::Order(given)) => {
            given.len() == place.options.len()
                && given.iter().zip(&place.options).all(|(given, item)| usize::from(*given) == usize::from(*item) + 1)
        }
        (Key::AsWritten, Answer::Pairs(given)) => {
            given.len() == place.options.len()
                && given.iter().zip(&place.options).all(|(given, term)| written(&place.matches, *given) == Some(*term))
        }
        (Key::Number { scaled, decimals, tolerance }, Answer::Number { scaled: given, decimals: typed }) => {
            let common = u32::from(*decimals.max(typed));
            let raise = |value: i64, from: u8| i128::from(value).saturating_mul(10_i128.saturating_pow(common - u32::from(from)));
            raise(*given, *typed).saturating_sub(raise(*scaled, *decimals)).saturating_abs() <= raise(*tolerance, *decimals)
        }
        (Key::Texts(accepted), Answer::Typed(given)) => {
            let given = vietnamese::fold(given);
            accepted.iter().any(|text| vietnamese::fold(text) == given)
        }
        _ => false,
    }
}

/// The author's number behind a displayed number from 1.
fn written(order: &[u8], displayed: u8) -> Option<u8> {
    order.get(usize::from(displayed).checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        attempt::{Shape, Shuffle, Slot, draw},
        bank::{Difficulty, Kind},
        contest::{Blueprint, Cell},
        id::TopicId,
    };
    use proptest::prelude::*;

    fn place(options: &[u8], matches: &[u8]) -> Place {
        Place { pool: 0, options: options.to_vec(), matches: matches.to_vec() }
    }

    #[test]
    fn options_are_marked_through_the_draw() {
        let drawn = place(&[2, 0, 3, 1], &[]);
        assert!(is_right(&drawn, &Key::One(0), &Answer::Options(vec![2])));
        assert!(!is_right(&drawn, &Key::One(0), &Answer::Options(vec![1])));
        assert!(is_right(&drawn, &Key::Set(vec![0, 1]), &Answer::Options(vec![2, 4])));
        for wrong in [vec![2], vec![2, 3], vec![1, 2, 4]] {
            assert!(!is_right(&drawn, &Key::Set(vec![0, 1]), &Answer::Options(wrong)));
        }
    }

    #[test]
    fn one_is_true_and_two_is_false() {
        let drawn = place(&[0, 1], &[]);
        assert!(is_right(&drawn, &Key::Truth(true), &Answer::Options(vec![1])));
        assert!(is_right(&drawn, &Key::Truth(false), &Answer::Options(vec![2])));
        assert!(!is_right(&drawn, &Key::Truth(false), &Answer::Options(vec![1])));
    }

    #[test]
    fn an_order_and_pairs_are_right_as_the_author_wrote_them() {
        // Displayed: the author's third, first, second item.
        assert!(is_right(&place(&[2, 0, 1], &[]), &Key::AsWritten, &Answer::Order(vec![3, 1, 2])));
        assert!(!is_right(&place(&[2, 0, 1], &[]), &Key::AsWritten, &Answer::Order(vec![1, 2, 3])));
        assert!(!is_right(&place(&[2, 0, 1], &[]), &Key::AsWritten, &Answer::Order(vec![3, 1, 0])));
        // Left: second, first term. Right: third (fits nothing), first, second.
        assert!(is_right(&place(&[1, 0], &[2, 0, 1]), &Key::AsWritten, &Answer::Pairs(vec![3, 2])));
        assert!(!is_right(&place(&[1, 0], &[2, 0, 1]), &Key::AsWritten, &Answer::Pairs(vec![3, 1])));
    }

    #[test]
    fn numbers_are_compared_exactly_and_within_their_tolerance() {
        let key = Key::Number { scaled: 8_837, decimals: 2, tolerance: 1 };
        for (scaled, decimals, right) in
            [(8_837, 2, true), (884, 1, false), (88_375, 3, true), (88_381, 3, false), (8_836, 2, true), (8_835, 2, false)]
        {
            assert_eq!(is_right(&place(&[], &[]), &key, &Answer::Number { scaled, decimals }), right, "{scaled} e-{decimals}");
        }
        let whole = Key::Number { scaled: 20, decimals: 0, tolerance: 0 };
        assert!(is_right(&place(&[], &[]), &whole, &Answer::Number { scaled: 2_000, decimals: 2 }));
        assert!(!is_right(&place(&[], &[]), &whole, &Answer::Typed("hai mươi".to_owned())));
    }

    #[test]
    fn short_texts_are_compared_without_marks() {
        let key = Key::Texts(vec!["Một cửa liên thông".to_owned()]);
        assert!(is_right(&place(&[], &[]), &key, &Answer::Typed("mot cua  LIÊN THÔNG".to_owned())));
    }

    #[test]
    fn blank_and_void_are_neither_right_nor_wrong() {
        let paper = Paper { seed: [0; 32], places: vec![place(&[0, 1], &[]), Place { pool: 1, options: vec![0, 1], matches: vec![] }] };
        let keyed = |void| Keyed { key: Key::One(0), points: Points(2), void };
        let sheet = Sheet { answers: vec![Answer::Blank, Answer::Options(vec![1])], ..Sheet::default() };
        let marked = mark(&paper, &[keyed(false), keyed(true)], &sheet);
        assert_eq!(marked, Mark { correct: 0, score: Points(0), verdicts: vec![Verdict::Blank, Verdict::Void] });
    }

    /// The right answer to a question as it was drawn.
    fn solve(place: &Place, key: &Key) -> Answer {
        let shown = |order: &[u8], author: u8| (1_u8..).zip(order).find(|(_, one)| **one == author).map_or(0, |(number, _)| number);
        match key {
            Key::One(right) => Answer::Options(vec![shown(&place.options, *right)]),
            Key::Set(right) => {
                let mut chosen: Vec<u8> = right.iter().map(|one| shown(&place.options, *one)).collect();
                chosen.sort_unstable();
                Answer::Options(chosen)
            }
            Key::Truth(truth) => Answer::Options(vec![if *truth { 1 } else { 2 }]),
            Key::AsWritten if place.matches.is_empty() => Answer::Order(place.options.iter().map(|item| item + 1).collect()),
            Key::AsWritten => Answer::Pairs(place.options.iter().map(|term| shown(&place.matches, *term)).collect()),
            Key::Number { scaled, decimals, .. } => Answer::Number { scaled: *scaled, decimals: *decimals },
            Key::Texts(accepted) => Answer::Typed(accepted[0].clone()),
        }
    }

    fn any_question() -> impl Strategy<Value = (Shape, Key)> {
        prop_oneof![
            (2_u8..7).prop_flat_map(|n| (Just(n), 0..n)).prop_map(|(n, right)| (shape(Kind::Single, n, 0), Key::One(right))),
            (3_u8..7)
                .prop_flat_map(|n| (Just(n), proptest::sample::subsequence((0..n).collect::<Vec<u8>>(), 1..usize::from(n))))
                .prop_map(|(n, right)| (shape(Kind::Several, n, 0), Key::Set(right))),
            any::<bool>().prop_map(|truth| (shape(Kind::TrueFalse, 2, 0), Key::Truth(truth))),
            (2_u8..7).prop_map(|n| (shape(Kind::Ordering, n, 0), Key::AsWritten)),
            (2_u8..6, 0_u8..3).prop_map(|(n, more)| (shape(Kind::Matching, n, n + more), Key::AsWritten)),
            (any::<i32>(), 0_u8..4)
                .prop_map(|(value, decimals)| (shape(Kind::Number, 0, 0), Key::Number { scaled: value.into(), decimals, tolerance: 0 })),
        ]
    }

    fn shape(kind: Kind, options: u8, matches: u8) -> Shape {
        Shape { kind, pinned: vec![kind == Kind::TrueFalse; options.into()], matches }
    }

    proptest! {
        #[test]
        fn who_knows_everything_gets_every_point_whatever_was_drawn(
            questions in proptest::collection::vec(any_question(), 1..20),
            seed in any::<[u8; 32]>(),
        ) {
            let pool: Vec<Slot> = questions.iter().map(|(shape, _)| Slot { cell: 0, shape: shape.clone() }).collect();
            let keys: Vec<Keyed> = questions.into_iter().map(|(_, key)| Keyed { key, points: Points(5), void: false }).collect();
            let count = u16::try_from(pool.len()).expect("few");
            let cell = Cell { topic: TopicId(uuid::Uuid::nil()), difficulty: Difficulty::Apply, count, points: 5 };
            let paper = draw(seed, &Blueprint { cells: vec![cell] }, &pool, Shuffle { questions: true, options: true }).expect("covered");
            let answers = paper.places.iter().map(|place| solve(place, &keys[usize::from(place.pool)].key)).collect();
            let sheet = Sheet { answers, ..Sheet::default() };
            let marked = mark(&paper, &keys, &sheet);
            prop_assert_eq!(marked.correct, i64::from(count));
            prop_assert_eq!(marked.score, Points(5 * i64::from(count)));
            prop_assert_eq!(mark(&paper, &keys, &Sheet::blank(paper.places.len())).correct, 0);
        }

        #[test]
        fn no_sheet_breaks_the_marking(sheet in crate::attempt::sheet::tests::any_sheet(), questions in proptest::collection::vec(any_question(), 1..20)) {
            let places = (0_u16..).zip(&questions).map(|(pool, (shape, _))| Place { pool, options: (0..shape.options()).collect(), matches: (0..shape.matches).collect() });
            let paper = Paper { seed: [0; 32], places: places.collect() };
            let keys: Vec<Keyed> = questions.iter().map(|(_, key)| Keyed { key: key.clone(), points: Points(1), void: false }).collect();
            let marked = mark(&paper, &keys, &sheet);
            prop_assert_eq!(marked.verdicts.len(), paper.places.len());
            prop_assert!(marked.correct <= i64::try_from(paper.places.len()).expect("few"));
        }
    }
}
