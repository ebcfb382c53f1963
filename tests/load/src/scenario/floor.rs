//! The floor: a bare handler appends the same bytes through the same kind of batch, to show what a save costs beyond it.

use super::{Demand, Outcome, Run, Scale, per, round, watch};
use crate::{
    bare::Bare,
    form::encode,
    ground::{Ground, Person, Wish},
    http::{Ask, Failure, Wires},
    person::{Open, Scene},
    proof::prove,
    tally::Tally,
};
use domain::Millis;
use futures::{StreamExt, stream};
use serde_json::json;
use std::sync::Mutex;
use tokio::time::Instant;

/// People who save at the same time.
const AT_ONCE: usize = 64;
/// Rounds of our saves and as many of the floor's appends, in turn: what the machine does besides falls on both.
const ROUNDS: usize = 6;
/// Saves of each in a round.
const SAVES: usize = 10;

/// CPU of our save against CPU of the floor's append, in one run.
///
/// # Errors
/// When the ground or a server fails.
pub async fn floor(ground: &Ground, database: Option<u32>, scale: Scale) -> Result<Outcome, Failure> {
    let contest = ground.contest(Wish { slug: "tai-san", lasts: Millis::hours(6), attempts: 1 }).await?;
    let people = ground.people(&contest, scale.people(1_024), false).await?;
    let mut run = Run::begin(ground, database).await?;
    let (wires, tally) = (Wires::new(run.server.address, AT_ONCE), Tally::default());
    let scene = Scene { wires: &wires, tally: &tally, contest: &contest };
    let mut sheets = open(&scene, &people).await?;
    let saving = Tally::default();
    let scene = Scene { tally: &saving, ..scene };
    let bare = Bare::start(&ground.plan).await?;
    let (to_bare, bared) = (Wires::new(bare.address, AT_ONCE), Tally::default());
    let (mut ours, mut theirs) = (0, 0);
    for _ in 0..ROUNDS {
        run.count_anew()?;
        let saves = stream::iter(&mut sheets).for_each_concurrent(AT_ONCE, |(person, sheet)| {
            let scene = &scene;
            async move {
                for n in 1..=SAVES {
                    scene.save(person, sheet, (1 + n % 3, 3), Instant::now()).await;
                }
            }
        });
        watch(&saving, saves).await?;
        ours += run.cpu()?.server;
        let before = bare.cpu()?;
        watch(&bared, append(&to_bare, &bared, SAVES * sheets.len())).await?;
        theirs += bare.cpu()? - before;
    }
    let rss = run.peak_rss_mib()?;
    run.stop().await?;
    bare.stop().await?;
    let lost = prove(ground, &contest, &saving.acknowledged(), false).await?;
    let (ours, theirs) = (per(ours, saving.count("save")), per(theirs, bared.count("append")));
    let ratio = ours / theirs.max(f64::MIN_POSITIVE);
    let mut figures = saving.percentiles();
    figures.insert("save_cpu_ms".to_owned(), json!(round(ours)));
    figures.insert("floor_cpu_ms".to_owned(), json!(round(theirs)));
    figures.insert("save_cpu_ratio".to_owned(), json!(round(ratio)));
    figures.insert("saves".to_owned(), json!(saving.count("save")));
    let errors = tally.errors() + saving.errors() + bared.errors();
    figures.insert("peak_rss_mib".to_owned(), json!(rss));
    figures.insert("errors".to_owned(), json!(errors));
    figures.insert("lost".to_owned(), json!(lost.all()));
    let demands = vec![
        Demand::at_most("save CPU over the floor's", ratio, 2.0).on_sqlite(database),
        Demand::none("errors", errors),
        Demand::none("lost", lost.all() as u64),
    ];
    let first = [&tally, &saving, &bared].into_iter().flat_map(Tally::first_errors).collect();
    Ok(Outcome { name: "floor", figures, demands, errors: first })
}

/// So many appends of as many bytes as a sheet has.
async fn append(wires: &Wires, tally: &Tally, times: usize) {
    let bytes = encode(&[("hold".to_owned(), "0".to_owned()), ("sheet".to_owned(), "1".repeat(150))]);
    let appends = stream::iter(0..times).for_each_concurrent(AT_ONCE, |_| async {
        let begun = Instant::now();
        let ask = Ask { token: "", path: "/", form: Some(&bytes), json: true };
        match wires.ask(ask).await {
            Ok(reply) if reply.status.is_success() => tally.took("append", begun.elapsed()),
            Ok(reply) => tally.failed("append", &reply.status),
            Err(why) => tally.failed("append", &why),
        }
    });
    appends.await;
}

/// Starts everybody's sheet.
async fn open<'p>(scene: &Scene<'_>, people: &'p [Person]) -> Result<Vec<(&'p Person, Open)>, Failure> {
    let sheets: Mutex<Vec<(&Person, Open)>> = Mutex::default();
    let openings = stream::iter(people).for_each_concurrent(AT_ONCE, |person| async {
        if let Some(attempt) = scene.start(person, Instant::now()).await
            && let Some(sheet) = scene.sheet(person, attempt, Instant::now()).await
            && let Ok(mut sheets) = sheets.lock()
        {
            sheets.push((person, sheet));
        }
    });
    watch(scene.tally, openings).await?;
    Ok(sheets.into_inner().map_err(|_| "somebody panicked")?)
}
