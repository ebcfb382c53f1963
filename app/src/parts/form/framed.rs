//! What stands around the control of a field: its label, its hint, and why it was refused.

use crate::submitted::submitted;
use domain::Refusal;
use leptos::prelude::*;

/// The frame of one field.
#[derive(Debug, Clone)]
pub struct Framed {
    name: String,
    hint: String,
    refused: Option<Refusal>,
}

impl Framed {
    /// The frame of the field of this name; an empty hint is left out.
    pub fn new(name: &str, hint: &str) -> Self {
        let refused = submitted().and_then(|form| form.refusal(name));
        Self { name: name.to_owned(), hint: hint.to_owned(), refused }
    }

    /// Whether the field was refused.
    pub const fn is_refused(&self) -> bool {
        self.refused.is_some()
    }

    /// The control's `aria-invalid`.
    pub fn invalid(&self) -> Option<&'static str> {
        self.is_refused().then_some("true")
    }

    /// The control's `aria-describedby`: the ids of its hint and its error, as far as they stand there.
    pub fn described(&self) -> Option<String> {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-hint", self.name));
        let error = self.is_refused().then(|| format!("{}-error", self.name));
        let ids: Vec<_> = hint.into_iter().chain(error).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    /// The line that says why the field was refused.
    pub fn error(&self) -> Option<impl IntoView + use<>> {
        let id = format!("{}-error", self.name);
        self.refused.map(|refusal| view! { <p class="error" id=id>{refusal.words()}</p> })
    }

    /// The whole field around its control; `class` beside `field` says what is special about it.
    pub fn around(self, class: &'static str, label: impl IntoView + 'static, control: impl IntoView + 'static) -> AnyView {
        let error = self.error();
        let hint_id = format!("{}-hint", self.name);
        let hint = (!self.hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{self.hint}</p> });
        view! {
            <div class=class>
                <label for=self.name>{label}</label>
                {hint}
                {control}
                {error}
            </div>
        }
        .into_any()
    }
}
