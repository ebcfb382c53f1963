//! The record week of a provincial contest, taken for real; and what a database with ten million attempts costs after it.

use super::{Demand, Outcome, Run, Scale, figure, per, round, sit_all, watch};
use crate::{
    cost::{forget_own_peak, own_peak_mib},
    ground::{Contest, Ground, Person, Wish},
    http::{Ask, Failure, Wires},
    past::{Past, fill},
    person::Scene,
    proof::prove,
    tally::Tally,
};
use domain::Millis;
use futures::{StreamExt, stream};
use serde_json::{Map, Value, json};
use std::time::Duration;
use tokio::time::Instant;

/// Attempts of the record week (Nghệ An, 2023).
const ATTEMPTS: usize = 427_277;
/// Attempts of one person.
const EACH: usize = 8;
/// People who sit at the same time.
const AT_ONCE: usize = 96;
/// The week must have passed within so long, in seconds.
const WITHIN: f64 = 15.0 * 60.0;
/// Attempts of the past in the large database …
const PAST: usize = 10_000_000;
/// … and sittings that are measured on it and on an empty one.
const SITTINGS: usize = 20_000;
/// How often the board is opened.
const BOARD_VIEWS: usize = 500;

/// 427,277 attempts over HTTP, as fast as it goes; then the review, the ranking and the board page.
///
/// # Errors
/// When the ground, the server or a deed fails.
pub async fn week(ground: &Ground, database: Option<u32>, scale: Scale) -> Result<Outcome, Failure> {
    let attempts = scale.people(ATTEMPTS);
    let times = u32::try_from(EACH)?;
    let contest = ground.contest(Wish { slug: "tai-tuan-le", lasts: Millis::hours(12), attempts: times }).await?;
    let people = ground.people(&contest, attempts.div_ceil(EACH), false).await?;
    let run = Run::begin(ground, database).await?;
    let (wires, tally) = (Wires::new(run.server.address, AT_ONCE), Tally::default());
    let scene = Scene { wires: &wires, tally: &tally, contest: &contest };
    let begun = Instant::now();
    let sittings = stream::iter(people.iter().enumerate()).for_each_concurrent(AT_ONCE, |(n, person)| {
        let scene = &scene;
        async move {
            for _ in 0..EACH.min(attempts - n * EACH) {
                // A failed step is counted where it happens; the next attempt resumes or begins anew.
                scene.sit(person).await.unwrap_or(());
            }
        }
    });
    watch(&tally, sittings).await?;
    let took = begun.elapsed();
    let mut figures = run.figures(&tally, tally.count("result"))?;
    run.stop().await?;
    let lost = prove(ground, &contest, &tally.acknowledged(), true).await?;
    let ranking = rank(ground, &contest).await?;
    let board = board(ground, database, &contest, &people).await?;
    figures.insert("lost".to_owned(), json!(lost.all()));
    figures.insert("ranking_s".to_owned(), json!(round(ranking.took.as_secs_f64())));
    figures.insert("ranking_rss_mib".to_owned(), json!(ranking.grew_mib));
    figures.insert("board_p99_ms".to_owned(), json!(round(board.p99("board"))));
    let errors = tally.errors() + board.errors();
    let demands = vec![
        Demand::at_most("the week, seconds", took.as_secs_f64(), WITHIN).on_sqlite(database),
        Demand::at_most("ranking, seconds", ranking.took.as_secs_f64(), 5.0).on_sqlite(database),
        Demand::at_most("board p99 ms", board.p99("board"), 50.0).on_sqlite(database),
        Demand::none("errors", errors),
        Demand::none("lost", lost.all() as u64),
    ];
    let first = [&tally, &board].into_iter().flat_map(Tally::first_errors).collect();
    Ok(Outcome { name: "week", figures, demands, errors: first })
}

/// The same sittings on a database with ten million attempts and on an empty one, in one run.
///
/// # Errors
/// When a ground or a server fails, or the disk has no room.
pub async fn ten_million(empty: &Ground, full: &Ground, scale: Scale) -> Result<Outcome, Failure> {
    let past = fill(full, scale.people(PAST)).await?;
    let (before, _, _) = measure(empty, "tai-luot-thi", scale).await?;
    let (after, mut figures, tally) = measure(full, "tai-luot-thi", scale).await?;
    let ratio = after / before.max(f64::MIN_POSITIVE);
    figures.insert("empty_cpu_ms_per_sitting".to_owned(), json!(round(before)));
    figures.insert("cpu_ratio".to_owned(), json!(round(ratio)));
    figures.insert("past_attempts".to_owned(), json!(past.attempts));
    figures.insert("past_bytes_per_attempt".to_owned(), json!(round(past.bytes_each())));
    figures.insert("past_seconds".to_owned(), json!(round(past.took.as_secs_f64())));
    let demands = vec![
        Demand::at_most("CPU of a sitting over that on an empty database", ratio, 1.3),
        Demand::at_most("bytes an attempt", past.bytes_each(), 1_024.0),
        Demand::none("errors", tally.errors()),
        Demand::at_most("lost", figure(&figures, "lost"), 0.0),
    ];
    Ok(Outcome { name: "ten_million", figures, demands, errors: tally.first_errors() })
}

/// CPU of a sitting in milliseconds, and everything else that was measured.
async fn measure(ground: &Ground, slug: &str, scale: Scale) -> Result<(f64, Map<String, Value>, Tally), Failure> {
    let contest = ground.contest(Wish { slug, lasts: Millis::hours(6), attempts: 1 }).await?;
    let people = ground.people(&contest, scale.people(SITTINGS), false).await?;
    let run = Run::begin(ground, None).await?;
    let (wires, tally) = (Wires::new(run.server.address, AT_ONCE), Tally::default());
    let scene = Scene { wires: &wires, tally: &tally, contest: &contest };
    watch(&tally, sit_all(&scene, &people, AT_ONCE)).await?;
    let mut figures = run.figures(&tally, tally.count("result"))?;
    run.stop().await?;
    let lost = prove(ground, &contest, &tally.acknowledged(), true).await?;
    figures.insert("lost".to_owned(), json!(lost.all()));
    Ok((figure(&figures, "cpu_ms_per_sitting"), figures, tally))
}

/// What the ranking cost.
struct Ranking {
    took: Duration,
    /// By how much this process, which ranks, grew at most.
    grew_mib: u64,
}

/// Reviews and ranks the closed round, by the deeds of its page.
async fn rank(ground: &Ground, contest: &Contest) -> Result<Ranking, Failure> {
    let engine = &ground.engine;
    engine.clock.set(contest.closes_at + Millis::minutes(10));
    ground.begin_review(contest).await?;
    let (before, begun) = (forget_own_peak()?, Instant::now());
    ground.rank(contest).await?;
    Ok(Ranking { took: begun.elapsed(), grew_mib: own_peak_mib()?.saturating_sub(before) })
}

/// Publishes, and opens the page of the results again and again, signed in and not.
async fn board(ground: &Ground, database: Option<u32>, contest: &Contest, people: &[Person]) -> Result<Tally, Failure> {
    ground.publish(contest).await?;
    let run = Run::begin(ground, database).await?;
    let (wires, tally) = (Wires::new(run.server.address, 8), Tally::default());
    let path = format!("/ket-qua/{}/1", contest.slug);
    let views = stream::iter(0..BOARD_VIEWS).for_each_concurrent(8, |n| {
        let token = if n % 2 == 0 { "" } else { people[n % people.len()].token.as_str() };
        let (wires, tally, path) = (&wires, &tally, &path);
        async move {
            let begun = Instant::now();
            match wires.ask(Ask { token, path, form: None, json: false }).await {
                Ok(reply) if reply.status.is_success() => tally.took("board", begun.elapsed()),
                Ok(reply) => tally.failed("board", &reply.status),
                Err(why) => tally.failed("board", &why),
            }
        }
    });
    watch(&tally, views).await?;
    run.stop().await?;
    Ok(tally)
}

impl Past {
    fn bytes_each(&self) -> f64 {
        per(self.bytes, u64::try_from(self.attempts).unwrap_or(1))
    }
}
