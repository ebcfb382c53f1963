//! The opening at eight sharp: everybody presses Start within a minute, saves, and asks for the pulse.

use super::{Demand, Outcome, Run, Scale, spread};
use crate::{
    ground::{Ground, Person, Wish},
    http::{Failure, Wires},
    person::Scene,
    proof::prove,
    tally::Tally,
};
use domain::Millis;
use futures::{StreamExt, stream::FuturesUnordered};
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

/// People who press Start.
const PEOPLE: usize = 30_000;
/// Within so long.
const RUSH: Duration = Duration::from_mins(1);
/// Each saves so often …
const SAVES_EVERY: Duration = Duration::from_secs(20);
/// … and asks for the pulse so often.
const PULSE_EVERY: Duration = Duration::from_secs(10);
/// Connections that are kept open.
const WIRES: usize = 2_000;
/// How long everybody is watched after the rush.
const AFTER: Duration = Duration::from_mins(1);

/// Open loop: 30,000 people start within 60 s; half hand in after their second save, half go on.
///
/// # Errors
/// When the ground or the server fails.
pub async fn ceremony(ground: &Ground, database: Option<u32>, scale: Scale) -> Result<Outcome, Failure> {
    let contest = ground.contest(Wish { slug: "tai-khai-mac", lasts: Millis::hours(6), attempts: 1 }).await?;
    let people = ground.people(&contest, scale.people(PEOPLE), false).await?;
    let run = Run::begin(ground, database).await?;
    let (wires, tally) = (Wires::new(run.server.address, WIRES), Tally::default());
    let scene = Scene { wires: &wires, tally: &tally, contest: &contest };
    let begin = Instant::now() + Duration::from_secs(1);
    let end = begin + RUSH + AFTER;
    let mut everybody: FuturesUnordered<_> = people
        .iter()
        .enumerate()
        .map(|(n, person)| take_part(&scene, person, spread(begin, RUSH, n, people.len()), (n % 2 == 0, end)))
        .collect();
    while everybody.next().await.is_some() {}
    drop(everybody);
    let mut figures = run.figures(&tally, tally.count("start"))?;
    let rss = run.server.peak_rss_mib()?;
    run.server.stop().await?;
    let lost = prove(ground, &contest, &tally.acknowledged(), false).await?;
    figures.insert("lost".to_owned(), json!(lost.all()));
    let demands = vec![
        Demand::at_most("start p99 ms", tally.p99("start"), 500.0),
        Demand::at_most("save p99 ms", tally.p99("save"), 300.0),
        Demand::none("errors", tally.errors()),
        Demand::none("lost", lost.all() as u64),
        Demand { words: format!("peak RSS {rss} MiB ≤ 600"), held: rss <= 600 },
    ];
    Ok(Outcome { name: "ceremony", figures, demands, errors: tally.first_errors() })
}

/// One person of the ceremony: start, sheet, then saves and pulses by the clock.
async fn take_part(scene: &Scene<'_>, person: &Person, at: Instant, (leaves, end): (bool, Instant)) {
    sleep_until(at).await;
    let Some(attempt) = scene.start(person, at).await else { return };
    let Some(mut open) = scene.sheet(person, attempt, Instant::now()).await else { return };
    let (mut save_at, mut pulse_at) = (Instant::now() + SAVES_EVERY, Instant::now() + PULSE_EVERY);
    let mut saves = 0;
    while save_at.min(pulse_at) < end {
        if pulse_at < save_at {
            sleep_until(pulse_at).await;
            scene.pulse(person, &open, pulse_at).await;
            pulse_at += PULSE_EVERY;
            continue;
        }
        sleep_until(save_at).await;
        saves += 1;
        scene.save(person, &mut open, (saves, 6), save_at).await;
        if leaves && saves == 2 {
            scene.hand_in(person, &open, Instant::now()).await;
            return;
        }
        save_at += SAVES_EVERY;
    }
}
