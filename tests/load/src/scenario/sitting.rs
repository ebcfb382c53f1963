//! Closed loop: so many people sit at once, each through a whole sitting; with and without signing in.

use super::{Demand, Outcome, Run, Scale, figure, sit_all, watch};
use crate::{
    ground::{Contest, Ground, Person, Wish},
    http::{Ask, Failure, Wires},
    person::Scene,
    proof::prove,
    tally::Tally,
};
use domain::Millis;
use futures::{StreamExt, stream};
use serde_json::json;
use std::time::Duration;
use tokio::time::{Instant, MissedTickBehavior, interval};

/// People who sit at the same time.
const AT_ONCE: usize = 64;

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
    close("sitting", run, ground, &contest, &tally, limit).await
}

/// The same people sign in first, at the full parameters of argon2id; the landing page is opened beside it.
///
/// # Errors
/// When the ground or the server fails.
pub async fn sign_in(ground: &Ground, database: Option<u32>, scale: Scale) -> Result<Outcome, Failure> {
    let contest = ground.contest(Wish { slug: "tai-dang-nhap", lasts: Millis::hours(6), attempts: 1 }).await?;
    let people = ground.people(&contest, scale.people(1_000), true).await?;
    let run = Run::begin(ground, database).await?;
    let (wires, tally) = (Wires::new(run.server.address, AT_ONCE + 4), Tally::default());
    let scene = Scene { wires: &wires, tally: &tally, contest: &contest };
    let sittings = stream::iter(&people).for_each_concurrent(AT_ONCE, |person| async {
        if let Some(token) = scene.sign_in(person, Instant::now()).await {
            let signed_in = Person { token, ..person.clone() };
            scene.sit(&signed_in).await.unwrap_or(());
        }
    });
    let both = async {
        tokio::select! {
            () = sittings => {}
            () = look_around(&scene) => {}
        }
    };
    watch(&tally, both).await?;
    close("with_sign_in", run, ground, &contest, &tally, 40.0).await
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

async fn close(name: &'static str, run: Run, ground: &Ground, contest: &Contest, tally: &Tally, limit: f64) -> Result<Outcome, Failure> {
    let mut figures = run.figures(tally, tally.count("result"))?;
    run.stop().await?;
    let lost = prove(ground, contest, &tally.acknowledged(), true).await?;
    figures.insert("lost".to_owned(), json!(lost.all()));
    let demands = vec![
        Demand::at_most("CPU ms per sitting", figure(&figures, "cpu_ms_per_sitting"), limit),
        Demand::none("errors", tally.errors()),
        Demand::none("lost", lost.all() as u64),
    ];
    Ok(Outcome { name, figures, demands, errors: tally.first_errors() })
}
