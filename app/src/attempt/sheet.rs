//! The sheet: a plain form that works by itself; the island `SheetKeeper` takes it over where it can.

use super::{
    SheetKeeper,
    question::{Asked, after, error, question},
    told,
};
use crate::{
    page::{caller, engine, page, param_id},
    problem::HelpLine,
    submitted::{Submitted, submitted},
};
use domain::{
    Millis, Refusal,
    attempt::{Guess, Sheet, Stage, read_form},
    contest::{Prediction, read_prediction},
    id::AttemptId,
};
use engine::attempt::{Message, SheetView};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// The page; a sheet that has ended leads to its receipt.
pub fn view() -> AnyView {
    let (engine, caller, attempt) = (engine(), caller(), param_id::<AttemptId>("attempt"));
    let (response, typed) = (expect_context::<ResponseOptions>(), submitted());
    page(async move {
        let (caller, attempt) = (caller?, attempt?);
        let sheet = told::counted(&engine, attempt, engine.sheet(&caller, attempt).await)?;
        if !sheet.is_running() {
            go_on(&response, &format!("/thi/{}/ket-qua", sheet.attempt));
            return Ok(().into_any());
        }
        let messages = told::counted(&engine, attempt, engine.messages_to(sheet.frozen.round, attempt).await)?;
        Ok(form(&sheet, typed.as_ref(), &messages))
    })
}

/// Leads on to another page instead of this one.
pub fn go_on(response: &ResponseOptions, to: &str) {
    response.set_status(StatusCode::SEE_OTHER);
    if let Ok(to) = HeaderValue::from_str(to) {
        response.insert_header(header::LOCATION, to);
    }
}

/// What the page shows: what was typed into a refused form, or else what is stored.
fn shown(view: &SheetView, typed: Option<&Submitted>) -> Sheet {
    let shapes: Vec<_> = view.paper.places.iter().filter_map(|place| view.division().shape(place.pool)).collect();
    typed.filter(|form| form.whole.is_some()).map_or_else(
        || view.sheet.clone(),
        |form| {
            read_form(
                form.values.iter().map(|(name, value)| (name.as_str(), value.as_str())),
                &shapes,
                view.division().rules.prediction.as_ref(),
            )
            .0
        },
    )
}

fn form(view: &SheetView, typed: Option<&Submitted>, messages: &[Message]) -> AnyView {
    let sheet = shown(view, typed);
    let refused = typed.and_then(|form| form.whole);
    let taken = refused == Some(Refusal::TakenOver);
    // The page says so, and pressing again means it; after any other refusal it has still seen only what it had seen.
    let told = taken || refused == Some(Refusal::SavedSince);
    let seen = typed.filter(|form| form.whole.is_some() && !told).and_then(|form| form.value("seen")?.parse().ok()).unwrap_or(view.seq);
    let state = if view.paused { "paused" } else { "running" };
    let of = view.paper.places.len();
    let predicts = view.division().rules.prediction.is_some();
    let cards = (1..).zip(&view.paper.places).zip(&sheet.answers).filter_map(|((number, place), answer): ((usize, _), _)| {
        let served = view.division().pool.get(usize::from(place.pool))?;
        let flagged = u16::try_from(number - 1).is_ok_and(|place| sheet.flagged.contains(&place));
        let next = after(number, of, predicts);
        Some(question(&Asked { number, next, place, served, answer, flagged }))
    });
    let cards = cards.collect_view();
    let prediction = view.division().rules.prediction.as_ref().map(|asked| prediction(asked, &sheet.guess, of));
    let action = format!("/thi/{}", view.attempt);
    view! {
        <Title text=format!("Bài thi {}", view.frozen.label)/>
        <form class="sheet" id="bai-thi" method="post" action=action data-state=state autocomplete="off">
            <h1 class="visually-hidden">{format!("Bài thi: {}, {}", view.frozen.title, view.frozen.label)}</h1>
            <input type="hidden" name="hold" value=view.hold/>
            // What this page has shown: a plain form does not replace what was saved elsewhere since.
            <input type="hidden" name="seen" value=seen/>
            {bar(view, &sheet, of)}
            {navigator(&sheet, of, predicts)}
            <div class="questions">
                {taken.then(kept_here)}
                {view.paused.then(|| paused(refused.is_some()))}
                {told::messages(messages)}
                {cards}
                {prediction}
                <p>"Nếu đổi trình duyệt hoặc thiết bị, hãy đăng nhập lại, bài vẫn còn. Cần hỗ trợ: " <HelpLine number=view.frozen.help_line.clone()/></p>
                <p>"Có điều chưa rõ trong đề: " <a href=format!("/thi/{}/hoi", view.attempt)>"hỏi Ban Giám khảo"</a> "."</p>
            </div>
            <p class="actions">
                <button name="deed" value="save" class="secondary">"Lưu"</button>
                " "
                <button name="deed" value="hand-in">"Nộp bài"</button>
            </p>
        </form>
        // The island would put the stored sheet over what was typed here: it comes back with the next page.
        {(!told).then(|| view! { <SheetKeeper attempt=view.attempt.to_string() deadline=view.deadline.0 now=view.now.0 hold=view.hold seq=view.seq/> })}
    }
    .into_any()
}

/// After a save that another device forestalled: nothing is lost, and saving again goes on here.
fn kept_here() -> AnyView {
    view! {
        <div class="notice" data-kind="warning" role="alert">
            <p>"Bài vừa được mở ở thẻ hoặc thiết bị khác. Các câu trả lời anh/chị chọn vẫn còn ở trang này: bấm “Lưu” để tiếp tục trên thiết bị này."</p>
        </div>
    }
    .into_any()
}

/// The round is paused; `unsaved`: what was just sent came too late for it, and stands on this page only.
fn paused(unsaved: bool) -> AnyView {
    let more = if unsaved {
        "Câu trả lời vừa gửi chưa được lưu, vẫn còn ở trang này: xin bấm “Lưu” khi đợt thi tiếp tục."
    } else {
        "Xin chờ và tải lại trang này; câu trả lời đã lưu vẫn còn."
    };
    view! {
        <div class="notice" id="bao-bai-thi" data-kind="warning" role="alert"><p>{Refusal::Paused.words()} " " {more}</p></div>
    }
    .into_any()
}

fn bar(view: &SheetView, sheet: &Sheet, of: usize) -> AnyView {
    let answered = sheet.answered();
    let nothing = || ("empty", "Chưa có câu trả lời nào được lưu".to_owned());
    let (state, saved) = view.saved_at.map_or_else(nothing, |at| ("saved", format!("Đã lưu {}", at.second())));
    // Without the island time does not move on the page: then the moment itself is shown, or in a pause what is left.
    let (words, time) =
        if view.paused { ("Tạm dừng, còn", span(view.deadline - view.now)) } else { ("Hết giờ lúc", view.deadline.second()) };
    view! {
        <header class="sheet-bar">
            <p class="clock" role="timer" data-level="calm"><span>{words}</span> " " <b>{time}</b></p>
            <p class="saved" role="status" data-state=state>{saved}</p>
            <p class="done">
                <a href="#danh-sach-cau"><span>{format!("{answered}/{of}")}</span> <span class="visually-hidden">" câu đã trả lời, đến danh sách câu hỏi"</span></a>
            </p>
            <p class="unread" id="co-loi-nhan" hidden><a href="#loi-nhan">"Có lời nhắn mới"</a></p>
            <button name="deed" value="hand-in">"Nộp bài"</button>
            <progress value=answered max=of aria-hidden="true"></progress>
        </header>
    }
    .into_any()
}

/// "29:01", or "1:05:03": what is left, as the island's clock shows it.
fn span(left: Millis) -> String {
    let seconds = left.0.max(0).unsigned_abs().div_ceil(1_000);
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 { format!("{hours}:{minutes:02}:{seconds:02}") } else { format!("{minutes:02}:{seconds:02}") }
}

/// The list of the questions, and how far each is.
pub fn navigator(sheet: &Sheet, of: usize, predicts: bool) -> AnyView {
    let items = (1..=of).zip(&sheet.answers).map(|(number, answer)| {
        let flagged = u16::try_from(number - 1).is_ok_and(|place| sheet.flagged.contains(&place));
        let (state, words) = if answer.is_complete() { ("answered", "đã trả lời") } else { ("empty", "chưa trả lời") };
        let words = if flagged { format!("{words}, đánh dấu xem lại") } else { words.to_owned() };
        view! {
            <li>
                <a href=format!("#cau-{number}") data-state=state data-flagged=flagged.then_some("")>{number} " " <span class="visually-hidden">{words}</span></a>
            </li>
        }
    });
    view! {
        <details class="navigator" id="danh-sach-cau" open>
            <summary>"Danh sách câu hỏi"</summary>
            <ol>{items.collect_view()}</ol>
            {predicts.then(|| view! { <p><a href="#du-doan">"Câu hỏi dự đoán"</a></p> })}
            <p class="legend">
                <span data-state="answered">"đã trả lời"</span> " " <span data-state="empty">"chưa trả lời"</span> " " <span data-flagged="">"xem lại"</span>
            </p>
            <p class="actions" id="kieu-xem" hidden><button type="button" class="secondary small" aria-pressed="false">"Xem từng câu"</button></p>
        </details>
    }
    .into_any()
}

/// The card of the prediction, after `of` questions: the last one of the sheet.
pub fn prediction(asked: &Prediction, guess: &Guess, of: usize) -> AnyView {
    let refusal = if let Guess::Typed(words) = guess { read_prediction(words, asked).err() } else { None };
    let echo = if refusal.is_some() { String::new() } else { asked.echo(guess.value()) };
    view! {
        <fieldset class="question prediction" id="du-doan" data-kind="prediction" tabindex="-1">
            <legend>"Câu hỏi dự đoán " <small>"không tính vào số câu hỏi"</small></legend>
            <div class="markdown stem"><p>{asked.question.clone()}</p></div>
            <div class="field">
                <label for="prediction">"Dự đoán của anh/chị"</label>
                <p class="hint" id="prediction-hint">{asked.hint()}</p>
                <div class="joined">
                    <input
                        id="prediction"
                        name="prediction"
                        inputmode=if asked.target.is_percentage() { "decimal" } else { "numeric" }
                        autocomplete="off"
                        maxlength="40"
                        value=guess.typed(asked.scale())
                        aria-describedby="prediction-hint prediction-error"
                        aria-invalid=refusal.map(|_| "true")
                    />
                    <span>{asked.target.unit()}</span>
                </div>
                {error("prediction", refusal)}
                <output class="echo" r#for="prediction">{echo}</output>
            </div>
            <footer><span class="actions"><a class="button secondary" href=format!("#cau-{of}")>"Câu trước"</a></span></footer>
        </fieldset>
    }
    .into_any()
}

/// Whether a sheet has ended, so that its page leads on.
pub fn has_ended(view: &SheetView) -> bool {
    view.stage != Stage::Running
}
