//! A page: an address, a view, and what the view may ask while it is rendered.

use crate::{parts::Crumb, problem, submitted::Outcome};
use engine::{Caller, Engine, identity::Network};
use http::{HeaderValue, StatusCode, header, request::Parts};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use leptos_router::{PartialPathMatch, PathSegment, PossibleRouteMatch};
use std::{borrow::Cow, future::Future, net::IpAddr, sync::Arc};

/// One page of the site.
#[derive(Clone, Copy)]
pub struct Page {
    /// Its address: `/quan-tri/dot/{round}`.
    pub path: &'static str,
    /// What is shown.
    pub view: fn() -> AnyView,
    /// Whether it holds islands, so that the browser must load the wasm.
    pub lively: bool,
}

impl Page {
    /// A page of plain HTML: the browser loads no script for it.
    pub const fn plain(path: &'static str, view: fn() -> AnyView) -> Self {
        Self { path, view, lively: false }
    }

    /// A page with islands.
    pub const fn lively(path: &'static str, view: fn() -> AnyView) -> Self {
        Self { path, view, lively: true }
    }
}

/// Who visits: made once per request by the server.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The signed-in caller.
    pub caller: Option<Caller>,
    /// The token of the session, to end it.
    pub token: Option<String>,
    /// The network address, the proxy's word taken only where one is configured.
    pub network: IpAddr,
    /// The mark of the browser, by which an account that has been in use in it knows it again.
    pub browser: Option<String>,
}

impl Visitor {
    /// Where the request comes from, as tries are counted.
    pub fn origin(&self) -> Network {
        let network = Network::of(self.network);
        match &self.browser {
            Some(mark) => network.in_browser(mark),
            None => network,
        }
    }
}

/// The engine of this request.
pub fn engine() -> Engine {
    expect_context::<Engine>()
}

/// Who visits.
pub fn visitor() -> Visitor {
    expect_context::<Visitor>()
}

/// The signed-in caller, or the refusal that leads to the sign-in page.
///
/// # Errors
/// [`domain::Refusal::SignInFirst`].
pub fn caller() -> Result<Caller, domain::Refusal> {
    visitor().caller.ok_or(domain::Refusal::SignInFirst)
}

/// The part of the address named in the pattern, decoded; empty when the pattern lacks it.
pub fn param(name: &str) -> String {
    leptos_router::hooks::use_params_map().with_untracked(|params| params.get(name)).unwrap_or_default()
}

/// The id in the address, or "not found".
///
/// # Errors
/// [`domain::Refusal::NotFound`] when it is no id.
pub fn param_id<I: From<uuid::Uuid>>(name: &str) -> Result<I, domain::Refusal> {
    uuid::Uuid::parse_str(&param(name)).map(I::from).map_err(|_| domain::Refusal::NotFound)
}

/// A value of the query string; empty when absent.
pub fn query(name: &str) -> String {
    leptos_router::hooks::use_query_map().with_untracked(|query| query.get(name)).unwrap_or_default()
}

/// The path of the request without its query.
pub fn path() -> String {
    use_context::<Parts>().map_or_else(String::new, |parts| parts.uri.path().to_owned())
}

/// The path of the request with its query.
pub fn address() -> String {
    use_context::<Parts>().and_then(|parts| parts.uri.path_and_query().map(ToString::to_string)).unwrap_or_default()
}

/// What the page's own POST wants shown: a dry run, codes that are shown once.
pub fn shown<T: Send + Sync + 'static>() -> Option<Arc<T>> {
    use_context::<Outcome>().and_then(|outcome| outcome.0.downcast::<T>().ok())
}

/// The visitor lacks the right that the address asks for: its page says only that.
#[derive(Debug, Clone, Copy)]
pub struct Denied(pub domain::Refusal);

/// Loads what a page shows and shows it, or shows why not.
///
/// Take everything from the context (`engine()`, `caller()`, `param(…)`) before the `async` block.
pub fn page<F>(load: F) -> AnyView
where
    F: Future<Output = engine::Result<AnyView>> + Send + 'static,
{
    let response = expect_context::<ResponseOptions>();
    let here = address();
    if let Some(Denied(refusal)) = use_context() {
        return stopped(&refusal.into(), &response, &here);
    }
    let owner = Owner::current();
    Suspend::new(async move {
        let loaded = load.await;
        let within = owner.unwrap_or_default();
        match loaded {
            Ok(view) => view,
            Err(stop) => within.with(|| stopped(&stop, &response, &here)),
        }
    })
    .into_any()
}

/// Shows why the page cannot be shown; a missing sign-in leads to the sign-in page and back.
fn stopped(stop: &engine::Stop, response: &ResponseOptions, here: &str) -> AnyView {
    let refusal = stop.refusal();
    if refusal == domain::Refusal::SignInFirst {
        response.set_status(StatusCode::SEE_OTHER);
        if let Ok(value) = HeaderValue::from_str(&sign_in_address(here)) {
            response.insert_header(header::LOCATION, value);
        }
        return ().into_any();
    }
    response.set_status(StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
    let incident = problem::log(stop);
    problem::view(refusal, incident).into_any()
}

/// The sign-in page that leads back to `here`.
pub fn sign_in_address(here: &str) -> String {
    returning("/dang-nhap", here)
}

/// The page at `address`, told to lead back to `back` in the end; an empty `back` tells it nothing.
pub fn returning(address: &str, back: &str) -> String {
    if back.is_empty() {
        return address.to_owned();
    }
    let joint = if address.contains('?') { '&' } else { '?' };
    let back: String = form_urlencoded::byte_serialize(back.as_bytes()).collect();
    format!("{address}{joint}tiep={back}")
}

/// Crumbs, short-hand for page views.
pub fn crumb(name: impl Into<String>, address: impl Into<String>) -> Crumb {
    Crumb { name: name.into(), address: address.into() }
}

/// A page's address as the router matches it.
#[derive(Debug, Clone, Copy)]
pub struct Pattern(pub &'static str);

impl Pattern {
    /// The parameters of a path that matches as a whole.
    pub fn matches(self, path: &str) -> Option<Vec<(Cow<'static, str>, String)>> {
        let mut params = Vec::new();
        let mut given = path.trim_matches('/').split('/');
        for wanted in self.0.trim_matches('/').split('/') {
            let part = given.next()?;
            match wanted.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(_) if part.is_empty() => return None,
                Some(name) => {
                    let value = percent_encoding::percent_decode_str(part).decode_utf8().ok()?;
                    params.push((Cow::Borrowed(name), value.into_owned()));
                }
                None if wanted == part => {}
                None => return None,
            }
        }
        given.next().is_none().then_some(params)
    }
}

impl PossibleRouteMatch for Pattern {
    fn optional(&self) -> bool {
        false
    }

    fn test<'a>(&self, path: &'a str) -> Option<PartialPathMatch<'a>> {
        self.matches(path).map(|params| PartialPathMatch::new("", params, path))
    }

    fn generate_path(&self, path: &mut Vec<PathSegment>) {
        for part in self.0.trim_matches('/').split('/') {
            path.push(match part.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(name) => PathSegment::Param(Cow::Borrowed(name)),
                None => PathSegment::Static(Cow::Borrowed(part)),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Pattern, returning};

    #[test]
    fn a_page_is_told_where_to_lead_back_to() {
        assert_eq!(returning("/kich-hoat", ""), "/kich-hoat");
        assert_eq!(returning("/kich-hoat", "/cuoc-thi/a?b=1&c"), "/kich-hoat?tiep=%2Fcuoc-thi%2Fa%3Fb%3D1%26c");
        assert_eq!(returning("/dang-ky?doi-tuong=citizen", "/x"), "/dang-ky?doi-tuong=citizen&tiep=%2Fx");
    }

    #[test]
    fn a_pattern_matches_whole_paths_only() {
        let round = Pattern("/quan-tri/dot/{round}");
        assert_eq!(round.matches("/quan-tri/dot/7"), Some(vec![("round".into(), "7".to_owned())]));
        assert_eq!(round.matches("/quan-tri/dot/7/ket-qua"), None);
        assert_eq!(round.matches("/quan-tri/dot/"), None);
        assert_eq!(Pattern("/").matches("/"), Some(vec![]));
        assert_eq!(Pattern("/").matches("/x"), None);
    }
}
