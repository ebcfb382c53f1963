//! What organisers say while a round is on: messages to everybody, and the jury's answers.

use crate::{
    contest::{round_address, round_head},
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param_id, query},
    parts::{Badge, Check, Empty, FormErrors, Hidden, Moment, Notice, TextArea, admin_frame},
};
use domain::{
    Refusal,
    attempt::Canned,
    contest::RoundState,
    id::{AskedId, RoundId},
};
use engine::attempt::{Asked, GivenAnswer, SentMessage};
use leptos::prelude::*;

/// The fields of both forms.
const FIELDS: &[(&str, &str)] = &[("words", "Lời nhắn"), ("answer", "Câu trả lời"), ("canned", "Câu trả lời có sẵn")];

/// The page; `?cau=` is the question that is answered in own words.
pub fn view() -> AnyView {
    let (engine, caller, round, question) = (engine(), caller(), param_id::<RoundId>("round"), query("cau"));
    page(async move {
        let (caller, round) = (caller?, round?);
        let seen = engine.plan_round(&caller, round).await?;
        let sent = engine.messages_sent(&caller, round).await?;
        let asked = engine.questions_to_jury(&caller, round).await?;
        let chosen = asked.iter().find(|asked| asked.id.to_string() == question && asked.answered_at.is_none());
        let speaking = match (chosen, seen.round.state) {
            (Some(asked), _) => own_answer(asked, round),
            (None, RoundState::Open | RoundState::Closed) => message(),
            (None, _) => view! { <Notice kind="info"><p>"Chỉ gửi được lời nhắn khi đợt thi đang diễn ra."</p></Notice> }.into_any(),
        };
        let work = view! {
            {round_head(&seen.contest, &seen.round)}
            <FormErrors fields=FIELDS.to_vec()/>
            {speaking}
            <h2>"Câu hỏi của người dự thi"</h2>
            {questions(&asked, round)}
            <h2>"Lời nhắn đã gửi"</h2>
            {messages(&sent)}
        };
        Ok(admin_frame(&caller, work))
    })
}

fn message() -> AnyView {
    view! {
        <form method="post" class="narrow">
            <h2>"Nhắn mọi người đang làm bài"</h2>
            <TextArea name="words" label="Lời nhắn" rows=3 hint="Tối đa 500 ký tự. Hiện trên mọi bài đang làm trong khoảng 15 giây; không thu hồi được."/>
            <p class="actions"><button name="deed" value="tell">"Gửi lời nhắn"</button></p>
        </form>
    }
    .into_any()
}

fn own_answer(asked: &Asked, round: RoundId) -> AnyView {
    view! {
        <form method="post" class="narrow">
            <h2>"Trả lời câu hỏi"</h2>
            <blockquote class="comment"><p>{asked.words.clone()}</p></blockquote>
            <Hidden name="question" value=asked.id.to_string()/>
            <TextArea name="answer" label="Câu trả lời" rows=3 hint="Tối đa 500 ký tự. Không nói điều gì giúp đoán ra đáp án."/>
            <Check name="to_everybody" label="Gửi câu trả lời này cho mọi người đang làm bài"/>
            <p class="actions"><button name="deed" value="answer">"Gửi câu trả lời"</button> " " <a class="button quiet" href=here(round)>"Thôi"</a></p>
        </form>
    }
    .into_any()
}

fn questions(asked: &[Asked], round: RoundId) -> AnyView {
    if asked.is_empty() {
        return view! { <Empty title="Chưa có câu hỏi nào"/> }.into_any();
    }
    view! { <ol class="history">{asked.iter().map(|asked| line(asked, round)).collect_view()}</ol> }.into_any()
}

fn line(asked: &Asked, round: RoundId) -> AnyView {
    let head = view! { <p>{asked.words.clone()}</p> <p class="meta">"Hỏi lúc " <Moment at=asked.asked_at/> {format!(", câu hỏi thứ {} của bài này", asked.ordinal)}</p> };
    let Some(at) = asked.answered_at else {
        let ready = Canned::ALL
            .iter()
            .map(|canned| view! { <button name="canned" value=canned.code() class="secondary small">{canned.label()}</button> " " })
            .collect_view();
        return view! {
            <li>
                <p><Badge tone="warn" text="Chờ trả lời"/></p>
                {head}
                <form method="post">
                    <Hidden name="question" value=asked.id.to_string()/>
                    <p class="actions">{ready} <a class="button small" href=format!("{}?cau={}", here(round), asked.id)>"Viết câu trả lời"</a></p>
                </form>
            </li>
        }
        .into_any();
    };
    view! { <li>{head} <p>"Trả lời lúc " <Moment at=at/> ": " <b>{asked.answer.clone()}</b></p></li> }.into_any()
}

fn messages(sent: &[SentMessage]) -> AnyView {
    if sent.is_empty() {
        return view! { <Empty title="Chưa gửi lời nhắn nào"/> }.into_any();
    }
    let line = |message: &SentMessage| {
        view! { <li><p>{message.words.clone()}</p> <p class="meta">{message.said_by.clone()} ", " <Moment at=message.at/></p></li> }
    };
    view! { <ol class="history">{sent.iter().map(line).collect_view()}</ol> }.into_any()
}

fn here(round: RoundId) -> String {
    format!("{}/nhan-tin", round_address(round))
}

/// Tells everybody, or answers a question.
pub fn say(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, round) = (ask.caller()?, ask.param_id::<RoundId>("round")?);
        if ask.form.has("question") {
            let question = ask.form.text("question").parse::<AskedId>().map_err(|_| Refusal::NotFound)?;
            let given = GivenAnswer {
                canned: ask.form.text("canned"),
                own: ask.form.text("answer"),
                to_everybody: ask.form.ticked("to_everybody"),
            };
            let round = ask.engine.answer_question(&caller, question, given).await?;
            return Ok(Answer::go(here(round)));
        }
        ask.engine.broadcast(&caller, round, ask.form.text("words")).await?;
        Ok(Answer::go(here(round)))
    })
}
