//! Serving: open the engine, listen, stop gracefully.

use crate::{
    Config, Site,
    connections::{self, Patience},
    operations, router,
};
use domain::{Millis, Timestamp};
use engine::{Engine, Settings, clock::Clock, lease::Chore, secrets::Secrets};
use std::{error::Error, net::SocketAddr, path::Path, time::Duration};
use tokio::{net::TcpListener, time::timeout};

/// How often the sweeper looks, and asks whether it leads.
const SWEEP_EVERY: Duration = Duration::from_secs(2);
/// How often the clock is compared with the database's and with the machine's.
const CLOCK_EVERY: Duration = Duration::from_secs(5);
/// How often a node tells the others what it sees of the rounds that it serves.
const REPORT_EVERY: Duration = Duration::from_secs(5);
/// Once a stopping server has ended its answers, the database has so long to be closed.
pub const CLOSING: Duration = Duration::from_secs(1);
/// How often what has served is forgotten.
const FORGET_EVERY: Duration = Duration::from_hours(1);
/// The variable that shifts the clock, in milliseconds: for browser tests only.
const CLOCK_SHIFT: &str = "CCHC_CLOCK_SHIFT_MS";
/// The variable by which the machine's wall clock is wrong, in milliseconds: for the faults only.
const WALL_CLOCK_OFF: &str = "CCHC_WALL_CLOCK_OFF_MS";
/// The variable that leaves an embedded database only so many pages: for the faults only.
const DATABASE_PAGES: &str = "CCHC_DATABASE_PAGES";

/// A variable for tests holds no whole number.
#[derive(Debug, thiserror::Error)]
#[error("{0} must be a whole number, not {1:?}")]
struct NoNumber(&'static str, String);

/// Opens the engine that a configuration describes; the schema is brought up to date.
///
/// # Errors
/// When the data folder, the secret or the database cannot be opened, or the clock's shift is no number.
pub async fn open(config: &Config) -> Result<Engine, Box<dyn Error>> {
    let embedded = config.database.starts_with("sqlite:");
    if embedded {
        make_folder(&config.data)?;
    }
    let engine = Engine::open(settings(config, embedded)?).await?;
    let pages = for_tests(DATABASE_PAGES)?;
    if pages > 0 {
        engine.store.limit_pages(pages).await?;
    }
    Ok(engine)
}

/// Makes the data folder, which only its owner may enter: personal data lies in it. One that is there stays as it is.
///
/// # Errors
/// When it cannot be made.
pub fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// What the engine of a configuration is opened with; a missing secret is made only where that is said.
///
/// # Errors
/// When the secret cannot be read, or the clock's shift is no number.
pub fn settings(config: &Config, make_secret: bool) -> Result<Settings, Box<dyn Error>> {
    Ok(Settings {
        database: config.database.clone(),
        connections: config.database_connections,
        secrets: Secrets::read(&config.secret_file, make_secret)?,
        clock: clock()?,
        public_url: config.public_url.clone(),
        help_line: config.help_line.clone(),
        start_spread: Millis(config.start_spread_ms.into()),
    })
}

/// The machine's clock; browser tests, which open and close rounds, shift it, and the faults make it wrong.
fn clock() -> Result<Clock, NoNumber> {
    let clock = Clock::running(Timestamp(0));
    let (off, shift) = (Millis(for_tests(WALL_CLOCK_OFF)?), Millis(for_tests(CLOCK_SHIFT)?));
    clock.wind(off);
    Ok(clock.shifted(shift))
}

/// What a variable for tests says; 0 when it is not set.
fn for_tests(variable: &'static str) -> Result<i64, NoNumber> {
    let typed = std::env::var_os(variable).unwrap_or_default();
    let number = read_number(variable, &typed.to_string_lossy())?;
    if number != 0 {
        tracing::warn!(number, "{variable} is set: for tests only");
    }
    Ok(number)
}

/// The number that was typed; nothing is 0.
fn read_number(variable: &'static str, typed: &str) -> Result<i64, NoNumber> {
    match typed.trim() {
        "" => Ok(0),
        number => number.parse().map_err(|_| NoNumber(variable, typed.to_owned())),
    }
}

/// Serves until the process is asked to stop; requests in flight are finished, unless they take too long.
///
/// # Errors
/// When the engine cannot be opened or the port is taken.
pub async fn serve(config: Config) -> Result<(), Box<dyn Error>> {
    let engine = open(&config).await?;
    engine.join_nodes();
    if let Some(at) = config.metrics_listen {
        let serving = operations::serve_metrics(at, operations::collect()?).await;
        serving.map_err(|error| format!("{at} cannot be listened on: {error}; choose another with --metrics-listen"))?;
    }
    let listener = listen(config.listen).await?;
    tracing::info!(address = %config.public_url, node = engine.node, "serving");
    for doubt in config.doubts() {
        tracing::warn!("{doubt}");
    }
    if engine.has_demo().await? {
        print!("{}", crate::demo::accounts(&config.public_url));
    }
    let chores = [
        tokio::spawn(sweep(engine.clone())),
        tokio::spawn(forget(engine.clone())),
        tokio::spawn(follow_clock(engine.clone())),
        tokio::spawn(report(engine.clone())),
    ];
    let patience = Patience { most: config.max_connections, ..Patience::default() };
    let site = Site::new(engine.clone(), config);
    connections::serve(listener, router(site), patience, asked_to_stop()).await;
    for chore in chores {
        chore.abort();
    }
    if timeout(CLOSING, engine.store.close()).await.is_err() {
        tracing::warn!("the database is left before it was closed; what was acknowledged is on the disk");
    }
    tracing::info!("stopped");
    Ok(())
}

/// Listens, or says which address cannot be had and how another is chosen.
async fn listen(at: SocketAddr) -> Result<TcpListener, String> {
    let bound = TcpListener::bind(at).await;
    bound.map_err(|error| format!("{at} cannot be listened on: {error}; choose another with --listen or CCHC_LISTEN"))
}

/// Ends the sheets whose time is over and that nobody handed in, well within 60 seconds of their grace.
///
/// One node does it for all; were it two, the second would change nothing: an ending is a conditional update.
async fn sweep(engine: Engine) {
    let mut often = tokio::time::interval(SWEEP_EVERY);
    often.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        often.tick().await;
        let swept = match engine.leads(Chore::Sweep).await {
            Ok(true) => engine.sweep().await,
            Ok(false) => continue,
            Err(stop) => Err(stop),
        };
        match swept {
            Ok(swept) if swept.ended > 0 => tracing::info!(ended = swept.ended, failed = swept.failed, "sheets ended by the clock"),
            Ok(_) => {}
            Err(stop) => tracing::error!(error = &stop as &dyn Error, "the sweeper could not look"),
        }
    }
}

/// Looks at the clock again and again.
async fn follow_clock(engine: Engine) {
    let mut often = tokio::time::interval(CLOCK_EVERY);
    often.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        often.tick().await;
        look_at_clock(&engine).await;
    }
}

/// Compares the clock once with the database's and the machine's; the metrics tell of every alarm, that of the start too.
pub async fn look_at_clock(engine: &Engine) {
    if let Err(stop) = engine.follow_clock().await {
        tracing::error!(error = &stop as &dyn Error, "the database's clock could not be asked");
    }
    metrics::counter!("cchc_clock_alarms_total").absolute(engine.clock.alarms());
}

/// Tells the other nodes what this one sees of the rounds that it serves, for the organisers' live page.
async fn report(engine: Engine) {
    let mut often = tokio::time::interval(REPORT_EVERY);
    often.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        often.tick().await;
        if let Err(stop) = engine.report_node().await {
            tracing::error!(error = &stop as &dyn Error, "the other nodes could not be told what this one sees");
        }
    }
}

/// Forgets what has served, at the start and then every hour: counters, ended sessions, identity numbers whose time is over.
///
/// Each node may do it: what is gone is not erased twice.
async fn forget(engine: Engine) {
    let mut seldom = tokio::time::interval(FORGET_EVERY);
    seldom.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        seldom.tick().await;
        if let Err(stop) = engine.forget_expired().await {
            tracing::error!(error = &stop as &dyn Error, "what has served could not be forgotten");
        }
    }
}

/// Ctrl-C, or SIGTERM from a service manager.
async fn asked_to_stop() {
    let interrupt = async {
        let _ = tokio::signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! { () = interrupt => {}, () = terminate => {} }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_address_that_is_taken_is_named_with_the_way_to_another() {
        let taken = listen(([127, 0, 0, 1], 0).into()).await.expect("a free port");
        let at = taken.local_addr().expect("an address");
        let refused = listen(at).await.expect_err("it is taken");
        assert!(refused.starts_with(&at.to_string()) && refused.contains("CCHC_LISTEN"), "{refused}");
    }

    #[cfg(unix)]
    #[test]
    fn a_new_data_folder_is_private() {
        let outer = tempfile::tempdir().expect("a folder");
        let data = outer.path().join("cchc/data");
        make_folder(&data).expect("made");
        make_folder(&data).expect("there already");
        let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&data).expect("there").permissions());
        assert_eq!(mode & 0o777, 0o700);
    }

    #[test]
    fn a_variable_for_tests_is_a_whole_number_or_an_error() {
        let read = |typed| read_number(CLOCK_SHIFT, typed);
        assert_eq!(read("").ok(), Some(0));
        assert_eq!(read(" -3600000 ").ok(), Some(-3_600_000));
        for wrong in ["1h", "3600000ms", "1.5", "9223372036854775808"] {
            let refused = read(wrong).expect_err("no number").to_string();
            assert!(refused.contains("CCHC_CLOCK_SHIFT_MS") && refused.contains(wrong), "{refused}");
        }
    }
}
