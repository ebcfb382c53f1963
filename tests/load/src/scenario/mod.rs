//! The scenarios: who does what when, and what must hold.

mod ceremony;
mod draw;
mod floor;
mod idle;
mod last_minute;
mod sitting;
mod start_rate;
mod week;

pub use ceremony::ceremony;
pub use draw::draw;
pub use floor::floor;
pub use idle::idle;
pub use last_minute::last_minute;
pub use sitting::{sign_in, sitting};
pub use start_rate::start_rate;
pub use week::{ten_million, week};

use crate::{
    cost::{Cpu, peak_rss_mib},
    ground::{Ground, Person},
    http::Failure,
    person::Scene,
    tally::Tally,
};
use futures::{StreamExt, stream};
use load::server::{Plan, Server, free_address};
use serde_json::{Map, Value, json};
use std::{pin::pin, time::Duration};
use tokio::time::{Instant, interval_at, sleep_until};

/// So often it is told how far a scenario has come.
const TELL_EVERY: Duration = Duration::from_secs(10);
/// Whatever takes longer hangs: the longest, the record week, must have passed in a quarter of this.
const LONGEST: Duration = Duration::from_hours(1);

/// One demand of the bench and whether it was met.
#[derive(Debug, Clone)]
pub struct Demand {
    /// What must hold, with its limit.
    pub words: String,
    /// Whether it held.
    pub held: bool,
    /// Whether it must; otherwise it is only reported.
    pub binds: bool,
}

impl Demand {
    /// A measured figure must not exceed its limit.
    pub fn at_most(what: &str, measured: f64, limit: f64) -> Self {
        Self { words: format!("{what} {measured:.2} ≤ {limit}"), held: measured <= limit, binds: true }
    }

    /// A count must not fall below its limit.
    pub fn at_least(what: &str, count: usize, limit: usize) -> Self {
        Self { words: format!("{what} {count} ≥ {limit}"), held: count >= limit, binds: true }
    }

    /// A count must be nothing.
    pub fn none(what: &str, count: u64) -> Self {
        Self { words: format!("{count} {what}"), held: count == 0, binds: true }
    }

    /// It binds SQLite; on PostgreSQL it is only reported.
    #[must_use]
    pub fn on_sqlite(self, database: Option<u32>) -> Self {
        Self { binds: database.is_none(), ..self }
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

    /// Whether it is only tried whether the scenario works.
    pub fn is_trial(self) -> bool {
        self.0 > 1
    }
}

/// A server, and what it has cost since a moment.
pub struct Run {
    /// The server.
    pub server: Server,
    /// The process id of PostgreSQL's first process, where that is the database.
    database: Option<u32>,
    begun: Instant,
    before: Cpu,
}

impl Run {
    /// Starts a server on the ground.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn begin(ground: &Ground, database: Option<u32>) -> Result<Self, Failure> {
        let listen = free_address()?;
        let server = Server::start(&Plan { listen, public_url: format!("http://{listen}"), ..ground.plan.clone() }).await?;
        let before = Cpu::spent(server.id()?, database)?;
        Ok(Self { server, database, begun: Instant::now(), before })
    }

    /// From now on counts.
    ///
    /// # Errors
    /// When the server has ended.
    pub fn count_anew(&mut self) -> Result<(), Failure> {
        self.before = Cpu::spent(self.server.id()?, self.database)?;
        self.begun = Instant::now();
        Ok(())
    }

    /// CPU time since the beginning.
    ///
    /// # Errors
    /// When the server has ended.
    pub fn cpu(&self) -> Result<Cpu, Failure> {
        Ok(Cpu::spent(self.server.id()?, self.database)?.since(self.before))
    }

    /// The most memory that the server ever held, in MiB.
    ///
    /// # Errors
    /// When it has ended.
    pub fn peak_rss_mib(&self) -> Result<u64, Failure> {
        peak_rss_mib(self.server.id()?)
    }

    /// Stops the server.
    ///
    /// # Errors
    /// When it does not stop.
    pub async fn stop(mut self) -> Result<(), Failure> {
        self.server.stop().await
    }

    /// The figures that every scenario reports, for so many sittings.
    fn figures(&self, tally: &Tally, sittings: u64) -> Result<Map<String, Value>, Failure> {
        let (took, cpu) = (self.begun.elapsed(), self.cpu()?);
        let mut figures = tally.percentiles();
        figures.insert("sittings".to_owned(), json!(sittings));
        figures.insert("seconds".to_owned(), json!(round(took.as_secs_f64())));
        figures.insert("sittings_per_s".to_owned(), json!(round(share(sittings, took.as_secs_f64()))));
        figures.insert("cpu_ms_per_sitting".to_owned(), json!(round(per(cpu.all(), sittings))));
        figures.insert("server_cpu_ms".to_owned(), json!(cpu.server));
        figures.insert("database_cpu_ms".to_owned(), json!(cpu.database));
        figures.insert("peak_rss_mib".to_owned(), json!(self.peak_rss_mib()?));
        figures.insert("errors".to_owned(), json!(tally.errors()));
        Ok(figures)
    }
}

/// Does the work and tells how far the tally has come; work that hangs ends in an error.
///
/// # Errors
/// When it hangs.
pub async fn watch<T>(tally: &Tally, work: impl Future<Output = T>) -> Result<T, Failure> {
    let (mut work, begun) = (pin!(work), Instant::now());
    let mut often = interval_at(begun + TELL_EVERY, TELL_EVERY);
    loop {
        tokio::select! {
            done = &mut work => return Ok(done),
            () = sleep_until(begun + LONGEST) => return Err(format!("it hangs after {}", tally.line()).into()),
            _ = often.tick() => eprintln!("   {:>4} s: {}", begun.elapsed().as_secs(), tally.line()),
        }
    }
}

/// Closed loop: everybody goes through a whole sitting, so many at the same time.
pub async fn sit_all(scene: &Scene<'_>, people: &[Person], at_once: usize) {
    // A step that failed was counted where it did, and ends the sitting.
    stream::iter(people).for_each_concurrent(at_once, |person| async { scene.sit(person).await.unwrap_or(()) }).await;
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
