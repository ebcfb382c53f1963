//! Reading a request's address and body into what a door is asked.

use app::door::{Ask, Form, Upload};
use app::page::{Pattern, Visitor};
use axum::{
    body::to_bytes,
    extract::{FromRequest, Multipart, Request},
};
use domain::Refusal;
use engine::Engine;
use http::header::CONTENT_TYPE;
use std::collections::HashMap;

/// Reads the request; a body over the limit is refused.
pub async fn read(engine: Engine, pattern: &'static str, limit: usize, request: Request) -> Result<Ask, Refusal> {
    let visitor = request.extensions().get::<Visitor>().cloned().ok_or(Refusal::Broken)?;
    let params: HashMap<String, String> = Pattern(pattern)
        .matches(request.uri().path())
        .unwrap_or_default()
        .into_iter()
        .map(|(name, value)| (name.into_owned(), value))
        .collect();
    let query = Form::read(request.uri().query().unwrap_or_default().as_bytes());
    let headers = request.headers().clone();
    let multipart =
        headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let form = if multipart { read_parts(request, limit).await? } else { read_body(request, limit).await? };
    Ok(Ask { engine, visitor, params, query, form, headers })
}

async fn read_body(request: Request, limit: usize) -> Result<Form, Refusal> {
    let body = to_bytes(request.into_body(), limit).await.map_err(|_| Refusal::TooLarge)?;
    Ok(Form::read(&body))
}

async fn read_parts(request: Request, limit: usize) -> Result<Form, Refusal> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Refusal::BadFile)?;
    let mut form = Form::default();
    let mut total = 0;
    while let Some(part) = parts.next_field().await.map_err(|_| Refusal::TooLarge)? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(ToOwned::to_owned);
        let bytes = part.bytes().await.map_err(|_| Refusal::TooLarge)?;
        total += bytes.len();
        if total > limit {
            return Err(Refusal::TooLarge);
        }
        match name {
            Some(name) => form.files.push(Upload { field, name, bytes: bytes.to_vec() }),
            None => form.values.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    Ok(form)
}
