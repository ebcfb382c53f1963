//! The organisers' live page: figures of a round under way, opened by a button because every opening is noted.

use super::{
    door::wants_json,
    figures::{Figures, LiveFigures},
};
use crate::{
    contest::{round_address, round_head},
    door::{Answer, Ask, Doing},
    page::{caller, engine, page, param_id, query},
    parts::{Notice, admin_frame},
    problem,
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use domain::{
    Refusal,
    id::RoundId,
    identity::Action,
    vietnamese::{decimal, number},
};
use engine::{
    Stop,
    attempt::{LivePass, LiveTotals},
};
use http::StatusCode;
use leptos::prelude::*;

/// The address of the page.
fn address(round: RoundId) -> String {
    format!("{}/truc-tiep", round_address(round))
}

/// The page; `?ve=` is the right to look that the button gave.
pub fn view() -> AnyView {
    let (engine, caller, round, pass) = (engine(), caller(), param_id::<RoundId>("round"), query("ve"));
    page(async move {
        let (caller, round) = (caller?, round?);
        caller.must(Action::WatchRound)?;
        engine.frozen(round).await?;
        let seen = engine.plan_round(&caller, round).await?;
        let inside = match engine.live_totals(&caller, round, &pass).await {
            Ok(totals) => shown(round, &pass, &totals),
            Err(Stop::Refused(Refusal::WrongOrder)) => closed(),
            Err(stop) => return Err(stop),
        };
        let work = view! {
            {round_head(&seen.contest, &seen.round)}
            {inside}
            <p class="actions"><a class="button secondary" href=format!("{}/nhan-tin", round_address(round))>"Lời nhắn và câu hỏi"</a></p>
        };
        Ok(admin_frame(&caller, work))
    })
}

fn closed() -> AnyView {
    view! {
        <Notice kind="warning">
            <p>"Khi câu dự đoán còn mở, không để lộ các con số này. Mỗi lần mở được ghi vào nhật ký cùng tên người xem, và ghi lại sau mỗi 15 phút."</p>
        </Notice>
        <form method="post"><p class="actions"><button>"Mở số liệu trực tiếp"</button></p></form>
    }
    .into_any()
}

fn shown(round: RoundId, pass: &str, totals: &LiveTotals) -> AnyView {
    let figures = Figures { pass: pass.to_owned(), ..figures(totals) };
    view! {
        <LiveFigures address=address(round) figures=figures/>
        <noscript><meta http-equiv="refresh" content="5"/></noscript>
        <p class="meta">"“Mất liên lạc”: bài đang làm mà quá 40 giây máy chủ không nhận được tín hiệu hay lần lưu nào; bài làm ở dạng trang đơn giản chỉ báo khi bấm “Lưu”. Lỗi: số yêu cầu của bài thi gặp sự cố trong một phút qua."</p>
    }
    .into_any()
}

/// Names and values, as page and island show them.
fn figures(totals: &LiveTotals) -> Figures {
    let lines = [
        ("đang làm bài", number(totals.running)),
        ("đã kết thúc bài", number(totals.ended)),
        ("mất liên lạc", number(totals.disconnected)),
        ("lần lưu mỗi giây", decimal(totals.saves, 1)),
        ("lỗi trong một phút", number(totals.errors)),
        ("máy chủ", number(totals.nodes)),
        ("câu hỏi chờ trả lời", number(totals.questions)),
    ];
    let lines = lines.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Figures { pass: String::new(), at: totals.at.second(), lines }
}

/// Notes the look and opens the figures: for the page, or for its island when the quarter of an hour is over.
pub fn open(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let (caller, round) = (ask.caller()?, ask.param_id::<RoundId>("round")?);
        let LivePass(pass) = ask.engine.open_live_totals(&caller, round).await?;
        if !wants_json(&ask.headers) {
            return Ok(Answer::go(format!("{}?ve={pass}", address(round))));
        }
        let totals = ask.engine.live_totals(&caller, round, &pass).await?;
        Ok(Answer::Reply(Box::new(Json(Figures { pass, ..figures(&totals) }).into_response())))
    })
}

/// The figures for the island.
pub fn look(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let looked = async {
            let (caller, round) = (ask.caller()?, ask.param_id::<RoundId>("round")?);
            ask.engine.live_totals(&caller, round, ask.query.text("ve")).await
        };
        match looked.await {
            Ok(totals) => Json(figures(&totals)).into_response(),
            Err(stop) => {
                problem::log(&stop);
                StatusCode::from_u16(stop.refusal().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response()
            }
        }
    })
}
