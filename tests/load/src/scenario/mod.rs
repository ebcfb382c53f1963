//! The scenarios: who does what when, and what must hold.

mod ceremony;
mod floor;
mod last_minute;
mod sitting;
mod week;

pub use ceremony::ceremony;
pub use floor::floor;
pub use last_minute::last_minute;
pub use sitting::{sign_in, sitting};
pub use week::{ten_million, week};

use crate::{
    ground::Ground,
    http::Failure,
    server::{Cpu, Server},
    tally::Tally,
};
use serde_json::{Map, Value, json};
use std::time::Duration;
use tokio::time::Instant;

/// One demand of the bench and whether it was met.
#[derive(Debug, Clone)]
pub struct Demand {
    /// What must hold, with its limit.
    pub words: String,
    /// Whether it held.
    pub held: bool,
}

impl Demand {
    /// A measured figure must not exceed its limit.
    pub fn at_most(what: &str, measured: f64, limit: f64) -> Self {
        Self { words: format!("{what} {measured:.2} ≤ {limit}"), held: measured <= limit }
    }

    /// A count must be nothing.
    pub fn none(what: &str, count: u64) -> Self {
        Self { words: format!("{count} {what}"), held: count == 0 }
    }
}

/// What a scenario measured.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Its name in the results.
    pub name: &'static str,
    /// Its figures.
    pub figures: Map<String, Value>,
    /// What must hold.
    pub demands: Vec<Demand>,
    /// The first errors.
    pub errors: Vec<String>,
}

/// How large a run is: 1 is the real one; a trial divides people and time.
#[derive(Debug, Clone, Copy)]
pub struct Scale(pub usize);

impl Scale {
    /// So many people of the real number.
    pub fn people(self, real: usize) -> usize {
        (real / self.0).max(1)
    }
}

/// A run between two readings of the clocks.
struct Run {
    server: Server,
    begun: Instant,
    before: Cpu,
}

impl Run {
    async fn begin(ground: &Ground, database: Option<u32>) -> Result<Self, Failure> {
        let server = Server::start(&ground.plan, database).await?;
        let before = server.cpu()?;
        Ok(Self { server, begun: Instant::now(), before })
    }

    /// The figures that every scenario reports, for so many sittings.
    fn figures(&self, tally: &Tally, sittings: u64) -> Result<Map<String, Value>, Failure> {
        let (took, cpu) = (self.begun.elapsed(), self.server.cpu()?.since(self.before));
        let mut figures = tally.percentiles();
        figures.insert("sittings".to_owned(), json!(sittings));
        figures.insert("seconds".to_owned(), json!(round(took.as_secs_f64())));
        figures.insert("sittings_per_s".to_owned(), json!(round(share(sittings, took.as_secs_f64()))));
        figures.insert("cpu_ms_per_sitting".to_owned(), json!(round(per(cpu.all(), sittings))));
        figures.insert("server_cpu_ms".to_owned(), json!(cpu.server));
        figures.insert("database_cpu_ms".to_owned(), json!(cpu.database));
        figures.insert("peak_rss_mib".to_owned(), json!(self.server.peak_rss_mib()?));
        figures.insert("errors".to_owned(), json!(tally.errors()));
        Ok(figures)
    }
}

/// The moment of the `n`-th of `of` events that are spread evenly over a span from `from` on.
fn spread(from: Instant, span: Duration, n: usize, of: usize) -> Instant {
    from + span.mul_f64(fraction(n, of))
}

#[expect(clippy::cast_precision_loss, reason = "counts of a bench are far below 2^52")]
fn fraction(n: usize, of: usize) -> f64 {
    n as f64 / of.max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of a bench are far below 2^52")]
fn per(milliseconds: u64, count: u64) -> f64 {
    milliseconds as f64 / count.max(1) as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts of a bench are far below 2^52")]
fn share(count: u64, seconds: f64) -> f64 {
    count as f64 / seconds.max(0.001)
}

fn round(figure: f64) -> f64 {
    (figure * 1_000.0).round() / 1_000.0
}

/// A figure of an outcome.
fn figure(figures: &Map<String, Value>, name: &str) -> f64 {
    figures.get(name).and_then(Value::as_f64).unwrap_or(f64::INFINITY)
}
