//! The load bench. `make bench` builds a release server and runs every scenario on both databases.

mod bare;
mod ground;
mod past;
mod person;
mod proof;
mod report;
mod scenario;
mod server;
mod tally;

use clap::{Parser, Subcommand};
use ground::{Ground, Sources};
use load::{form, http, http::Failure, marking};
use scenario::{Outcome, Scale, ceremony, floor, last_minute, sign_in, sitting, ten_million, week};
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
    /// Divides the number of people, for a trial.
    #[arg(long, default_value_t = 1)]
    trial: usize,
}

/// What runs when no scenario is named.
const ALL: &[&str] = &["sitting", "with_sign_in", "ceremony", "last_minute", "floor"];
/// What runs by name only, since it takes long.
const LONG: &[&str] = &["week", "ten_million"];

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

/// Runs the scenarios one after another, each on a fresh database; whether everything held.
async fn run_all(run: Run) -> Result<bool, Failure> {
    let database = if run.postgres.is_some() { "postgres" } else { "sqlite" };
    let named = |name: &str| run.scenarios.iter().any(|one| one == name);
    if let Some(unknown) = run.scenarios.iter().find(|name| !ALL.iter().chain(LONG).any(|known| known == name)) {
        return Err(format!("there is no scenario {unknown}; there are {}", [ALL, LONG].concat().join(", ")).into());
    }
    let mut outcomes = Vec::new();
    for name in ALL.iter().chain(LONG).filter(|name| if run.scenarios.is_empty() { ALL.contains(name) } else { named(name) }) {
        eprintln!("── {name} on {database}");
        let outcome = run_one(name, &run).await?;
        report::print(database, &outcome);
        outcomes.push(outcome);
        report::write(&run.results, &outcomes)?;
    }
    println!("\n{}", report::table(database, &outcomes));
    Ok(outcomes.iter().flat_map(|outcome| &outcome.demands).all(|demand| demand.held))
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
        "last_minute" => last_minute(&ground, first, scale).await,
        "week" => week(&ground, first, scale).await,
        "ten_million" => ten_million(&Ground::lay(&sources).await?, &ground, scale).await,
        _ => floor(&ground, first, scale).await,
    }
}
