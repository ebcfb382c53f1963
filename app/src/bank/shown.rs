//! A question as the sheet shows it, for previews: nothing here knows a key.

use crate::parts::{Html, Line};
use domain::bank::Kind;
use engine::bank::Shown;
use leptos::prelude::*;

/// What the contestant is asked to do.
const fn task(kind: Kind) -> &'static str {
    match kind {
        Kind::Single => "Chọn một phương án",
        Kind::Several => "Chọn tất cả phương án đúng",
        Kind::TrueFalse => "Chọn Đúng hoặc Sai",
        Kind::Ordering => "Chọn thứ tự cho từng mục",
        Kind::Matching => "Chọn vế phải cho từng mục",
        Kind::Number => "Nhập một số",
        Kind::ShortText => "Trả lời ngắn",
    }
}

/// The question; `title` stands where the sheet says "Câu 4", and names the controls apart on a page with several.
pub fn question(shown: &Shown, title: &str) -> AnyView {
    let stem = shown.text.clone();
    view! {
        <fieldset class="question">
            <legend>{title.to_owned()} " " <small>{task(shown.kind)}</small></legend>
            <div class="stem"><Html text=stem/></div>
            {answers(shown, title)}
        </fieldset>
    }
    .into_any()
}

fn answers(shown: &Shown, name: &str) -> AnyView {
    match shown.kind {
        Kind::Single | Kind::Several => {
            let kind = if shown.kind == Kind::Single { "radio" } else { "checkbox" };
            let letters = ('A'..='Z').map(String::from);
            let option = |(letter, choice): (String, &engine::bank::ShownChoice)| {
                view! {
                    <label class="option">
                        <input type=kind name=name.to_owned() value=letter.clone()/> " " <b>{letter.clone()}</b> " " <Line text=choice.text.clone()/>
                    </label>
                }
            };
            letters.zip(&shown.choices).map(option).collect_view().into_any()
        }
        Kind::TrueFalse => ["Đúng", "Sai"]
            .map(|word| view! { <label class="option"><input type="radio" name=name.to_owned() value=word/> " " <span>{word}</span></label> })
            .collect_view()
            .into_any(),
        Kind::Ordering => {
            let places: Vec<String> = (1..=shown.words.len()).map(|place| place.to_string()).collect();
            pairs(shown, &places, name)
        }
        Kind::Matching => pairs(shown, &shown.matches, name),
        Kind::Number => {
            let unit = shown.unit.clone();
            view! { <div class="field"><div class="joined"><input aria-label="Câu trả lời" inputmode="decimal" data-width="medium"/><span>{unit}</span></div></div> }.into_any()
        }
        Kind::ShortText => view! { <div class="field"><input aria-label="Câu trả lời"/></div> }.into_any(),
    }
}

/// Each item with a choice of places or right-hand terms.
fn pairs(shown: &Shown, choices: &[String], name: &str) -> AnyView {
    let row = |(n, item): (usize, &engine::bank::ShownChoice)| {
        let id = format!("{}-{n}", name.to_lowercase().replace(' ', "-"));
        let options = choices.iter().map(|choice| view! { <option>{choice.clone()}</option> }).collect_view();
        view! {
            <li>
                <label for=id.clone()><Line text=item.text.clone()/></label>
                <select id=id><option value="">"Chọn"</option>{options}</select>
            </li>
        }
    };
    view! { <ol class="pairs">{(1..).zip(&shown.choices).map(row).collect_view()}</ol> }.into_any()
}
