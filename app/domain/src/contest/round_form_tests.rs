//! How the form of a round is read.

use super::*;
use proptest::prelude::*;

fn form() -> RoundForm {
    RoundForm {
        label: "Tuần 1".to_owned(),
        opens_at: "08:00 23/11/2026".to_owned(),
        closes_at: "24 giờ 00 ngày 29/11/2026".to_owned(),
        ranking: vec!["correct".to_owned(), String::new(), "handed_in_at".to_owned()],
        ..RoundForm::default()
    }
}

fn refusals(refused: Refused) -> Vec<(String, Refusal)> {
    refused.into_iter().map(|(field, refusal)| (field.0.into_owned(), refusal)).collect()
}

#[test]
fn twenty_four_o_clock_closes_at_the_next_midnight() {
    let settings = form().read().expect("it reads");
    assert_eq!(Some(settings.window.closes), Timestamp::read("00:00 30/11/2026"));
    assert_eq!(settings.rules.ranking, [RankingKey::Correct, RankingKey::HandedInAt]);
}

#[test]
fn a_round_closes_after_it_opens() {
    let form = RoundForm { closes_at: form().opens_at, ..form() };
    assert_eq!(refusals(form.read().expect_err("refused")), [("closes_at".to_owned(), Refusal::ClosesTooEarly)]);
}

#[test]
fn every_wrong_field_of_a_round_is_named() {
    let form = RoundForm {
        opens_at: "sáng mai".to_owned(),
        results_expected: "tuần sau".to_owned(),
        policy: "per_day".to_owned(),
        times: "0".to_owned(),
        ranking: vec!["correct".to_owned(), "correct".to_owned(), "luck".to_owned()],
        unit_minimum: "nhiều".to_owned(),
        ..RoundForm::default()
    };
    assert_eq!(
        refusals(form.read().expect_err("refused")),
        [
            ("label".to_owned(), Refusal::Required),
            ("opens_at".to_owned(), Refusal::NotAMoment),
            ("closes_at".to_owned(), Refusal::Required),
            ("results_expected".to_owned(), Refusal::NotADate),
            ("times".to_owned(), Refusal::OutOfRange),
            ("ranking1".to_owned(), Refusal::Repeated),
            ("ranking2".to_owned(), Refusal::NotOffered),
            ("unit_minimum".to_owned(), Refusal::NotANumber),
        ]
    );
}

#[test]
fn a_chain_has_at_least_one_key() {
    let form = RoundForm { ranking: vec![String::new()], policy: "sometimes".to_owned(), ..form() };
    assert_eq!(
        refusals(form.read().expect_err("refused")),
        [("policy".to_owned(), Refusal::NotOffered), ("ranking0".to_owned(), Refusal::Required)]
    );
}

proptest! {
    #[test]
    fn what_was_read_is_shown_and_read_again(times in 1_u16..=100, minimum in 1_u32..=10_000, places in 0_u32..=1_000, day in any::<bool>()) {
        let mut settings = form().read().expect("it reads");
        settings.rules.policy = if day { AttemptPolicy::PerDay(times) } else { AttemptPolicy::PerRound(times) };
        settings.rules.unit_minimum = minimum;
        settings.rules.public_places = places;
        prop_assert_eq!(RoundForm::of(&settings).read(), Ok(settings));
    }

    #[test]
    fn nothing_typed_makes_it_fall(typed in "\\PC{0,12}") {
        let _ = RoundForm { label: typed.clone(), opens_at: typed.clone(), closes_at: typed.clone(), policy: typed, ..form() }.read();
    }
}
