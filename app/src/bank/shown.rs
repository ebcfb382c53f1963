//! A question as the sheet shows it, for previews: nothing here knows a key.

use crate::attempt::question::{Asked, question as card};
use domain::{
    attempt::{Answer, Place},
    bank::Kind,
    id::VersionId,
};
use engine::{attempt::Served, bank::Shown, markdown};
use leptos::prelude::*;

/// The very card that a contestant is shown, unanswered.
pub fn question(shown: &Shown) -> AnyView {
    let choices: Vec<_> = match shown.kind {
        Kind::TrueFalse => ["Đúng", "Sai"].map(markdown::render_line).into(),
        _ => shown.choices.iter().map(|choice| choice.text.clone()).collect(),
    };
    // Already in the order of display.
    let place = Place { pool: 0, options: (0..).take(choices.len()).collect(), matches: (0..).take(shown.matches.len()).collect() };
    let served = Served {
        version: VersionId(uuid::Uuid::nil()),
        kind: shown.kind,
        stem: shown.text.clone(),
        choices,
        matches: shown.matches.clone(),
        unit: shown.unit.clone(),
    };
    card(&Asked { number: 1, next: String::new(), place: &place, served: &served, answer: &Answer::Blank, flagged: false })
}
