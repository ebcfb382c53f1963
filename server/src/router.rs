//! The router: pages, doors, files and what stands before them.

use crate::{
    Config,
    cookies::SessionCookie,
    doors, files, headers,
    limits::{Limits, Rates},
    operations::{self, Begun},
    problems::{self, Asked},
    visit,
};
use app::{App, page::Visitor, shell};
use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRef, Request, State},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use engine::Engine;
use http::{Method, StatusCode, request::Parts};
use leptos::prelude::{LeptosOptions, provide_context, use_context};
use leptos_axum::{LeptosRoutes, generate_route_list};
use std::{sync::Arc, time::Duration};
use tower::{ServiceBuilder, ServiceExt};
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, DefaultPredicate, Predicate,
        predicate::{And, SizeAbove},
    },
    limit::RequestBodyLimitLayer,
    timeout::RequestBodyTimeoutLayer,
};

/// What every handler shares; cheap to clone, as each layer does for each request.
#[derive(Clone)]
pub struct Site {
    shared: Arc<Shared>,
}

/// What all clones share.
pub struct Shared {
    /// The engine.
    pub engine: Engine,
    /// The configuration.
    pub config: Config,
    /// Where leptos finds the site's files.
    pub options: Arc<LeptosOptions>,
    /// The session cookie.
    pub cookie: SessionCookie,
    /// How much one account, sheet or network may ask; none: as much as it likes.
    pub limits: Option<Limits>,
}

impl std::ops::Deref for Site {
    type Target = Shared;
    fn deref(&self) -> &Shared {
        &self.shared
    }
}

impl FromRef<Site> for LeptosOptions {
    fn from_ref(site: &Site) -> Self {
        LeptosOptions::clone(&site.options)
    }
}

impl Site {
    /// A site around an engine.
    pub fn new(engine: Engine, config: Config) -> Self {
        let limits = config.rate_limits.then(|| Limits::new(Rates::default()));
        Self::limited(engine, config, limits)
    }

    /// A site with limits of its own.
    pub fn limited(engine: Engine, config: Config, limits: Option<Limits>) -> Self {
        let root = config.site.to_string_lossy().into_owned();
        let options = LeptosOptions::builder()
            .output_name("cchc")
            .site_root(root)
            .site_pkg_dir("pkg")
            .site_addr(config.listen)
            .env(leptos::config::Env::PROD)
            .hash_files(config.site.join("hash.txt").exists())
            .hash_file(std::path::absolute(config.site.join("hash.txt")).unwrap_or_default().to_string_lossy().into_owned().into())
            .build();
        let cookie = SessionCookie { secure: config.is_secure() };
        Self { shared: Arc::new(Shared { engine, config, options: Arc::new(options), cookie, limits }) }
    }

    /// Gives a page its engine, its visitor and its policy.
    pub fn page_context(&self) -> impl Fn() + Clone + Send + Sync + 'static + use<> {
        let engine = self.engine.clone();
        move || {
            provide_context(engine.clone());
            if let Some(visitor) = use_context::<Parts>().and_then(|parts| parts.extensions.get::<Visitor>().cloned()) {
                provide_context(visitor);
            }
            headers::page_policy();
        }
    }
}

/// No body larger than this is received, whatever stands behind the door; what is kept of it is each door's own limit.
const LARGEST_BODY: usize = 64 << 20;
/// Nobody waits longer than this for the next piece of a body; how long the whole may take is [`crate::request::longest`].
const SILENCE: Duration = Duration::from_secs(30);

/// Quick, since it is done for each answer again; an answer that fits a packet is sent as it is.
fn compression() -> CompressionLayer<And<DefaultPredicate, SizeAbove>> {
    CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest).compress_when(DefaultPredicate::new().and(SizeAbove::new(1_024)))
}

/// The whole site.
pub fn router(site: Site) -> Router {
    let pages = {
        let options = site.options.clone();
        Router::new()
            .leptos_routes_with_context(&site, generate_route_list(App), site.page_context(), move || shell(LeptosOptions::clone(&options)))
            .layer(from_fn_with_state(site.clone(), doors::admitted))
    };
    let routes = Router::new()
        .merge(pages)
        .merge(doors::doors())
        .fallback(elsewhere)
        .layer(
            ServiceBuilder::new()
                .layer(from_fn_with_state(site.clone(), visit::know_visitor))
                // Our own reading enforces each door's limit; axum's default would cut uploads first.
                .layer(DefaultBodyLimit::disable()),
        )
        .merge(files::files(&site));
    surround(site, routes)
}

/// What stands around every route, whatever it answers: compression; metrics, headers, pages for failures; panics, how
/// much is received.
///
/// A router boxes what `layer` makes, each function between layers boxes again, and all boxes inside are copied for every
/// request: so there is one call with all layers, and one function.
pub fn surround(site: Site, routes: Router<Site>) -> Router {
    let layers = ServiceBuilder::new()
        .layer(compression())
        .layer(from_fn_with_state(site.clone(), around))
        .layer(CatchPanicLayer::custom(problems::caught))
        .layer(RequestBodyTimeoutLayer::new(SILENCE))
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY));
    routes.route("/healthz", get(operations::alive)).route("/readyz", get(operations::ready)).layer(layers).with_state(site)
}

/// Measures each answer, makes a page of a failure that has none, and sets the headers that are missing.
async fn around(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (asked, begun) = (Asked::of(&request), Begun::of(&request));
    let mut response = problems::as_page(&site, &asked, next.run(request).await);
    headers::complete(&site, asked.path(), &mut response);
    begun.measure(&response);
    response
}

/// A file at the root of the site, or the page that says that there is nothing here.
async fn elsewhere(State(site): State<Site>, request: Request) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD)
        && request.uri().path().rsplit('/').next().is_some_and(|name| name.contains('.'))
    {
        let mut probe = Request::new(axum::body::Body::empty());
        *probe.method_mut() = request.method().clone();
        *probe.uri_mut() = request.uri().clone();
        *probe.headers_mut() = request.headers().clone();
        if let Ok(found) = files::root(&site).oneshot(probe).await
            && found.status() != StatusCode::NOT_FOUND
        {
            return files::cacheable(found.into_response());
        }
    }
    let mut blank = Request::new(axum::body::Body::empty());
    *blank.uri_mut() = request.uri().clone();
    *blank.extensions_mut() = request.extensions().clone();
    let options = site.options.clone();
    leptos_axum::render_app_async_with_context(site.page_context(), move || shell(LeptosOptions::clone(&options)))(blank).await
}
