//! The faults, each made among people who sit.

mod clock;
mod database;
mod day;
mod process;
mod wire;

use crate::{
    Failure,
    cast::{Cast, Played},
    history::Call,
    manner::Manner,
    run::Run,
};

/// Answers flow again within so many milliseconds after the server was started again.
const RESTART: i64 = 5_000;

const KILLED: &str = "killed between commit and reply";
const POSTGRES: &str = "postgres restarted under saves";
const HALTED: &str = "server halted";
const EXHAUSTED: &str = "pool exhausted";
const FULL: &str = "database full";
const ROUGH: &str = "latency 3 s and loss 10 %";
const OFFLINE: &str = "offline 5 min, then a burst";
const REPEATED: &str = "repeated and reordered requests";
const TAKEN: &str = "tabs, devices and takeovers";
const STEPPED: &str = "clock steps";
const DEPLOYED: &str = "a new build in mid-attempt";
const SLOW: &str = "slow readers";
const PAUSED: &str = "a pause and extra time";

/// The faults of a database, in the order in which they are played; some only in a run at length.
pub fn of(postgres: bool, long: bool) -> Vec<&'static str> {
    let all = [KILLED, POSTGRES, HALTED, EXHAUSTED, FULL, ROUGH, REPEATED, TAKEN, STEPPED, DEPLOYED, SLOW, PAUSED, OFFLINE];
    let is_played = |name: &&str| match *name {
        // An embedded database has no server to restart.
        POSTGRES => postgres,
        // With PostgreSQL the database's clock rules, and nobody winds that: five minutes are five minutes.
        OFFLINE => !postgres || long,
        _ => true,
    };
    all.into_iter().filter(is_played).collect()
}

/// Plays one.
///
/// # Errors
/// When there is none of this name, or the play itself fails.
pub async fn play(run: &Run, name: &str) -> Result<Played, Failure> {
    match name {
        KILLED => process::killed(run).await,
        POSTGRES => database::restarted(run).await,
        HALTED => process::halted(run).await,
        EXHAUSTED => database::exhausted(run).await,
        FULL => database::full(run).await,
        ROUGH => wire::rough(run).await,
        OFFLINE => clock::offline(run).await,
        REPEATED => wire::repeated(run).await,
        TAKEN => wire::taken(run).await,
        STEPPED => clock::stepped(run).await,
        DEPLOYED => process::deployed(run).await,
        SLOW => wire::slow(run).await,
        PAUSED => day::paused(run).await,
        _ => Err(format!("there is no fault {name}").into()),
    }
}

/// Everybody in every manner, in the long contest.
fn everybody(run: &Run) -> Cast {
    Cast { manners: Manner::ALL.to_vec(), contests: vec![run.long], people: run.scale.people }
}

/// Whether the server was in trouble with a call, or did not answer it.
fn in_trouble(call: &Call) -> bool {
    call.heard.as_ref().is_none_or(|heard| heard.status >= 500)
}

/// A fault that had no effect was not made.
fn must_have_happened(count: usize, what: &str) -> Result<String, Failure> {
    if count == 0 { Err(format!("no {what}: the fault was not made").into()) } else { Ok(format!("{count} {what}")) }
}
