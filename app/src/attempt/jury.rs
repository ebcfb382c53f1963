//! Asking the jury while the paper is sat: one's own questions, their answers, and the form.

use crate::{
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param_id},
    parts::{FormErrors, Notice, TextArea},
    problem::HelpLine,
};
use domain::id::AttemptId;
use engine::attempt::{Asked, Message, OwnQuestions};
use leptos::prelude::*;
use leptos_meta::Title;

/// The page; the sheet stays as it is, and Back leads to it.
pub fn view() -> AnyView {
    let (engine, caller, attempt) = (engine(), caller(), param_id::<AttemptId>("attempt"));
    page(async move {
        let (caller, attempt) = (caller?, attempt?);
        let own = engine.own_questions(&caller, attempt).await?;
        let told = engine.messages_to(own.round, attempt).await?;
        let (back, words) = if own.running { ("", "Quay lại làm bài") } else { ("/ket-qua", "Về bài thi") };
        Ok(view! {
            <Title text="Hỏi Ban Giám khảo"/>
            <section class="narrow">
                <h1>"Hỏi Ban Giám khảo"</h1>
                {own.running.then(|| view! { <Notice kind="warning"><p>"Đồng hồ làm bài vẫn chạy. Câu trả lời sẽ hiện ngay trên bài thi, anh/chị cứ quay lại làm tiếp."</p></Notice> })}
                <p class="actions"><a class="button" href=format!("/thi/{attempt}{back}")>{words}</a></p>
                {questions(&own.asked)}
                {form(&own)}
                {messages(&told)}
                <p><small>"Cần hỗ trợ kỹ thuật: " <HelpLine number=own.help_line.clone()/></small></p>
            </section>
        }
        .into_any())
    })
}

/// Asks.
pub fn ask(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, attempt) = (ask.caller()?, ask.param_id::<AttemptId>("attempt")?);
        ask.engine.ask_jury(&caller, attempt, ask.form.text("words")).await?;
        Ok(Answer::go(format!("/thi/{attempt}/hoi")))
    })
}

fn questions(asked: &[Asked]) -> Option<AnyView> {
    let line = |asked: &Asked| {
        let answer = match asked.answered_at {
            Some(at) => view! { <p>{format!("Trả lời lúc {}: ", at.second())} <b>{asked.answer.clone()}</b></p> }.into_any(),
            None => view! { <p>"Đang chờ Ban Giám khảo trả lời."</p> }.into_any(),
        };
        view! { <li><p>{asked.words.clone()}</p> <p class="meta">{format!("Hỏi lúc {}", asked.asked_at.second())}</p> {answer}</li> }
    };
    (!asked.is_empty()).then(|| view! { <h2>"Câu đã hỏi"</h2> <ol class="history">{asked.iter().map(line).collect_view()}</ol> }.into_any())
}

fn form(own: &OwnQuestions) -> AnyView {
    if !own.running {
        return view! { <Notice kind="info"><p>"Bài thi đã nộp nên không gửi thêm câu hỏi được."</p></Notice> }.into_any();
    }
    if !own.may_ask() {
        return view! { <Notice kind="info"><p>{domain::Refusal::QuestionsWaiting.words()}</p></Notice> }.into_any();
    }
    view! {
        <form method="post">
            <FormErrors fields=vec![("words", "Câu hỏi")]/>
            <TextArea name="words" label="Câu hỏi của anh/chị" rows=4 hint="Tối đa 500 ký tự. Nêu rõ câu số mấy. Ban Giám khảo không giải thích đáp án."/>
            <p class="actions"><button>"Gửi câu hỏi"</button></p>
        </form>
    }
    .into_any()
}

fn messages(told: &[Message]) -> Option<AnyView> {
    let line = |message: &Message| view! { <li><b>{message.at.second()}</b> " " <span>{message.words.clone()}</span></li> };
    (!told.is_empty())
        .then(|| view! { <h2>"Lời nhắn của Ban Tổ chức"</h2> <ol class="messages">{told.iter().map(line).collect_view()}</ol> }.into_any())
}
