//! The server as a process of its own, which is started, asked, killed, halted and started again on the same data.

use crate::http::{Ask, Failure, Wires};
use domain::Millis;
use engine::{Engine, Settings, clock::Clock, secrets::Secrets};
use std::{
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    process::Stdio,
    time::Duration,
};
use tokio::{
    process::{Child, Command},
    time::{sleep, timeout},
};

/// How often it is asked whether it is ready.
const TRIES: usize = 600;
const EVERY: Duration = Duration::from_millis(50);
/// Whoever is asked to stop must have stopped by then.
const PATIENCE: Duration = Duration::from_secs(15);

/// What a server is started with.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The program `cchc`.
    pub program: PathBuf,
    /// The folder with the site's files.
    pub site: PathBuf,
    /// The folder of its data and its log.
    pub data: PathBuf,
    /// The database's address.
    pub database: String,
    /// The file with the installation's secret.
    pub secret: PathBuf,
    /// Where people reach it.
    pub public_url: String,
    /// Where it listens.
    pub listen: SocketAddr,
    /// Variables beside those; they come last and win.
    pub also: Vec<(&'static str, String)>,
}

impl Plan {
    /// An engine on the same database, to prepare it and to look at it; it makes the secret where there is none.
    ///
    /// # Errors
    /// When the database cannot be opened.
    pub async fn engine(&self, clock: &Clock) -> Result<Engine, Failure> {
        let settings = Settings {
            database: self.database.clone(),
            connections: engine::store::POSTGRES_CONNECTIONS,
            secrets: Secrets::read(&self.secret, true)?,
            clock: clock.clone(),
            public_url: self.public_url.clone(),
            help_line: "0255 000 0000".to_owned(),
            start_spread: Millis(0),
        };
        Ok(Engine::open(settings).await?)
    }
}

/// A running server.
pub struct Server {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// Where it writes what it has to say.
    log: PathBuf,
}

/// A port that is free now.
///
/// # Errors
/// When none is.
pub fn free_address() -> Result<SocketAddr, Failure> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?)
}

impl Server {
    /// Starts it and waits until it is ready.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(plan: &Plan) -> Result<Self, Failure> {
        let log = plan.data.join(format!("server-{}.log", plan.listen.port()));
        let out = std::fs::File::options().create(true).append(true).open(&log)?;
        let process = Command::new(&plan.program)
            .arg("serve")
            .env("CCHC_DATA", &plan.data)
            .env("CCHC_DATABASE", &plan.database)
            .env("CCHC_SECRET_FILE", &plan.secret)
            .env("CCHC_SITE", &plan.site)
            .env("CCHC_LISTEN", plan.listen.to_string())
            .env("CCHC_PUBLIC_URL", &plan.public_url)
            .env("RUST_LOG", "info,sqlx=warn")
            .env("NO_COLOR", "1")
            .envs(plan.also.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(out))
            .kill_on_drop(true)
            .spawn()?;
        let mut server = Self { process, address: plan.listen, log };
        server.await_readiness().await?;
        Ok(server)
    }

    async fn await_readiness(&mut self) -> Result<(), Failure> {
        let wires = Wires::new(self.address, 1);
        for _ in 0..TRIES {
            if let Some(ended) = self.process.try_wait()? {
                return Err(format!("the server ended with {ended}:\n{}", self.log()).into());
            }
            let ask = Ask { token: "", path: "/readyz", form: None, json: false };
            if wires.ask(ask).await.is_ok_and(|reply| reply.status.is_success()) {
                return Ok(());
            }
            sleep(EVERY).await;
        }
        Err(format!("the server did not become ready:\n{}", self.log()).into())
    }

    /// The process.
    ///
    /// # Errors
    /// When it has ended.
    pub fn id(&self) -> Result<u32, Failure> {
        self.process.id().ok_or_else(|| "the server has ended".into())
    }

    /// Everything that servers on this port have said.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Ends it where it stands (SIGKILL).
    ///
    /// # Errors
    /// When it has ended already.
    pub async fn kill(&mut self) -> Result<(), Failure> {
        Ok(self.process.kill().await?)
    }

    /// Asks it to stop, as a service manager does, and waits.
    ///
    /// # Errors
    /// When it does not stop in time.
    pub async fn stop(&mut self) -> Result<(), Failure> {
        self.signal("TERM").await?;
        if timeout(PATIENCE, self.process.wait()).await.is_err() {
            self.process.kill().await?;
            return Err("asked to stop, the server went on".into());
        }
        Ok(())
    }

    /// Halts it (SIGSTOP): it neither answers nor closes anything.
    ///
    /// # Errors
    /// When it cannot be halted.
    pub async fn halt(&self) -> Result<(), Failure> {
        self.signal("STOP").await
    }

    /// Lets it go on (SIGCONT).
    ///
    /// # Errors
    /// When it has ended.
    pub async fn go_on(&self) -> Result<(), Failure> {
        self.signal("CONT").await
    }

    async fn signal(&self, name: &str) -> Result<(), Failure> {
        let sent = Command::new("kill").args([format!("-{name}"), self.id()?.to_string()]).status().await?;
        if sent.success() { Ok(()) } else { Err(format!("SIG{name} could not be sent").into()) }
    }
}
