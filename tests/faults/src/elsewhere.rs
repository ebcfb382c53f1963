//! The same data in another place: backed up and restored as an operator does it, with the program itself.

use crate::{Failure, ground::Ground};
use sqlx::{Connection, Executor, PgConnection};
use std::{ffi::OsStr, process::Stdio};
use tokio::process::Command;

/// Backs the ground up and restores it beside; the address of that database.
///
/// # Errors
/// When the program refuses; a restore looks through everything that is stored, and refuses what does not agree.
pub async fn restore_beside(ground: &Ground) -> Result<String, Failure> {
    let backup = ground.plan.data.join("backup");
    let there = match &ground.cluster {
        Some(cluster) => {
            PgConnection::connect(&cluster.address("postgres")).await?.execute("create database beside").await?;
            cluster.address("beside")
        }
        None => format!("sqlite:{}", ground.plan.data.join("beside.db").display()),
    };
    order(ground, &ground.plan.database, ["backup".as_ref(), backup.as_os_str()]).await?;
    order(ground, &there, ["restore".as_ref(), backup.as_os_str()]).await?;
    Ok(there)
}

async fn order(ground: &Ground, database: &str, words: [&OsStr; 2]) -> Result<(), Failure> {
    let plan = &ground.plan;
    let mut command = Command::new(&plan.program);
    command.args(words).env("CCHC_DATA", &plan.data).env("CCHC_DATABASE", database).env("CCHC_SECRET_FILE", &plan.secret);
    let done = command.stdin(Stdio::null()).output().await?;
    if done.status.success() {
        return Ok(());
    }
    let said = [done.stdout, done.stderr].map(|said| String::from_utf8_lossy(&said).into_owned()).concat();
    Err(format!("cchc {words:?}: {said}").into())
}
