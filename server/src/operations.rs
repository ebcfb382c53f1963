//! What an operator watches: liveness, readiness, metrics.

use crate::router::Site;
use app::problem::{self, Problem};
use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    middleware::Next,
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

/// Counts requests by route and status class; never by contest or round.
#[expect(clippy::disallowed_methods, reason = "latency is measured, not decided upon")]
pub async fn measured(request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "other".to_owned(), |path| path.as_str().to_owned());
    let start = std::time::Instant::now();
    let response = next.run(request).await;
    let status = format!("{}xx", response.status().as_u16() / 100);
    metrics::counter!("cchc_requests_total", "route" => route.clone(), "status" => status).increment(1);
    metrics::histogram!("cchc_request_seconds", "route" => route).record(start.elapsed().as_secs_f64());
    response
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
