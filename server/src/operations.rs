//! What an operator watches: liveness, readiness, metrics.

use crate::router::Site;
use app::problem::{self, Problem};
use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::Refusal;
use metrics::{Counter, Histogram};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

/// How often what was measured is summed up, so that it does not pile up while nobody reads it.
const UPKEEP_EVERY: Duration = Duration::from_secs(5);

/// Whether the process runs.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Whether the database answers.
pub async fn ready(State(site): State<Site>) -> Response {
    match site.engine.ready().await {
        Ok(()) => Response::new("ready\n".into()),
        Err(stop) => {
            problem::log(&stop);
            Problem::from(Refusal::Busy).into_response()
        }
    }
}

/// Every way to a sheet and of a sheet is one route: a count of entries, starts or hand-ins would tell how many people
/// take part in the only round that is open, and a prediction may be open on just that.
const SHEET: &str = "sheet";
/// The route of what matches none.
const OTHER: &str = "other";
/// The classes of an answer's status.
const CLASSES: [&str; 5] = ["1xx", "2xx", "3xx", "4xx", "5xx"];
/// The same for a sheet: entries, starts and hand-ins by form are the ones that end in a redirect.
const CLASSES_OF_A_SHEET: [&str; 5] = ["1xx", "2xx", "2xx", "4xx", "5xx"];

/// Whether somebody collects, so that requests are worth counting.
static COLLECTING: AtomicBool = AtomicBool::new(false);
/// What is counted, by route.
static METERS: RwLock<BTreeMap<String, Arc<Meter>>> = RwLock::new(BTreeMap::new());

/// What is counted of one route.
struct Meter {
    /// Answers by the class of their status.
    answers: [Counter; 5],
    seconds: Histogram,
}

impl Meter {
    fn of(route: &str) -> Self {
        let classes = if route == SHEET { CLASSES_OF_A_SHEET } else { CLASSES };
        Self {
            answers: classes.map(|class| metrics::counter!("cchc_requests_total", "route" => route.to_owned(), "status" => class)),
            seconds: metrics::histogram!("cchc_request_seconds", "route" => route.to_owned()),
        }
    }

    /// The meter of a route, made at its first request. Two that are made at once count on the same.
    fn at(route: &str) -> Arc<Self> {
        if let Some(meter) = METERS.read().unwrap_or_else(PoisonError::into_inner).get(route) {
            return meter.clone();
        }
        let made = Arc::new(Self::of(route));
        METERS.write().unwrap_or_else(PoisonError::into_inner).entry(route.to_owned()).or_insert(made).clone()
    }
}

/// Under which route a matched path is counted.
fn route_of(path: &str) -> &str {
    let to_a_sheet = matches!(path, "/cuoc-thi/{slug}/tham-gia" | "/cuoc-thi/{slug}/cho" | "/cuoc-thi/{slug}/thi");
    if to_a_sheet || path.starts_with("/thi/") { SHEET } else { path }
}

/// Whether programs that watch ask at this path.
pub fn watches(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz")
}

/// A request whose answer is measured, if somebody collects.
pub struct Begun(Option<(Arc<Meter>, std::time::Instant)>);

impl Begun {
    /// This request, from now on.
    #[expect(clippy::disallowed_methods, reason = "latency is measured, not decided upon")]
    pub fn of(request: &Request) -> Self {
        if !COLLECTING.load(Ordering::Relaxed) {
            return Self(None);
        }
        let route = request.extensions().get::<MatchedPath>().map_or(OTHER, |path| route_of(path.as_str()));
        Self(Some((Meter::at(route), std::time::Instant::now())))
    }

    /// Counts it by route and status class; never by contest or round.
    pub fn measure(self, response: &Response) {
        let Some((meter, at)) = self.0 else { return };
        let class = usize::from(response.status().as_u16() / 100);
        if let Some(counter) = meter.answers.get(class.wrapping_sub(1)) {
            counter.increment(1);
        }
        meter.seconds.record(at.elapsed().as_secs_f64());
    }
}

/// Starts collecting.
///
/// # Errors
/// When a recorder is installed already.
pub fn collect() -> Result<PrometheusHandle, metrics_exporter_prometheus::BuildError> {
    let collected = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("cchc_request_seconds".to_owned()), &[0.001, 0.005, 0.02, 0.1, 0.3, 0.5, 1.0, 5.0])?
        .install_recorder()?;
    COLLECTING.store(true, Ordering::Relaxed);
    Ok(collected)
}

/// Serves the metrics on a port of their own, until the process ends.
///
/// # Errors
/// When the port is taken.
pub async fn serve_metrics(at: SocketAddr, collected: PrometheusHandle) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(at).await?;
    let kept = collected.clone();
    let router = Router::new().route("/metrics", get(move || std::future::ready(collected.render())));
    tokio::spawn(async move { axum::serve(listener, router).await });
    tokio::spawn(async move {
        let mut often = tokio::time::interval(UPKEEP_EVERY);
        loop {
            often.tick().await;
            kept.run_upkeep();
        }
    });
    Ok(())
}
