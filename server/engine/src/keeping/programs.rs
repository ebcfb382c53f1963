//! `pg_dump` and `pg_restore`, PostgreSQL's own programs for backups.

use super::Hindrance;
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The schema into which a restore puts aside what was there; it is in no backup.
pub(super) const ASIDE: &str = "replaced";

/// Writes the database as it is at one moment into an archive, while others go on writing.
pub(super) async fn dump(address: &str, to: &Path) -> Result<(), Hindrance> {
    let without = format!("--exclude-schema={ASIDE}");
    let file = with_path("--file=", to);
    run("pg_dump", Some(address), vec!["--format=custom".into(), "--no-owner".into(), "--no-privileges".into(), without.into(), file]).await
}

/// Reads the table of contents of an archive.
pub(super) async fn must_be_readable(archive: &Path) -> Result<(), Hindrance> {
    run("pg_restore", None, vec!["--list".into(), archive.as_os_str().to_owned()]).await.map_err(|error| match error {
        Hindrance::Program(_, words) => Hindrance::Damaged(archive.to_owned(), words),
        other => other,
    })
}

/// Restores an archive into an empty schema: everything or nothing.
pub(super) async fn load(address: &str, archive: &Path) -> Result<(), Hindrance> {
    let how = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"].map(OsString::from);
    run("pg_restore", Some(address), how.into_iter().chain([archive.as_os_str().to_owned()]).collect()).await
}

async fn run(name: &'static str, address: Option<&str>, arguments: Vec<OsString>) -> Result<(), Hindrance> {
    let program = find(name).ok_or(Hindrance::NoProgram(name))?;
    let mut command = Command::new(program);
    command.stdin(Stdio::null()).stdout(Stdio::null()).args(arguments);
    if let Some(address) = address {
        let (address, password) = apart(address);
        command.arg("--no-password").arg(format!("--dbname={address}"));
        if let Some(password) = password {
            command.env("PGPASSWORD", password);
        }
    }
    let failed = |words: String| Hindrance::Program(name, words);
    let done = tokio::task::spawn_blocking(move || command.output()).await.map_err(|error| failed(error.to_string()))?;
    let done = done.map_err(|error| failed(error.to_string()))?;
    if done.status.success() { Ok(()) } else { Err(failed(String::from_utf8_lossy(&done.stderr).trim().to_owned())) }
}

/// The program on the path, else the newest one where Debian keeps them.
fn find(name: &str) -> Option<PathBuf> {
    let on_path =
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()).map(|folder| folder.join(name)).find(|file| file.is_file());
    on_path.or_else(|| {
        let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?.flatten().map(|entry| entry.path());
        let version = |folder: &PathBuf| folder.file_name().and_then(|name| name.to_str()?.parse::<u32>().ok());
        let mut folders: Vec<PathBuf> = versions.filter(|folder| version(folder).is_some()).collect();
        folders.sort_by_key(version);
        folders.into_iter().rev().map(|folder| folder.join("bin").join(name)).find(|file| file.is_file())
    })
}

fn with_path(option: &str, path: &Path) -> OsString {
    let mut argument = OsString::from(option);
    argument.push(path);
    argument
}

/// The address without its password, and the password: everybody on the machine reads a program's arguments.
fn apart(address: &str) -> (String, Option<String>) {
    let (before, query) = address.split_once('?').map_or((address, None), |(before, query)| (before, Some(query)));
    let (scheme, rest) = before.split_once("://").unwrap_or(("postgres", before));
    let (authority, path) = rest.split_once('/').map_or((rest, String::new()), |(authority, path)| (authority, format!("/{path}")));
    let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let (name, mut password) = match user.map(|user| user.split_once(':').unwrap_or((user, ""))) {
        Some((name, password)) => (format!("{name}@"), Some(password).filter(|password| !password.is_empty())),
        None => (String::new(), None),
    };
    let mut kept = Vec::new();
    for pair in query.into_iter().flat_map(|query| query.split('&')) {
        match pair.split_once('=') {
            Some(("password", given)) => password = Some(given),
            // Only our own driver knows it.
            Some(("statement-cache-capacity", _)) => {}
            _ => kept.push(pair),
        }
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join("&")) };
    (format!("{scheme}://{name}{host}{path}{query}"), password.map(decoded))
}

/// `p%40ss` is `p@ss` (RFC 3986, 2.1).
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let hex = others.get(..2).filter(|_| *first == b'%').and_then(|hex| hex::decode(hex).ok());
        if let Some(byte) = hex {
            bytes.extend(byte);
            rest = &others[2..];
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_password_is_among_the_arguments() {
        let cases = [
            ("postgres://cchc:p%40ss@db:5432/cchc?sslmode=require", "postgres://cchc@db:5432/cchc?sslmode=require", Some("p@ss")),
            ("postgres://cchc:p@ss@db/cchc", "postgres://cchc@db/cchc", Some("p@ss")),
            ("postgresql://db/cchc?password=bi&statement-cache-capacity=9", "postgresql://db/cchc", Some("bi")),
            ("postgres://postgres@127.0.0.1:20001/story", "postgres://postgres@127.0.0.1:20001/story", None),
            ("postgres:///cchc?host=/run/postgresql", "postgres:///cchc?host=/run/postgresql", None),
        ];
        for (address, bare, password) in cases {
            assert_eq!(apart(address), (bare.to_owned(), password.map(ToOwned::to_owned)), "{address}");
        }
    }
}
