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
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use std::net::SocketAddr;

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

/// Whether programs that watch ask at this path.
pub fn watches(path: &str) -> bool {
    matches!(path, "/healthz" | "/readyz")
}

/// A request whose answer is measured.
pub struct Begun {
    route: String,
    at: std::time::Instant,
}

impl Begun {
    /// This request, from now on.
    #[expect(clippy::disallowed_methods, reason = "latency is measured, not decided upon")]
    pub fn of(request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>().map_or("other", MatchedPath::as_str);
        Self { route: route.to_owned(), at: std::time::Instant::now() }
    }

    /// Counts it by route and status class; never by contest or round.
    pub fn measure(self, response: &Response) {
        let status = match response.status().as_u16() / 100 {
            1 => "1xx",
            2 => "2xx",
            3 => "3xx",
            4 => "4xx",
            _ => "5xx",
        };
        metrics::counter!("cchc_requests_total", "route" => self.route.clone(), "status" => status).increment(1);
        metrics::histogram!("cchc_request_seconds", "route" => self.route).record(self.at.elapsed().as_secs_f64());
    }
}

/// Starts collecting.
///
/// # Errors
/// When a recorder is installed already.
pub fn collect() -> Result<PrometheusHandle, metrics_exporter_prometheus::BuildError> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("cchc_request_seconds".to_owned()), &[0.001, 0.005, 0.02, 0.1, 0.3, 0.5, 1.0, 5.0])?
        .install_recorder()
}

/// Serves the metrics on a port of their own, until the process ends.
///
/// # Errors
/// When the port is taken.
pub async fn serve_metrics(at: SocketAddr, collected: PrometheusHandle) -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind(at).await?;
    let router = Router::new().route("/metrics", get(move || std::future::ready(collected.render())));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(())
}
