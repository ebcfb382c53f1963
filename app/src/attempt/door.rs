//! The one door for answers, for the plain form and the island alike, and the pulse of an open sheet.

use super::{told, wire::Said};
use crate::{
    door::{Answer, Ask, Doing},
    problem,
};
use axum::{
    Json,
    response::{IntoResponse, Response},
};
use domain::{Refusal, id::AttemptId};
use engine::{
    Stop,
    attempt::{Hold, Pulse, Save, Saved},
};
use http::{HeaderMap, StatusCode, header};
use std::sync::Arc;

/// Takes the answers: JSON back to the island, the next page to the plain form.
pub fn answers(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        if wants_json(&ask.headers) {
            let said = said(&ask).await;
            return Ok(reply(told::with_messages(&ask, said).await));
        }
        let attempt = ask.param_id::<AttemptId>("attempt")?;
        let caller = ask.caller()?;
        let number = |name: &str| ask.form.text(name).parse::<u32>().ok();
        let fields = Arc::clone(&ask.form.values);
        let save = Save { hold: number("hold").unwrap_or(0).into(), seq: None, seen: number("seen"), fields };
        let next = if ask.form.text("deed") == "hand-in" { "/nop" } else { "" };
        let saved = ask.engine.save(&caller, attempt, save).await.map(Said::from);
        match told::noticed(&ask, attempt, saved) {
            Ok(_) => Ok(Answer::go(format!("/thi/{attempt}{next}"))),
            // It has ended: the receipt says how.
            Err(Stop::Refused(Refusal::HandedIn | Refusal::TooLate)) => Ok(Answer::go(format!("/thi/{attempt}/ket-qua"))),
            Err(stop) => Err(stop),
        }
    })
}

/// The pulse.
pub fn pulse(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let pulse = async {
            let (caller, attempt) = (ask.caller()?, ask.param_id::<AttemptId>("attempt")?);
            Ok(Said::from(ask.engine.pulse(&caller, attempt).await?))
        };
        let said = pulse.await;
        respond(told::with_messages(&ask, said).await)
    })
}

async fn said(ask: &Ask) -> engine::Result<Said> {
    let (caller, attempt) = (ask.caller()?, ask.param_id::<AttemptId>("attempt")?);
    if ask.form.text("deed") == "take-over" {
        return Ok(ask.engine.take_over(&caller, attempt).await?.into());
    }
    let number = |name: &str| ask.form.text(name).parse::<u32>().map_err(|_| Refusal::BadAnswer);
    let save = Save { hold: number("hold")?.into(), seq: Some(number("seq")?), seen: None, fields: Arc::clone(&ask.form.values) };
    let hold = save.hold;
    Ok(Said { hold, ..ask.engine.save(&caller, attempt, save).await?.into() })
}

/// Whether the island asks.
pub fn wants_json(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("application/json"))
}

/// The answer for the island.
pub fn reply(said: engine::Result<Said>) -> Answer {
    Answer::Reply(Box::new(respond(said)))
}

/// What the island is answered, a refusal with its status.
pub fn respond(said: engine::Result<Said>) -> Response {
    let (status, said) = match said {
        Ok(said) => (StatusCode::OK, said),
        Err(stop) => {
            problem::log(&stop);
            let refusal = stop.refusal();
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let paused = refusal == Refusal::Paused;
            (status, Said { refusal: format!("{refusal:?}"), words: refusal.words().to_owned(), paused, ..Said::default() })
        }
    };
    (status, Json(said)).into_response()
}

impl From<Saved> for Said {
    fn from(saved: Saved) -> Self {
        Self {
            seq: saved.seq,
            at: saved.at.0,
            now: saved.now.0,
            deadline: saved.deadline.0,
            running: true,
            paused: saved.paused,
            echo: saved.echo,
            unread: saved.unread.into_iter().map(|(field, refusal)| (field.0.into_owned(), refusal.words().to_owned())).collect(),
            ..Self::default()
        }
    }
}

impl From<Hold> for Said {
    fn from(hold: Hold) -> Self {
        Self {
            seq: hold.seq,
            hold: hold.hold,
            now: hold.now.0,
            deadline: hold.deadline.0,
            running: true,
            paused: hold.paused,
            fields: hold.fields,
            ..Self::default()
        }
    }
}

impl From<Pulse> for Said {
    fn from(pulse: Pulse) -> Self {
        Self {
            seq: pulse.seq,
            hold: pulse.hold,
            now: pulse.now.0,
            deadline: pulse.deadline.0,
            running: pulse.running,
            paused: pulse.paused,
            ..Self::default()
        }
    }
}
