//! A run: one database, one server behind the wire, every fault in turn, and the closing of the rounds at the end.

use crate::{
    Failure,
    cast::{Lifted, Played},
    check::{Broken, check},
    dice::Dice,
    fault,
    ground::{Contest, Ground, Sources, Wish},
    history::{Call, History},
    proxy::Proxy,
};
use domain::{Millis, id::RoundId};
use load::server::{Server, free_address};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::atomic::{AtomicI64, Ordering},
    time::Duration,
};
use tokio::{sync::Mutex, time::Instant};

/// How large a run is.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// At length, and not as short as a test must be.
    pub long: bool,
    /// People in each fault.
    pub people: usize,
    /// People where a rate of saves is asked for …
    pub crowd: usize,
    /// … and how many saves they make in a second, at least; 0: it is only measured.
    pub rate: u64,
    /// Between two saves of one person.
    pub pace: Duration,
    /// Before and after each fault.
    pub calm: Duration,
    /// How long what lasts lasts: a halted server, a locked table.
    pub halt: Duration,
    /// How long the line is bad.
    pub rough: Duration,
    /// How often what can be repeated is done.
    pub times: usize,
}

impl Scale {
    /// For `make test`: seconds for each fault.
    pub const SHORT: Self = Self {
        long: false,
        people: 7,
        crowd: 7,
        rate: 0,
        pace: Duration::from_millis(150),
        calm: Duration::from_millis(250),
        halt: Duration::from_millis(1_200),
        rough: Duration::from_secs(3),
        times: 1,
    };
    /// For `make faults`: 250 saves a second, halts of half a minute.
    pub const LONG: Self = Self {
        long: true,
        people: 50,
        crowd: 75,
        rate: 200,
        pace: Duration::from_millis(200),
        calm: Duration::from_secs(3),
        halt: Duration::from_secs(30),
        rough: Duration::from_mins(1),
        times: 5,
    };
}

impl Scale {
    /// How the program is asked for a run of this size.
    const fn flag(self) -> &'static str {
        if self.long { "" } else { " --short" }
    }
}

/// What a run is made of.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Where programs and files come from.
    pub sources: Sources,
    /// On PostgreSQL, or on SQLite.
    pub on_postgres: bool,
    /// How large.
    pub scale: Scale,
    /// What chance throws.
    pub seed: u64,
}

/// A run.
pub struct Run {
    /// The ground.
    pub ground: Ground,
    /// What was asked and answered.
    pub history: History,
    /// The wire.
    pub proxy: Proxy,
    /// The server that runs now.
    pub server: Mutex<Server>,
    /// How large.
    pub scale: Scale,
    /// A contest with an hour for the paper.
    pub long: Contest,
    /// One with three minutes.
    pub short: Contest,
    /// How far the servers' clocks are wound ahead, milliseconds.
    shift: AtomicI64,
    dice: Dice,
}

impl Run {
    /// Lays the ground and starts a server; `behind`: what the wire leads to instead of the server, such as a balancer.
    ///
    /// # Errors
    /// When something does not start.
    pub async fn open(plan: &Plan, behind: Option<SocketAddr>) -> Result<Self, Failure> {
        let dice = Dice::new(plan.seed);
        let listen = free_address()?;
        let proxy = Proxy::open(behind.unwrap_or(listen), dice.of(1_000_000)).await?;
        let ground = Ground::lay(&plan.sources, plan.on_postgres, (listen, format!("http://{}", proxy.address))).await?;
        let lasts = if behind.is_some() { Millis::minutes(20) } else { Millis::hours(6) };
        let long = ground.contest(Wish { slug: "hoi-thi-dai", minutes: 60, attempts: 2, lasts }).await?;
        let short = ground.contest(Wish { slug: "hoi-thi-ngan", minutes: 3, attempts: 1, lasts }).await?;
        let history = History::new(&ground.clock);
        history.new_build();
        let server = Mutex::new(Server::start(&ground.plan).await?);
        Ok(Self { ground, history, proxy, server, scale: plan.scale, long, short, shift: AtomicI64::new(0), dice })
    }

    /// Where people connect.
    pub fn entrance(&self) -> SocketAddr {
        self.proxy.address
    }

    /// Both rounds.
    pub fn rounds(&self) -> Vec<RoundId> {
        vec![self.long.round, self.short.round]
    }

    /// The dice of this fault, the same whichever faults are played before it.
    pub fn dice_of(&self, name: &str) -> Dice {
        let name = name.bytes().fold(17_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
        self.dice.of(name)
    }

    /// So much time passes for everybody, from the next start of the server on.
    pub fn pass(&self, time: Millis) {
        self.shift.fetch_add(time.0, Ordering::Relaxed);
        self.ground.clock.wind(time);
    }

    /// Starts a server in the place of the one that has ended; answers flow from the moment just before.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start_again(&self, also: &[(&'static str, String)]) -> Result<Lifted, Failure> {
        let mut plan = self.ground.plan.clone();
        plan.also.extend(also.iter().cloned());
        let shift = self.shift.load(Ordering::Relaxed);
        if shift != 0 {
            plan.also.push(("CCHC_CLOCK_SHIFT_MS", shift.to_string()));
        }
        let moment = self.history.now();
        // Whatever is answered from now on is answered by the new one.
        let build = self.history.new_build();
        *self.server.lock().await = Server::start(&plan).await?;
        Ok(Lifted::at(moment).by_build(build))
    }

    /// Stops the server as a service manager does and starts another, whose answers flow; from the order to stop on.
    ///
    /// # Errors
    /// When one of them does not.
    pub async fn replace(&self, also: &[(&'static str, String)]) -> Result<Lifted, Failure> {
        let moment = self.history.now();
        self.server.lock().await.stop().await?;
        Ok(Lifted { at: moment, ..self.start_again(also).await? })
    }

    /// How many calls since this place in the history are so.
    pub fn count(&self, from: usize, is_so: impl Fn(&Call) -> bool) -> usize {
        self.history.count(from, is_so)
    }

    /// Stops the server, lets the rounds close, marks, ranks here and where a backup was restored, and checks everything once more.
    ///
    /// # Errors
    /// When a deed is refused.
    pub async fn close(&self) -> Result<Vec<Broken>, Failure> {
        self.server.lock().await.stop().await?;
        for round in self.rounds() {
            self.ground.close(round).await?;
        }
        let elsewhere = self.ground.elsewhere().await?;
        let mut evidence = self.ground.evidence(&self.history, &self.rounds()).await?;
        evidence.over = true;
        for round in self.rounds() {
            if evidence.attempts.iter().any(|attempt| attempt.round_id == round) {
                evidence.boards.push([self.ground.rank(&self.ground.engine, round).await?, self.ground.rank(&elsewhere, round).await?]);
            }
        }
        elsewhere.store.close().await;
        Ok(check(&evidence))
    }
}

/// Plays every fault of these names (all when none is named) and closes; whether everything held.
///
/// # Errors
/// When a play itself fails.
pub async fn play_all(plan: &Plan, names: &[String], tell: impl Fn(&str)) -> Result<bool, Failure> {
    let database = if plan.on_postgres { "postgres" } else { "sqlite" };
    let since = Instant::now();
    let run = Run::open(plan, None).await?;
    tell(&format!("── {database}, seed {}: ready after {:.1} s", plan.seed, since.elapsed().as_secs_f64()));
    let mut held = true;
    for name in fault::of(plan.on_postgres, plan.scale.long) {
        if !names.is_empty() && !names.iter().any(|wanted| wanted == name) {
            continue;
        }
        match fault::play(&run, name).await {
            Ok(played) => {
                tell(&played.line());
                held &= played.held();
            }
            Err(failure) => {
                tell(&format!("{name}: {failure}\n{}", last_lines(&run.server.lock().await.log())));
                held = false;
                break;
            }
        }
    }
    if held {
        let broken = run.close().await?;
        let lines: Vec<String> = broken.iter().map(|broken| format!("   {} IS BROKEN: {}", broken.invariant, broken.what)).collect();
        tell(&format!("{:<34} ended, marked, ranked here and in another place from a backup {}", "closing", lines.join("\n")));
        held = broken.is_empty();
    }
    tell(&format!("── {database}: {} calls, {:.0} s, {}", run.history.len(), since.elapsed().as_secs_f64(), verdict(held)));
    if !held {
        let file = kept_history(database, plan.seed);
        run.history.write(&file)?;
        tell(&format!("   every call: {}; once more: scripts/faults {database} --seed {}{}", file.display(), plan.seed, plan.scale.flag()));
    }
    Ok(held)
}

/// Where every call of a failing run is written: in the folder of the project, from wherever it was started.
pub fn kept_history(ground: &str, seed: u64) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/faults").join(format!("{ground}-{seed}.jsonl"))
}

/// What an operator would look at first.
fn last_lines(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(12)..].join("\n")
}

/// In words.
pub fn verdict(held: bool) -> &'static str {
    if held { "every invariant held" } else { "SOMETHING IS BROKEN" }
}

impl Played {
    /// A part that could not be played here.
    pub fn not_run(name: &'static str, why: &str) -> Self {
        Self {
            name,
            made: crate::cast::Made { not_run: Some(why.to_owned()), ..crate::cast::Made::default() },
            saves: 0,
            troubled: 0,
            flows: Vec::new(),
            broken: Vec::new(),
            took: Duration::ZERO,
        }
    }
}
