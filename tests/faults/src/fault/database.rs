//! Faults of the database: restarted, busy elsewhere, full.

use super::{EXHAUSTED, FULL, POSTGRES, RESTART, everybody, in_trouble, must_have_happened};
use crate::{
    Failure,
    cast::{Made, Played, play},
    history::Deed,
    run::Run,
};
use engine::store::Database;
use load::rows;
use sqlx::{Connection, Executor, PgConnection, PgPool, SqlitePool};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, sleep};

/// So many saves must be in trouble before the database has room again.
const TROUBLED: usize = 3;
/// A database that is not full by then has room for ever.
const FILLING: Duration = Duration::from_secs(30);

/// PostgreSQL restarted as an operator does, and ended as a failing machine does.
pub async fn restarted(run: &Run) -> Result<Played, Failure> {
    let cluster = run.ground.cluster.as_ref().ok_or("there is no cluster")?;
    play(run, (POSTGRES, everybody(run)), async |_| {
        let mut from = run.history.len();
        let (mut lifted, mut met) = (None, 0);
        for n in 0..=run.scale.times {
            let cluster = Arc::clone(cluster);
            tokio::task::spawn_blocking(move || if n % 2 == 0 { cluster.crash_and_recover() } else { cluster.restart() }).await??;
            lifted = Some(run.history.now());
            // Those that failed by now, and those that still wait.
            met += run.count(from, in_trouble);
            from = run.history.len();
            sleep(run.scale.calm).await;
        }
        let seen = must_have_happened(met, "calls while it was away")?;
        Ok(Made { lifted, within: Some(RESTART), seen, ..Made::default() })
    })
    .await
}

/// Somebody else keeps the table (PostgreSQL) or the one writer (SQLite): every connection waits.
pub async fn exhausted(run: &Run) -> Result<Played, Failure> {
    play(run, (EXHAUSTED, everybody(run)), async |_| {
        let from = run.history.len();
        match &run.ground.engine.store {
            Database::Postgres(pool) => keep_table(pool, run.scale.halt).await?,
            Database::Sqlite { write, .. } => keep_writer(write, run.scale.halt).await?,
        }
        let lifted = run.history.now();
        let waited = run.count(from, |call| call.heard.as_ref().is_none_or(|heard| heard.at >= lifted));
        let seen = must_have_happened(waited, "calls waited")?;
        Ok(Made { lifted: Some(lifted), within: Some(RESTART), seen, ..Made::default() })
    })
    .await
}

async fn keep_table(pool: &PgPool, time: Duration) -> Result<(), Failure> {
    let mut tx = pool.begin().await?;
    sqlx::query("lock table attempt, saved_sheet in access exclusive mode").execute(&mut *tx).await?;
    sleep(time).await;
    Ok(tx.rollback().await?)
}

async fn keep_writer(pool: &SqlitePool, time: Duration) -> Result<(), Failure> {
    let tx = pool.begin_with("BEGIN IMMEDIATE").await?;
    sleep(time).await;
    Ok(tx.rollback().await?)
}

/// There is no room left for a save; nothing is acknowledged that is not there, and with room everything goes on.
pub async fn full(run: &Run) -> Result<Played, Failure> {
    let has_room = run.ground.cluster.as_ref().is_none_or(|cluster| cluster.has_small);
    if !has_room {
        return Ok(Played::not_run(FULL, "a small file system for the tablespace may be mounted by root only"));
    }
    play(run, (FULL, everybody(run)), async |_| {
        let from = run.history.len();
        let lifted = if run.ground.is_on_postgres() {
            let mut filler = PgConnection::connect(&run.ground.plan.database).await?;
            fill(&mut filler).await?;
            await_trouble(run, from).await?;
            let lifted = run.history.now();
            filler.execute("drop table filler").await?;
            lifted
        } else {
            let pages: Vec<(i64,)> = rows!(&run.ground.engine.store, "select page_count from pragma_page_count");
            let most = pages.first().map_or(0, |row| row.0) + 1;
            run.replace(&[("CCHC_DATABASE_PAGES", most.to_string())]).await?;
            await_trouble(run, from).await?;
            run.replace(&[]).await?
        };
        let seen = must_have_happened(run.count(from, refused), "saves without room")?;
        Ok(Made { lifted: Some(lifted), within: Some(RESTART), seen, ..Made::default() })
    })
    .await
}

/// A save that the server could not keep, and said so.
fn refused(call: &crate::history::Call) -> bool {
    matches!(call.deed, Deed::Save { .. }) && call.heard.as_ref().is_some_and(|heard| heard.status >= 500)
}

async fn await_trouble(run: &Run, from: usize) -> Result<(), Failure> {
    let since = Instant::now();
    while run.count(from, refused) < TROUBLED {
        if since.elapsed() > FILLING {
            return Err("the database did not become full".into());
        }
        sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

/// Fills the small file system to its last page, first in large steps and then in small ones.
async fn fill(filler: &mut PgConnection) -> Result<(), Failure> {
    filler.execute("create table filler (bytes bytea)").await?;
    // Zeros would be packed into nothing.
    filler.execute("alter table filler alter bytes set storage external").await?;
    while filler.execute("insert into filler values (decode(repeat('00', 1000000), 'hex'))").await.is_ok() {}
    while filler.execute("insert into filler values (decode(repeat('00', 1900), 'hex'))").await.is_ok() {}
    Ok(())
}
