//! Idle connections: browsers by the ten thousand that have opened a page and say nothing, while a few people sit.

use super::{Demand, Outcome, Run, Scale, per, round, watch};
use crate::{
    cost::{most_open_files, rss_kib},
    ground::{Ground, Person, Wish},
    http::{Ask, Failure, PATIENCE, Wire, Wires},
    person::Scene,
    proof::prove,
    tally::Tally,
};
use domain::Millis;
use futures::{StreamExt, stream};
use serde_json::json;
use std::{
    future::ready,
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};
use tokio::time::{Instant, sleep, timeout};

/// Connections that are wished for; the limits of open files may allow fewer.
const WISHED: usize = 20_000;
/// Files that the server and the bench each have open beside them.
const RESERVE: usize = 512;
/// Connections from one address, from 127.0.0.2 on: far fewer than an address has ports.
const EACH_ADDRESS: usize = 1_000;
/// Connections that are being opened at the same time.
const OPENED_AT_ONCE: usize = 64;
/// They must be open within so long, and are silent for so long afterwards: together less than the 75 s after which the server
/// closes a silent connection (`server/src/connections.rs`), so that it must not have closed any.
const OPENING: Duration = Duration::from_secs(35);
const SILENCE: Duration = Duration::from_secs(30);
/// People who sit at the same time, and how long each seat stays empty between two of them.
const SEATS: usize = 16;
const BETWEEN: Duration = Duration::from_millis(50);
/// People who are there to sit: more than can in that time.
const PEOPLE: usize = 12_000;
/// Those of them who sit before anything is measured.
const FIRST: usize = 256;
/// What the server may hold with all of them open, MiB.
const MOST_RSS: u64 = 600;

/// As many idle connections as the limits allow, and a small closed loop of sittings from 127.0.0.1 beside them.
///
/// # Errors
/// When the ground or the server fails.
pub async fn idle(ground: &Ground, database: Option<u32>, scale: Scale) -> Result<Outcome, Failure> {
    let contest = ground.contest(Wish { slug: "tai-im-lang", lasts: Millis::hours(6), attempts: 1 }).await?;
    let people = ground.people(&contest, scale.people(PEOPLE), false).await?;
    let (first, people) = people.split_at(FIRST.min(people.len() / 2));
    let mut run = Run::begin(ground, database).await?;
    let id = run.server.id()?;
    let wished = scale.people(WISHED);
    let count = wished.min(most_open_files(id)?.min(most_open_files(std::process::id())?).saturating_sub(RESERVE));
    if count < wished {
        eprintln!("   the limit of open files allows {count} connections of {wished}: scaled down");
    }
    let (wires, before) = (Wires::new(run.server.address, SEATS), Tally::default());
    let scene = Scene { wires: &wires, tally: &before, contest: &contest };
    sit_for(&scene, first, SILENCE).await?;

    let (small, begun, opening) = (rss_kib(id)?, Instant::now(), Tally::default());
    let silent = open(&run, count, &opening).await?;
    let opened_in = begun.elapsed();
    let large = rss_kib(id)?;
    run.count_anew()?;
    let tally = Tally::default();
    sit_for(&Scene { tally: &tally, ..scene }, people, SILENCE).await?;
    let held = silent.iter().filter(|wire| wire.is_open()).count();

    let mut figures = run.figures(&tally, tally.count("result"))?;
    let rss = run.peak_rss_mib()?;
    drop(silent);
    run.stop().await?;
    let errors = before.errors() + opening.errors() + tally.errors();
    let lost = prove(ground, &contest, &tally.acknowledged(), true).await?;
    figures.insert("idle_connections".to_owned(), json!(held));
    figures.insert("idle_connections_wished".to_owned(), json!(wished));
    figures.insert("idle_opened_in_s".to_owned(), json!(round(opened_in.as_secs_f64())));
    figures.insert("idle_kib_each".to_owned(), json!(round(per(large.saturating_sub(small), held as u64))));
    figures.insert("idle_page_p99_ms".to_owned(), json!(opening.p99("page")));
    figures.insert("errors".to_owned(), json!(errors));
    figures.insert("lost".to_owned(), json!(lost.all()));
    let demands = vec![
        Demand::at_least("idle connections held:", held, count),
        Demand { words: format!("peak RSS {rss} MiB ≤ {MOST_RSS}"), held: rss <= MOST_RSS, binds: true },
        Demand::none("errors", errors),
        Demand::none("lost", lost.all() as u64),
    ];
    let words = [&before, &opening, &tally].into_iter().flat_map(Tally::first_errors).collect();
    Ok(Outcome { name: "idle", figures, demands, errors: words })
}

/// Opens so many connections, each of which asks one page; those that were opened in time.
async fn open(run: &Run, count: usize, tally: &Tally) -> Result<Vec<Wire>, Failure> {
    let (server, until) = (run.server.address, Instant::now() + OPENING);
    let opened = stream::iter(0..count)
        .take_while(|_| ready(Instant::now() < until))
        .map(|n| async move {
            let begun = Instant::now();
            let wire = timeout(PATIENCE, open_one(server, address(n))).await;
            tally.took("page", begun.elapsed());
            match wire.map_err(Failure::from).flatten() {
                Ok(wire) => Some(wire),
                Err(why) => {
                    tally.failed("page", &why);
                    None
                }
            }
        })
        .buffer_unordered(OPENED_AT_ONCE)
        .filter_map(ready)
        .collect();
    watch(tally, opened).await
}

async fn open_one(server: SocketAddr, from: Ipv4Addr) -> Result<Wire, Failure> {
    let mut wire = Wire::open(server, Some(from)).await?;
    let reply = wire.ask(Ask { token: "", path: "/", form: None, json: false }).await?;
    if reply.status.is_success() { Ok(wire) } else { Err(format!("the first page was answered with {}", reply.status).into()) }
}

/// The address from which the `n`-th connection comes, from 127.0.0.2 on.
fn address(n: usize) -> Ipv4Addr {
    let loopback = u32::from(Ipv4Addr::LOCALHOST);
    Ipv4Addr::from(loopback + 1 + u32::try_from(n / EACH_ADDRESS).unwrap_or(0))
}

/// Closed loop: people sit one after another on a few seats, for so long or until all have.
async fn sit_for(scene: &Scene<'_>, people: &[Person], span: Duration) -> Result<(), Failure> {
    let until = Instant::now() + span;
    let sittings = stream::iter(people).take_while(|_| ready(Instant::now() < until)).for_each_concurrent(SEATS, |person| async {
        scene.sit(person).await.unwrap_or(());
        sleep(BETWEEN).await;
    });
    watch(scene.tally, sittings).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idle_connections_come_from_addresses_of_their_own() {
        assert_eq!(address(0), Ipv4Addr::new(127, 0, 0, 2));
        assert_eq!(address(EACH_ADDRESS - 1), Ipv4Addr::new(127, 0, 0, 2));
        assert_eq!(address(EACH_ADDRESS), Ipv4Addr::new(127, 0, 0, 3));
        assert_eq!(address(WISHED - 1), Ipv4Addr::new(127, 0, 0, 21));
        assert_eq!(address(255 * EACH_ADDRESS), Ipv4Addr::new(127, 0, 1, 1));
    }
}
