//! Fields that people choose in.

use super::Framed;
use crate::submitted::{chosen_or, typed_or};
use leptos::prelude::*;

/// One of a list: pairs of value and what people read.
#[component]
pub fn Select(
    /// The field's name, and the control's id.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// Values and what people read.
    options: Vec<(String, String)>,
    /// What is stored.
    #[prop(optional, into)]
    value: String,
    /// A hint between label and control.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let value = typed_or(&name, value);
    let frame = Framed::new(&name, &hint);
    let options = options
        .into_iter()
        .map(|(code, words)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{words}</option> }
        })
        .collect_view();
    let control = view! {
        <select id=name.clone() name=name aria-describedby=frame.described() aria-invalid=frame.invalid()>
            {options}
        </select>
    };
    frame.around("field", label, control)
}

/// One box; the whole row is the target.
#[component]
pub fn Check(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What is agreed to.
    #[prop(into)]
    label: String,
    /// The value that is sent when ticked.
    #[prop(default = "1".to_owned(), into)]
    value: String,
    /// Whether it is ticked in what is stored.
    #[prop(optional)]
    ticked: bool,
    /// A small line below.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let frame = Framed::new(&name, "");
    let ticked = chosen_or(&name, &value, ticked);
    view! {
        <label class="check">
            <input
                type="checkbox"
                id=name.clone()
                name=name
                value=value
                checked=ticked
                aria-describedby=frame.described()
                aria-invalid=frame.invalid()
            />
            <span>{label} {(!hint.is_empty()).then(|| view! { " " <small>{hint}</small> })}</span>
        </label>
        {frame.error()}
    }
}

/// One choice of several, as rows.
#[component]
pub fn Choices(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: String,
    /// Values, what people read, and a small line (or nothing).
    options: Vec<(String, String, String)>,
    /// What is stored.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let frame = Framed::new(&name, "");
    let value = typed_or(&name, value);
    let rows = options
        .into_iter()
        .map(|(code, words, hint)| {
            let checked = code == value;
            view! {
                <label class="check">
                    <input type="radio" name=name.clone() value=code checked=checked/>
                    <span>{words} {(!hint.is_empty()).then(|| view! { " " <small>{hint}</small> })}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices" id=name.clone() aria-describedby=frame.described()>
            <legend>{legend}</legend>
            {rows}
            {frame.error()}
        </fieldset>
    }
}
