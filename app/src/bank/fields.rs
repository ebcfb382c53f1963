//! The fields of the editor that differ from kind to kind.

use crate::{
    parts::{Choices, Hidden, TextArea, TextField},
    submitted::submitted,
};
use domain::{Refusal, bank::Kind};
use engine::bank::form::{MOST_ROWS, Pairs};
use leptos::prelude::*;

fn one(values: &Pairs, name: &str) -> String {
    values.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()).unwrap_or_default()
}

fn ticked(values: &Pairs, name: &str, n: usize) -> bool {
    values.iter().any(|(known, value)| known == name && *value == n.to_string())
}

fn refusal(name: &str) -> Option<Refusal> {
    submitted().and_then(|form| form.refusal(name))
}

/// The refusal of a group of fields, where its link leads.
fn group_error(name: &'static str) -> Option<AnyView> {
    refusal(name).map(|refusal| view! { <p class="error" id=name>{refusal.words()}</p> }.into_any())
}

/// How many rows are shown: those with words, at least a few, as many as were asked for.
fn rows(values: &Pairs, kind: Kind) -> usize {
    let filled = |n: &usize| !one(values, &format!("option{n}")).is_empty() || !one(values, &format!("match{n}")).is_empty();
    let filled = (1..=MOST_ROWS).rev().find(filled).unwrap_or(0);
    let usual = if kind == Kind::Several { 5 } else { 4 };
    let shown: usize = one(values, "rows").parse().unwrap_or(0);
    shown.max(filled).max(usual).min(MOST_ROWS)
}

/// The answers of a kind and the key; what other kinds need is carried along unseen, in case the author changes back.
pub fn answers(values: &Pairs, kind: Kind) -> AnyView {
    let asked = match kind {
        Kind::Single | Kind::Several | Kind::Ordering | Kind::Matching => options(values, kind),
        Kind::TrueFalse => truth(values),
        Kind::Number => number(values),
        Kind::ShortText => view! {
            <TextArea name="texts" label="Các câu trả lời được chấp nhận" value=one(values, "texts") hint="Mỗi dòng một câu; không phân biệt chữ hoa và dấu." rows=4/>
        }
        .into_any(),
    };
    let carried = values
        .iter()
        .filter(|(name, _)| is_of_another_kind(name, kind))
        .map(|(name, value)| view! { <Hidden name=name.clone() value=value.clone()/> })
        .collect_view();
    view! { {asked} {carried} }.into_any()
}

fn is_of_another_kind(name: &str, kind: Kind) -> bool {
    let chooses = matches!(kind, Kind::Single | Kind::Several);
    match name {
        "right" | "pin" => !chooses,
        "truth" => kind != Kind::TrueFalse,
        "answer" | "tolerance" | "unit" => kind != Kind::Number,
        "texts" => kind != Kind::ShortText,
        name if name.starts_with("option") => !chooses && !matches!(kind, Kind::Ordering | Kind::Matching),
        name if name.starts_with("match") => kind != Kind::Matching,
        _ => false,
    }
}

fn options(values: &Pairs, kind: Kind) -> AnyView {
    let rows = rows(values, kind);
    let (legend, hint) = match kind {
        Kind::Single => ("Phương án", "Đánh dấu phương án đúng. Đề thi xáo trộn các phương án."),
        Kind::Several => ("Phương án", "Đánh dấu tất cả phương án đúng. Đề thi xáo trộn các phương án."),
        Kind::Ordering => ("Các mục theo thứ tự đúng", "Viết theo thứ tự đúng; đề thi xáo trộn."),
        _ => ("Các cặp đúng", "Mỗi dòng là một cặp đúng; đề thi xáo trộn."),
    };
    let more = (rows < MOST_ROWS).then(|| view! { <button name="deed" value="more" class="secondary small">"Thêm phương án"</button> });
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <p class="hint">{hint} " Dòng trống ở cuối được bỏ qua."</p>
            <Hidden name="rows" value=rows.to_string()/>
            <ol class="options">{(1..=rows).map(|n| row(values, kind, (n, rows))).collect_view()}</ol>
            {group_error("options")}
            {group_error("right")}
            {group_error("pin")}
            <p class="actions">{more}</p>
        </fieldset>
    }
    .into_any()
}

/// One row; `n` of so many.
fn row(values: &Pairs, kind: Kind, (n, rows): (usize, usize)) -> AnyView {
    let (option, right) = (format!("option{n}"), format!("match{n}"));
    let mark = match kind {
        Kind::Single => Some("radio"),
        Kind::Several => Some("checkbox"),
        _ => None,
    };
    let marked = mark.map(|mark| {
        view! {
            <label class="check">
                <input type=mark name="right" value=n.to_string() checked=ticked(values, "right", n) aria-label=format!("Phương án {n} đúng")/> " "
                <span>"đúng"</span>
            </label>
        }
    });
    let name = if kind == Kind::Ordering { format!("Mục {n}") } else { format!("Phương án {n}") };
    let pin = mark.map(|_| {
        view! {
            <label class="check">
                <input type="checkbox" name="pin" value=n.to_string() checked=ticked(values, "pin", n)/> " "
                <span>"giữ nguyên vị trí" <small class="visually-hidden">{format!(" của phương án {n}")}</small></span>
            </label>
        }
    });
    let step = |step: &str, words: &'static str| {
        let label = format!("{words}: {}", name.to_lowercase());
        view! { " " <button name="deed" value=format!("{step}-{n}") class="quiet small" aria-label=label>{words}</button> }
    };
    let steps = view! {
        {(n > 1).then(|| step("up", "Lên"))} {(n < rows).then(|| step("down", "Xuống"))} {step("remove", "Bỏ")}
    };
    let fields = if kind == Kind::Matching {
        view! {
            <div class="fields">
                <TextField name=option.clone() label=format!("Vế trái {n}") value=one(values, &option)/>
                <TextField name=right.clone() label=format!("Vế phải {n}") value=one(values, &right)/>
            </div>
        }
        .into_any()
    } else {
        view! { <TextField name=option.clone() label=name.clone() value=one(values, &option)/> }.into_any()
    };
    view! { <li>{marked} {fields} <div class="actions">{pin} {steps}</div></li> }.into_any()
}

fn truth(values: &Pairs) -> AnyView {
    let choice = |code: &str, words: &str| (code.to_owned(), words.to_owned(), String::new());
    view! { <Choices name="truth" legend="Khẳng định trên là" options=vec![choice("true", "Đúng"), choice("false", "Sai")] value=one(values, "truth")/> }.into_any()
}

fn number(values: &Pairs) -> AnyView {
    view! {
        <div class="fields">
            <TextField name="answer" label="Đáp án" value=one(values, "answer") inputmode="decimal" hint="Dấu phẩy trước phần thập phân: 88,37."/>
            <TextField name="tolerance" label="Sai số cho phép" value=one(values, "tolerance") inputmode="decimal" hint="0: phải đúng tuyệt đối." optional=true/>
            <TextField name="unit" label="Đơn vị tính" value=one(values, "unit") hint="Ví dụ: %, ngày làm việc." optional=true/>
        </div>
    }
    .into_any()
}
