//! After release: each question with what was answered, what is right, and why.

use super::question::{instruction, letter};
use crate::parts::{Badge, Html};
use domain::{
    attempt::{Answer, Verdict},
    bank::Kind,
    vietnamese,
};
use engine::attempt::{OwnAttempt, Released, Reviewed, Served};
use leptos::prelude::*;

/// Every question of the paper.
pub fn review(own: &OwnAttempt, questions: &[Reviewed]) -> AnyView {
    let pool = own.frozen.division(own.division).map_or(&[][..], |division| &division.pool);
    let cards = (1..)
        .zip(questions)
        .filter_map(|(number, reviewed)| pool.get(usize::from(reviewed.pool)).map(|served| card(number, reviewed, served)));
    view! { <section class="prose"><h2>"Đáp án và giải thích"</h2>{cards.collect_view()}</section> }.into_any()
}

fn card(number: usize, reviewed: &Reviewed, served: &Served) -> AnyView {
    let Some(released) = &reviewed.released else { return held_back(number, reviewed, served) };
    let (result, tone, words) = match released.verdict {
        Verdict::Right => ("right", "good", "đúng"),
        Verdict::Wrong => ("wrong", "bad", "chưa đúng"),
        Verdict::Blank => ("blank", "neutral", "chưa trả lời"),
        Verdict::Void => ("void", "neutral", "không tính điểm"),
    };
    let basis = released.legal_basis.clone();
    view! {
        <fieldset class="question" id=format!("cau-{number}") data-result=result>
            <legend>{format!("Câu {number}")} " " <small>{instruction(served.kind)}</small> " " <Badge tone text=words/></legend>
            <div class="markdown stem" inner_html=served.stem.as_str().to_owned()></div>
            {answers(reviewed, served, Some(released))}
            <div class="explanation">
                <Html text=released.explanation.clone()/>
                {(!basis.is_empty()).then(|| view! { <p><small>"Căn cứ: " {basis}</small></p> })}
            </div>
        </fieldset>
    }
    .into_any()
}

/// A question that another round still asks: what was answered, nothing of what is right.
fn held_back(number: usize, reviewed: &Reviewed, served: &Served) -> AnyView {
    view! {
        <fieldset class="question" id=format!("cau-{number}")>
            <legend>{format!("Câu {number}")} " " <small>{instruction(served.kind)}</small> " " <Badge tone="info" text="chờ đáp án"/></legend>
            <div class="markdown stem" inner_html=served.stem.as_str().to_owned()></div>
            {answers(reviewed, served, None)}
            <div class="explanation">
                <p>"Câu hỏi này còn dùng trong một đợt thi chưa đóng. Đáp án và giải thích hiện ở đây sau khi đợt đó đóng."</p>
            </div>
        </fieldset>
    }
    .into_any()
}

fn answers(reviewed: &Reviewed, served: &Served, released: Option<&Released>) -> AnyView {
    match served.kind {
        Kind::Single | Kind::Several | Kind::TrueFalse => options(reviewed, served, released),
        Kind::Ordering | Kind::Matching | Kind::Number | Kind::ShortText => {
            let right = released.map(|released| {
                let right = released.right_words.iter().map(|words| view! { <li>{words.clone()}</li> }).collect_view();
                view! { <p>"Đáp án:"</p> <ol>{right}</ol> }
            });
            view! { <p>"Anh/chị trả lời: " <b>{given(reviewed, served)}</b></p> {right} }.into_any()
        }
    }
}

fn options(reviewed: &Reviewed, served: &Served, released: Option<&Released>) -> AnyView {
    let chosen = if let Answer::Options(chosen) = &reviewed.answer { chosen.as_slice() } else { &[] };
    let rows = (1_u8..).zip(&reviewed.place.options).map(|(displayed, author)| {
        let words = served.choices.get(usize::from(*author)).map(|html| html.as_str().to_owned()).unwrap_or_default();
        let is_key = released.is_some_and(|released| released.right.contains(&displayed));
        let is_chosen = chosen.contains(&displayed);
        let said = match (is_key, is_chosen) {
            (true, true) => " (đáp án, anh/chị đã chọn)",
            (true, false) => " (đáp án)",
            (false, true) => " (anh/chị đã chọn)",
            (false, false) => "",
        };
        view! {
            <p class="option" data-key=is_key.then_some("")>
                <b>{letter(displayed.into())}</b>
                " "
                <span class="markdown" inner_html=words></span>
                {(!said.is_empty()).then(|| view! { <small>{said}</small> })}
            </p>
        }
    });
    rows.collect_view().into_any()
}

/// What was answered, in words.
fn given(reviewed: &Reviewed, served: &Served) -> String {
    let left = |author: u8| served.choices.get(usize::from(author)).map(|html| engine::markdown::plain(html.as_str())).unwrap_or_default();
    match &reviewed.answer {
        Answer::Blank | Answer::Options(_) => "chưa trả lời".to_owned(),
        Answer::Number { scaled, decimals } => {
            format!("{} {}", vietnamese::decimal(*scaled, (*decimals).into()), served.unit).trim_end().to_owned()
        }
        Answer::Typed(words) => words.clone(),
        Answer::Order(given) => {
            let mut placed: Vec<(u8, String)> =
                given.iter().copied().zip(reviewed.place.options.iter().map(|author| left(*author))).collect();
            placed.sort_by_key(|(place, _)| *place);
            placed.iter().map(|(place, words)| format!("{place}. {words}")).collect::<Vec<_>>().join("; ")
        }
        Answer::Pairs(given) => {
            let right = |displayed: u8| {
                let author = usize::from(displayed).checked_sub(1).and_then(|at| reviewed.place.matches.get(at));
                author.and_then(|author| served.matches.get(usize::from(*author))).cloned().unwrap_or_else(|| "…".to_owned())
            };
            given
                .iter()
                .zip(&reviewed.place.options)
                .map(|(displayed, author)| format!("{} – {}", left(*author), right(*displayed)))
                .collect::<Vec<_>>()
                .join("; ")
        }
    }
}
