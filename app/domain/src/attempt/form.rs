//! Reading a sheet from the fields of its form.
//!
//! `q3` (repeated for several answers), `q5_1` … (one select for each item or left-hand term), `f3` (look
//! at it again), `prediction`. Numbers count from 1, as displayed.

use super::{
    number::read_decimal,
    paper::Shape,
    sheet::{Answer, Guess, Sheet, TYPED_BYTES},
};
use crate::{
    Field, Refusal, Refused,
    bank::Kind,
    contest::{Prediction, read_prediction},
    vietnamese,
};

/// Reads the fields of a form into a whole sheet, and says which fields cannot be read.
///
/// What cannot be read never costs another answer: the sheet keeps the typed words, or is blank there.
/// Fields that name no place of the paper are passed over.
pub fn read_form<'f>(
    fields: impl IntoIterator<Item = (&'f str, &'f str)>,
    shapes: &[&Shape],
    asked: Option<&Prediction>,
) -> (Sheet, Refused) {
    let mut sheet = Sheet::blank(shapes.len());
    let mut refused = Refused::new();
    for (name, value) in fields {
        if name == "prediction" {
            if let Some(asked) = asked {
                read_guess(&mut sheet, &mut refused, value, asked);
            }
        } else if let Some((place, item)) = place_of(name, 'q') {
            let Some(shape) = shapes.get(place) else { continue };
            if let Err(refusal) = take(&mut sheet.answers[place], item, value.trim(), shape) {
                refused.push((Field(name.to_owned().into()), refusal));
            }
        } else if let Some((place, None)) = place_of(name, 'f')
            && place < shapes.len()
            && let Ok(place) = u16::try_from(place)
        {
            sheet.flagged.push(place);
        }
    }
    sheet.flagged.sort_unstable();
    sheet.flagged.dedup();
    for answer in &mut sheet.answers {
        if answer.is_blank() {
            *answer = Answer::Blank;
        }
    }
    (sheet, refused)
}

/// `q5_2` → place 4, item 1; `q5` → place 4.
fn place_of(name: &str, letter: char) -> Option<(usize, Option<usize>)> {
    let rest = name.strip_prefix(letter)?;
    let (place, item) = match rest.split_once('_') {
        Some((place, item)) => (place, Some(item.parse::<usize>().ok()?.checked_sub(1)?)),
        None => (rest, None),
    };
    Some((place.parse::<usize>().ok()?.checked_sub(1)?, item))
}

/// Takes one field of a question into its answer.
fn take(answer: &mut Answer, item: Option<usize>, value: &str, shape: &Shape) -> Result<(), Refusal> {
    match (shape.kind, item) {
        (Kind::Single | Kind::TrueFalse, None) => {
            let number = offered(value, shape.options())?;
            if number == 0 {
                return Ok(());
            }
            match answer {
                Answer::Options(chosen) if !chosen.contains(&number) => {
                    *answer = Answer::Blank;
                    Err(Refusal::BadAnswer)
                }
                _ => {
                    *answer = Answer::Options(vec![number]);
                    Ok(())
                }
            }
        }
        (Kind::Several, None) => {
            let number = offered(value, shape.options())?;
            if number == 0 {
                return Ok(());
            }
            let mut chosen = if let Answer::Options(chosen) = std::mem::take(answer) { chosen } else { Vec::new() };
            if let Err(at) = chosen.binary_search(&number) {
                chosen.insert(at, number);
            }
            *answer = Answer::Options(chosen);
            Ok(())
        }
        (Kind::Ordering, Some(item)) => {
            let slots = if let Answer::Order(slots) = std::mem::take(answer) { slots } else { vec![0; shape.pinned.len()] };
            *answer = Answer::Order(fill(slots, item, value, shape.options())?);
            Ok(())
        }
        (Kind::Matching, Some(item)) => {
            let slots = if let Answer::Pairs(slots) = std::mem::take(answer) { slots } else { vec![0; shape.pinned.len()] };
            *answer = Answer::Pairs(fill(slots, item, value, shape.matches)?);
            Ok(())
        }
        (Kind::Number, None) if value.is_empty() => Ok(()),
        (Kind::Number, None) => match read_decimal(value) {
            Ok((scaled, decimals)) => {
                *answer = Answer::Number { scaled, decimals };
                Ok(())
            }
            Err(refusal) => {
                *answer = Answer::Typed(cut(value));
                Err(refusal)
            }
        },
        (Kind::ShortText, None) => {
            *answer = Answer::Typed(cut(value));
            Ok(())
        }
        _ => Err(Refusal::BadAnswer),
    }
}

/// Puts a choice into its slot; a choice that is not offered leaves the others as they are.
fn fill(mut slots: Vec<u8>, item: usize, value: &str, highest: u8) -> Result<Vec<u8>, Refusal> {
    let number = offered(value, highest).unwrap_or(0);
    if let Some(slot) = slots.get_mut(item) {
        *slot = number;
        Ok(slots)
    } else {
        Err(Refusal::BadAnswer)
    }
}

/// A displayed number from 1 to `highest`; 0 for an empty choice.
fn offered(value: &str, highest: u8) -> Result<u8, Refusal> {
    if value.is_empty() {
        return Ok(0);
    }
    value.parse().ok().filter(|number| (1..=highest).contains(number)).ok_or(Refusal::BadAnswer)
}

fn read_guess(sheet: &mut Sheet, refused: &mut Refused, typed: &str, asked: &Prediction) {
    match read_prediction(typed, asked) {
        Ok(None) => {}
        Ok(Some(value)) => sheet.guess = Guess::Value(value),
        Err(refusal) => {
            sheet.guess = Guess::Typed(cut(typed));
            refused.push((Field::named("prediction"), refusal));
        }
    }
}

/// Tidied and short enough to be kept.
fn cut(typed: &str) -> String {
    let mut words = vietnamese::tidy(typed);
    if words.len() > TYPED_BYTES {
        let end = (0..=TYPED_BYTES).rev().find(|at| words.is_char_boundary(*at)).unwrap_or(0);
        words.truncate(end);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contest::{BlankPrediction, PredictionTarget};
    use proptest::prelude::*;

    fn shape(kind: Kind, options: usize, matches: u8) -> Shape {
        Shape { kind, pinned: vec![false; options], matches }
    }

    fn shapes() -> Vec<Shape> {
        vec![
            shape(Kind::Single, 4, 0),
            shape(Kind::Several, 4, 0),
            shape(Kind::TrueFalse, 2, 0),
            shape(Kind::Ordering, 3, 0),
            shape(Kind::Matching, 2, 3),
            shape(Kind::Number, 0, 0),
            shape(Kind::ShortText, 0, 0),
        ]
    }

    fn read(fields: &[(&str, &str)]) -> (Sheet, Refused) {
        let shapes = shapes();
        let asked =
            Prediction { question: String::new(), target: PredictionTarget::People, decimals: 0, blank: BlankPrediction::RanksLast };
        read_form(fields.iter().copied(), &shapes.iter().collect::<Vec<_>>(), Some(&asked))
    }

    #[test]
    fn every_kind_is_read() {
        let (sheet, refused) = read(&[
            ("hold", "3"),
            ("q1", "4"),
            ("q2", "3"),
            ("q2", "1"),
            ("q2", "3"),
            ("q3", "2"),
            ("q4_1", "3"),
            ("q4_2", ""),
            ("q4_3", "1"),
            ("q5_2", "3"),
            ("q6", "88,37"),
            ("q7", " một  cửa "),
            ("f7", "on"),
            ("f2", "on"),
            ("prediction", "14.492"),
        ]);
        assert!(refused.is_empty(), "{refused:?}");
        assert_eq!(
            sheet.answers,
            [
                Answer::Options(vec![4]),
                Answer::Options(vec![1, 3]),
                Answer::Options(vec![2]),
                Answer::Order(vec![3, 0, 1]),
                Answer::Pairs(vec![0, 3]),
                Answer::Number { scaled: 8_837, decimals: 2 },
                Answer::Typed("một cửa".to_owned()),
            ]
        );
        assert_eq!(sheet.flagged, [1, 6]);
        assert_eq!(sheet.guess, Guess::Value(14_492));
    }

    #[test]
    fn what_cannot_be_read_costs_no_other_answer() {
        let (sheet, refused) = read(&[("q1", "5"), ("q2", "2"), ("q6", "1.5"), ("prediction", "14,492")]);
        assert_eq!(sheet.answers[0], Answer::Blank);
        assert_eq!(sheet.answers[1], Answer::Options(vec![2]));
        assert_eq!(sheet.answers[5], Answer::Typed("1.5".to_owned()));
        assert_eq!(sheet.guess, Guess::Typed("14,492".to_owned()));
        assert_eq!(
            refused,
            [
                (Field::named("q1"), Refusal::BadAnswer),
                (Field::named("q6"), Refusal::AmbiguousNumber),
                (Field::named("prediction"), Refusal::AmbiguousNumber),
            ]
        );
    }

    #[test]
    fn two_answers_to_a_single_choice_are_none() {
        let (sheet, refused) = read(&[("q1", "1"), ("q1", "2")]);
        assert_eq!(sheet.answers[0], Answer::Blank);
        assert_eq!(refused, [(Field::named("q1"), Refusal::BadAnswer)]);
    }

    #[test]
    fn empty_fields_are_a_blank_sheet() {
        let (sheet, refused) = read(&[
            ("q4_1", ""),
            ("q4_2", ""),
            ("q5_1", ""),
            ("q6", ""),
            ("q7", " "),
            ("prediction", ""),
            ("q99", "1"),
            ("q0", "1"),
            ("x", "y"),
        ]);
        assert!(refused.is_empty());
        assert_eq!(sheet, Sheet::blank(7));
    }

    proptest! {
        #[test]
        fn no_form_breaks_the_reading(fields in proptest::collection::vec(("[qf]?[0-9]{0,3}(_[0-9]{1,2})?", "\\PC{0,12}"), 0..40)) {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let (sheet, _) = read(&fields);
            prop_assert_eq!(&Sheet::from_bytes(&sheet.to_bytes()), &Ok(sheet.clone()));
            let fields = sheet.fields(&sheet.guess.typed(0));
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            prop_assert_eq!(read(&fields).0, sheet);
        }
    }
}
