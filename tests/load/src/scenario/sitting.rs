//! Closed loop: so many people sit at once, each through a whole sitting; with and without signing in.

use super::{Demand, Outcome, Run, Scale, figure, sit_all, watch};
use crate::{
    ground::{Contest, Ground, Person, Wish},
    http::{Ask, Failure, Wires},
    person::Scene,
    proof::prove,
    tally::{Acknowledged, Tally},
};
use domain::{Millis, id::AttemptId};
use futures::{StreamExt, stream};
use serde_json::json;
use std::{collections::HashMap, time::Duration};
use tokio::time::{Instant, MissedTickBehavior, interval};

/// People who sit at the same time.
const AT_ONCE: usize = 64;

/// Pages whose p95 is to be no more beside sign-ins than it is in a full hall without them.
const PAGES: [&str; 7] = ["landing", "contest", "start", "sheet", "save", "hand_in", "result"];

/// Signed-in people: contest page → start → sheet → 3 saves → hand in → result.
///
/// # Errors
/// When the ground or the server fails.
pub async fn sitting(ground: &Ground, database: Option<u32>, scale: Scale) -> Result<Outcome, Failure> {
    let contest = ground.contest(Wish { slug: "tai-luot-thi", lasts: Millis::hours(6), attempts: 1 }).await?;
    let people = ground.people(&contest, scale.people(20_000), false).await?;
    let run = Run::begin(ground, database).await?;
    let (wires, tally) = (Wires::new(run.server.address, AT_ONCE), Tally::default());
    let scene = Scene { wires: &wires, tally: &tally, contest: &contest };
    watch(&tally, sit_all(&scene, &people, AT_ONCE)).await?;
    let limit = if database.is_some() { 5.0 } else { 2.0 };
    close(("sitting", limit), run, ground, &contest, &tally, &tally.acknowledged()).await
}

/// The same people sign in first, at the full parameters of argon2id; the landing page is opened beside it. As many who are
/// signed in sit before, so that there is a p95 of each page to be kept.
///
/// # Errors
/// When the ground or the server fails.
pub async fn sign_in(ground: &Ground, database: Option<u32>, scale: Scale) -> Result<Outcome, Failure> {
    let contest = ground.contest(Wish { slug: "tai-dang-nhap", lasts: Millis::hours(6), attempts: 1 }).await?;
    let people = ground.people(&contest, scale.people(2_000), true).await?;
    let (before, people) = people.split_at(people.len() / 2);
    let mut run = Run::begin(ground, database).await?;
    let (wires, usual, tally) = (Wires::new(run.server.address, AT_ONCE + 4), Tally::default(), Tally::default());
    let scene = Scene { wires: &wires, tally: &usual, contest: &contest };
    watch(&usual, beside(look_around(&scene), sit_all(&scene, before, AT_ONCE))).await?;
    run.count_anew()?;
    let scene = Scene { tally: &tally, ..scene };
    let sittings = stream::iter(people).for_each_concurrent(AT_ONCE, |person| async {
        if let Some(token) = scene.sign_in(person, Instant::now()).await {
            let signed_in = Person { token, ..person.clone() };
            scene.sit(&signed_in).await.unwrap_or(());
        }
    });
    watch(&tally, beside(look_around(&scene), sittings)).await?;
    let acknowledged = usual.acknowledged().into_iter().chain(tally.acknowledged()).collect();
    let mut outcome = close(("with_sign_in", 40.0), run, ground, &contest, &tally, &acknowledged).await?;
    let kept = PAGES.map(|page| tally.quantile(page, 0.95) / usual.quantile(page, 0.95).max(f64::MIN_POSITIVE));
    outcome.demands.push(Demand::at_most(
        "p95 of the slowest page over what it is in a full hall without sign-ins",
        kept.into_iter().fold(0.0, f64::max),
        1.0,
    ));
    let fair = tally.quantile("sign_in", 0.99) / tally.quantile("sign_in", 0.5).max(f64::MIN_POSITIVE);
    outcome.demands.push(Demand::at_most("p99 of signing in over its p50, where all wait in one line", fair, 2.0));
    let unopened = PAGES.into_iter().filter(|page| tally.count(page) == 0 || usual.count(page) == 0).count();
    outcome.demands.push(Demand::none("pages that were never opened", unopened as u64));
    outcome.demands.push(Demand::none("errors before anybody signs in", usual.errors()));
    outcome.errors.extend(usual.first_errors());
    outcome.figures.insert("p95_ms_before".to_owned(), usual.percentiles().remove("p95_ms").unwrap_or_default());
    Ok(outcome)
}

/// The work, and something beside it that ends with it.
async fn beside(endless: impl Future<Output = ()>, work: impl Future<Output = ()>) {
    tokio::select! {
        () = work => {}
        () = endless => {}
    }
}

/// Somebody who opens the landing page ten times a second, as long as the others sign in.
async fn look_around(scene: &Scene<'_>) {
    let mut often = interval(Duration::from_millis(100));
    often.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let intended = often.tick().await;
        let ask = Ask { token: "", path: "/", form: None, json: false };
        match scene.wires.ask(ask).await {
            Ok(reply) if reply.status.is_success() => scene.tally.took("landing", intended.elapsed()),
            Ok(reply) => scene.tally.failed("landing", &reply.status),
            Err(why) => scene.tally.failed("landing", &why),
        }
    }
}

async fn close(
    (name, limit): (&'static str, f64),
    run: Run,
    ground: &Ground,
    contest: &Contest,
    tally: &Tally,
    acknowledged: &HashMap<AttemptId, Acknowledged>,
) -> Result<Outcome, Failure> {
    let mut figures = run.figures(tally, tally.count("result"))?;
    run.stop().await?;
    let lost = prove(ground, contest, acknowledged, true).await?;
    figures.insert("lost".to_owned(), json!(lost.all()));
    let demands = vec![
        Demand::at_most("CPU ms per sitting", figure(&figures, "cpu_ms_per_sitting"), limit),
        Demand::none("errors", tally.errors()),
        Demand::none("lost", lost.all() as u64),
    ];
    Ok(Outcome { name, figures, demands, errors: tally.first_errors() })
}
