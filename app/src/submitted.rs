//! What was typed into a refused form, so that the page can show it again.

use domain::{Refusal, Refused};
use leptos::prelude::use_context;
use std::{any::Any, sync::Arc};

/// A refused form; in the context of the page that is rendered again.
#[derive(Debug, Clone, Default)]
pub struct Submitted {
    /// Names and values as they were sent, passwords left out.
    pub values: Arc<Vec<(String, String)>>,
    /// The refusals, each at its field.
    pub refused: Arc<Refused>,
    /// The refusal of the whole request.
    pub whole: Option<Refusal>,
    /// The id of the incident in the log, when something broke.
    pub incident: Option<String>,
}

impl Submitted {
    /// The first value of a field.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Every value of a field.
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.values.iter().filter(|(field, _)| field == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Why a field was refused.
    pub fn refusal(&self, name: &str) -> Option<Refusal> {
        self.refused.iter().find(|(field, _)| field.0 == name).map(|(_, refusal)| *refusal)
    }
}

/// The refused form of this page, if one was sent.
pub fn submitted() -> Option<Submitted> {
    use_context::<Submitted>()
}

/// What a page shows in a field: what was typed, or else what is stored.
pub fn typed_or(name: &str, stored: impl Into<String>) -> String {
    submitted().and_then(|form| form.value(name).map(ToOwned::to_owned)).unwrap_or_else(|| stored.into())
}

/// Whether a box or choice is marked: as it was sent, or else as it is stored.
pub fn chosen_or(name: &str, value: &str, stored: bool) -> bool {
    submitted().map_or(stored, |form| form.values(name).contains(&value))
}

/// Something a POST wants its page to show once.
#[derive(Clone)]
pub struct Outcome(pub Arc<dyn Any + Send + Sync>);
