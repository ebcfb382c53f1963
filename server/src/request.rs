//! Reading a request's address and body into what a door is asked.
//!
//! A browser shows an answer only once it has sent everything. So what is beyond a door's limit is still received, but
//! not kept; what is beyond the router's is not received either.

use app::door::{Form, Upload};
use app::page::Pattern;
use axum::extract::{
    FromRequest, Multipart, Request,
    multipart::{Field, MultipartError},
};
use domain::Refusal;
use futures::StreamExt;
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use std::{borrow::Cow, error::Error, sync::Arc, time::Duration};
use tower_http::timeout::TimeoutError;

/// Bytes a second of the slowest line that still sends a file.
const SLOWEST: usize = 8 << 10;

/// A request that could not be read as a whole.
#[derive(Debug)]
pub struct Unread {
    /// Why.
    pub refusal: Refusal,
    /// What could be read of its form, without files.
    pub form: Form,
    /// The field whose file is the reason.
    pub field: Option<String>,
}

impl From<Refusal> for Unread {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, form: Form::default(), field: None }
    }
}

impl From<MultipartError> for Unread {
    fn from(error: MultipartError) -> Self {
        match error.status() {
            _ if is_slow(&error) => Refusal::TooSlow.into(),
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge.into(),
            _ => Refusal::NotUnderstood.into(),
        }
    }
}

/// How long a body of this limit may take: what a form holds, a poor mobile line carries in a minute; a file takes its time.
pub fn longest(limit: usize) -> Duration {
    Duration::from_mins(1) + Duration::from_secs(1) * u32::try_from(limit / SLOWEST).unwrap_or(u32::MAX)
}

/// Whether a body could not be read since its sender fell silent.
pub fn is_slow(error: &(dyn Error + 'static)) -> bool {
    error.is::<TimeoutError>() || error.source().is_some_and(is_slow)
}

/// What a request says.
pub struct Sent {
    /// The named parts of its address.
    pub params: Vec<(Cow<'static, str>, String)>,
    /// Its query string.
    pub query: Form,
    /// The form in its body.
    pub form: Form,
    /// Its headers.
    pub headers: HeaderMap,
}

/// Reads the request; a body over the limit is refused.
pub async fn read(pattern: &'static str, limit: usize, mut request: Request) -> Result<Sent, Unread> {
    let params = Pattern(pattern).matches(request.uri().path()).unwrap_or_default();
    let query = Form::read(request.uri().query().unwrap_or_default().as_bytes());
    let multipart = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("multipart/form-data"));
    let headers = if multipart { request.headers().clone() } else { std::mem::take(request.headers_mut()) };
    let form = if multipart { Box::pin(read_parts(request, limit)).await? } else { read_body(request, limit).await? };
    Ok(Sent { params, query, form, headers })
}

async fn read_body(request: Request, limit: usize) -> Result<Form, Refusal> {
    let mut sent = request.into_body().into_data_stream();
    let (mut kept, mut size) = (Vec::new(), 0);
    while let Some(chunk) = sent.next().await {
        let chunk = chunk.map_err(|error| if is_slow(&error) { Refusal::TooSlow } else { Refusal::TooLarge })?;
        size += chunk.len();
        if size <= limit {
            kept.extend_from_slice(&chunk);
        }
    }
    if size > limit { Err(Refusal::TooLarge) } else { Ok(Form::read(&kept)) }
}

async fn read_parts(request: Request, limit: usize) -> Result<Form, Unread> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(|_| Refusal::NotUnderstood)?;
    let (mut values, mut files) = (Vec::new(), Vec::new());
    let (mut left, mut over) = (limit, None);
    while let Some(part) = parts.next_field().await? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(ToOwned::to_owned);
        let Some(bytes) = take(part, left).await? else {
            over = over.or(Some(name.is_some().then_some(field)));
            continue;
        };
        left -= bytes.len();
        match name {
            Some(name) => files.push(Upload { field, name, bytes }),
            None => values.push((field, String::from_utf8_lossy(&bytes).into_owned())),
        }
    }
    let values = Arc::new(values);
    match over {
        None => Ok(Form { values, files }),
        Some(field) => Err(Unread { refusal: Refusal::TooLarge, form: Form { values, files: Vec::new() }, field }),
    }
}

/// The content of a part, unless it is larger than this.
async fn take(mut part: Field<'_>, most: usize) -> Result<Option<Vec<u8>>, MultipartError> {
    let (mut kept, mut size) = (Vec::new(), 0);
    while let Some(chunk) = part.chunk().await? {
        size += chunk.len();
        if size <= most {
            kept.extend_from_slice(&chunk);
        } else {
            kept = Vec::new();
        }
    }
    Ok((size <= most).then_some(kept))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_has_a_minute_and_a_file_the_time_it_takes() {
        assert_eq!(longest(8 << 10), Duration::from_secs(61));
        assert_eq!(longest(5 << 20), Duration::from_secs(60 + 640));
    }

    #[tokio::test]
    async fn whoever_falls_silent_is_told_so() {
        let silent = axum::body::Body::from_stream(futures::stream::pending::<Result<Vec<u8>, std::io::Error>>());
        let body = tower_http::timeout::TimeoutBody::new(Duration::from_millis(1), silent);
        let request = Request::new(axum::body::Body::new(body));
        assert_eq!(read_body(request, 10).await.expect_err("unread"), Refusal::TooSlow);
    }
}
