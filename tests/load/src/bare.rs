//! The floor under a save: a bare axum handler that appends bytes to SQLite, many people's in one durable commit.

use crate::{
    cost::cpu_of,
    http::{Ask, Failure, Wires},
};
use axum::{Router, body::Bytes, extract::State, http::StatusCode, routing::post};
use load::server::{Plan, free_address};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{net::SocketAddr, path::Path, process::Stdio, time::Duration};
use tokio::{
    process::{Child, Command},
    sync::{mpsc, oneshot},
    time::sleep,
};

/// The same bounds as the product's writer.
const BATCH: usize = 128;
const QUEUE: usize = 8_192;

type Append = (Bytes, oneshot::Sender<bool>);

/// The floor as a process of its own, so that its CPU is counted like the server's.
pub struct Bare {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Bare {
    /// Starts this program again as the floor, in the folder of the run.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(plan: &Plan) -> Result<Self, Failure> {
        let address = free_address()?;
        let process = Command::new(std::env::current_exe()?)
            .args(["floor", &address.to_string()])
            .arg(plan.data.join("floor.db"))
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let wires = Wires::new(address, 1);
        for _ in 0..100 {
            sleep(Duration::from_millis(100)).await;
            if wires.ask(Ask { token: "", path: "/", form: Some("x=1"), json: false }).await.is_ok() {
                return Ok(Self { process, address });
            }
        }
        Err("the floor did not start".into())
    }

    /// CPU time so far, milliseconds.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cpu(&self) -> Result<u64, Failure> {
        cpu_of(self.process.id().ok_or("the floor has ended")?)
    }

    /// Ends it.
    ///
    /// # Errors
    /// When it cannot be ended.
    pub async fn stop(mut self) -> Result<(), Failure> {
        Ok(self.process.kill().await?)
    }
}

/// Serves the floor until the process is ended.
///
/// # Errors
/// When the file or the port is not to be had.
pub async fn serve(address: SocketAddr, file: &Path) -> Result<(), Failure> {
    // The durability of the product: WAL, and every commit on disk before it is acknowledged.
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    sqlx::query("create table if not exists append (id integer primary key, bytes blob not null)").execute(&pool).await?;
    let (appends, arriving) = mpsc::channel(QUEUE);
    tokio::spawn(write(pool, arriving));
    let router = Router::new().route("/", post(append)).with_state(appends);
    axum::serve(tokio::net::TcpListener::bind(address).await?, router).await?;
    Ok(())
}

async fn append(State(appends): State<mpsc::Sender<Append>>, bytes: Bytes) -> StatusCode {
    let (reply, answer) = oneshot::channel();
    if appends.send((bytes, reply)).await.is_err() {
        return StatusCode::SERVICE_UNAVAILABLE;
    }
    if answer.await == Ok(true) { StatusCode::OK } else { StatusCode::INTERNAL_SERVER_ERROR }
}

async fn write(pool: SqlitePool, mut arriving: mpsc::Receiver<Append>) {
    let mut batch = Vec::with_capacity(BATCH);
    while arriving.recv_many(&mut batch, BATCH).await > 0 {
        let done = write_batch(&pool, &batch).await.is_ok();
        for (_, reply) in batch.drain(..) {
            // Whoever asked may have gone.
            let _ = reply.send(done);
        }
    }
}

async fn write_batch(pool: &SqlitePool, batch: &[Append]) -> sqlx::Result<()> {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    for (bytes, _) in batch {
        sqlx::query("insert into append (bytes) values ($1)").bind(&bytes[..]).execute(&mut *tx).await?;
    }
    tx.commit().await
}
