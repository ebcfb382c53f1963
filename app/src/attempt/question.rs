//! One question as a contestant sees it: on the sheet, in a preview, and after release.

use domain::{
    Refusal,
    attempt::{Answer, Place, read_decimal},
    bank::Kind,
};
use engine::attempt::Served;
use leptos::prelude::*;

/// The letters before options.
const LETTERS: [&str; 12] = ["A", "B", "C", "D", "E", "G", "H", "I", "K", "L", "M", "N"];

/// What a question on the sheet needs beside its own words.
pub struct Asked<'a> {
    /// Its number on the sheet, from 1.
    pub number: usize,
    /// Where "Câu sau" leads; empty: this is the last card.
    pub next: String,
    /// Where its options stand.
    pub place: &'a Place,
    /// Its words.
    pub served: &'a Served,
    /// What is answered.
    pub answer: &'a Answer,
    /// Whether the contestant wants to look at it again.
    pub flagged: bool,
}

/// What to do with a question of this form.
pub const fn instruction(kind: Kind) -> &'static str {
    match kind {
        Kind::Single => "Chọn một phương án",
        Kind::Several => "Chọn mọi phương án đúng",
        Kind::TrueFalse => "Chọn Đúng hoặc Sai",
        Kind::Ordering => "Chọn vị trí cho từng mục",
        Kind::Matching => "Chọn nội dung phù hợp cho từng mục",
        Kind::Number => "Ghi một số",
        Kind::ShortText => "Ghi câu trả lời",
    }
}

/// The letter before a displayed option.
pub fn letter(displayed: usize) -> &'static str {
    LETTERS.get(displayed - 1).copied().unwrap_or("–")
}

/// Where "Câu sau" leads from a question: the next one, the prediction after the last, or nowhere (empty).
pub fn after(number: usize, of: usize, predicts: bool) -> String {
    if number < of {
        format!("#cau-{}", number + 1)
    } else if predicts {
        "#du-doan".to_owned()
    } else {
        String::new()
    }
}

/// The card of a question on the sheet.
pub fn question(asked: &Asked<'_>) -> AnyView {
    let number = asked.number;
    let id = format!("cau-{number}");
    let stem = format!("{id}-de");
    let described = stem.clone();
    let previous = (number > 1).then(|| view! { <a class="button secondary" href=format!("#cau-{}", number - 1)>"Câu trước"</a> });
    let next = (!asked.next.is_empty()).then(|| view! { <a class="button secondary" href=asked.next.clone()>"Câu sau"</a> });
    view! {
        <fieldset class="question" id=id aria-describedby=described data-kind=asked.served.kind.code() data-flagged=asked.flagged.then_some("") tabindex="-1">
            <legend>{format!("Câu {number}")} " " <small>{instruction(asked.served.kind)}</small></legend>
            <div class="markdown stem" id=stem inner_html=asked.served.stem.as_str().to_owned()></div>
            {controls(asked)}
            <footer>
                <label class="flag">
                    <input type="checkbox" name=format!("f{number}") value="1" checked=asked.flagged/>
                    <span>"Xem lại" <span class="visually-hidden">{format!(" câu {number}")}</span></span>
                </label>
                <span class="actions">{previous} " " {next}</span>
            </footer>
        </fieldset>
    }
    .into_any()
}

fn controls(asked: &Asked<'_>) -> AnyView {
    match asked.served.kind {
        Kind::Single | Kind::TrueFalse => options(asked, "radio"),
        Kind::Several => options(asked, "checkbox"),
        Kind::Ordering => {
            let places = (1..=asked.place.options.len()).map(|place| format!("Thứ {place}")).collect();
            selects(asked, "Chọn vị trí", places)
        }
        Kind::Matching => {
            let terms =
                asked.place.matches.iter().map(|term| asked.served.matches.get(usize::from(*term)).cloned().unwrap_or_default()).collect();
            selects(asked, "Chọn nội dung", terms)
        }
        Kind::Number => typed(asked, "decimal"),
        Kind::ShortText => typed(asked, "text"),
    }
}

fn options(asked: &Asked<'_>, control: &'static str) -> AnyView {
    let chosen = if let Answer::Options(chosen) = asked.answer { chosen.as_slice() } else { &[] };
    let lettered = asked.served.kind != Kind::TrueFalse;
    let rows = (1..).zip(&asked.place.options).map(|(displayed, author): (usize, &u8)| {
        let words = asked.served.choices.get(usize::from(*author)).map(|html| html.as_str().to_owned()).unwrap_or_default();
        let checked = chosen.iter().any(|one| usize::from(*one) == displayed);
        view! {
            <label class="option">
                <input type=control name=format!("q{}", asked.number) value=displayed checked=checked/>
                " "
                {lettered.then(|| view! { <b>{letter(displayed)}</b> })}
                " "
                <span class="markdown" inner_html=words></span>
            </label>
        }
    });
    rows.collect_view().into_any()
}

fn selects(asked: &Asked<'_>, empty: &'static str, offers: Vec<String>) -> AnyView {
    let given = match asked.answer {
        Answer::Order(given) | Answer::Pairs(given) => given.as_slice(),
        _ => &[],
    };
    let rows = (1..).zip(&asked.place.options).map(|(item, author): (usize, &u8)| {
        let id = format!("q{}_{item}", asked.number);
        let words = asked.served.choices.get(usize::from(*author)).map(|html| html.as_str().to_owned()).unwrap_or_default();
        let chosen = given.get(item - 1).map_or(0, |one| usize::from(*one));
        let offers = (1..)
            .zip(&offers)
            .map(|(value, words): (usize, &String)| view! { <option value=value selected=value == chosen>{words.clone()}</option> })
            .collect_view();
        view! {
            <li>
                <label for=id.clone()><span class="markdown" inner_html=words></span></label>
                " "
                <select id=id.clone() name=id><option value="" selected=chosen == 0>{empty}</option>{offers}</select>
            </li>
        }
    });
    view! { <ol class="pairs">{rows.collect_view()}</ol> }.into_any()
}

fn typed(asked: &Asked<'_>, mode: &'static str) -> AnyView {
    let name = format!("q{}", asked.number);
    let (value, refusal) = match asked.answer {
        Answer::Number { scaled, decimals } => (domain::vietnamese::decimal(*scaled, (*decimals).into()), None),
        Answer::Typed(words) if asked.served.kind == Kind::Number => (words.clone(), read_decimal(words).err()),
        Answer::Typed(words) => (words.clone(), None),
        _ => (String::new(), None),
    };
    let unit = (!asked.served.unit.is_empty()).then(|| view! { <span>{asked.served.unit.clone()}</span> });
    view! {
        <div class="field">
            <label for=name.clone()>"Câu trả lời"</label>
            <div class="joined">
                <input id=name.clone() name=name.clone() inputmode=mode autocomplete="off" maxlength="120" value=value aria-describedby=format!("{name}-error") aria-invalid=refusal.map(|_| "true")/>
                {unit}
            </div>
            {error(&name, refusal)}
        </div>
    }
    .into_any()
}

/// The line that says why a field cannot be read; it stands there empty so that the island can fill it.
pub fn error(name: &str, refusal: Option<Refusal>) -> AnyView {
    view! { <p class="error" id=format!("{name}-error") hidden=refusal.is_none()>{refusal.map(Refusal::words)}</p> }.into_any()
}
