//! The opening at eight sharp: everybody presses Start within a minute, saves, and asks for the pulse.

use super::{Demand, Outcome, Run, Scale, spread, watch};
use crate::{
    ground::{Ground, Person, Wish},
    http::{Failure, Wires},
    person::Scene,
    proof::prove,
    tally::Tally,
};
use domain::Millis;
use futures::{StreamExt, stream::FuturesUnordered};
use serde_json::{Map, Value, json};
use std::time::Duration;
use tokio::time::{Instant, sleep_until, timeout_at};

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
/// Whoever still waits so long after the end is counted as an error.
const PATIENCE: Duration = Duration::from_mins(2);

/// What came of an opening.
pub struct Opening {
    /// What was measured.
    pub tally: Tally,
    /// The figures that every scenario reports.
    pub figures: Map<String, Value>,
    /// The most memory that the server held, MiB.
    pub rss: u64,
    /// What is not as it was acknowledged.
    pub lost: u64,
}

/// Open loop: 30,000 people start within 60 s; half hand in after their second save, half go on.
///
/// # Errors
/// When the ground or the server fails.
pub async fn ceremony(ground: &Ground, database: Option<u32>, scale: Scale) -> Result<Outcome, Failure> {
    let opening = Opening::hold(ground, database, ("tai-khai-mac", scale.people(PEOPLE))).await?;
    let rss = Demand { words: format!("peak RSS {} MiB ≤ 600", opening.rss), held: opening.rss <= 600, binds: true };
    let mut demands: Vec<Demand> = opening.quick().into_iter().chain([rss]).map(|demand| demand.on_sqlite(database)).collect();
    demands.push(Demand::none("lost", opening.lost));
    Ok(Outcome { name: "ceremony", figures: opening.figures, demands, errors: opening.tally.first_errors() })
}

impl Opening {
    /// So many new people start within a minute in a new contest of this address, on a server of its own.
    ///
    /// # Errors
    /// When the ground or the server fails.
    pub async fn hold(ground: &Ground, database: Option<u32>, (slug, count): (&str, usize)) -> Result<Self, Failure> {
        let contest = ground.contest(Wish { slug, lasts: Millis::hours(6), attempts: 1 }).await?;
        let people = ground.people(&contest, count, false).await?;
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
        watch(&tally, async { while let Ok(Some(())) = timeout_at(end + PATIENCE, everybody.next()).await {} }).await?;
        for _ in 0..everybody.len() {
            tally.failed("opening", &"somebody still waits, long after the end");
        }
        drop(everybody);
        let mut figures = run.figures(&tally, tally.count("start"))?;
        let rss = run.peak_rss_mib()?;
        run.stop().await?;
        let lost = prove(ground, &contest, &tally.acknowledged(), false).await?.all();
        figures.insert("lost".to_owned(), json!(lost));
        Ok(Self { tally, figures, rss, lost: lost as u64 })
    }

    /// Nobody waits, and everybody is answered.
    pub fn quick(&self) -> [Demand; 3] {
        [
            Demand::at_most("start p99 ms", self.tally.p99("start"), 500.0),
            Demand::at_most("save p99 ms", self.tally.p99("save"), 300.0),
            Demand::none("errors", self.tally.errors()),
        ]
    }
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
