//! A PostgreSQL of one's own, which a fault may restart and fill up.

use crate::Failure;
use load::server::free_address;
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The room that a database has which is to run out of it.
const SMALL_MIB: u32 = 64;

/// A cluster in a temporary folder; it is gone when this is dropped.
pub struct Cluster {
    folder: PathBuf,
    programs: PathBuf,
    port: u16,
    /// Whether there is a tablespace `small` on a small file system of its own.
    pub has_small: bool,
    /// Why there is none.
    pub why_not_small: String,
}

/// Debian keeps a folder for each major version, outside PATH.
fn find_programs() -> Result<PathBuf, Failure> {
    let versions =
        std::fs::read_dir("/usr/lib/postgresql").map(|entries| entries.flatten().map(|entry| entry.path().join("bin")).collect());
    let mut folders: Vec<PathBuf> = versions.unwrap_or_default();
    folders.sort();
    folders.extend(std::env::var_os("PATH").iter().flat_map(std::env::split_paths));
    let found = folders.into_iter().rev().find(|folder| folder.join("initdb").exists() && folder.join("pg_ctl").exists());
    found.ok_or_else(|| "PostgreSQL is not installed; type: scripts/setup test".into())
}

/// Whether this program may mount, and must not run PostgreSQL as itself.
pub fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|out| out.stdout.trim_ascii() == b"0")
}

/// PostgreSQL refuses to run as root.
fn as_owner(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--"]).arg(program).current_dir("/");
        return command;
    }
    Command::new(program)
}

fn run(command: &mut Command) -> Result<(), Failure> {
    let out = command.stdin(Stdio::null()).output()?;
    if out.status.success() {
        return Ok(());
    }
    Err(format!("{command:?}: {}{}", String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr)).into())
}

impl Cluster {
    /// Makes one and starts it, durable as an installation is.
    ///
    /// # Errors
    /// When PostgreSQL is missing or does not start.
    pub fn start() -> Result<Self, Failure> {
        let programs = find_programs()?;
        // The path of a socket is limited to 107 bytes, so a long TMPDIR is of no use here.
        let folder = tempfile::Builder::new().prefix("cchc-faults.").tempdir_in("/tmp")?.keep();
        let mut cluster = Self { folder, programs, port: 0, has_small: false, why_not_small: String::new() };
        run(Command::new("chmod").arg("755").arg(&cluster.folder))?;
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(&cluster.folder))?;
        }
        let mut create = as_owner(&cluster.programs.join("initdb"));
        create.arg("--pgdata").arg(cluster.data()).args(["--username", "postgres", "--auth", "trust", "--no-locale"]);
        run(create.args(["--encoding", "UTF8", "--no-sync", "--no-instructions"]))?;
        // Another program may be quicker to take a free port, hence the tries.
        let mut started = Err("never tried".into());
        for _ in 0..5 {
            cluster.port = free_address()?.port();
            started = cluster.control(&["start"]);
            if started.is_ok() {
                break;
            }
        }
        started?;
        match cluster.mount_small() {
            Ok(()) => cluster.has_small = true,
            Err(failure) => cluster.why_not_small = failure.to_string(),
        }
        Ok(cluster)
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The folder of the small file system.
    pub fn small(&self) -> PathBuf {
        self.folder.join("small")
    }

    /// Only root may mount; whoever is not sees the fault reported as not run.
    fn mount_small(&self) -> Result<(), Failure> {
        std::fs::create_dir(self.small())?;
        run(Command::new("mount").args(["-t", "tmpfs", "-o", &format!("size={SMALL_MIB}m"), "tmpfs"]).arg(self.small()))?;
        run(Command::new("chown").arg("postgres").arg(self.small()))
    }

    fn control(&self, words: &[&str]) -> Result<(), Failure> {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c timezone=UTC -c shared_buffers=64MB -c max_connections=100",
            self.port,
            self.folder.display()
        );
        let mut command = as_owner(&self.programs.join("pg_ctl"));
        command.arg("--pgdata").arg(self.data()).arg("--log").arg(self.folder.join("postgres.log"));
        command.args(["--silent", "--wait", "--options", &options]).args(words);
        // The server would keep a pipe open for as long as it lives.
        let done = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        if done.success() { Ok(()) } else { Err(format!("pg_ctl {words:?} failed").into()) }
    }

    /// The address of one of its databases.
    pub fn address(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Ends it as a failing machine does, and starts it again: it recovers from its log.
    ///
    /// # Errors
    /// When it does not come back.
    pub fn crash_and_recover(&self) -> Result<(), Failure> {
        self.control(&["stop", "--mode", "immediate"])?;
        self.control(&["start"])
    }

    /// Restarts it as an operator does: sessions are ended.
    ///
    /// # Errors
    /// When it does not come back.
    pub fn restart(&self) -> Result<(), Failure> {
        self.control(&["restart", "--mode", "fast"])
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Whatever fails here is left in a temporary folder.
        let _ = self.control(&["stop", "--mode", "immediate"]);
        if self.has_small {
            let _ = run(Command::new("umount").arg(self.small()));
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
