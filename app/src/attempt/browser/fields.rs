//! The fields of the form: what changed, what stands there, and putting there what the server has.

use std::collections::BTreeSet;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{EventTarget, FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement, UrlSearchParams};

/// The name of an answer's field, and whether it is typed into.
pub fn named(target: &EventTarget) -> Option<(String, bool)> {
    let (name, typed) = match target.dyn_ref::<HtmlInputElement>() {
        Some(input) => (input.name(), !matches!(input.type_().as_str(), "radio" | "checkbox")),
        None => (target.dyn_ref::<HtmlSelectElement>()?.name(), false),
    };
    is_answer(&name).then_some((name, typed))
}

fn is_answer(name: &str) -> bool {
    name == "prediction" || name.strip_prefix(['q', 'f']).is_some_and(|rest| rest.starts_with(|sign: char| sign.is_ascii_digit()))
}

/// The answers as a form-encoded text, without the fields of the page itself.
pub fn encode(form: &HtmlFormElement) -> String {
    let encoded = FormData::new_with_form(form).ok().and_then(|data| {
        let params = UrlSearchParams::new_with_str_sequence_sequence(&JsValue::from(data)).ok()?;
        params.delete("hold");
        params.delete("seen");
        Some(String::from(params.to_string()))
    });
    encoded.unwrap_or_default()
}

/// Puts these answers into the form, but for the fields that were changed here since; the names that moved.
pub fn apply(form: &HtmlFormElement, fields: &[(String, String)], but: &BTreeSet<String>) -> Vec<String> {
    let mut moved = Vec::new();
    let Ok(controls) = form.query_selector_all("input, select") else { return moved };
    for i in 0..controls.length() {
        let Some(control) = controls.get(i) else { continue };
        let Some((name, _)) = named(control.unchecked_ref()).filter(|(name, _)| !but.contains(name)) else { continue };
        let value = fields.iter().find(|(field, _)| *field == name).map_or("", |(_, value)| value.as_str());
        let changed = match control.dyn_ref::<HtmlInputElement>() {
            Some(input) if matches!(input.type_().as_str(), "radio" | "checkbox") => {
                let wanted = fields.iter().any(|(field, value)| *field == name && *value == input.value());
                let changed = input.checked() != wanted;
                input.set_checked(wanted);
                changed
            }
            Some(input) => {
                let changed = input.value() != value;
                input.set_value(value);
                changed
            }
            None => control.dyn_ref::<HtmlSelectElement>().is_some_and(|select| {
                let changed = select.value() != value;
                select.set_value(value);
                changed
            }),
        };
        if changed {
            moved.push(name);
        }
    }
    moved
}
