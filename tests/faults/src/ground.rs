//! The ground of a run: a fresh database with a small bank, two contests that are open, people who have entered them.

use crate::{
    Failure, bank,
    cluster::Cluster,
    due::Ruled,
    elsewhere::restore_beside,
    evidence::{Boards, Evidence},
    history::History,
};
use domain::{
    Millis, Timestamp,
    attempt::GRACE,
    bank::Difficulty,
    contest::{DivisionForm, PrizeForm, PrizeScope, RoundForm},
    id::{AccountId, RoundId, TopicId, UnitId},
    identity::{Audience, Block, Role},
};
use engine::{Caller, Engine, clock::Clock, contest::EntryForm, store::Database};
use load::{
    contest::{self, account},
    rows,
    server::Plan,
};
use std::{
    collections::HashMap,
    net::SocketAddr,
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

/// Where everything comes from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The program `cchc`.
    pub program: PathBuf,
    /// The site's folder.
    pub site: PathBuf,
}

/// A contest with its one round.
#[derive(Debug, Clone, Copy)]
pub struct Contest {
    /// Its address.
    pub slug: &'static str,
    /// The round.
    pub round: RoundId,
}

/// How a contest differs.
#[derive(Debug, Clone, Copy)]
pub struct Wish {
    /// Its address.
    pub slug: &'static str,
    /// Minutes for the paper.
    pub minutes: i64,
    /// Attempts for each person.
    pub attempts: i64,
    /// It stays open for so long.
    pub lasts: Millis,
}

/// Somebody with two devices.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    /// The sessions of both.
    pub tokens: [String; 2],
}

/// The ground.
pub struct Ground {
    /// The engine with which it is prepared and read; the server has its own.
    pub engine: Engine,
    /// How servers are started on it.
    pub plan: Plan,
    /// The true time.
    pub clock: Clock,
    /// The cluster, where the database is PostgreSQL.
    pub cluster: Option<Arc<Cluster>>,
    /// Two organisers, for what needs a second person.
    pub organisers: [Caller; 2],
    rules: Mutex<HashMap<RoundId, Ruled>>,
    names: Mutex<HashMap<AccountId, String>>,
    pressed: Mutex<Vec<(Timestamp, Timestamp)>>,
    /// The one unit of all people.
    pub unit: UnitId,
    topic: TopicId,
    made: AtomicUsize,
    _folder: tempfile::TempDir,
}

impl Ground {
    /// A fresh database with the bank, on SQLite, or on a PostgreSQL of its own.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn lay(sources: &Sources, on_postgres: bool, (listen, public_url): (SocketAddr, String)) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let cluster = if on_postgres { Some(Arc::new(tokio::task::spawn_blocking(Cluster::start).await??)) } else { None };
        let database = match &cluster {
            Some(cluster) => fresh_database(cluster).await?,
            None => format!("sqlite:{}", folder.path().join("cchc.db").display()),
        };
        let clock = Clock::running(Timestamp(0));
        let plan = Plan {
            program: sources.program.clone(),
            site: sources.site.clone(),
            data: folder.path().to_owned(),
            database,
            secret: folder.path().join("secret"),
            public_url,
            listen,
            also: Vec::new(),
        };
        let engine = plan.engine(&clock).await?;
        engine.load_units(bank::UNITS).await?;
        let unit = engine.unit_tree().await?.coded("so-noi-vu").ok_or("no unit")?.id;
        let topic = engine.topics().await?.iter().find(|topic| topic.code == "1").ok_or("no topic")?.id;
        let staff = [
            ("bantochuc.mot", Role::Organiser),
            ("bantochuc.hai", Role::Organiser),
            ("nguoirade", Role::Author),
            ("thamdinh", Role::Reviewer),
        ];
        let mut callers = Vec::new();
        for (login, role) in staff {
            let roles = [role];
            let account = account(login, "Ban Tổ chức", None, &roles);
            let id = *engine.open_accounts(&[account]).await?.first().ok_or("no account")?;
            callers.push(engine.caller_of(id).await?);
        }
        engine.load_questions(&bank::questions(), &callers[2], &callers[3]).await?;
        let organisers = [callers[0].clone(), callers[1].clone()];
        let (rules, names, pressed, made) = (Mutex::default(), Mutex::default(), Mutex::default(), AtomicUsize::new(0));
        Ok(Self { engine, plan, clock, cluster, organisers, rules, names, pressed, unit, topic, made, _folder: folder })
    }

    /// A contest whose round is open.
    ///
    /// # Errors
    /// When a deed is refused.
    pub async fn contest(&self, wish: Wish) -> Result<Contest, Failure> {
        let round = RoundForm { times: wish.attempts.to_string(), unit_minimum: "1".to_owned(), ..RoundForm::default() };
        let division = DivisionForm {
            minutes: wish.minutes.to_string(),
            counts: vec![(self.topic, Difficulty::Recognise, "12".to_owned())],
            predicts: true,
            question: "Có bao nhiêu người dự thi đợt này?".to_owned(),
            target: "people".to_owned(),
            ..DivisionForm::default()
        };
        let wished = contest::Wish { slug: wish.slug, lasts: wish.lasts, round, division, prizes: prizes() };
        let (round, closes) = contest::open_contest(&self.engine, &self.organisers[0], wished).await?;
        let ruled = Ruled { attempts: wish.attempts, duration: Millis::minutes(wish.minutes), closes_at: closes, given: Vec::new() };
        self.rules.lock().unwrap_or_else(PoisonError::into_inner).insert(round, ruled);
        Ok(Contest { slug: wish.slug, round })
    }

    /// An organiser pressed something, from sending to the answer.
    pub fn organisers_pressed(&self, sent: Timestamp, heard: Timestamp) {
        self.pressed.lock().unwrap_or_else(PoisonError::into_inner).push((sent, heard));
    }

    /// When the round closes by now.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn closing(&self, round: RoundId) -> Result<Timestamp, Failure> {
        let closes: Vec<(Timestamp,)> = rows!(&self.engine.store, "select closes_at from round where id = $1", round);
        Ok(closes.first().ok_or("no round")?.0)
    }

    /// So many new people who have entered these contests and are signed in on two devices.
    ///
    /// # Errors
    /// When they are refused.
    pub async fn people(&self, contests: &[Contest], count: usize) -> Result<Vec<Person>, Failure> {
        let first = self.made.fetch_add(count, Ordering::Relaxed);
        let mut people = Vec::with_capacity(count);
        for n in first..first + count {
            let name = bank::name(n);
            let login = format!("nguoithi.{n:05}");
            let id = *self.engine.open_accounts(&[account(&login, &name, Some(self.unit), &[])]).await?.first().ok_or("no account")?;
            let caller = self.engine.caller_of(id).await?;
            for contest in contests {
                self.engine.enter_contest(&caller, contest.slug, &EntryForm::default()).await?;
            }
            self.names.lock().unwrap_or_else(PoisonError::into_inner).insert(id, name);
            people.push(Person { account: id, tokens: [self.session(id).await?, self.session(id).await?] });
        }
        Ok(people)
    }

    /// A session of this account.
    ///
    /// # Errors
    /// When it cannot be written.
    pub async fn session(&self, account: AccountId) -> Result<String, Failure> {
        let mut work = self.engine.store.begin().await?;
        let token = work.open_session(self.engine.now(), account).await?;
        work.commit().await?;
        Ok(token.as_str().to_owned())
    }

    /// What stands in the database now, with the history; the product's own proof is asked too.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn evidence(&self, history: &History, rounds: &[RoundId]) -> Result<Evidence, Failure> {
        let mut evidence = Evidence { canaries: bank::CANARIES.map(str::to_owned).to_vec(), ..Evidence::default() };
        evidence.rules.clone_from(&self.rules.lock().unwrap_or_else(PoisonError::into_inner));
        evidence.pressed.clone_from(&self.pressed.lock().unwrap_or_else(PoisonError::into_inner));
        evidence.names.clone_from(&self.names.lock().unwrap_or_else(PoisonError::into_inner));
        for round in rounds {
            evidence.found.extend(self.engine.prove_round(*round).await?.found);
        }
        // First the database, then the history: what is stored has been sent by then.
        evidence.read(&self.engine.store, rounds).await?;
        evidence.calls = history.calls();
        Ok(evidence)
    }

    /// The same data in another place, restored from a backup, and an engine there, which remembers nothing.
    ///
    /// # Errors
    /// When it cannot be restored.
    pub async fn elsewhere(&self) -> Result<Engine, Failure> {
        let there = Plan { database: restore_beside(self).await?, ..self.plan.clone() };
        there.engine(&Clock::stopped(self.engine.now())).await
    }

    /// After the servers have stopped: the round closes, the clock ends what runs, the review begins; with this round, its only
    /// one, the contest is summed up.
    ///
    /// # Errors
    /// When a deed is refused.
    pub async fn close(&self, round: RoundId) -> Result<(), Failure> {
        let closed = self.closing(round).await? + GRACE + Millis::seconds(1);
        if self.engine.now() < closed {
            self.clock.wind(closed - self.engine.now());
        }
        self.engine.sweep().await?;
        self.engine.begin_review(&self.organisers[0], round).await?;
        Ok(self.engine.sum_up_contest(&self.organisers[0], round, true).await?)
    }

    /// Ranks the round with this engine, and what came of it in its database.
    ///
    /// # Errors
    /// When a deed is refused.
    pub async fn rank(&self, engine: &Engine, round: RoundId) -> Result<Boards, Failure> {
        engine.rank_round(&self.organisers[0], round).await?;
        Boards::read(&engine.store, round).await
    }

    /// Whether the database is PostgreSQL.
    pub fn is_on_postgres(&self) -> bool {
        matches!(self.engine.store, Database::Postgres(_))
    }
}

/// A database of the cluster, on its small file system where there is one.
#[expect(clippy::disallowed_methods, reason = "a folder's name cannot be bound, and here it is our own")]
async fn fresh_database(cluster: &Cluster) -> Result<String, Failure> {
    use sqlx::{Connection, Executor, PgConnection};
    let mut admin = PgConnection::connect(&cluster.address("postgres")).await?;
    if cluster.has_small {
        let place = sqlx::AssertSqlSafe(format!("create tablespace small location '{}'", cluster.small().display()));
        admin.execute(place).await?;
        admin.execute("create database faults tablespace small").await?;
    } else {
        admin.execute("create database faults").await?;
    }
    Ok(cluster.address("faults"))
}

/// A first and two second prizes for people, and one for the best unit.
fn prizes() -> Vec<PrizeForm> {
    let people = PrizeScope::Individual(Audience::CivilServant);
    [(people, "Nhất", "1"), (people, "Nhì", "2"), (PrizeScope::Collective(Block::Departments), "Nhất tập thể", "1")]
        .map(|(scope, name, quantity)| PrizeForm {
            scope: scope.code(),
            name: name.to_owned(),
            quantity: quantity.to_owned(),
            ..PrizeForm::default()
        })
        .to_vec()
}
