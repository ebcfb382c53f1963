//! Opens the doors of `app`: a form's POST either goes on (303) or shows its page again.

use crate::{headers, request, router::Site};
use app::{
    attempt::wants_json,
    declined::Declined,
    door::{Act, Answer, Door},
    page::{Denied, Visitor, sign_in_address},
    problem,
    submitted::{Outcome, Submitted},
};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
    routing::{MethodFilter, on},
};
use domain::Refusal;
use engine::Stop;
use http::{HeaderValue, Method, StatusCode, Uri, header};
use leptos::prelude::{LeptosOptions, provide_context};
use std::sync::Arc;

/// The router of every door but the server functions, which leptos opens.
pub fn doors() -> Router<Site> {
    app::doors().iter().filter(|door| !matches!(door.act, Act::Function)).fold(Router::new(), |router, door| {
        let filter = if *door.method == Method::GET { MethodFilter::GET } else { MethodFilter::POST };
        let door = *door;
        let handler = move |State(site): State<Site>, request: Request| open(site, door, request);
        // Our own reading enforces the limit; axum's default would cut uploads first.
        router.route(door.path, on(filter, handler).layer(DefaultBodyLimit::max(door.limit.max(1 << 10) + (64 << 10))))
    })
}

async fn open(site: Site, door: Door, request: Request) -> Response {
    let uri = request.uri().clone();
    let Some(visitor) = request.extensions().get::<Visitor>().cloned() else { return headers::plain(Refusal::Broken) };
    if let Err(refusal) = door.admit(&visitor) {
        // A script is told the status; only a person is led to a page.
        let alone = matches!(door.act, Act::Raw(_)) || wants_json(request.headers());
        let page = Again { uri, visitor };
        return match refusal {
            _ if alone => headers::plain(refusal),
            Refusal::SignInFirst => go(&sign_in_address(page.uri.path())),
            _ => render(&site, page, move || provide_context(Denied(refusal))).await,
        };
    }
    let ask = match request::read(site.engine.clone(), door.path, door.limit, request).await {
        Ok(ask) => ask,
        Err(refusal) => return headers::plain(refusal),
    };
    match door.act {
        Act::Raw(act) => act(ask).await,
        Act::Function => headers::plain(Refusal::NotFound),
        Act::Form(act) => {
            let typed = typed(&ask.form.values);
            let outcome = act(ask).await;
            let page = Again { uri, visitor };
            answer(&site, page, typed, outcome).await
        }
    }
}

/// Refuses a server function to whoever lacks the right, before leptos reads its arguments.
pub async fn admitted(request: Request, next: Next) -> Response {
    let function = app::doors().iter().find(|door| matches!(door.act, Act::Function) && door.path == request.uri().path());
    let visitor = request.extensions().get::<Visitor>();
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let refusal = match function.zip(visitor) {
        Some((function, visitor)) => function.admit(visitor).err().or((length > Some(function.limit)).then_some(Refusal::TooLarge)),
        None => None,
    };
    match refusal {
        None => next.run(request).await,
        Some(refusal) => Declined::Refused(refusal).into_response(),
    }
}

/// The page that is shown again.
struct Again {
    uri: Uri,
    visitor: Visitor,
}

/// What was typed, passwords and identity numbers left out.
fn typed(values: &[(String, String)]) -> Arc<Vec<(String, String)>> {
    const SECRET: &[&str] = &["password", "new_password", "old_password", "code", "national_id"];
    Arc::new(values.iter().filter(|(name, _)| !SECRET.contains(&name.as_str())).cloned().collect())
}

async fn answer(site: &Site, page: Again, values: Arc<Vec<(String, String)>>, outcome: engine::Result<Answer>) -> Response {
    match outcome {
        Ok(Answer::Go(to)) => go(&to),
        Ok(Answer::SignedIn { token, to }) => with_cookie(go(&to), site.cookie.set(&token)),
        Ok(Answer::SignedOut(to)) => with_cookie(go(&to), site.cookie.drop()),
        Ok(Answer::Reply(response)) => *response,
        Ok(Answer::Show(outcome)) => show(site, page, StatusCode::OK, Submitted::default(), Some(outcome)).await,
        Ok(Answer::Changed(values)) => {
            let values = typed(&values);
            show(site, page, StatusCode::OK, Submitted { values, ..Submitted::default() }, None).await
        }
        Ok(Answer::Again) => show(site, page, StatusCode::OK, Submitted { values, ..Submitted::default() }, None).await,
        Err(Stop::Refused(Refusal::SignInFirst)) => go(&sign_in_address(page.uri.path())),
        Err(Stop::AtFields(refused)) => {
            let form = Submitted { values, refused: Arc::new(refused), ..Submitted::default() };
            show(site, page, StatusCode::UNPROCESSABLE_ENTITY, form, None).await
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
async fn show(site: &Site, page: Again, status: StatusCode, form: Submitted, outcome: Option<Outcome>) -> Response {
    let with_form = move || {
        provide_context(form.clone());
        if let Some(outcome) = outcome.clone() {
            provide_context(outcome);
        }
        if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
            response.set_status(status);
        }
    };
    render(site, page, with_form).await
}

/// Renders the page at an address with something more in its context.
async fn render(site: &Site, page: Again, more: impl Fn() + Clone + Send + Sync + 'static) -> Response {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = page.uri;
    request.extensions_mut().insert(page.visitor);
    let context = site.page_context();
    let all = move || {
        context();
        more();
    };
    let options = site.options.clone();
    leptos_axum::render_app_async_with_context(all, move || app::shell(LeptosOptions::clone(&options)))(request).await
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
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
