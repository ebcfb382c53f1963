//! Opens the doors of `app`: a form's POST either goes on (303) or shows its page again.

use crate::{headers, request, router::Site};
use app::{
    door::{Act, Answer, Ask, Door, Form},
    page::{Visitor, sign_in_address},
    problem,
    submitted::{Outcome, Submitted},
};
use axum::{
    Router,
    body::Body,
    extract::{DefaultBodyLimit, Request, State},
    response::Response,
    routing::{MethodFilter, on},
};
use domain::Refusal;
use engine::Stop;
use http::{HeaderValue, Method, StatusCode, Uri, header};
use leptos::prelude::provide_context;
use std::sync::Arc;

/// The router of every door.
pub fn doors() -> Router<Site> {
    app::doors().iter().fold(Router::new(), |router, door| {
        let filter = if *door.method == Method::GET { MethodFilter::GET } else { MethodFilter::POST };
        let door = *door;
        let handler = move |State(site): State<Site>, request: Request| open(site, door, request);
        // Our own reading enforces the limit; axum's default would cut uploads first.
        router.route(door.path, on(filter, handler).layer(DefaultBodyLimit::max(door.limit.max(1 << 10) + (64 << 10))))
    })
}

async fn open(site: Site, door: Door, request: Request) -> Response {
    let uri = request.uri().clone();
    let visitor = request.extensions().get::<Visitor>().cloned();
    let ask = match request::read(site.engine.clone(), door.path, door.limit, request).await {
        Ok(ask) => ask,
        Err(refusal) => return headers::plain(refusal),
    };
    match door.act {
        Act::Raw(act) => act(ask).await,
        Act::Form(act) => {
            let typed = typed(&ask);
            let outcome = act(ask).await;
            let page = Again { uri, visitor };
            answer(&site, page, typed, outcome).await
        }
    }
}

/// The page that is shown again.
struct Again {
    uri: Uri,
    visitor: Option<Visitor>,
}

/// What was typed, passwords and identity numbers left out.
fn typed(ask: &Ask) -> Arc<Vec<(String, String)>> {
    const SECRET: &[&str] = &["password", "new_password", "old_password", "code", "national_id"];
    let Form { values, .. } = &ask.form;
    Arc::new(values.iter().filter(|(name, _)| !SECRET.contains(&name.as_str())).cloned().collect())
}

async fn answer(site: &Site, page: Again, values: Arc<Vec<(String, String)>>, outcome: engine::Result<Answer>) -> Response {
    match outcome {
        Ok(Answer::Go(to)) => go(&to),
        Ok(Answer::SignedIn { token, to }) => with_cookie(go(&to), site.cookie.set(&token)),
        Ok(Answer::SignedOut(to)) => with_cookie(go(&to), site.cookie.drop()),
        Ok(Answer::Reply(response)) => *response,
        Ok(Answer::Show(outcome)) => show(site, page, StatusCode::OK, Submitted::default(), Some(outcome)).await,
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
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = page.uri;
    if let Some(visitor) = page.visitor {
        request.extensions_mut().insert(visitor);
    }
    let context = site.page_context();
    let with_form = move || {
        context();
        provide_context(form.clone());
        if let Some(outcome) = outcome.clone() {
            provide_context(outcome);
        }
        if let Some(response) = leptos::prelude::use_context::<leptos_axum::ResponseOptions>() {
            response.set_status(status);
        }
    };
    let options = site.options.clone();
    leptos_axum::render_app_async_with_context(with_form, move || app::shell(options.clone()))(request).await
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
