//! The past of a large installation: millions of attempts of an earlier contest, written in bulk.
//!
//! Copies of a few hundred real attempts, with new ids and owners and one saved sheet each. Their chains do not verify
//! (a chain names its attempt), so they belong to a contest of their own that no proof looks at.

use crate::{
    ground::{Ground, Wish},
    http::{Failure, Wires},
    person::Scene,
    rows,
    scenario::{Run, sit_all, watch},
    tally::Tally,
};
use domain::{Millis, id::RoundId};
use engine::store::Database;
use std::time::Duration;
use tokio::time::Instant;

/// Real attempts that are copied.
const MODELS: usize = 400;
/// Accounts among which the copies are divided.
const OWNERS: usize = 20_000;
/// Copies that one statement writes.
const AT_ONCE: usize = 200_000;
/// Bytes of disk that an attempt may take, indexes included, before we look whether there is room.
const ROOM_EACH: u64 = 2_048;

/// What was written.
pub struct Past {
    /// Attempts.
    pub attempts: usize,
    /// By so many bytes the database grew.
    pub bytes: u64,
    /// In so long.
    pub took: Duration,
}

/// Writes so many attempts of the past, fewer when the disk has no room for them (and says so).
///
/// # Errors
/// When the ground or the store fails.
pub async fn fill(ground: &Ground, wished: usize) -> Result<Past, Failure> {
    let Database::Sqlite { write, .. } = &ground.engine.store else { return Err("the ten million are written on SQLite".into()) };
    let file = ground.plan.data.join("cchc.db");
    let room = usize::try_from(free_bytes(&ground.plan.data)? / 2 / ROOM_EACH)?;
    let attempts = wished.min(room);
    if attempts < wished {
        eprintln!("   the disk has room for {attempts} attempts of {wished}: scaled down");
    }
    let round = models(ground).await?;
    let owners: Vec<(uuid::Uuid,)> = rows!(&ground.engine.store, "select account_id from attempt where round_id = $1", round);
    let owners = i64::try_from(owners.len())?;
    let (before, begun) = (std::fs::metadata(&file)?.len(), Instant::now());
    let mut from = 0;
    while from < attempts {
        let count = AT_ONCE.min(attempts - from);
        let (first, count_bound) = (i64::try_from(from)?, i64::try_from(count)?);
        let mut tx = write.begin().await?;
        sqlx::query(ATTEMPTS).bind(round).bind(first).bind(count_bound).bind(owners).execute(&mut *tx).await?;
        sqlx::query(SHEETS).bind(round).bind(first).bind(count_bound).bind(owners).execute(&mut *tx).await?;
        tx.commit().await?;
        from += count;
        eprintln!("   {from} of {attempts} attempts of the past");
    }
    sqlx::query("pragma wal_checkpoint(truncate)").execute(write).await?;
    sqlx::query("analyze").execute(write).await?;
    Ok(Past { attempts, bytes: std::fs::metadata(&file)?.len() - before, took: begun.elapsed() })
}

/// The attempts that are copied: taken for real in a contest of the past.
async fn models(ground: &Ground) -> Result<RoundId, Failure> {
    let contest = ground.contest(Wish { slug: "tai-qua-khu", lasts: Millis::hours(6), attempts: 1 }).await?;
    let people = ground.people(&contest, MODELS.max(OWNERS), false).await?;
    let run = Run::begin(ground, None).await?;
    let (wires, tally) = (Wires::new(run.server.address, 64), Tally::default());
    let scene = Scene { wires: &wires, tally: &tally, contest: &contest };
    watch(&tally, sit_all(&scene, &people, 64)).await?;
    run.stop().await?;
    if tally.errors() > 0 {
        return Err(format!("the models could not be taken: {:?}", tally.first_errors()).into());
    }
    Ok(contest.round)
}

/// Copies number $2 … of the attempts with ordinal 1: each model again and again, under a higher ordinal.
const ATTEMPTS: &str = "
    with recursive n (n) as (select $2 union all select n + 1 from n where n + 1 < $2 + $3),
    model as (select row_number() over (order by id) - 1 as k, a.* from attempt a where a.round_id = $1 and a.ordinal = 1)
    insert into attempt (id, round_id, division_id, account_id, unit_id, day, ordinal, stage, started_at, allowance, deadline, paper,
                         hold, seq, head, answers, saved_at, prediction, ended_at, ended_by, receipt, correct, score, key_version)
    select unhex(printf('70%030x', n.n)), m.round_id, m.division_id, m.account_id, m.unit_id, m.day, 2 + n.n / $4, m.stage,
           m.started_at, m.allowance, m.deadline, m.paper, m.hold, 1, m.head, m.answers, m.saved_at, m.prediction, m.ended_at,
           m.ended_by, m.receipt, m.correct, m.score, m.key_version
    from n
    join model m on m.k = n.n % $4";

/// Their one saved sheet each.
const SHEETS: &str = "
    insert into saved_sheet (attempt_id, seq, hold, received_at, late, answers, hash)
    select id, 1, hold, saved_at, false, answers, head
    from attempt
    where round_id = $1
      and id >= unhex(printf('70%030x', $2)) and id < unhex(printf('70%030x', $2 + $3)) and $4 > 0";

/// Free bytes of the disk under a folder, as `df` tells.
fn free_bytes(folder: &std::path::Path) -> Result<u64, Failure> {
    let told = std::process::Command::new("df").args(["--output=avail", "-B1"]).arg(folder).output()?;
    let words = String::from_utf8(told.stdout)?;
    Ok(words.lines().nth(1).ok_or("df says nothing")?.trim().parse()?)
}
