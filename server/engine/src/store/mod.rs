//! The one door to the database: embedded SQLite by default, PostgreSQL for many nodes.
//!
//! Every statement is written once, in the SQL that both understand, and runs on whichever
//! database the unit of work was opened on. Statements live in the `store` of their room.

use sqlx::{
    Connection as _, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction,
    migrate::{MigrateError, Migration, Migrator},
    pool::PoolConnection,
    postgres::PgPoolOptions,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{str::FromStr, time::Duration};

#[macro_use]
mod barring;
#[macro_use]
pub(crate) mod verbs;

/// An open database.
#[derive(Clone)]
pub enum Database {
    /// One file; one connection writes, several read.
    Sqlite {
        /// The only connection that writes.
        write: SqlitePool,
        /// Connections that read snapshots.
        read: SqlitePool,
    },
    /// A server that several nodes may share.
    Postgres(PgPool),
}

/// A unit of work: everything or nothing.
pub struct Work(Means);

enum Means {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
    SqliteGlance(PoolConnection<Sqlite>),
    PostgresGlance(PoolConnection<Postgres>),
}

/// What a statement runs on.
pub(crate) enum Connection<'w> {
    Sqlite(&'w mut SqliteConnection),
    Postgres(&'w mut PgConnection),
}

/// The connection of a unit of work.
pub(crate) fn connection(work: &mut Work) -> Connection<'_> {
    match &mut work.0 {
        Means::Sqlite(tx) => Connection::Sqlite(tx),
        Means::Postgres(tx) => Connection::Postgres(tx),
        Means::SqliteGlance(lent) => Connection::Sqlite(lent),
        Means::PostgresGlance(lent) => Connection::Postgres(lent),
    }
}

/// Why the store could not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A unique key exists already.
    #[error("a row with the same key already exists")]
    Duplicate,
    /// The driver or the database failed.
    #[error("the database failed")]
    Driver(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(cause) if cause.is_unique_violation() => Self::Duplicate,
            _ => Self::Driver(error),
        }
    }
}

/// What the store answers.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

const READERS: u32 = 4;
/// How many connections a node keeps to PostgreSQL at most, unless it is told otherwise.
pub const POSTGRES_CONNECTIONS: u32 = 16;
/// A connection that did something so lately is not asked whether it stands: each question is a way to the server.
const TRUSTED: Duration = Duration::from_secs(1);

static COMMON: Migrator = sqlx::migrate!("../../migrations");
static ONLY_SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static ONLY_POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// A mark that changes with every change of the common migrations, for templates in tests.
pub fn schema_mark() -> String {
    let sums = COMMON.iter().chain(ONLY_POSTGRES.iter()).flat_map(|migration| migration.checksum.iter().copied());
    format!("{:016x}", sums.fold(0xcbf2_9ce4_8422_2325_u64, |mark, byte| (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)))
}

impl Database {
    /// Opens the database at `sqlite:…` or `postgres://…`, the latter over at most so many connections; a SQLite file is made
    /// when missing.
    ///
    /// # Errors
    /// When the address cannot be read or the database cannot be reached.
    pub async fn open(address: &str, connections: u32) -> Result<Self> {
        if address.starts_with("postgres:") || address.starts_with("postgresql:") {
            let pool = PgPoolOptions::new()
                .max_connections(connections)
                .acquire_timeout(Duration::from_secs(10))
                // A connection in use a moment ago is taken as it is; whether an older one still stands, it is asked.
                .test_before_acquire(false)
                .before_acquire(|connection, known| {
                    Box::pin(async move {
                        if known.idle_for >= TRUSTED {
                            connection.ping().await?;
                        }
                        Ok(true)
                    })
                })
                .connect(address)
                .await?;
            return Ok(Self::Postgres(pool));
        }
        let options = SqliteConnectOptions::from_str(address)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Acknowledged means on disk: WAL syncs at every commit only with FULL.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(10));
        let write = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        let read = SqlitePoolOptions::new().max_connections(READERS).connect_with(options.read_only(true)).await?;
        Ok(Self::Sqlite { write, read })
    }

    /// Opens a unit of work that may write.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn begin(&self) -> Result<Work> {
        // Boxed here and below: waiting for a connection takes two kilobytes and a half, which each deed that may need one
        // would carry, and every request that needs none.
        Ok(Work(match self {
            // A deferred transaction that later writes can fail with SQLITE_BUSY and no retry.
            Self::Sqlite { write, .. } => Means::Sqlite(Box::pin(write.begin_with("BEGIN IMMEDIATE")).await?),
            Self::Postgres(pool) => Means::Postgres(Box::pin(pool.begin()).await?),
        }))
    }

    /// Opens a unit of work that only reads.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn read(&self) -> Result<Work> {
        Ok(Work(match self {
            Self::Sqlite { read, .. } => Means::Sqlite(Box::pin(read.begin()).await?),
            Self::Postgres(pool) => Means::Postgres(Box::pin(pool.begin_with("BEGIN READ ONLY")).await?),
        }))
    }

    /// Opens a unit of work whose reads all see the same moment, on PostgreSQL too.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn snapshot(&self) -> Result<Work> {
        match self {
            Self::Sqlite { .. } => self.read().await,
            Self::Postgres(pool) => {
                let begun = Box::pin(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
                Ok(Work(Means::Postgres(begun.await?)))
            }
        }
    }

    /// Lends a connection without a transaction: each statement stands alone, and two reads might see different moments.
    ///
    /// On SQLite it only reads.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn glance(&self) -> Result<Work> {
        Ok(Work(match self {
            Self::Sqlite { read, .. } => Means::SqliteGlance(Box::pin(read.acquire()).await?),
            Self::Postgres(pool) => Means::PostgresGlance(Box::pin(pool.acquire()).await?),
        }))
    }

    /// The migrations of this program for this database, in order.
    pub(crate) fn migrations(&self) -> Vec<Migration> {
        let own = match self {
            Self::Sqlite { .. } => &ONLY_SQLITE,
            Self::Postgres(_) => &ONLY_POSTGRES,
        };
        let mut all: Vec<Migration> = COMMON.iter().chain(own.iter()).cloned().collect();
        all.sort_by_key(|migration| migration.version);
        all
    }

    /// Brings the schema up to this program's version.
    ///
    /// # Errors
    /// When a migration fails or an applied one was edited.
    pub async fn migrate(&self) -> std::result::Result<(), MigrateError> {
        let migrator = Migrator::with_migrations(self.migrations());
        match self {
            Self::Sqlite { write, .. } => migrator.run(write).await,
            Self::Postgres(pool) => migrator.run(pool).await,
        }
    }

    /// Closes every connection after what is under way.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { write, read } => {
                read.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }

    /// Leaves an embedded database only so many pages, to see what happens when there is no room: for the faults only.
    ///
    /// # Errors
    /// When the database refuses.
    #[expect(clippy::disallowed_methods, reason = "a pragma takes no bound value, and this one is a number")]
    pub async fn limit_pages(&self, most: i64) -> Result<()> {
        if let Self::Sqlite { write, .. } = self {
            // It holds for a connection, and only one writes.
            sqlx::query(sqlx::AssertSqlSafe(format!("pragma max_page_count = {most}"))).execute(write).await?;
        }
        Ok(())
    }

    /// Whether it is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }
}

impl Work {
    /// Makes everything of this unit of work durable.
    ///
    /// # Errors
    /// When the database refuses; then nothing of it happened.
    pub async fn commit(self) -> Result<()> {
        match self.0 {
            Means::Sqlite(tx) => tx.commit().await?,
            Means::Postgres(tx) => tx.commit().await?,
            Means::SqliteGlance(_) | Means::PostgresGlance(_) => {}
        }
        Ok(())
    }

    /// Undoes everything of this unit of work, and waits until it is undone.
    ///
    /// # Errors
    /// When the database does not answer; then nothing of it happened either.
    pub(crate) async fn roll_back(self) -> Result<()> {
        match self.0 {
            Means::Sqlite(tx) => tx.rollback().await?,
            Means::Postgres(tx) => tx.rollback().await?,
            Means::SqliteGlance(_) | Means::PostgresGlance(_) => {}
        }
        Ok(())
    }
}
