//! Why a backup could not be made or restored, in words for the operator.

use crate::{Stop, store::StoreError};
use std::path::PathBuf;

/// What stood in the way; nothing was replaced.
#[derive(Debug, thiserror::Error)]
pub enum Hindrance {
    /// The file is there already.
    #[error("{0} exists already: choose another name, or say --force")]
    Exists(PathBuf),
    /// There is no such database or backup.
    #[error("{0} is not there")]
    Missing(PathBuf),
    /// The file is no backup of this kind of database.
    #[error("{0} is no backup of {1}")]
    NoBackup(PathBuf, &'static str),
    /// The database is in use by people.
    #[error("the database holds {0} accounts: to put the backup in its place, say --force")]
    Occupied(i64),
    /// Something is connected to the database.
    #[error("the database is in use: stop the server first")]
    InUse,
    /// What an earlier restore put aside is still there.
    #[error("{0}, put aside by an earlier restore, is still there: remove it first")]
    LeftAside(String),
    /// The bytes of the file are damaged.
    #[error("{0} is damaged: {1}")]
    Damaged(PathBuf, String),
    /// What the backup holds does not agree with itself.
    #[error("what was restored does not agree with itself ({0} findings), so nothing was replaced; to use it all the same, say --force")]
    Disagrees(usize),
    /// A program of PostgreSQL is missing.
    #[error("{0} was not found: install the client programs of PostgreSQL, of the server's version or newer")]
    NoProgram(&'static str),
    /// A program of PostgreSQL failed.
    #[error("{0} failed: {1}")]
    Program(&'static str, String),
    /// A file could not be written or read.
    #[error("{0} cannot be written or read")]
    Disk(PathBuf, #[source] std::io::Error),
    /// The database failed.
    #[error("the database failed")]
    Database(#[from] sqlx::Error),
    /// The engine could not do its part.
    #[error(transparent)]
    Engine(#[from] Stop),
}

impl From<StoreError> for Hindrance {
    fn from(error: StoreError) -> Self {
        Self::Engine(error.into())
    }
}
