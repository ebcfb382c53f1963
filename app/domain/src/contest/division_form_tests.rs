//! How the form of a division is read.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn division() -> DivisionForm {
    DivisionForm { minutes: "20".to_owned(), counts: vec![(topic(), Difficulty::Recognise, "10".to_owned())], ..DivisionForm::default() }
}

fn topic() -> TopicId {
    TopicId(Uuid::from_u128(7))
}

fn refusals(refused: Refused) -> Vec<(String, Refusal)> {
    refused.into_iter().map(|(field, refusal)| (field.0.into_owned(), refusal)).collect()
}

#[test]
fn a_matrix_is_read_cell_by_cell() {
    let mut form = division();
    form.counts.push((topic(), Difficulty::Apply, " ".to_owned()));
    form.counts.push((topic(), Difficulty::Understand, "5".to_owned()));
    form.points = vec![(Difficulty::Understand, "2".to_owned())];
    let rules = form.read().expect("it reads");
    assert_eq!(rules.blueprint.questions(), 15);
    assert_eq!(rules.blueprint.points(), 20);
    assert_eq!(rules.duration, Millis::minutes(20));
}

#[test]
fn wrong_cells_are_named() {
    let mut form = division();
    form.counts.push((topic(), Difficulty::Recognise, "3".to_owned()));
    form.counts.push((topic(), Difficulty::Apply, "mười".to_owned()));
    form.counts.push((topic(), Difficulty::Understand, "1".to_owned()));
    form.points = vec![(Difficulty::Understand, "0".to_owned())];
    let cell = |level: &str| format!("cell-{}-{level}", topic());
    assert_eq!(
        refusals(form.read().expect_err("refused")),
        [
            (cell("recognise"), Refusal::Repeated),
            (cell("apply"), Refusal::NotANumber),
            ("points-understand".to_owned(), Refusal::OutOfRange),
        ]
    );
}

#[test]
fn a_prediction_has_words_and_decimals_only_of_a_percentage() {
    let form = DivisionForm { predicts: true, decimals: "5".to_owned(), ..division() };
    assert_eq!(refusals(form.read().expect_err("refused")), [("question".to_owned(), Refusal::Required)]);
    let people = DivisionForm { question: "Bao nhiêu người?".to_owned(), ..form };
    assert_eq!(people.read().expect("it reads").prediction.expect("asked").decimals, 0);
    let percent = DivisionForm { target: "percent_perfect".to_owned(), ..people.clone() };
    assert_eq!(percent.read().expect("it reads").prediction.expect("asked").decimals, 5);
    let seven = DivisionForm { decimals: "7".to_owned(), ..percent };
    assert_eq!(refusals(seven.read().expect_err("refused")), [("decimals".to_owned(), Refusal::OutOfRange)]);
}

#[test]
fn a_paper_has_an_end() {
    let form = DivisionForm {
        minutes: "301".to_owned(),
        counts: Difficulty::ALL.iter().map(|level| (topic(), *level, "100".to_owned())).collect(),
        ..DivisionForm::default()
    };
    assert_eq!(
        refusals(form.read().expect_err("refused")),
        [("minutes".to_owned(), Refusal::OutOfRange), ("counts".to_owned(), Refusal::OutOfRange)]
    );
}

proptest! {
    #[test]
    fn division_rules_are_shown_and_read_again(minutes in 1_i64..=300, count in 1_u16..=50, points in 1_i64..=1_000, predicts in any::<bool>()) {
        let form = DivisionForm {
            minutes: minutes.to_string(),
            counts: vec![(topic(), Difficulty::Apply, count.to_string())],
            points: vec![(Difficulty::Apply, points.to_string())],
            predicts,
            question: "Bao nhiêu?".to_owned(),
            ..DivisionForm::default()
        };
        let rules = form.read().expect("it reads");
        prop_assert_eq!(DivisionForm::of(&rules).read(), Ok(rules));
    }

    #[test]
    fn nothing_typed_makes_it_fall(typed in "\\PC{0,12}") {
        let _ = DivisionForm { minutes: typed.clone(), predicts: true, question: typed.clone(), target: typed, ..division() }.read();
    }
}
