//! A password's field: label, hint, box with its button, and why it was refused.

use super::PasswordBox;
use crate::parts::Framed;
use leptos::prelude::*;

/// The field; what was typed is never shown again. Its page must be lively for the button to appear.
#[component]
pub fn PasswordField(
    /// The field's name, and the control's id.
    name: &'static str,
    /// The label.
    label: &'static str,
    /// What browsers may fill in: `current-password` or `new-password`.
    autocomplete: &'static str,
    /// A hint between label and control.
    #[prop(optional)]
    hint: &'static str,
) -> impl IntoView {
    let frame = Framed::new(name, hint);
    let (described, refused) = (frame.described(), frame.is_refused());
    let control = view! { <PasswordBox name=name.to_owned() autocomplete=autocomplete.to_owned() described=described refused=refused/> };
    frame.around("field", label, control)
}
