//! Faults of the database: restarted, busy elsewhere, full.

use super::{EXHAUSTED, FULL, POSTGRES, RESTART, everybody, in_trouble, must_have_happened};
use crate::{
    Failure,
    cast::{Cast, Lifted, Made, Played, play},
    cluster::is_root,
    history::Deed,
    run::Run,
};
use engine::store::Database;
use load::{
    http::{Ask, Wires},
    rows,
};
use sqlx::{Connection, Executor, PgConnection, PgPool, SqlitePool};
use std::{sync::Arc, time::Duration};
use tokio::time::{Instant, sleep};

/// So many saves must be in trouble before the database has room again.
const TROUBLED: usize = 3;
/// A database that is not full by then has room for ever.
const FILLING: Duration = Duration::from_secs(30);

/// A connection to PostgreSQL is waited for so long by the server; whoever waits in vain is refused.
const POOL_PATIENCE: Duration = Duration::from_secs(10);
/// The connections of a server that is to run out of them: one of them hears the other nodes.
const FEW: &str = "2";
/// What the server says then.
const RAN_OUT: &str = "pool timed out";

/// PostgreSQL restarted as an operator does, and ended as a failing machine does, while so many saves a second come in.
pub async fn restarted(run: &Run) -> Result<Played, Failure> {
    let cluster = run.ground.cluster.as_ref().ok_or("there is no cluster")?;
    let cast = Cast { people: run.scale.crowd, ..everybody(run) };
    play(run, (POSTGRES, cast), async |_| {
        let (mut lifted, mut met, mut least) = (Vec::new(), 0, u64::MAX);
        for n in 0..=run.scale.times {
            least = least.min(saves_a_second(run).await?);
            let from = run.history.len();
            let cluster = Arc::clone(cluster);
            tokio::task::spawn_blocking(move || if n % 2 == 0 { cluster.crash_and_recover() } else { cluster.restart() }).await??;
            lifted.push(Lifted::at(run.history.now()).within(RESTART));
            // Those that failed by now, and those that still wait.
            met += run.count(from, in_trouble);
            sleep(run.scale.calm).await;
        }
        if least < run.scale.rate {
            return Err(format!("only {least} saves/s came in before a restart, not {}", run.scale.rate).into());
        }
        let seen = format!("{least} saves/s or more before each, {}", must_have_happened(met, "calls while it was away")?);
        Ok(Made { lifted, seen, ..Made::default() })
    })
    .await
}

/// Lets people work for a while; how many saves were acknowledged in a second of it.
async fn saves_a_second(run: &Run) -> Result<u64, Failure> {
    let (from, since) = (run.history.len(), Instant::now());
    sleep(run.scale.calm).await;
    let saves = run.count(from, |call| matches!(call.deed, Deed::Save { .. }) && call.ack().is_some());
    Ok(u64::try_from(saves)? * 1_000 / u64::try_from(since.elapsed().as_millis())?.max(1))
}

/// Somebody else keeps the tables (PostgreSQL) or the one writer (SQLite): every connection waits, and people for them.
pub async fn exhausted(run: &Run) -> Result<Played, Failure> {
    play(run, (EXHAUSTED, everybody(run)), async |_| match &run.ground.engine.store {
        Database::Postgres(pool) => run_out(run, pool).await,
        Database::Sqlite { write, .. } => {
            let from = run.history.len();
            keep_writer(write, run.scale.halt).await?;
            let lifted = run.history.now();
            let waited = run.count(from, |call| call.heard.as_ref().is_none_or(|heard| heard.at >= lifted));
            let seen = must_have_happened(waited, "calls waited")?;
            Ok(Made { lifted: vec![Lifted::at(lifted).within(RESTART)], seen, ..Made::default() })
        }
    })
    .await
}

/// A server of few connections, which all wait for tables that somebody keeps for longer than a connection is waited for.
async fn run_out(run: &Run, pool: &PgPool) -> Result<Made, Failure> {
    let mut lifted = vec![run.replace(&[("CCHC_DATABASE_CONNECTIONS", FEW.to_owned())]).await?.within(RESTART)];
    sleep(run.scale.calm * 4).await;
    let said = || async { run.server.lock().await.log().matches(RAN_OUT).count() };
    let (from, before) = (run.history.len(), said().await);
    // Whether the database answers touches no table that is kept, so nothing but the want of a connection can keep it waiting.
    // It has more patience than people, who give up.
    let probe = async {
        sleep(Duration::from_secs(1)).await;
        let (since, wires) = (Instant::now(), Wires::new(run.ground.plan.listen, 1));
        let reply = wires.ask(Ask { token: "", path: "/readyz", form: None, json: false }).await?;
        Ok::<_, Failure>((reply.status.as_u16(), since.elapsed()))
    };
    let (kept, probed) = tokio::join!(keep_table(pool, run.scale.halt.max(POOL_PATIENCE + Duration::from_secs(2))), probe);
    kept?;
    let now = run.history.now();
    lifted.push(Lifted::at(now).within(RESTART));
    let (status, waited) = probed?;
    if status != 503 || waited + Duration::from_millis(100) < POOL_PATIENCE {
        return Err(format!("readiness was answered {status} after {} ms: there were connections left", waited.as_millis()).into());
    }
    let refused = must_have_happened(said().await - before, "refusals for want of a connection")?;
    let waited = run.count(from, |call| call.heard.as_ref().is_none_or(|heard| heard.at >= now));
    let waited = must_have_happened(waited, "calls waited or were given up")?;
    sleep(run.scale.calm * 2).await;
    lifted.push(run.replace(&[]).await?.within(RESTART));
    Ok(Made { lifted, seen: format!("{refused}, {waited}"), ..Made::default() })
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
    if let Some(cluster) = run.ground.cluster.as_ref().filter(|cluster| !cluster.has_small) {
        // Root may mount: a fault that is not made although it could be is no reason to be content.
        if is_root() {
            return Err(format!("no small file system could be mounted for the tablespace: {}", cluster.why_not_small).into());
        }
        return Ok(Played::not_run(FULL, "a small file system for the tablespace may be mounted by root only"));
    }
    play(run, (FULL, everybody(run)), async |_| {
        let from = run.history.len();
        let lifted = if run.ground.is_on_postgres() {
            let mut filler = PgConnection::connect(&run.ground.plan.database).await?;
            fill(&mut filler).await?;
            await_trouble(run, from).await?;
            let lifted = Lifted::at(run.history.now());
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
        Ok(Made { lifted: vec![lifted.within(RESTART)], seen, ..Made::default() })
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
