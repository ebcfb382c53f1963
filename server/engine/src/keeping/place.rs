//! Where a database lives, and how a SQLite file is read and left by others than the engine.

use super::{Hindrance, disk};
use sqlx::{Connection, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

/// The first bytes of every SQLite database.
const SQLITE_HEAD: &[u8] = b"SQLite format 3\0";
/// The first bytes of every archive of `pg_dump --format=custom`.
const POSTGRES_HEAD: &[u8] = b"PGDMP";

/// Where a database lives.
pub(super) enum Place {
    /// In this file.
    File(PathBuf),
    /// On the PostgreSQL server of this address.
    Server(String),
}

impl Place {
    /// The place that an address names.
    pub fn of(address: &str) -> Result<Self, Hindrance> {
        if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            return Ok(Self::Server(address.to_owned()));
        }
        Ok(Self::File(SqliteConnectOptions::from_str(address)?.get_filename().to_owned()))
    }

    /// Refuses a file that is no backup of a database of this kind.
    pub async fn must_fit(&self, backup: &Path) -> Result<(), Hindrance> {
        if !backup.exists() {
            return Err(Hindrance::Missing(backup.to_owned()));
        }
        let (head, kind) = match self {
            Self::File(_) => (SQLITE_HEAD, "SQLite"),
            Self::Server(_) => (POSTGRES_HEAD, "PostgreSQL"),
        };
        if disk::begins_with(backup, head).await? { Ok(()) } else { Err(Hindrance::NoBackup(backup.to_owned(), kind)) }
    }
}

/// Copies the database as it is at one moment, while others go on writing.
///
/// One reader's snapshot: in WAL it keeps nobody from writing; only the log cannot be cut while it lasts.
pub(super) async fn copy_while_serving(database: &Path, to: &Path) -> Result<(), Hindrance> {
    if !database.exists() {
        return Err(Hindrance::Missing(database.to_owned()));
    }
    let named = to.to_str().ok_or_else(|| Hindrance::Missing(to.to_owned()))?;
    let options = SqliteConnectOptions::new().filename(database).read_only(true).busy_timeout(Duration::from_secs(10));
    let mut from = SqliteConnection::connect_with(&options).await?;
    sqlx::query("vacuum into $1").bind(named).execute(&mut from).await?;
    Ok(from.close().await?)
}

/// Refuses a closed SQLite file whose pages are damaged.
pub(super) async fn must_be_whole(file: &Path) -> Result<(), Hindrance> {
    let damaged = |words: String| Hindrance::Damaged(file.to_owned(), words);
    // Nobody else has it, so that no log and no lock need be made beside it.
    let options = SqliteConnectOptions::new().filename(file).read_only(true).immutable(true);
    let mut on = SqliteConnection::connect_with(&options).await.map_err(|error| damaged(error.to_string()))?;
    let told: Vec<String> =
        sqlx::query_scalar("pragma integrity_check(3)").fetch_all(&mut on).await.map_err(|error| damaged(error.to_string()))?;
    on.close().await?;
    if told == ["ok"] { Ok(()) } else { Err(damaged(told.join("; "))) }
}

/// How many accounts a SQLite file holds; none where it is no database of ours yet.
pub(super) async fn accounts_in(file: &Path) -> Result<i64, Hindrance> {
    if !file.exists() {
        return Ok(0);
    }
    let mut on = SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file).read_only(true)).await?;
    let known: i64 =
        sqlx::query_scalar("select count(*) from sqlite_master where type = 'table' and name = 'account'").fetch_one(&mut on).await?;
    let accounts = if known == 0 { 0 } else { sqlx::query_scalar("select count(*) from account").fetch_one(&mut on).await? };
    on.close().await?;
    Ok(accounts)
}

/// Brings everything of a SQLite database into its one file; refuses while anybody else has it open.
pub(super) async fn fold_log(file: &Path) -> Result<(), Hindrance> {
    let options = SqliteConnectOptions::new().filename(file).busy_timeout(Duration::from_secs(1));
    let mut on = SqliteConnection::connect_with(&options).await?;
    // Leaving WAL needs the file alone.
    let mode: Result<String, sqlx::Error> = sqlx::query_scalar("pragma journal_mode = delete").fetch_one(&mut on).await;
    on.close().await?;
    match mode {
        Ok(mode) if mode == "delete" => Ok(()),
        _ => Err(Hindrance::InUse),
    }
}
