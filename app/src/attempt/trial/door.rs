//! The doors of the trial: they answer as those of a real sheet do, and keep nothing.

use super::{
    super::{
        door::{reply, respond, wants_json},
        wire::Said,
    },
    kept::{Kept, Trial},
    questions::shapes,
};
use crate::door::{Answer, Ask, Doing};
use axum::{body::Body, response::Response};
use domain::{Refusal, Timestamp, attempt::read_form};
use http::{HeaderValue, StatusCode, header};

/// Begins a trial right now.
pub fn begin(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move { Ok(Answer::go(Trial { began: ask.engine.now() }.address())) })
}

/// Takes the answers: JSON back to the island, the next page to the plain form.
pub fn answers(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let now = ask.engine.now();
        let trial = Trial::named(ask.param("trial"), now)?;
        let island = wants_json(&ask.headers);
        if island && ask.form.text("deed") == "take-over" {
            return Ok(reply(taken_over(&ask, trial, now)));
        }
        let taken = take(&ask, trial, now);
        if island {
            return Ok(match taken {
                Ok((kept, said)) => with_cookie(reply(Ok(said)), &ask, trial, &kept),
                Err(refusal) => reply(Err(refusal.into())),
            });
        }
        let next = if ask.form.text("deed") == "hand-in" { "/nop" } else { "" };
        Ok(match taken {
            Ok((kept, _)) => with_cookie(go(&format!("{}{next}", trial.address())), &ask, trial, &kept),
            // It is over: the last page says how.
            Err(_) => Answer::go(format!("{}/ket-qua", trial.address())),
        })
    })
}

/// The pulse.
pub fn pulse(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let now = ask.engine.now();
        let said = Trial::named(ask.param("trial"), now).map(|trial| {
            let kept = trial.kept(&ask.headers);
            let running = !kept.ended && trial.phase(now).counts();
            Said { seq: kept.seq, hold: HOLD, now: now.0, deadline: trial.deadline().0, running, ..Said::default() }
        });
        respond(said.map_err(Into::into))
    })
}

/// Hands in.
pub fn hand_in(ask: Ask) -> Doing<engine::Result<Answer>> {
    Box::pin(async move {
        let now = ask.engine.now();
        let trial = Trial::named(ask.param("trial"), now)?;
        let kept = Kept { ended: true, ..trial.kept(&ask.headers) };
        let answer = if wants_json(&ask.headers) {
            reply(Ok(Said { at: now.0, receipt: "THU-MAY".to_owned(), ..Said::default() }))
        } else {
            go(&format!("{}/ket-qua", trial.address()))
        };
        Ok(with_cookie(answer, &ask, trial, &kept))
    })
}

/// Whichever tab asks has the sheet: numbers of saves tell two tabs apart.
const HOLD: i64 = 1;

fn taken_over(ask: &Ask, trial: Trial, now: Timestamp) -> engine::Result<Said> {
    let kept = trial.kept(&ask.headers);
    if kept.ended || !trial.phase(now).counts() {
        return Err(Refusal::TooLate.into());
    }
    let fields = kept.sheet.fields("");
    Ok(Said { seq: kept.seq, hold: HOLD, now: now.0, deadline: trial.deadline().0, running: true, fields, ..Said::default() })
}

/// Reads a whole sheet as a real one is read.
fn take(ask: &Ask, trial: Trial, now: Timestamp) -> Result<(Kept, Said), Refusal> {
    let before = trial.kept(&ask.headers);
    if before.ended || !trial.phase(now).counts() {
        return Err(Refusal::TooLate);
    }
    let shapes = shapes();
    let fields = ask.form.values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    let (sheet, unread) = read_form(fields, &shapes.iter().collect::<Vec<_>>(), None);
    let seq = ask.form.text("seq").parse::<u32>().map_or(before.seq.saturating_add(1), i64::from);
    let said = Said {
        seq,
        hold: HOLD,
        at: now.0,
        now: now.0,
        deadline: trial.deadline().0,
        running: true,
        unread: unread.into_iter().map(|(field, refusal)| (field.0.into_owned(), refusal.words().to_owned())).collect(),
        ..Said::default()
    };
    Ok((Kept { seq, at: now, ended: false, sheet }, said))
}

fn go(to: &str) -> Answer {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    Answer::Reply(Box::new(response))
}

fn with_cookie(answer: Answer, ask: &Ask, trial: Trial, kept: &Kept) -> Answer {
    let Answer::Reply(mut response) = answer else { return answer };
    if let Some(cookie) = trial.cookie(kept, ask.engine.public_url.starts_with("https://")) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Answer::Reply(response)
}
