//! The world of one story: an engine on a fresh database, and a clock that is wound.

use domain::{Millis, Timestamp, id::AccountId};
use engine::{Engine, Settings, clock::Clock, secrets::Secrets, store::Database};
use sqlx::{Connection, Executor, PgConnection, postgres::PgConnectOptions};
use std::{collections::HashMap, str::FromStr, sync::Mutex};
use uuid::Uuid;

/// 08:00 on Monday 23 November 2026 in Vietnam: when every story begins.
const MORNING: Timestamp = Timestamp(1_795_395_600_000);
/// Any number: whoever makes the template holds this lock.
const TEMPLATE_LOCK: i64 = 20_261_123;

/// A fresh installation.
pub struct World {
    /// The engine that the personas use.
    pub engine: Engine,
    /// The clock that the story winds.
    pub clock: Clock,
    /// Who the story has met, by full name.
    people: Mutex<HashMap<String, AccountId>>,
    database: String,
    _folder: Option<tempfile::TempDir>,
}

impl World {
    /// On a SQLite file of its own.
    ///
    /// # Panics
    /// When the database cannot be made.
    pub async fn on_sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = format!("sqlite:{}", folder.path().join("cchc.db").display());
        Self::open(address, Some(folder)).await
    }

    /// On a PostgreSQL database of its own, copied from a migrated template.
    ///
    /// # Panics
    /// When `CCHC_TEST_POSTGRES` does not lead to a server: run through `scripts/with-postgres`.
    #[expect(clippy::disallowed_methods, reason = "a database's name cannot be bound, and here it is made of hexadecimal digits")]
    pub async fn on_postgres() -> Self {
        let server = std::env::var("CCHC_TEST_POSTGRES").expect("CCHC_TEST_POSTGRES is set: run this through scripts/with-postgres");
        let name = format!("story_{}", hex(&engine::random::bytes::<8>()));
        let options = PgConnectOptions::from_str(&server).expect("an address of PostgreSQL");
        let mut admin = PgConnection::connect_with(&options).await.expect("PostgreSQL answers");
        sqlx::query("select pg_advisory_lock($1)").bind(TEMPLATE_LOCK).execute(&mut admin).await.expect("the template's lock");
        // A template per version of the migrations: a server may outlive a change of the schema.
        let template = format!("template_{}", engine::store::schema_mark());
        let known: Option<(i32,)> = sqlx::query_as("select 1 from pg_database where datname = $1")
            .bind(&template)
            .fetch_optional(&mut admin)
            .await
            .expect("the list of databases");
        if known.is_none() {
            admin.execute(sqlx::AssertSqlSafe(format!("create database {template}"))).await.expect("the template is made");
            let store = engine::store::Database::open(&address(&server, &template), 2).await.expect("the template opens");
            store.migrate().await.expect("the template is migrated");
            store.close().await;
        }
        let copy = format!("create database {name} template {template}");
        admin.execute(sqlx::AssertSqlSafe(copy)).await.expect("the story's database is made");
        sqlx::query("select pg_advisory_unlock($1)").bind(TEMPLATE_LOCK).execute(&mut admin).await.expect("the lock is given back");
        Self::open(address(&server, &name), None).await
    }

    async fn open(database: String, folder: Option<tempfile::TempDir>) -> Self {
        let clock = Clock::stopped(MORNING);
        let engine = node(&database, &clock).await;
        Self { engine, clock, people: Mutex::default(), database, _folder: folder }
    }

    /// One more node on this world's database, with the same clock.
    ///
    /// # Panics
    /// When it does not open.
    pub async fn another_node(&self) -> Engine {
        self.another_node_by(&self.clock).await
    }

    /// One more node, which goes by this clock.
    ///
    /// # Panics
    /// When it does not open.
    pub async fn another_node_by(&self, clock: &Clock) -> Engine {
        node(&self.database, clock).await
    }

    /// The address of the database.
    pub fn address(&self) -> &str {
        &self.database
    }

    /// Time passes.
    pub fn wind(&self, by: Millis) {
        self.clock.wind(by);
    }

    /// The account of somebody the story has met.
    pub(crate) fn met(&self, full_name: &str) -> Option<AccountId> {
        self.people.lock().expect("nobody panicked").get(full_name).copied()
    }

    /// Remembers somebody's account.
    pub(crate) fn meet(&self, full_name: &str, account: AccountId) {
        self.people.lock().expect("nobody panicked").insert(full_name.to_owned(), account);
    }

    /// Runs a statement past the engine, for what no deed can bring about yet; `$1 …` are the ids.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn run(&self, sql: &'static str, ids: &[Uuid]) {
        match &self.engine.store {
            Database::Sqlite { write, .. } => {
                let query = ids.iter().fold(sqlx::query(sql), |query, id| query.bind(*id));
                query.execute(write).await.expect("the statement runs");
            }
            Database::Postgres(pool) => {
                let query = ids.iter().fold(sqlx::query(sql), |query, id| query.bind(*id));
                query.execute(pool).await.expect("the statement runs");
            }
        }
    }

    /// The number that a statement answers, such as `select cast(count(*) as bigint) …`.
    ///
    /// # Panics
    /// When the database refuses.
    pub async fn count(&self, sql: &'static str, ids: &[Uuid]) -> i64 {
        match &self.engine.store {
            Database::Sqlite { write, .. } => {
                let query = ids.iter().fold(sqlx::query_scalar(sql), |query, id| query.bind(*id));
                query.fetch_one(write).await.expect("the statement answers")
            }
            Database::Postgres(pool) => {
                let query = ids.iter().fold(sqlx::query_scalar(sql), |query, id| query.bind(*id));
                query.fetch_one(pool).await.expect("the statement answers")
            }
        }
    }

    /// What time it is in the story.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

async fn node(database: &str, clock: &Clock) -> Engine {
    let settings = Settings {
        database: database.to_owned(),
        connections: engine::store::POSTGRES_CONNECTIONS,
        secrets: Secrets::from_bytes([42; 32]),
        clock: clock.clone(),
        public_url: "http://hoi-thi.test".to_owned(),
        help_line: "0255 000 0000".to_owned(),
        start_spread: Millis::seconds(10),
    };
    Engine::open(settings).await.expect("the engine opens")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"))
}

/// The address of another database on the same server.
fn address(server: &str, database: &str) -> String {
    let (before, query) = server.split_once('?').map_or((server, String::new()), |(before, query)| (before, format!("?{query}")));
    let slash = before.rfind('/').unwrap_or(before.len());
    format!("{}/{database}{query}", &before[..slash])
}
