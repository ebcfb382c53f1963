//! Failures as pages: whatever was answered without a page gets one here, with the help line on it.

use crate::{operations, router::Site};
use app::{attempt::wants_json, declined::Declined, problem::Problem};
use axum::{
    body::Body,
    extract::Request,
    response::{IntoResponse, Response},
};
use domain::Refusal;
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use leptos::prelude::LeptosOptions;
use std::any::Any;

/// What is kept of a request, to make a page of its failure.
pub struct Asked {
    uri: Uri,
    by_form: bool,
    /// A person asks; neither an island nor a program that watches.
    by_person: bool,
}

impl Asked {
    /// What is kept of this request.
    pub fn of(request: &Request) -> Self {
        let by_person = !wants_json(request.headers()) && !operations::watches(request.uri().path());
        Self { uri: request.uri().clone(), by_form: *request.method() == Method::POST, by_person }
    }

    /// The path that was asked for.
    pub fn path(&self) -> &str {
        self.uri.path()
    }
}

/// Gives a failure that has no page one; an island is told in its own words.
pub fn as_page(site: &Site, asked: &Asked, response: Response) -> Response {
    if !asked.by_person || !is_bare(response.status(), response.headers()) {
        return response;
    }
    let problem = response.extensions().get().cloned().unwrap_or_else(|| Problem::from(response.status()));
    if asked.path().starts_with("/api/") {
        return declined(&problem);
    }
    let here = asked.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string);
    let document = problem.on_the_way(&here, asked.by_form).document(LeptosOptions::clone(&site.options), &site.config.help_line);
    let (mut parts, _) = response.into_parts();
    for header in [header::CONTENT_LENGTH, header::CONTENT_DISPOSITION] {
        parts.headers.remove(header);
    }
    parts.headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    Response::from_parts(parts, Body::from(document))
}

/// Whether an answer is a failure in plain words, or in none.
fn is_bare(status: StatusCode, headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    (status.is_client_error() || status.is_server_error()) && kind.is_none_or(|kind| kind.starts_with(b"text/plain"))
}

fn declined(problem: &Problem) -> Response {
    let mut response = Declined::Refused(problem.refusal).into_response();
    *response.status_mut() = problem.status;
    response
}

/// A panic, which goes to the log; what is answered becomes a page like any other failure.
pub fn caught(panic: Box<dyn Any + Send>) -> Response {
    let incident = engine::random::code(8);
    let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(incident, words, "a request panicked");
    Problem { incident: Some(incident), ..Problem::from(Refusal::Broken) }.into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_failure_without_a_page_is_given_one() {
        let kind = |kind: &'static str| HeaderMap::from_iter([(header::CONTENT_TYPE, HeaderValue::from_static(kind))]);
        assert!(is_bare(StatusCode::METHOD_NOT_ALLOWED, &HeaderMap::new()));
        assert!(is_bare(StatusCode::PAYLOAD_TOO_LARGE, &kind("text/plain; charset=utf-8")));
        assert!(!is_bare(StatusCode::NOT_FOUND, &kind("text/html; charset=utf-8")));
        assert!(!is_bare(StatusCode::CONFLICT, &kind("application/json")));
        assert!(!is_bare(StatusCode::OK, &kind("text/plain")));
        assert!(!is_bare(StatusCode::SEE_OTHER, &HeaderMap::new()));
    }

    #[test]
    fn a_panic_is_an_incident_whose_words_stay_in_the_log() {
        for panic in [Box::new("khóa bí mật") as Box<dyn Any + Send>, Box::new(String::from("khóa bí mật")), Box::new(7)] {
            let response = caught(panic);
            assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
            let problem = response.extensions().get::<Problem>().expect("a problem");
            assert_eq!(problem.refusal, Refusal::Broken);
            assert!(problem.incident.is_some());
        }
    }
}
