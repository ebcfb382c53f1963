//! Form fields: label, hint, control, error; what was typed into a refused form is kept.

use crate::submitted::{chosen_or, submitted, typed_or};
use domain::Refusal;
use leptos::prelude::*;

fn refusal(name: &str) -> Option<Refusal> {
    submitted().and_then(|form| form.refusal(name))
}

/// The ids that describe a control: its hint and its error, as far as they stand there.
fn described(id: &str, hint: &str, refused: bool) -> Option<String> {
    let hint = (!hint.is_empty()).then(|| format!("{id}-hint"));
    let error = refused.then(|| format!("{id}-error"));
    let ids: Vec<_> = hint.into_iter().chain(error).collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn hint_line(id: &str, hint: &str) -> Option<impl IntoView + use<>> {
    let (id, hint) = (format!("{id}-hint"), hint.to_owned());
    (!hint.is_empty()).then(|| view! { <p class="hint" id=id>{hint}</p> })
}

fn error_line(id: &str, refusal: Option<Refusal>) -> Option<impl IntoView + use<>> {
    let id = format!("{id}-error");
    refusal.map(|refusal| view! { <p class="error" id=id>{refusal.words()}</p> })
}

/// What was refused in this form, above it, each with a link to its field.
#[component]
pub fn FormErrors(
    /// The names of this form's fields with what people call them.
    fields: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let form = submitted()?;
    if form.refused.is_empty() {
        return None;
    }
    let lines = form
        .refused
        .iter()
        .map(|(field, refusal)| {
            let name = field.0.to_string();
            let called = fields.iter().find(|(field, _)| *field == name).map(|(_, called)| format!("{called}: ")).unwrap_or_default();
            view! { <li><a href=format!("#{name}")>{format!("{called}{}", refusal.words())}</a></li> }
        })
        .collect_view();
    Some(view! {
        <div class="notice" data-kind="error" role="alert">
            <h2>"Chưa gửi được"</h2>
            <ul>{lines}</ul>
        </div>
    })
}

/// One line of text. A password's value is never shown again.
#[component]
pub fn TextField(
    /// The field's name, and the control's id.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is stored.
    #[prop(optional, into)]
    value: String,
    /// A hint between label and control.
    #[prop(optional, into)]
    hint: String,
    /// The input's type: text, password, number, date, datetime-local, tel, email, search.
    #[prop(optional)]
    kind: Option<&'static str>,
    /// What browsers may fill in.
    #[prop(optional)]
    autocomplete: Option<&'static str>,
    /// The keyboard of a phone: numeric, decimal, tel.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// short or medium.
    #[prop(optional)]
    width: Option<&'static str>,
    /// A unit behind the field.
    #[prop(optional, into)]
    unit: String,
    /// Whether "không bắt buộc" stands in the label.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let kind = kind.unwrap_or("text");
    let value = if kind == "password" { String::new() } else { typed_or(&name, value) };
    let refused = refusal(&name);
    let describe = described(&name, &hint, refused.is_some());
    let input = view! {
        <input
            id=name.clone()
            name=name.clone()
            type=kind
            value=value
            autocomplete=autocomplete
            inputmode=inputmode
            data-width=width
            aria-describedby=describe
            aria-invalid=refused.is_some().then_some("true")
        />
    };
    let control =
        if unit.is_empty() { input.into_any() } else { view! { <div class="joined">{input}<span>{unit}</span></div> }.into_any() };
    view! {
        <div class="field">
            <label for=name.clone()>{label} {optional.then(|| view! { " " <small>"không bắt buộc"</small> })}</label>
            {hint_line(&name, &hint)}
            {control}
            {error_line(&name, refused)}
        </div>
    }
}

/// Several lines of text. The server-side renderer does not escape a `<textarea>`'s text: this does.
#[component]
pub fn TextArea(
    /// The field's name, and the control's id.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// What is stored.
    #[prop(optional, into)]
    value: String,
    /// A hint between label and control.
    #[prop(optional, into)]
    hint: String,
    /// Lines shown.
    #[prop(default = 6)]
    rows: u8,
    /// Whether "không bắt buộc" stands in the label.
    #[prop(optional)]
    optional: bool,
) -> impl IntoView {
    let value = typed_or(&name, value);
    let refused = refusal(&name);
    let describe = described(&name, &hint, refused.is_some());
    // A first line break is dropped by the parser (HTML standard, 13.2.6.4.7), so one is always given.
    let escaped = format!("\n{}", value.replace('&', "&amp;").replace('<', "&lt;"));
    view! {
        <div class="field">
            <label for=name.clone()>{label} {optional.then(|| view! { " " <small>"không bắt buộc"</small> })}</label>
            {hint_line(&name, &hint)}
            <textarea
                id=name.clone()
                name=name.clone()
                rows=rows
                aria-describedby=describe
                aria-invalid=refused.is_some().then_some("true")
                inner_html=escaped
            ></textarea>
            {error_line(&name, refused)}
        </div>
    }
}

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
    let refused = refusal(&name);
    let describe = described(&name, &hint, refused.is_some());
    let options = options
        .into_iter()
        .map(|(code, words)| {
            let selected = code == value;
            view! { <option value=code selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=name.clone()>{label}</label>
            {hint_line(&name, &hint)}
            <select id=name.clone() name=name.clone() aria-describedby=describe aria-invalid=refused.is_some().then_some("true")>
                {options}
            </select>
            {error_line(&name, refused)}
        </div>
    }
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
    let refused = refusal(&name);
    let ticked = chosen_or(&name, &value, ticked);
    view! {
        <label class="check">
            <input
                type="checkbox"
                id=name.clone()
                name=name.clone()
                value=value
                checked=ticked
                aria-describedby=described(&name, "", refused.is_some())
                aria-invalid=refused.is_some().then_some("true")
            />
            <span>{label} {(!hint.is_empty()).then(|| view! { " " <small>{hint}</small> })}</span>
        </label>
        {error_line(&name, refused)}
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
    let refused = refusal(&name);
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
        <fieldset class="choices" id=name.clone() aria-describedby=described(&name, "", refused.is_some())>
            <legend>{legend}</legend>
            {rows}
            {error_line(&name, refused)}
        </fieldset>
    }
}

/// A file. Its form needs `enctype="multipart/form-data"`.
#[component]
pub fn FileField(
    /// The field's name, and the control's id.
    #[prop(into)]
    name: String,
    /// The label.
    #[prop(into)]
    label: String,
    /// What the browser offers: `.xlsx,.csv` or `image/png`.
    accept: &'static str,
    /// A hint between label and control.
    #[prop(optional, into)]
    hint: String,
) -> impl IntoView {
    let refused = refusal(&name);
    view! {
        <div class="field upload">
            <label for=name.clone()>{label}</label>
            {hint_line(&name, &hint)}
            <input
                type="file"
                id=name.clone()
                name=name.clone()
                accept=accept
                aria-describedby=described(&name, &hint, refused.is_some())
                aria-invalid=refused.is_some().then_some("true")
            />
            {error_line(&name, refused)}
        </div>
    }
}

/// A value that the form carries unseen.
#[component]
pub fn Hidden(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// The value.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    view! { <input type="hidden" name=name value=value/> }
}
