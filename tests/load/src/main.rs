//! The load bench. `make bench` builds a release server and runs every scenario on both databases.

mod bare;
mod cost;
mod ground;
mod past;
mod person;
mod proof;
mod report;
mod scenario;
mod tally;

use clap::{Parser, Subcommand};
use ground::{Ground, Sources};
use load::{form, http, http::Failure, marking, rows};
use scenario::{Outcome, Scale, ceremony, draw, floor, idle, last_minute, sign_in, sitting, start_rate, ten_million, week};
use serde_json::json;
use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

/// The load bench of Hội thi CCHC.
#[derive(Parser)]
struct Line {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run scenarios on one database.
    Run(Run),
    /// Serve the floor (the bench starts it by itself).
    Floor {
        /// Where to listen.
        listen: SocketAddr,
        /// The database file.
        file: PathBuf,
    },
}

#[derive(Parser)]
struct Run {
    /// The program `cchc`, built for release.
    #[arg(long)]
    program: PathBuf,
    /// The site's folder.
    #[arg(long)]
    site: PathBuf,
    /// A PostgreSQL server; without it SQLite.
    #[arg(long)]
    postgres: Option<String>,
    /// Where the results are written.
    #[arg(long)]
    results: PathBuf,
    /// Which scenarios; all when none is named.
    #[arg(long = "scenario")]
    scenarios: Vec<String>,
    /// Divides the number of people, for a trial, whose figures are written beside the others.
    #[arg(long, default_value_t = 1)]
    trial: usize,
}

/// When a scenario runs, unless some are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Always,
    /// The ceremony's numbers bind SQLite; PostgreSQL is searched for its own.
    OnPostgres,
    /// It takes long.
    ByName,
}

const SCENARIOS: &[(&str, When)] = &[
    ("sitting", When::Always),
    ("with_sign_in", When::Always),
    ("ceremony", When::Always),
    ("start_rate", When::OnPostgres),
    ("last_minute", When::Always),
    ("idle", When::Always),
    ("floor", When::Always),
    ("draw", When::ByName),
    ("week", When::ByName),
    ("ten_million", When::ByName),
];

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Line::parse().command {
        Command::Run(run) => run_all(run).await,
        Command::Floor { listen, file } => bare::serve(listen, &file).await.map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("load: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the scenarios one after another, each on a fresh database; whether everything held that must.
async fn run_all(run: Run) -> Result<bool, Failure> {
    let database = if run.postgres.is_some() { "postgres" } else { "sqlite" };
    let names = chosen(&run)?;
    // The figures of a trial do not take the place of real ones.
    let results = if run.trial > 1 { run.results.with_extension("trial.json") } else { run.results.clone() };
    // Now, and not after hours, it shows whether results can be written there.
    report::write(&results, &[])?;
    let (mut outcomes, mut held) = (Vec::new(), true);
    for (n, name) in (1..).zip(&names) {
        eprintln!("── {name} on {database}, {n} of {}", names.len());
        let mut outcome = match run_one(name, &run).await {
            Ok(outcome) => outcome,
            // The others may still be measured.
            Err(failure) => {
                eprintln!("{name} on {database} came to no end: {failure}");
                held = false;
                continue;
            }
        };
        if run.trial > 1 {
            outcome.figures.insert("trial".to_owned(), json!(run.trial));
        }
        report::print(database, &outcome);
        held &= outcome.demands.iter().all(|demand| demand.held || !demand.binds);
        outcomes.push(outcome);
        report::write(&results, &outcomes)?;
    }
    println!("\n{}", report::table(database, &outcomes));
    Ok(held)
}

/// The scenarios that are named, or those that always run.
fn chosen(run: &Run) -> Result<Vec<&'static str>, Failure> {
    let known = || SCENARIOS.iter().map(|(name, _)| *name);
    if let Some(unknown) = run.scenarios.iter().find(|name| !known().any(|known| known == *name)) {
        return Err(format!("there is no scenario {unknown}; there are {}", known().collect::<Vec<_>>().join(", ")).into());
    }
    let runs = |name: &str, when: When| match when {
        _ if !run.scenarios.is_empty() => run.scenarios.iter().any(|named| named == name),
        When::Always => true,
        When::OnPostgres => run.postgres.is_some(),
        When::ByName => false,
    };
    Ok(SCENARIOS.iter().filter(|(name, when)| runs(name, *when)).map(|(name, _)| *name).collect())
}

async fn run_one(name: &str, run: &Run) -> Result<Outcome, Failure> {
    let postgres = match &run.postgres {
        Some(server) => Some(ground::empty_database(server, name).await?),
        None => None,
    };
    let first = postgres.as_ref().map(|(_, first)| *first);
    let sources = Sources { program: run.program.clone(), site: run.site.clone(), postgres: postgres.map(|(address, _)| address) };
    let ground = Ground::lay(&sources).await?;
    let scale = Scale(run.trial.max(1));
    match name {
        "sitting" => sitting(&ground, first, scale).await,
        "with_sign_in" => sign_in(&ground, first, scale).await,
        "ceremony" => ceremony(&ground, first, scale).await,
        "start_rate" => start_rate(&ground, first, scale).await,
        "idle" => idle(&ground, first, scale).await,
        "last_minute" => last_minute(&ground, first, scale).await,
        "draw" => draw(&ground, scale).await,
        "week" => week(&ground, first, scale).await,
        "ten_million" => ten_million(&Ground::lay(&sources).await?, &ground, scale).await,
        _ => floor(&ground, first, scale).await,
    }
}
