//! The faults by hand: `scripts/faults` builds what it needs and runs them at length.

use clap::{Parser, ValueEnum};
use faults::{
    Failure, fault,
    ground::Sources,
    nodes,
    run::{Plan, Scale, play_all},
};
use std::{path::PathBuf, process::ExitCode};

/// Faults and invariants of Hội thi CCHC.
#[derive(Parser)]
struct Line {
    /// The program `cchc`.
    #[arg(long, env = "CCHC_BIN")]
    program: PathBuf,
    /// The site's folder.
    #[arg(long, env = "CCHC_SITE")]
    site: PathBuf,
    /// On which ground; all when none is named.
    #[arg(value_enum)]
    grounds: Vec<Where>,
    /// Plays a run again; without it chance decides, and the seed is printed.
    #[arg(long)]
    seed: Option<u64>,
    /// Only these faults.
    #[arg(long = "fault")]
    faults: Vec<String>,
    /// As short as in `make test`.
    #[arg(long)]
    short: bool,
    /// Prints the names of the faults.
    #[arg(long)]
    list: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Where {
    Sqlite,
    Postgres,
    Nodes,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Line::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("faults: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(line: Line) -> Result<bool, Failure> {
    if line.list {
        println!("SQLite: {}\nPostgreSQL: {}", fault::of(false, true).join(" · "), fault::of(true, true).join(" · "));
        return Ok(true);
    }
    let seed = line.seed.unwrap_or_else(|| u64::from_be_bytes(engine::random::bytes()));
    let scale = if line.short { Scale::SHORT } else { Scale::LONG };
    let sources = Sources { program: std::path::absolute(line.program)?, site: std::path::absolute(line.site)? };
    let grounds = if line.grounds.is_empty() { vec![Where::Sqlite, Where::Postgres, Where::Nodes] } else { line.grounds };
    let mut held = true;
    for ground in grounds {
        let plan = Plan { sources: sources.clone(), on_postgres: ground != Where::Sqlite, scale, seed };
        let tell = |line: &str| println!("{line}");
        held &= if ground == Where::Nodes { nodes::play(&plan, tell).await? } else { play_all(&plan, &line.faults, tell).await? };
    }
    Ok(held)
}
