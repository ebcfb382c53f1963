//! Fields that people type into.

use super::Framed;
use crate::submitted::typed_or;
use leptos::prelude::*;

/// The hint of a field that takes a day.
pub const DATE: &str = "Ngày/tháng/năm";

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
    /// The input's type: text, password, tel, email, search. Days are text: a browser's own field follows its language.
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
    let frame = Framed::new(&name, &hint);
    let input = view! {
        <input
            id=name.clone()
            name=name
            type=kind
            value=value
            autocomplete=autocomplete
            inputmode=inputmode
            data-width=width
            aria-describedby=frame.described()
            aria-invalid=frame.invalid()
        />
    };
    let control =
        if unit.is_empty() { input.into_any() } else { view! { <div class="joined">{input}<span>{unit}</span></div> }.into_any() };
    frame.around("field", (label, left_out(optional)), control)
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
    // A first line break is dropped by the parser (HTML standard, 13.2.6.4.7), so one is always given.
    let escaped = format!("\n{}", typed_or(&name, value).replace('&', "&amp;").replace('<', "&lt;"));
    let frame = Framed::new(&name, &hint);
    let control = view! {
        <textarea
            id=name.clone()
            name=name
            rows=rows
            aria-describedby=frame.described()
            aria-invalid=frame.invalid()
            inner_html=escaped
        ></textarea>
    };
    frame.around("field", (label, left_out(optional)), control)
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

/// What the label of a field says that may be left empty.
fn left_out(optional: bool) -> Option<impl IntoView> {
    optional.then(|| view! { " " <small>"không bắt buộc"</small> })
}
