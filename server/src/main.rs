//! The command line of `cchc`.

use clap::{Parser, Subcommand};
use server::{config::Settings, console, demo, keeping, logs, serve};
use std::{error::Error, io::IsTerminal, path::PathBuf, process::ExitCode};
use tracing_subscriber::{EnvFilter, fmt, prelude::*};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Hội thi CCHC holds online contests on administrative reform, from the question bank to the published results.
#[derive(Parser)]
#[command(name = "cchc", version)]
struct Line {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the site.
    Serve,
    /// Bring the database up to this version's schema.
    Migrate,
    /// Print the configuration in force, secrets hidden.
    Config,
    /// Write the whole database to a file, while serving too; the secret is not in it.
    Backup {
        /// The file.
        file: PathBuf,
        /// Replace the file if there is one.
        #[arg(long)]
        force: bool,
    },
    /// Put a backup in the place of the database; the server must be stopped.
    Restore {
        /// The file that `backup` made.
        file: PathBuf,
        /// Even where the database holds accounts, or the backup does not agree with itself.
        #[arg(long)]
        force: bool,
    },
    /// Check everything that is stored: schema, references, files, secret, every sheet's chain, paper and mark, every board.
    Verify,
    /// Load data.
    Seed {
        #[command(subcommand)]
        what: Seed,
    },
    /// Manage administrators.
    Admin {
        #[command(subcommand)]
        what: Admin,
    },
    /// Manage the roster.
    Roster {
        #[command(subcommand)]
        what: Roster,
    },
}

#[derive(Subcommand)]
enum Seed {
    /// The demo: units, question bank, three contests, simulated contestants.
    Demo {
        /// Load it even where people have accounts: its own accounts have a public password.
        #[arg(long)]
        force: bool,
    },
}

#[derive(Subcommand)]
enum Admin {
    /// Make an administrator; prints a one-time code to activate the account.
    Create {
        /// The login.
        login: String,
        /// The full name.
        name: String,
    },
}

#[derive(Subcommand)]
enum Roster {
    /// Import units or people from a .xlsx or .csv file.
    Import {
        /// The file.
        file: PathBuf,
        /// Write; without it the import is only tried and its errors are listed.
        #[arg(long)]
        accept: bool,
    },
}

fn main() -> ExitCode {
    let line = Line::parse();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("cchc: no threads can be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(run(line));
    // A picture that is drawn or a password that is hashed for nobody any more holds up no stop.
    runtime.shutdown_background();
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let said = error.to_string();
            eprintln!("cchc: {said}");
            let mut cause = error.source();
            while let Some(error) = cause {
                let words = error.to_string();
                if !said.contains(&words) {
                    eprintln!("  because: {words}");
                }
                cause = error.source();
            }
            ExitCode::FAILURE
        }
    }
}

async fn run(line: Line) -> Result<(), Box<dyn Error>> {
    let config = line.settings.resolve()?;
    let filter = logs::filter(EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn")));
    let layer = if config.log_json {
        fmt::layer().json().with_writer(std::io::stderr).boxed()
    } else {
        fmt::layer().with_ansi(std::io::stderr().is_terminal()).with_writer(std::io::stderr).boxed()
    };
    tracing_subscriber::registry().with(filter).with(layer).init();
    if !matches!(line.command, Command::Serve | Command::Config) {
        // A command whose settings were forgotten would work on another database without a word.
        eprintln!("Database: {}", config.shown_database());
    }
    match line.command {
        Command::Serve => serve::serve(config).await,
        Command::Config => {
            print!("{}", config.shown());
            Ok(())
        }
        Command::Backup { file, force } => keeping::back_up(&config, &file, force).await,
        Command::Restore { file, force } => keeping::restore(&config, &file, force).await,
        Command::Verify => keeping::verify(&config).await,
        Command::Migrate => {
            let engine = serve::open(&config).await?;
            engine.store.close().await;
            println!("The database is up to date.");
            Ok(())
        }
        Command::Seed { what: Seed::Demo { force } } => {
            let engine = serve::open(&config).await?;
            let seeded = demo::seed(&engine, force).await;
            engine.store.close().await;
            seeded
        }
        Command::Admin { what: Admin::Create { login, name } } => console::create_admin(&config, &login, &name).await,
        Command::Roster { what: Roster::Import { file, accept } } => console::import_roster(&config, &file, accept).await,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_help_begins_with_what_the_program_is_for() {
        let help = Line::command().render_help().to_string();
        let first = help.lines().next().unwrap_or_default();
        assert!(first.starts_with("Hội thi CCHC ") && first.contains("contests"), "{first}");
    }

    #[test]
    fn logs_become_json_with_or_without_a_value() {
        let json = |line: &[&str]| Line::try_parse_from(line).expect("a line").settings.log_json;
        assert_eq!(json(&["cchc", "serve"]), None);
        assert_eq!(json(&["cchc", "--log-json", "serve"]), Some(true));
        assert_eq!(json(&["cchc", "serve", "--log-json=0"]), Some(false));
    }

    #[test]
    fn the_demo_is_forced_only_by_whoever_says_so() {
        let forced = |line: &[&str]| match Line::try_parse_from(line).expect("a line").command {
            Command::Seed { what: Seed::Demo { force } } => force,
            _ => panic!("another command"),
        };
        assert!(!forced(&["cchc", "seed", "demo"]));
        assert!(forced(&["cchc", "seed", "demo", "--force"]));
    }
}
