//! Xem thử: a sample paper as contestants would see it.

use super::tabs::{round_address, round_head};
use crate::{
    page::{caller, engine, page, param_id, query},
    parts::{Html, Line, Notice, admin_frame},
};
use domain::{Refusal, bank::Kind, id::RoundId, identity::Audience};
use engine::{
    Stop,
    contest::{PlannedRound, SamplePaper, SampleQuestion},
};
use leptos::prelude::*;

/// The page; each visit draws another paper.
pub fn view() -> AnyView {
    let (engine, caller, round, wanted) = (engine(), caller(), param_id::<RoundId>("round"), Audience::from_code(&query("bang")));
    page(async move {
        let caller = caller?;
        let seen = engine.plan_round(&caller, round?).await?;
        let audience = wanted.or_else(|| seen.divisions.first().map(|division| division.audience));
        let paper = match audience {
            None => Err(Refusal::NoDivision),
            Some(audience) => match engine.preview_paper(&caller, seen.round.id, audience).await {
                Ok(paper) => Ok(paper),
                Err(Stop::Refused(refusal @ (Refusal::BlueprintUncovered | Refusal::NoDivision))) => Err(refusal),
                Err(stop) => return Err(stop),
            },
        };
        let shown = match paper {
            Ok(paper) => sample(&paper),
            Err(Refusal::NoDivision) => view! { <Notice kind="info"><p>"Chưa có bảng thi nào để xem thử."</p></Notice> }.into_any(),
            Err(refusal) => view! { <Notice kind="warning"><p>{refusal.words()}</p></Notice> }.into_any(),
        };
        let work = view! { {round_head(&seen.contest, &seen.round)} {chooser(&seen, audience)} {shown} };
        Ok(admin_frame(&caller, work))
    })
}

fn chooser(seen: &PlannedRound, current: Option<Audience>) -> impl IntoView + use<> {
    let base = round_address(seen.round.id);
    let links = seen
        .divisions
        .iter()
        .map(|division| {
            let audience = division.audience;
            let class = if Some(audience) == current { "button" } else { "button secondary" };
            view! { <a class=class href=format!("{base}/xem-thu?bang={}", audience.code())>{format!("Rút đề khác: {}", audience.label())}</a> " " }
        })
        .collect_view();
    view! { <p class="actions no-print">{links}</p> }
}

fn sample(paper: &SamplePaper) -> AnyView {
    let questions = (1..).zip(&paper.questions).map(|(number, question)| card(number, question)).collect_view();
    let prediction = paper.prediction.as_ref().map(|asked| {
        let text = engine::markdown::render(&asked.question);
        view! {
            <fieldset class="question prediction">
                <legend>"Câu hỏi dự đoán"</legend>
                <div class="stem"><Html text=text/></div>
                <p class="hint">{asked.hint()}</p>
            </fieldset>
        }
    });
    let (count, minutes) = (paper.questions.len(), paper.minutes);
    let words =
        format!("Một đề mẫu của {count} câu, làm trong {minutes} phút. Mỗi lần mở trang là một lần rút khác; đáp án không hiện ở đây.");
    view! {
        <Notice kind="info"><p>{words}</p></Notice>
        <div class="questions">{questions} {prediction}</div>
    }
    .into_any()
}

fn card(number: usize, question: &SampleQuestion) -> AnyView {
    let (shown, name) = (&question.shown, format!("q{number}"));
    let answers = match shown.kind {
        Kind::Single | Kind::Several => options(question, &name),
        Kind::TrueFalse => ["Đúng", "Sai"]
            .into_iter()
            .map(|word| view! { <label class="option"><input type="radio" name=name.clone()/> <span>{word}</span></label> })
            .collect_view()
            .into_any(),
        Kind::Ordering | Kind::Matching => pairs(question),
        Kind::Number | Kind::ShortText => {
            let unit = shown.unit.clone();
            view! { <div class="field"><div class="joined"><input aria-label="Câu trả lời"/>{(!unit.is_empty()).then(|| view! { <span>{unit}</span> })}</div></div> }.into_any()
        }
    };
    view! {
        <fieldset class="question">
            <legend>{format!("Câu {number} ")} <small>{shown.kind.label()}</small></legend>
            <div class="stem"><Html text=shown.text.clone()/></div>
            {answers}
        </fieldset>
    }
    .into_any()
}

fn options(question: &SampleQuestion, name: &str) -> AnyView {
    let kind = if question.shown.kind == Kind::Several { "checkbox" } else { "radio" };
    ('A'..='Z')
        .zip(&question.options)
        .filter_map(|(letter, option)| question.shown.choices.get(usize::from(*option)).map(|choice| (letter, choice)))
        .map(|(letter, choice)| {
            view! {
                <label class="option"><input type=kind name=name.to_owned()/> <b>{letter.to_string()}</b> <Line text=choice.text.clone()/></label>
            }
        })
        .collect_view()
        .into_any()
}

fn pairs(question: &SampleQuestion) -> AnyView {
    let shown = &question.shown;
    let places: Vec<String> = if shown.kind == Kind::Ordering {
        (1..=question.options.len()).map(|place| place.to_string()).collect()
    } else {
        question.matches.iter().filter_map(|place| shown.matches.get(usize::from(*place)).cloned()).collect()
    };
    let rows = question
        .options
        .iter()
        .filter_map(|option| shown.choices.get(usize::from(*option)))
        .map(|choice| {
            let places = places.iter().map(|place| view! { <option>{place.clone()}</option> }).collect_view();
            view! { <li><Line text=choice.text.clone()/> <select aria-label="Chọn"><option>"–"</option>{places}</select></li> }
        })
        .collect_view();
    view! { <ol class="pairs">{rows}</ol> }.into_any()
}
