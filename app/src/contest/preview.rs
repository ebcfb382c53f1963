//! Xem thử: a sample paper as contestants would see it.

use super::tabs::{round_address, round_head};
use crate::{
    attempt::{
        question::{Asked, after, question},
        sheet::prediction,
    },
    page::{caller, engine, page, param_id, query},
    parts::{Notice, admin_frame},
};
use domain::{
    Refusal,
    attempt::{Answer, Guess},
    id::RoundId,
    identity::Audience,
};
use engine::{
    Stop,
    contest::{PlannedRound, SamplePaper},
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

/// The very cards of the sheet, unanswered; they stand in no form, so that nothing can be sent.
fn sample(paper: &SamplePaper) -> AnyView {
    let (of, predicts, minutes) = (paper.places.len(), paper.prediction.is_some(), paper.minutes);
    let cards = (1..).zip(&paper.places).filter_map(|(number, place): (usize, _)| {
        let served = paper.pool.get(usize::from(place.pool))?;
        let next = after(number, of, predicts);
        Some(question(&Asked { number, next, place, served, answer: &Answer::Blank, flagged: false }))
    });
    let cards = cards.collect_view();
    let words = format!(
        "Một đề mẫu của {of} câu, làm trong {minutes} phút. Mỗi lần mở trang là một lần rút khác; đáp án không hiện ở đây và không câu trả lời nào được lưu."
    );
    view! {
        <Notice kind="info"><p>{words}</p></Notice>
        <div class="questions">{cards} {paper.prediction.as_ref().map(|asked| prediction(asked, &Guess::Blank, of))}</div>
    }
    .into_any()
}
