//! What a contestant sees of a question: sanitised HTML, never a key.

use crate::{Caller, Engine, Result, SafeHtml, markdown};
use domain::{
    attempt::{Seed, Shape, Shuffle, Slot, draw},
    bank::{Content, Difficulty, Kind, form},
    contest::{Blueprint, Cell},
    id::TopicId,
    identity::Action,
};

/// An option, item or left-hand term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownChoice {
    /// Its text.
    pub text: SafeHtml,
    /// Whether it keeps its place when the others are shuffled.
    pub pinned: bool,
}

/// A question as a sheet shows it, in the author's order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The form.
    pub kind: Kind,
    /// The stem.
    pub text: SafeHtml,
    /// Options, items or left-hand terms.
    pub choices: Vec<ShownChoice>,
    /// Right-hand terms: plain words, since they stand in a `<select>`.
    pub matches: Vec<String>,
    /// The same choices as plain words, for a `<select>` (ordering).
    pub words: Vec<String>,
    /// The unit of a number.
    pub unit: String,
}

impl Shown {
    /// Renders the content.
    pub fn of(content: &Content) -> Self {
        let choice = |choice: &domain::bank::Choice| ShownChoice { text: markdown::render_line(&choice.text), pinned: choice.pinned };
        Self {
            kind: content.kind,
            text: markdown::render(&content.text),
            choices: content.choices.iter().map(choice).collect(),
            matches: content.matches.iter().map(|text| markdown::plain(text)).collect(),
            words: content.choices.iter().map(|choice| markdown::plain(&choice.text)).collect(),
            unit: content.unit.clone(),
        }
    }
}

impl Shown {
    /// Renders the content in an order in which somebody could draw it: authors write the right option first.
    ///
    /// It is the same each time, so that a preview does not jump while its author types.
    pub fn drawn(content: &Content) -> Self {
        let mut shown = Self::of(content);
        let cell = Cell { topic: TopicId(uuid::Uuid::nil()), difficulty: Difficulty::Recognise, count: 1, points: 1 };
        let slot = Slot { shape: Shape::of(content), cell: 0 };
        let Ok(paper) = draw(PREVIEW, &Blueprint { cells: vec![cell] }, &[slot], Shuffle { questions: false, options: true }) else {
            return shown;
        };
        if let Some(place) = paper.places.first() {
            shown.choices = placed(&shown.choices, &place.options);
            shown.words = placed(&shown.words, &place.options);
            shown.matches = placed(&shown.matches, &place.matches);
        }
        shown
    }
}

/// The seed of every preview; no paper is drawn from it.
const PREVIEW: Seed = [118; 32];

fn placed<T: Clone>(written: &[T], order: &[u8]) -> Vec<T> {
    order.iter().filter_map(|place| written.get(usize::from(*place)).cloned()).collect()
}

impl Engine {
    /// What a contestant would see of what is typed so far; nothing is kept.
    ///
    /// # Errors
    /// [`domain::Refusal::NotAllowed`] to whoever may not read the bank.
    pub fn preview(&self, caller: &Caller, typed: &form::Pairs) -> Result<Shown> {
        caller.must(Action::ReadBank)?;
        Ok(Shown::drawn(&form::read_content(typed)))
    }
}
