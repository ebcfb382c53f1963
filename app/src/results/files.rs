//! Sheets and the share card of published results.

use crate::{
    door::{Ask, Doing},
    problem::Problem,
};
use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use domain::Refusal;
use engine::{Stop, report, results::ResultsPage};
use http::{HeaderValue, header};
use std::sync::Arc;

/// A table as CSV, or all of them as one workbook.
pub fn sheet(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let file = ask.param("file").to_owned();
        let sheet = match results(&ask).await {
            Ok(page) => self::file(&page, &file),
            Err(stop) => Err(stop),
        };
        answer(sheet, &format!("{}-{}-{file}", ask.param("slug"), ask.param("position")))
    })
}

/// The share card.
pub fn card(ask: Ask) -> Doing<Response> {
    Box::pin(async move {
        let card = match asked(&ask) {
            Ok((position, version)) => ask.engine.results_card(ask.param("slug"), position, version).await,
            Err(refusal) => Err(refusal.into()),
        };
        picture(card)
    })
}

/// A share card as an answer: kept by those who show it for an hour.
pub fn picture(card: engine::Result<Arc<[u8]>>) -> Response {
    let found = card.is_ok();
    let mut response = answer(card.map(|png| ("image/png", png.to_vec())), "");
    if found {
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    }
    response
}

/// Which round of the contest, and which version of its results.
fn asked(ask: &Ask) -> Result<(i64, Option<i64>), Refusal> {
    let position = ask.param("position").parse().map_err(|_| Refusal::NotFound)?;
    let version = match ask.query.text("ban") {
        "" => None,
        typed => Some(typed.parse().map_err(|_| Refusal::NotFound)?),
    };
    Ok((position, version))
}

async fn results(ask: &Ask) -> engine::Result<ResultsPage> {
    let (position, version) = asked(ask)?;
    ask.engine.results(ask.param("slug"), position, version).await
}

/// The asked file of a page of results.
///
/// # Errors
/// [`Refusal::NotFound`] when there is none of this name.
pub fn file(page: &ResultsPage, name: &str) -> engine::Result<(&'static str, Vec<u8>)> {
    let tables = report::tables(page);
    if name == "ket-qua.xlsx" {
        return Ok(("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", report::xlsx(&tables)?));
    }
    let code = name.strip_suffix(".csv").ok_or(Refusal::NotFound)?;
    let table = tables.iter().find(|table| table.code == code).ok_or(Refusal::NotFound)?;
    Ok(("text/csv; charset=utf-8", report::csv(table)?))
}

/// The file as an answer; with a name it is offered for saving.
pub fn answer(made: Result<(&'static str, Vec<u8>), Stop>, name: &str) -> Response {
    match made {
        Ok((media_type, bytes)) => {
            let mut response = Response::new(Body::from(bytes));
            let headers = response.headers_mut();
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
            let saved = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).ok();
            if let Some(saved) = saved.filter(|_| !name.is_empty()) {
                headers.insert(header::CONTENT_DISPOSITION, saved);
            }
            response
        }
        Err(stop) => Problem::from(&stop).into_response(),
    }
}
