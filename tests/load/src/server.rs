//! The server under load: a process of its own, and what it costs.

use crate::http::Failure;
use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::{
    process::{Child, Command},
    time::sleep,
};

/// How often it is asked whether it is ready, 100 ms apart.
const TRIES: usize = 300;
/// The kernel counts CPU time in hundredths of a second on every Linux that we serve (`getconf CLK_TCK`).
const TICK_MS: u64 = 10;

/// What a server is started with.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The program `cchc`.
    pub program: PathBuf,
    /// The folder with the site's files.
    pub site: PathBuf,
    /// The folder of its data.
    pub data: PathBuf,
    /// The database's address.
    pub database: String,
    /// The file with the installation's secret.
    pub secret: PathBuf,
}

/// A running server.
pub struct Server {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// The process id of PostgreSQL's first process, when that is the database.
    database: Option<u32>,
}

/// CPU time so far, in milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Cpu {
    /// Of the server.
    pub server: u64,
    /// Of the database's own processes.
    pub database: u64,
}

impl Cpu {
    /// Of both.
    pub fn all(self) -> u64 {
        self.server + self.database
    }

    /// What was spent since an earlier reading.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self { server: self.server - earlier.server, database: self.database - earlier.database }
    }
}

impl Server {
    /// Starts it on a free port and waits until it is ready.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(plan: &Plan, database: Option<u32>) -> Result<Self, Failure> {
        let address = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?;
        let log = std::fs::File::create(plan.data.join("server.log"))?;
        let process = Command::new(&plan.program)
            .arg("serve")
            .env("CCHC_DATA", &plan.data)
            .env("CCHC_DATABASE", &plan.database)
            .env("CCHC_SECRET_FILE", &plan.secret)
            .env("CCHC_SITE", &plan.site)
            .env("CCHC_LISTEN", address.to_string())
            .env("CCHC_PUBLIC_URL", format!("http://{address}"))
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(log))
            .kill_on_drop(true)
            .spawn()?;
        let server = Self { process, address, database };
        server.await_readiness(&plan.data).await?;
        Ok(server)
    }

    async fn await_readiness(&self, data: &Path) -> Result<(), Failure> {
        let wires = crate::http::Wires::new(self.address, 1);
        for _ in 0..TRIES {
            sleep(Duration::from_millis(100)).await;
            let ask = crate::http::Ask { token: "", path: "/readyz", form: None, json: false };
            if wires.ask(ask).await.is_ok_and(|reply| reply.status.is_success()) {
                return Ok(());
            }
        }
        let log = std::fs::read_to_string(data.join("server.log")).unwrap_or_default();
        Err(format!("the server did not become ready:\n{log}").into())
    }

    /// The CPU time spent so far.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn cpu(&self) -> Result<Cpu, Failure> {
        let id = self.process.id().ok_or("the server has ended")?;
        Ok(Cpu { server: cpu_of(id)?, database: self.database.map_or(Ok(0), family)? })
    }

    /// The most memory that the server ever held, in MiB.
    ///
    /// # Errors
    /// When the process is gone.
    pub fn peak_rss_mib(&self) -> Result<u64, Failure> {
        let id = self.process.id().ok_or("the server has ended")?;
        memory_mib(&id.to_string(), "VmHWM:")
    }

    /// Asks it to stop and waits.
    ///
    /// # Errors
    /// When it cannot be asked.
    pub async fn stop(mut self) -> Result<(), Failure> {
        if let Some(id) = self.process.id() {
            Command::new("kill").args(["-TERM", &id.to_string()]).status().await?;
        }
        if tokio::time::timeout(Duration::from_secs(20), self.process.wait()).await.is_err() {
            self.process.kill().await?;
        }
        Ok(())
    }
}

/// CPU time of a process so far, milliseconds.
///
/// # Errors
/// When it is gone.
pub fn cpu_of(id: u32) -> Result<u64, Failure> {
    Ok(spent(id)?.own)
}

/// Begins to count the most memory that this process held anew (proc(5), `clear_refs`); what it holds now, in MiB.
///
/// # Errors
/// When the kernel does not allow it.
pub fn forget_own_peak() -> Result<u64, Failure> {
    std::fs::write("/proc/self/clear_refs", "5")?;
    memory_mib("self", "VmRSS:")
}

/// The most memory that this process held since then, in MiB.
///
/// # Errors
/// When the kernel does not tell.
pub fn own_peak_mib() -> Result<u64, Failure> {
    memory_mib("self", "VmHWM:")
}

fn memory_mib(process: &str, line: &str) -> Result<u64, Failure> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
    let told = status.lines().find_map(|told| told.strip_prefix(line)).ok_or("the kernel tells no memory")?;
    Ok(told.trim().trim_end_matches(" kB").trim().parse::<u64>()? / 1024)
}

struct Spent {
    parent: u32,
    /// User and system time of the process itself, milliseconds.
    own: u64,
    /// The same of its ended children.
    children: u64,
}

/// Reads `/proc/{id}/stat` (proc(5)): fields 4, 14 to 17.
fn spent(id: u32) -> Result<Spent, Failure> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat"))?;
    let fields: Vec<&str> = stat.rsplit_once(')').ok_or("an unreadable stat")?.1.split_whitespace().collect();
    let number = |n: usize| fields.get(n - 3).and_then(|field| field.parse::<u64>().ok()).ok_or("an unreadable stat");
    Ok(Spent {
        parent: u32::try_from(number(4)?)?,
        own: (number(14)? + number(15)?) * TICK_MS,
        children: (number(16)? + number(17)?) * TICK_MS,
    })
}

/// CPU time of PostgreSQL's first process and of all that it started, ended ones included.
fn family(first: u32) -> Result<u64, Failure> {
    let root = spent(first)?;
    let mut all = root.own + root.children;
    for entry in std::fs::read_dir("/proc")? {
        let Some(id) = entry?.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else { continue };
        // Processes come and go while we look.
        if let Ok(child) = spent(id)
            && child.parent == first
        {
            all += child.own;
        }
    }
    Ok(all)
}
