//! The trial sheet: the same form as a real one, with three fixed questions.

use super::{
    TrialKeeper,
    kept::{Kept, Trial},
    questions::{COUNT, QUESTIONS, places},
};
use crate::{
    attempt::{
        question::{Asked, question},
        sheet::{go_on, navigator},
        told::messages,
    },
    page::{engine, page, param},
    parts::Notice,
};
use domain::Timestamp;
use http::request::Parts;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// What the browser carries of the trial in this page's address.
pub fn carried() -> (String, http::HeaderMap) {
    (param("trial"), use_context::<Parts>().map(|parts| parts.headers).unwrap_or_default())
}

/// The page; when its time is over it leads to the end.
pub fn view() -> AnyView {
    let (engine, (name, headers)) = (engine(), carried());
    let response = expect_context::<ResponseOptions>();
    page(async move {
        let now = engine.now();
        let trial = Trial::named(&name, now)?;
        let kept = trial.kept(&headers);
        if kept.ended || now >= trial.deadline() {
            go_on(&response, &format!("{}/ket-qua", trial.address()));
            return Ok(().into_any());
        }
        Ok(form(trial, &kept, now))
    })
}

fn form(trial: Trial, kept: &Kept, now: Timestamp) -> AnyView {
    let places = places();
    let cards = (1..)
        .zip(places.iter().zip(QUESTIONS.iter()))
        .zip(&kept.sheet.answers)
        .map(|((number, (place, served)), answer): ((usize, _), _)| {
            let flagged = u16::try_from(number - 1).is_ok_and(|place| kept.sheet.flagged.contains(&place));
            let next = if number < COUNT { format!("#cau-{}", number + 1) } else { String::new() };
            question(&Asked { number, next, place, served, answer, flagged })
        })
        .collect_view();
    view! {
        <Title text="Bài làm thử"/>
        <form class="sheet" id="bai-thi" method="post" action=trial.address() data-state="running" autocomplete="off">
            <h1 class="visually-hidden">"Bài làm thử"</h1>
            {bar(trial, kept)}
            {navigator(&kept.sheet, COUNT, false)}
            <div class="questions">
                <Notice kind="sample"><p>"Bài làm thử, không tính vào cuộc thi nào và không được lưu lại."</p></Notice>
                <TrialKeeper address=trial.address() deadline=trial.deadline().0 now=now.0 seq=kept.seq/>
                {messages(&[])}
                {cards}
            </div>
            <p class="actions">
                <button name="deed" value="save" class="secondary">"Lưu"</button>
                " "
                <button name="deed" value="hand-in">"Nộp bài"</button>
            </p>
        </form>
    }
    .into_any()
}

fn bar(trial: Trial, kept: &Kept) -> AnyView {
    let answered = kept.sheet.answered();
    let saved =
        if kept.seq > 0 { format!("Đã lưu {}", kept.at.second()) } else { "Chưa có câu trả lời nào được lưu".to_owned() };
    view! {
        <header class="sheet-bar">
            <p class="clock" role="timer" data-level="calm"><span>"Hết giờ lúc"</span> " " <b>{trial.deadline().second()}</b></p>
            <p class="saved" role="status" data-state="saved">{saved}</p>
            <p class="done">
                <a href="#danh-sach-cau"><span>{format!("{answered}/{COUNT}")}</span> <span class="visually-hidden">" câu đã trả lời, đến danh sách câu hỏi"</span></a>
            </p>
            <button name="deed" value="hand-in">"Nộp bài"</button>
            <progress value=answered max=COUNT aria-hidden="true"></progress>
        </header>
    }
    .into_any()
}
