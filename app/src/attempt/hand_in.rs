//! "Nộp bài?": a page of its own that says what is missing, and the door that ends the sheet.

use super::{
    door::{reply, wants_json},
    sheet::{go_on, has_ended},
    told,
    wire::Said,
};
use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param_id},
    parts::Notice,
    problem::HelpLine,
};
use domain::{
    attempt::Guess,
    contest::{BlankPrediction, Prediction},
    id::AttemptId,
};
use engine::attempt::SheetView;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_meta::Title;

/// The page.
pub fn view() -> AnyView {
    let (engine, caller, attempt) = (engine(), caller(), param_id::<AttemptId>("attempt"));
    let response = expect_context::<ResponseOptions>();
    page(async move {
        let (caller, attempt) = (caller?, attempt?);
        let sheet = told::counted(&engine, attempt, engine.sheet(&caller, attempt).await)?;
        if has_ended(&sheet) || !sheet.phase.counts() {
            go_on(&response, &format!("/thi/{}/ket-qua", sheet.attempt));
            return Ok(().into_any());
        }
        Ok(summary(&sheet))
    })
}

/// Hands in; twice gives the same receipt.
pub fn hand_in(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        if wants_json(&ask.headers) {
            return Ok(reply(ended(&ask).await));
        }
        let (caller, attempt) = (ask.caller()?, ask.param_id::<AttemptId>("attempt")?);
        let receipt = told::counted(&ask.engine, attempt, ask.engine.hand_in(&caller, attempt).await)?;
        Ok(Answer::go(format!("/thi/{}/ket-qua", receipt.attempt)))
    })
}

/// For the island: the receipt; where it asks because its clock says that the time is up, and the server's does not, the
/// pulse instead (a pause or extra time came while the sheet was locked).
async fn ended(ask: &Ask) -> engine::Result<Said> {
    let (caller, attempt) = (ask.caller()?, ask.param_id::<AttemptId>("attempt")?);
    if ask.form.text("deed") == "time-up" {
        let pulse = told::counted(&ask.engine, attempt, ask.engine.pulse(&caller, attempt).await)?;
        if pulse.running && pulse.now < pulse.deadline {
            return Ok(pulse.into());
        }
    }
    let receipt = told::counted(&ask.engine, attempt, ask.engine.hand_in(&caller, attempt).await)?;
    Ok(Said { at: receipt.at.0, receipt: receipt.code, ..Said::default() })
}

fn summary(view: &SheetView) -> AnyView {
    let back = format!("/thi/{}", view.attempt);
    let door = format!("{back}/nop");
    let missing = missing(view, &back);
    let unread = view.unread();
    let asked = view.division().rules.prediction.as_ref();
    let time = if view.paused {
        view! { <div><dt>"Đợt thi đang tạm dừng, còn lại"</dt><dd>{(view.deadline - view.now).words()}</dd></div> }
    } else {
        view! { <div><dt>"Hết giờ lúc"</dt><dd>{view.deadline.second()}</dd></div> }
    };
    view! {
        <Title text="Nộp bài"/>
        <section class="narrow summary-card">
            <h1>"Nộp bài?"</h1>
            <dl class="facts" data-layout="row">
                <div><dt>"Đã trả lời"</dt><dd>{format!("{}/{} câu", view.answered(), view.paper.places.len())}</dd></div>
                {asked.map(|asked| view! { <div><dt>"Câu hỏi dự đoán"</dt><dd>{guess(asked, &view.sheet.guess)}</dd></div> })}
                <div><dt>"Lưu lần cuối"</dt><dd>{view.saved_at.map_or_else(|| "chưa lưu".to_owned(), domain::Timestamp::second)}</dd></div>
                {time}
            </dl>
            {missing}
            {(!unread.is_empty()).then(|| view! { <Notice kind="warning"><p>{format!("Chưa đọc được số ghi ở câu {}.", list(&unread))}</p></Notice> })}
            {asked.filter(|_| view.sheet.guess.value().is_none()).map(blank_prediction)}
            <p>"Sau khi nộp, anh/chị không sửa được câu trả lời nữa."</p>
            <form method="post" action=door>
                <p class="actions"><button>"Nộp bài"</button> " " <a class="button secondary" href=back>"Quay lại làm tiếp"</a></p>
            </form>
            <p><small>"Cần hỗ trợ: " <HelpLine number=view.frozen.help_line.clone()/></small></p>
        </section>
    }
    .into_any()
}

fn missing(view: &SheetView, back: &str) -> AnyView {
    let unanswered = view.unanswered();
    if unanswered.is_empty() {
        return view! { <Notice kind="success"><p>"Anh/chị đã trả lời tất cả các câu hỏi."</p></Notice> }.into_any();
    }
    let numbers = unanswered.iter().map(|number| view! { <li><a href=format!("{back}#cau-{number}")>{*number}</a></li> }).collect_view();
    view! {
        <Notice kind="warning"><p>{format!("Chưa trả lời câu {}.", list(&unanswered))}</p></Notice>
        <ul class="numbers" aria-label="Các câu chưa trả lời">{numbers}</ul>
    }
    .into_any()
}

fn guess(asked: &Prediction, guess: &Guess) -> String {
    match guess {
        Guess::Value(value) => asked.figure(*value),
        Guess::Blank => "chưa có".to_owned(),
        Guess::Typed(words) => format!("chưa đọc được: {words}"),
    }
}

/// What an empty prediction means, before it is too late.
fn blank_prediction(asked: &Prediction) -> AnyView {
    let words = match asked.blank {
        BlankPrediction::RanksLast => "Chưa có câu trả lời dự đoán: nếu bằng điểm, bài sẽ xếp sau các bài có dự đoán.",
        BlankPrediction::Invalid => "Chưa có câu trả lời dự đoán: theo thể lệ, bài chỉ hợp lệ khi trả lời câu này.",
    };
    view! { <Notice kind="warning"><p>{words}</p></Notice> }.into_any()
}

fn list(numbers: &[usize]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
