//! Opens the doors of `app`: a form's POST either goes on (303) or shows its page again.

use crate::{
    request::{self, Sent, Unread},
    router::Site,
    visit,
};
use app::{
    attempt::wants_json,
    declined::Declined,
    door::{Act, Answer, Ask, Door},
    page::{Denied, Visitor, sign_in_address},
    problem::{self, Problem},
    submitted::{Outcome, Submitted},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::{MethodFilter, on},
};
use domain::{Field, Refusal};
use engine::Stop;
use http::{HeaderValue, Method, StatusCode, Uri, header};
use leptos::prelude::{LeptosOptions, provide_context};
use std::{future::Future, pin::Pin, sync::Arc};
use tokio::time::timeout;

/// Letters of the mark of a browser: 110 bits.
const MARK: usize = 24;

/// The router of every door but the server functions, which leptos opens.
pub fn doors() -> Router<Site> {
    app::doors().iter().filter(|door| !matches!(door.act, Act::Function)).fold(Router::new(), |router, door| {
        let filter = if *door.method == Method::GET { MethodFilter::GET } else { MethodFilter::POST };
        let door = *door;
        let handler = move |State(site): State<Site>, request: Request| open(site, door, request);
        router.route(door.path, on(filter, handler))
    })
}

async fn open(site: Site, door: Door, mut request: Request) -> Response {
    let uri = request.uri().clone();
    let Some(mut visitor) = request.extensions_mut().remove::<Visitor>() else { return Problem::from(Refusal::Broken).into_response() };
    // A script is told the status; only a person is led to a page.
    let alone = matches!(door.act, Act::Raw(_)) || wants_json(request.headers());
    if let Err(refusal) = door.admit(&visitor) {
        return turned_away(&site, Again { uri, visitor }, refusal, alone).await;
    }
    let read = timeout(request::longest(door.limit), request::read(door.path, door.limit, request))
        .await
        .unwrap_or_else(|_| Err(Refusal::TooSlow.into()));
    let Sent { params, query, form, headers } = match read {
        Ok(sent) => sent,
        Err(unread) if alone => return Problem::from(unread.refusal).into_response(),
        Err(unread) => return refused_unread(&site, Again { uri, visitor }, unread).await,
    };
    // What is done is done with the rights of now, not of when the request's head arrived.
    if let Err(stop) = visit::look_again(&site, &mut visitor).await {
        return Problem::from(&stop).into_response();
    }
    if let Err(refusal) = door.admit(&visitor) {
        return turned_away(&site, Again { uri, visitor }, refusal, alone).await;
    }
    if !alone && visitor.browser.is_none() {
        visitor.browser = Some(engine::random::code(MARK));
    }
    let values = Arc::clone(&form.values);
    let ask = |visitor| Ask { engine: site.engine.clone(), visitor, params, query, form, headers };
    match door.act {
        Act::Raw(act) => act(ask(visitor)).await,
        Act::Function => Problem::from(Refusal::NotFound).into_response(),
        Act::Form(act) => {
            let (typed, ask) = (typed(&values), ask(visitor.clone()));
            let outcome = act(ask).await;
            answer(&site, Again { uri, visitor }, typed, outcome).await
        }
    }
}

/// Answers whom the door does not admit.
async fn turned_away(site: &Site, page: Again, refusal: Refusal, alone: bool) -> Response {
    match refusal {
        _ if alone => Problem::from(refusal).into_response(),
        Refusal::SignInFirst => go(&sign_in_address(page.uri.path())),
        _ => render(site, page, move || provide_context(Denied(refusal))).await,
    }
}

/// Shows the page of a form that could not be read, with what could.
async fn refused_unread(site: &Site, page: Again, unread: Unread) -> Response {
    let Unread { refusal, form, field } = unread;
    let stop = match field {
        Some(field) => Stop::AtFields(vec![(Field(field.into()), refusal)]),
        None => refusal.into(),
    };
    answer(site, page, typed(&form.values), Err(stop)).await
}

/// Refuses a server function to whoever lacks the right, before leptos reads its arguments, and to whoever sends more than
/// a form holds.
pub async fn admitted(State(site): State<Site>, request: Request, next: Next) -> Response {
    let function = app::doors().iter().find(|door| matches!(door.act, Act::Function) && door.path == request.uri().path());
    let Some(function) = function else { return next.run(request).await };
    match held(&site, function, request).await {
        Ok(request) => next.run(request).await,
        Err(refusal) => Declined::Refused(refusal).into_response(),
    }
}

/// The request with its whole body at hand, if its sender may ask and it is no larger than it may be.
async fn held(site: &Site, function: &Door, request: Request) -> Result<Request, Refusal> {
    let mut visitor = request.extensions().get::<Visitor>().cloned().ok_or(Refusal::Broken)?;
    function.admit(&visitor)?;
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    if length > Some(function.limit) {
        return Err(Refusal::TooLarge);
    }
    let (mut parts, body) = request.into_parts();
    let body = timeout(request::longest(function.limit), to_bytes(body, function.limit)).await.map_err(|_| Refusal::TooSlow)?;
    let body = body.map_err(|error| if request::is_slow(&error) { Refusal::TooSlow } else { Refusal::TooLarge })?;
    visit::look_again(site, &mut visitor).await.map_err(|stop| stop.refusal())?;
    function.admit(&visitor)?;
    parts.extensions.insert(visitor);
    Ok(Request::from_parts(parts, Body::from(body)))
}

/// The page that is shown again.
struct Again {
    uri: Uri,
    visitor: Visitor,
}

/// What was typed, passwords and identity numbers left out.
fn typed(values: &Arc<Vec<(String, String)>>) -> Arc<Vec<(String, String)>> {
    const SECRET: &[&str] = &["password", "new_password", "old_password", "code", "national_id"];
    let is_secret = |(name, _): &(String, String)| SECRET.contains(&name.as_str());
    if !values.iter().any(is_secret) {
        return Arc::clone(values);
    }
    Arc::new(values.iter().filter(|value| !is_secret(value)).cloned().collect())
}

async fn answer(site: &Site, page: Again, values: Arc<Vec<(String, String)>>, outcome: engine::Result<Answer>) -> Response {
    match outcome {
        Ok(Answer::Go(to)) => go(&to),
        Ok(Answer::SignedIn { token, to }) => {
            let mark = page.visitor.browser.as_deref().and_then(|mark| site.cookie.set_mark(mark));
            with_cookie(with_cookie(go(&to), site.cookie.set(&token)), mark)
        }
        Ok(Answer::SignedOut(to)) => with_cookie(go(&to), site.cookie.drop()),
        Ok(Answer::Reply(response)) => *response,
        Ok(Answer::Show(outcome)) => show(site, page, StatusCode::OK, Submitted::default(), Some(outcome)).await,
        Ok(Answer::Changed(values)) => {
            let values = typed(&Arc::new(values));
            show(site, page, StatusCode::OK, Submitted { values, ..Submitted::default() }, None).await
        }
        Ok(Answer::Again) => show(site, page, StatusCode::OK, Submitted { values, ..Submitted::default() }, None).await,
        Err(Stop::Refused(Refusal::SignInFirst)) => go(&sign_in_address(page.uri.path())),
        Err(Stop::AtFields(refused)) => {
            let too_large = refused.iter().any(|(_, refusal)| *refusal == Refusal::TooLarge);
            let status = if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
            let form = Submitted { values, refused: Arc::new(refused), ..Submitted::default() };
            show(site, page, status, form, None).await
        }
        Err(stop) => {
            let refusal = stop.refusal();
            let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            let incident = problem::log(&stop);
            show(site, page, status, Submitted { values, whole: Some(refusal), incident, ..Submitted::default() }, None).await
        }
    }
}

/// Renders the page at the form's own address, with what was typed and why it was refused.
fn show(site: &Site, page: Again, status: StatusCode, form: Submitted, outcome: Option<Outcome>) -> Rendering {
    let with_form = move || {
        provide_context(form.clone());
        if let Some(outcome) = outcome.clone() {
            provide_context(outcome);
        }
        if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
            response.set_status(status);
        }
    };
    render(site, page, with_form)
}

/// A page under way: one pointer, so that the many requests that show none do not carry it.
type Rendering = Pin<Box<dyn Future<Output = Response> + Send>>;

/// Renders the page at an address with something more in its context.
fn render(site: &Site, page: Again, more: impl Fn() + Clone + Send + Sync + 'static) -> Rendering {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = page.uri;
    request.extensions_mut().insert(page.visitor);
    let context = site.page_context();
    let all = move || {
        context();
        more();
    };
    let options = site.options.clone();
    leptos_axum::render_app_async_with_context(all, move || app::shell(LeptosOptions::clone(&options)))(request)
}

fn go(to: &str) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
