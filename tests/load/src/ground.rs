//! The ground of a run: a database with the demo's bank, a contest that is open, people with sessions.

use crate::http::Failure;
use domain::{
    Millis, Timestamp,
    bank::Difficulty,
    contest::{DivisionForm, RoundForm},
    id::{AccountId, RoundId, UnitId},
    identity::{Audience, Role},
};
use engine::{Caller, Engine, clock::Clock, identity::NewAccount, random, results::Decision, store::Database};
use load::{
    contest::{self, account},
    rows,
    server::Plan,
};
use sqlx::{Connection, Executor, PgConnection};
use std::{net::SocketAddr, path::PathBuf};

/// Accounts opened in one unit of work.
const TOGETHER: usize = 500;
/// After so many it is told how far it has come.
const TOLD_EVERY: usize = 5_000;
/// The password of those who sign in.
pub const PASSWORD: &str = "Hoi-thi-2026-Q";

/// Somebody with a session.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub account: AccountId,
    /// The login.
    pub login: String,
    /// The session's token.
    pub token: String,
}

/// A contest that people take part in.
#[derive(Debug, Clone)]
pub struct Contest {
    /// Its address.
    pub slug: String,
    /// Its one round.
    pub round: RoundId,
    /// When the round closes.
    pub closes_at: Timestamp,
}

/// How the contest of a scenario differs.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'w> {
    /// Its address.
    pub slug: &'w str,
    /// The round is open for so long from now, rounded up to the minute.
    pub lasts: Millis,
    /// Attempts for each person.
    pub attempts: u32,
}

/// The ground.
pub struct Ground {
    /// The engine with which it is prepared and read afterwards; the server has its own.
    pub engine: Engine,
    /// How the server is started on it.
    pub plan: Plan,
    organiser: Caller,
    second_organiser: Caller,
    unit: UnitId,
    _folder: tempfile::TempDir,
}

/// Where everything comes from.
#[derive(Debug, Clone)]
pub struct Sources {
    /// The program `cchc`.
    pub program: PathBuf,
    /// The site's folder.
    pub site: PathBuf,
    /// The address of an empty PostgreSQL database; none: SQLite.
    pub postgres: Option<String>,
}

impl Ground {
    /// A fresh database with the demo in it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub async fn lay(sources: &Sources) -> Result<Self, Failure> {
        let folder = tempfile::tempdir()?;
        let database = sources.postgres.clone().unwrap_or_else(|| format!("sqlite:{}", folder.path().join("cchc.db").display()));
        let plan = Plan {
            program: sources.program.clone(),
            site: sources.site.clone(),
            data: folder.path().to_owned(),
            database,
            secret: folder.path().join("secret"),
            // Each start takes a free port.
            public_url: "http://127.0.0.1".to_owned(),
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            // The floor saves hundreds of times a second on one sheet; what limits cost is in limits.rs.
            also: vec![("CCHC_RATE_LIMITS", "false".to_owned()), ("RUST_LOG", "warn".to_owned())],
        };
        let engine = plan.engine(&Clock::running(Timestamp(0))).await?;
        engine.seed_demo(&|_| {}).await?;
        let unit = engine
            .unit_tree()
            .await?
            .units()
            .iter()
            .find(|unit| unit.takes(Audience::CivilServant))
            .map(|unit| unit.id)
            .ok_or("the demo has no unit")?;
        let organiser = |login| account(login, "Ban Tổ chức", Some(unit), &[Role::Organiser]);
        let accounts = engine.open_accounts(&[organiser("tai.bantochuc"), organiser("tai.bantochuc2")]).await?;
        let [organiser, second_organiser] = accounts[..] else { return Err("no accounts".into()) };
        let (organiser, second_organiser) = (engine.caller_of(organiser).await?, engine.caller_of(second_organiser).await?);
        Ok(Self { engine, plan, organiser, second_organiser, unit, _folder: folder })
    }

    /// A contest whose round has just opened: 20 questions from the demo's bank, 25 minutes, a prediction.
    ///
    /// # Errors
    /// When a deed is refused.
    pub async fn contest(&self, wish: Wish<'_>) -> Result<Contest, Failure> {
        let round = RoundForm {
            times: wish.attempts.to_string(),
            after_hand_in: "own_correct".to_owned(),
            unit_minimum: "5".to_owned(),
            ..RoundForm::default()
        };
        let wished = contest::Wish { slug: wish.slug, lasts: wish.lasts, round, division: self.division().await?, prizes: Vec::new() };
        let (round, closes_at) = contest::open_contest(&self.engine, &self.organiser, wished).await?;
        Ok(Contest { slug: wish.slug.to_owned(), round, closes_at })
    }

    /// Twenty questions: of the seven heads of the plan, three or two of the first levels each.
    async fn division(&self) -> Result<DivisionForm, Failure> {
        const PER_HEAD: [[u16; 3]; 7] = [[1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 1], [1, 1, 0]];
        let topics = self.engine.topics().await?;
        let mut counts = Vec::new();
        for (head, levels) in topics.iter().filter(|topic| topic.is_head()).zip(PER_HEAD) {
            counts.extend(Difficulty::ALL.iter().zip(levels).map(|(level, count)| (head.id, *level, count.to_string())));
        }
        Ok(DivisionForm {
            minutes: "25".to_owned(),
            counts,
            predicts: true,
            question: "Anh/chị dự đoán có bao nhiêu người dự thi?".to_owned(),
            target: "people".to_owned(),
            blank: "ranks_last".to_owned(),
            ..DivisionForm::default()
        })
    }

    /// So many people who have entered the contest and hold a session; with a password where they sign in.
    ///
    /// # Errors
    /// When they cannot be written.
    pub async fn people(&self, contest: &Contest, count: usize, signs_in: bool) -> Result<Vec<Person>, Failure> {
        let logins: Vec<String> = (0..count).map(|n| format!("tai.{}.{n:06}", contest.slug)).collect();
        let mut people = Vec::with_capacity(count);
        for some in logins.chunks(if signs_in { 50 } else { TOGETHER }) {
            let accounts: Vec<NewAccount<'_>> = some
                .iter()
                .map(|login| NewAccount {
                    password: signs_in.then_some(PASSWORD),
                    sample: true,
                    ..account(login, "Nguyễn Thị Thử Tải", Some(self.unit), &[])
                })
                .collect();
            let ids = self.engine.open_accounts(&accounts).await?;
            let mut work = self.engine.store.begin().await?;
            let now = self.engine.now();
            for (account, login) in ids.into_iter().zip(some) {
                let token = work.open_session(now, account).await?;
                people.push(Person { account, login: login.clone(), token: token.as_str().to_owned() });
            }
            work.commit().await?;
            if people.len() % TOLD_EVERY == 0 {
                eprintln!("   {} of {count} people", people.len());
            }
        }
        self.enter(contest, &people).await?;
        Ok(people)
    }

    /// Takes the closed round into review.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn begin_review(&self, contest: &Contest) -> Result<(), Failure> {
        Ok(self.engine.begin_review(&self.organiser, contest.round).await?)
    }

    /// Ranks the reviewed round.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn rank(&self, contest: &Contest) -> Result<(), Failure> {
        Ok(self.engine.rank_round(&self.organiser, contest.round).await?)
    }

    /// Submits, approves and publishes the ranked round, which has no prizes.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn publish(&self, contest: &Contest) -> Result<(), Failure> {
        let engine = &self.engine;
        engine.submit_results(&self.organiser, contest.round).await?;
        engine.approve_results(&self.second_organiser, contest.round).await?;
        let date = engine.now().date();
        let decision = Decision { number: "01/QĐ-BTC", date: &date, file: None };
        Ok(engine.publish_results(&self.second_organiser, contest.round, decision).await?)
    }

    /// Entries as the page of entry writes them, in one go for all simulated people who have none.
    async fn enter(&self, contest: &Contest, people: &[Person]) -> Result<(), Failure> {
        let now = self.engine.now();
        let known: Vec<(uuid::Uuid,)> = rows!(&self.engine.store, "select contest_id from round where id = $1", contest.round);
        let contest = known.first().ok_or("no contest")?.0;
        match &self.engine.store {
            Database::Sqlite { write, .. } => {
                let mut tx = write.begin().await?;
                for person in people {
                    sqlx::query(ENTRY).bind(contest).bind(person.account).bind(random::code(8)).bind(now).execute(&mut *tx).await?;
                }
                tx.commit().await?;
            }
            Database::Postgres(pool) => {
                let mut tx = pool.begin().await?;
                for person in people {
                    sqlx::query(ENTRY).bind(contest).bind(person.account).bind(random::code(8)).bind(now).execute(&mut *tx).await?;
                }
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

const ENTRY: &str = "insert into entry (contest_id, account_id, code, extra, rules_version, entered_at)
                     values ($1, $2, $3, '{}', 1, $4)";

/// Makes an empty database on the server; its address, and the process id of the server's first process.
///
/// # Errors
/// When the server does not allow it.
#[expect(clippy::disallowed_methods, reason = "a database's name cannot be bound, and here it is made of our own words")]
pub async fn empty_database(server: &str, name: &str) -> Result<(String, u32), Failure> {
    let mut admin = PgConnection::connect(server).await?;
    admin.execute(sqlx::AssertSqlSafe(format!("drop database if exists load_{name}"))).await?;
    admin.execute(sqlx::AssertSqlSafe(format!("create database load_{name}"))).await?;
    let (file,): (String,) = sqlx::query_as("select pg_read_file('postmaster.pid')").fetch_one(&mut admin).await?;
    let first = file.lines().next().ok_or("an empty postmaster.pid")?.trim().parse()?;
    let slash = server.rfind('/').ok_or("no database in the address")?;
    Ok((format!("{}/load_{name}", &server[..slash]), first))
}
