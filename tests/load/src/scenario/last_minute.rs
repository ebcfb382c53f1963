//! The last minute: everybody hands in at once, a third leaves it to the clock.

use super::{Demand, Outcome, Run, Scale, spread, watch};
use crate::{
    ground::{Contest, Ground, Person, Wish},
    http::{Failure, Wires},
    person::{Open, Scene},
    proof::prove,
    rows,
    tally::Tally,
};
use domain::Millis;
use futures::{StreamExt, stream};
use serde_json::json;
use std::{sync::Mutex, time::Duration};
use tokio::time::{Instant, sleep, sleep_until};

/// People with an open sheet.
const PEOPLE: usize = 15_000;
const RUSH: Duration = Duration::from_mins(1);
const WIRES: usize = 2_000;
/// Sheets that are opened at the same time before the last minute.
const AT_ONCE: usize = 64;

/// 15,000 hand in within the last 60 s, a third only by the clock.
///
/// # Errors
/// When the ground or the server fails, or the sheets could not be opened before the last minute.
pub async fn last_minute(ground: &Ground, database: Option<u32>, scale: Scale) -> Result<Outcome, Failure> {
    let lasts = Millis::seconds(if scale.is_trial() { 90 } else { 240 });
    let contest = ground.contest(Wish { slug: "tai-phut-cuoi", lasts, attempts: 1 }).await?;
    let people = ground.people(&contest, scale.people(PEOPLE), false).await?;
    let run = Run::begin(ground, database).await?;
    let (wires, tally) = (Wires::new(run.server.address, WIRES), Tally::default());
    let scene = Scene { wires: &wires, tally: &tally, contest: &contest };
    let open: Mutex<Vec<(&Person, Open)>> = Mutex::default();
    let openings = stream::iter(&people).for_each_concurrent(AT_ONCE, |person| async {
        let Some(attempt) = scene.start(person, Instant::now()).await else { return };
        let Some(mut sheet) = scene.sheet(person, attempt, Instant::now()).await else { return };
        if scene.save(person, &mut sheet, (1, 1), Instant::now()).await.is_some()
            && let Ok(mut open) = open.lock()
        {
            open.push((person, sheet));
        }
    });
    watch(&tally, openings).await?;
    let open = open.into_inner().map_err(|_| "somebody panicked")?;
    let left = contest.closes_at - ground.engine.now();
    let closing = Instant::now() + Duration::from_millis(u64::try_from(left.0)?);
    if closing < Instant::now() + RUSH {
        return Err("the sheets were not open before the last minute".into());
    }
    let rush = closing - RUSH;
    let by_hand = stream::iter(open.iter().enumerate().filter(|(n, _)| n % 3 != 0));
    let hands_in = by_hand.for_each_concurrent(None, |(n, (person, sheet))| {
        let at = spread(rush, RUSH, n, open.len());
        let scene = &scene;
        async move {
            sleep_until(at).await;
            scene.hand_in(person, sheet, at).await;
        }
    });
    watch(&tally, hands_in).await?;
    let by_clock = await_the_clock(ground, &contest, closing).await?;
    let mut figures = run.figures(&tally, tally.count("hand_in"))?;
    run.stop().await?;
    let lost = prove(ground, &contest, &tally.acknowledged(), true).await?;
    figures.insert("lost".to_owned(), json!(lost.all()));
    figures.insert("ended_after_deadline_s".to_owned(), json!(by_clock.as_secs()));
    let demands = vec![
        Demand::at_most("hand in p99 ms", tally.p99("hand_in"), 500.0).on_sqlite(database),
        Demand::at_most("the last sheet ended, seconds after the deadline", by_clock.as_secs_f64(), 60.0).on_sqlite(database),
        Demand::none("errors", tally.errors()).on_sqlite(database),
        Demand::none("lost", lost.all() as u64),
    ];
    Ok(Outcome { name: "last_minute", figures, demands, errors: tally.first_errors() })
}

/// How long after the deadline the clock had ended the last sheet; looked at every half second, two minutes long.
async fn await_the_clock(ground: &Ground, contest: &Contest, closing: Instant) -> Result<Duration, Failure> {
    sleep_until(closing).await;
    for _ in 0..240 {
        let running: Vec<(i64,)> = rows!(
            &ground.engine.store,
            "select cast(count(*) as bigint) from attempt where round_id = $1 and stage = 'running'",
            contest.round,
        );
        if running.first().is_some_and(|row| row.0 == 0) {
            break;
        }
        sleep(Duration::from_millis(500)).await;
    }
    Ok(closing.elapsed())
}
