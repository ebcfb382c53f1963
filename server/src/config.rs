//! The configuration: flags, then `CCHC_*` variables, then a TOML file, then defaults.

use crate::connections::Patience;
use clap::{Args, builder::BoolishValueParser};
use engine::store::POSTGRES_CONNECTIONS;
use serde::{Deserialize, Serialize};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// What can be set by flag, variable or file.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[command(next_help_heading = "Settings")]
pub struct Settings {
    /// The configuration file (TOML).
    #[arg(long, env = "CCHC_CONFIG", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// The folder of the embedded database and the secret (data).
    #[arg(long, env = "CCHC_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// `sqlite:FILE` or `postgres://…` (cchc.db in the data folder).
    #[arg(long, env = "CCHC_DATABASE", global = true)]
    pub database: Option<String>,
    /// How many connections this node opens to PostgreSQL at most; one of them hears the other nodes (16).
    #[arg(long, env = "CCHC_DATABASE_CONNECTIONS", global = true)]
    pub database_connections: Option<u32>,
    /// The file with the installation's secret, 64 hexadecimal digits (`openssl rand -hex 32`); with SQLite it is made on the first
    /// run (secret in the data folder), with PostgreSQL it must be there.
    #[arg(long, env = "CCHC_SECRET_FILE", global = true)]
    pub secret_file: Option<PathBuf>,
    /// Where to listen (127.0.0.1:3000).
    #[arg(long, env = "CCHC_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// Where Prometheus reads `/metrics` (nowhere).
    #[arg(long, env = "CCHC_METRICS_LISTEN", global = true)]
    pub metrics_listen: Option<SocketAddr>,
    /// The address under which people reach the site: it decides cookies, HSTS and links (http:// and where to listen).
    #[arg(long, env = "CCHC_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// The phone number of the help line (a sample that nobody answers).
    #[arg(long, env = "CCHC_HELP_LINE", global = true)]
    pub help_line: Option<String>,
    /// The folder with the site's files (target/site).
    #[arg(long, env = "CCHC_SITE", global = true)]
    pub site: Option<PathBuf>,
    /// How many proxies stand before the server and append to X-Forwarded-For (0: nobody's word is taken).
    #[arg(long, env = "CCHC_PROXIES", global = true)]
    pub proxies: Option<usize>,
    /// Whether one account, sheet or network may ask only so much (true; false is for benches, or in need).
    #[arg(long, env = "CCHC_RATE_LIMITS", global = true, value_parser = BoolishValueParser::new())]
    pub rate_limits: Option<bool>,
    /// How many connections there may be at once; whoever comes then waits until one ends (50000).
    #[arg(long, env = "CCHC_MAX_CONNECTIONS", global = true)]
    pub max_connections: Option<usize>,
    /// Over how many milliseconds the starts of those who wait for an opening are spread, where nobody loses by it (10000).
    #[arg(long, env = "CCHC_START_SPREAD_MS", global = true)]
    pub start_spread_ms: Option<u32>,
    /// Logs as JSON.
    #[arg(
        long,
        env = "CCHC_LOG_JSON",
        global = true,
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true",
        value_parser = BoolishValueParser::new()
    )]
    pub log_json: Option<bool>,
}

/// Nobody's number, until the installation names its own.
const SAMPLE_HELP_LINE: &str = "0255 000 0000";

/// Ten seconds: short enough to be no wait, long enough for a province.
const START_SPREAD_MS: u32 = 10_000;

/// The configuration in force.
#[derive(Debug, Clone, Serialize)]
pub struct Config {
    /// The folder of the embedded database and the secret.
    pub data: PathBuf,
    /// The database's address.
    #[serde(serialize_with = "without_password")]
    pub database: String,
    /// How many connections to PostgreSQL at most.
    pub database_connections: u32,
    /// The file with the installation's secret.
    pub secret_file: PathBuf,
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where Prometheus reads metrics.
    pub metrics_listen: Option<SocketAddr>,
    /// The public address, without a slash at its end.
    pub public_url: String,
    /// The phone number of the help line.
    pub help_line: String,
    /// The folder with the site's files.
    pub site: PathBuf,
    /// How many proxies stand before the server.
    pub proxies: usize,
    /// Whether one account, sheet or network may ask only so much.
    pub rate_limits: bool,
    /// How many connections there may be at once.
    pub max_connections: usize,
    /// Over how many milliseconds the starts of those who wait for an opening are spread.
    pub start_spread_ms: u32,
    /// Logs as JSON.
    pub log_json: bool,
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file {0} cannot be read")]
    Unreadable(PathBuf, #[source] std::io::Error),
    /// The file cannot be understood.
    #[error("the configuration file {0} cannot be understood")]
    Unclear(PathBuf, #[source] Box<toml::de::Error>),
    /// The public address is no http address.
    #[error("public_url must begin with http:// or https://")]
    PublicUrl,
    /// One connection hears the other nodes, so that with fewer than two nobody is served.
    #[error("database_connections must be 2 or more: one of them hears the other nodes")]
    TooFewConnections,
    /// PostgreSQL needs a secret that all nodes share.
    #[error("with PostgreSQL, secret_file must name an existing file that all nodes share; {0}")]
    SecretNeeded(String),
}

impl Settings {
    /// The configuration in force: what is set here, else in the file, else the default.
    ///
    /// # Errors
    /// When the file cannot be read, or a value makes no sense.
    pub fn resolve(self) -> Result<Config, ConfigError> {
        let file = match &self.config {
            Some(path) => read(path)?,
            None => Self::default(),
        };
        let data = self.data.or(file.data).unwrap_or_else(|| PathBuf::from("data"));
        let database = self.database.or(file.database).unwrap_or_else(|| format!("sqlite:{}", data.join("cchc.db").display()));
        let listen = self.listen.or(file.listen).unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 3000)));
        let public_url = self.public_url.or(file.public_url).unwrap_or_else(|| format!("http://{listen}"));
        let secret_file = self.secret_file.or(file.secret_file);
        if !database.starts_with("sqlite:") {
            let path = secret_file.as_ref().ok_or_else(|| ConfigError::SecretNeeded("it is not set".to_owned()))?;
            if !path.exists() {
                return Err(ConfigError::SecretNeeded(format!("{} is not there", path.display())));
            }
        }
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            return Err(ConfigError::PublicUrl);
        }
        let database_connections = self.database_connections.or(file.database_connections).unwrap_or(POSTGRES_CONNECTIONS);
        if database_connections < 2 {
            return Err(ConfigError::TooFewConnections);
        }
        Ok(Config {
            secret_file: secret_file.unwrap_or_else(|| data.join("secret")),
            data,
            database,
            database_connections,
            listen,
            metrics_listen: self.metrics_listen.or(file.metrics_listen),
            public_url: public_url.trim_end_matches('/').to_owned(),
            help_line: self.help_line.or(file.help_line).unwrap_or_else(|| SAMPLE_HELP_LINE.to_owned()),
            site: self.site.or(file.site).unwrap_or_else(|| PathBuf::from("target/site")),
            proxies: self.proxies.or(file.proxies).unwrap_or(0),
            rate_limits: self.rate_limits.or(file.rate_limits).unwrap_or(true),
            max_connections: self.max_connections.or(file.max_connections).unwrap_or(Patience::default().most),
            start_spread_ms: self.start_spread_ms.or(file.start_spread_ms).unwrap_or(START_SPREAD_MS),
            log_json: self.log_json.or(file.log_json).unwrap_or(false),
        })
    }
}

impl Config {
    /// Whether people reach the site over TLS.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }

    /// The database's address, its password hidden.
    pub fn shown_database(&self) -> String {
        hide_password(&self.database)
    }

    /// What an operator should think of before people come; nothing of it keeps the server from serving.
    pub fn doubts(&self) -> Vec<String> {
        let mut doubts = Vec::new();
        if self.help_line == SAMPLE_HELP_LINE {
            doubts.push(format!("the help line is the sample {SAMPLE_HELP_LINE}, which nobody answers: set CCHC_HELP_LINE"));
        }
        if self.is_secure() && self.proxies == 0 {
            doubts.push("public_url is https, so a proxy stands before the server, but proxies is 0: everybody has its address".to_owned());
        }
        if !self.site.join("pkg").is_dir() {
            doubts.push(format!("{} holds no built site, so pages come without style: set CCHC_SITE", self.site.display()));
        }
        doubts
    }

    /// The configuration as TOML, secrets hidden.
    pub fn shown(&self) -> String {
        toml::to_string_pretty(self).unwrap_or_default()
    }
}

fn read(path: &Path) -> Result<Settings, ConfigError> {
    let text = std::fs::read_to_string(path).map_err(|error| ConfigError::Unreadable(path.to_owned(), error))?;
    toml::from_str(&text).map_err(|error| ConfigError::Unclear(path.to_owned(), Box::new(error)))
}

/// `postgres://user:•••@host/name`: a password never leaves through a print-out.
fn without_password<S: serde::Serializer>(address: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&hide_password(address))
}

fn hide_password(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let Some((user, host)) = rest.rsplit_once('@') else { return address.to_owned() };
    match user.split_once(':') {
        Some((user, _)) => format!("{scheme}://{user}:•••@{host}"),
        None => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_hidden_when_the_configuration_is_shown() {
        assert_eq!(hide_password("postgres://cchc:bí@mật@db/cchc"), "postgres://cchc:•••@db/cchc");
        assert_eq!(hide_password("sqlite:data/cchc.db"), "sqlite:data/cchc.db");
    }

    #[test]
    fn a_flag_beats_the_file_and_the_file_beats_the_default() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("cchc.toml");
        std::fs::write(&file, "listen = \"127.0.0.1:4000\"\npublic_url = \"https://hoithi.example/\"\n").expect("written");
        let config = Settings { config: Some(file), listen: Some(([127, 0, 0, 1], 5000).into()), ..Settings::default() }.resolve();
        let config = config.expect("resolved");
        assert_eq!(config.listen.port(), 5000);
        assert_eq!(config.public_url, "https://hoithi.example");
        assert_eq!(config.database, "sqlite:data/cchc.db");
        assert!(config.is_secure());
        assert_eq!(config.start_spread_ms, 10_000);
    }

    #[test]
    fn the_spread_of_starts_is_set_in_the_file_or_by_a_flag() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("cchc.toml");
        std::fs::write(&file, "start_spread_ms = 4000\n").expect("written");
        let settings = Settings { config: Some(file), ..Settings::default() };
        assert_eq!(settings.clone().resolve().expect("resolved").start_spread_ms, 4_000);
        let flagged = Settings { start_spread_ms: Some(0), ..settings };
        assert_eq!(flagged.resolve().expect("resolved").start_spread_ms, 0);
    }

    #[test]
    fn the_connections_to_the_database_are_set_in_the_file_and_two_are_the_fewest() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("cchc.toml");
        std::fs::write(&file, "database_connections = 8\n").expect("written");
        let settings = Settings { config: Some(file), ..Settings::default() };
        assert_eq!(Settings::default().resolve().expect("resolved").database_connections, 16);
        assert_eq!(settings.clone().resolve().expect("resolved").database_connections, 8);
        let with = |connections| Settings { database_connections: Some(connections), ..settings.clone() }.resolve();
        assert_eq!(with(2).expect("resolved").database_connections, 2);
        assert!(matches!(with(1), Err(ConfigError::TooFewConnections)));
    }

    #[test]
    fn an_unknown_key_in_the_file_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("cchc.toml");
        std::fs::write(&file, "listn = \"127.0.0.1:4000\"\n").expect("written");
        assert!(matches!(Settings { config: Some(file), ..Settings::default() }.resolve(), Err(ConfigError::Unclear(..))));
    }

    #[test]
    fn postgresql_needs_a_shared_secret() {
        let settings = Settings { database: Some("postgres://localhost/cchc".into()), ..Settings::default() };
        assert!(matches!(settings.clone().resolve(), Err(ConfigError::SecretNeeded(_))));
        let named = Settings { secret_file: Some("khong-co/secret".into()), ..settings };
        let refused = named.resolve().expect_err("no such file").to_string();
        assert!(refused.contains("khong-co/secret is not there"), "{refused}");
    }

    #[test]
    fn what_an_operator_should_think_of_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let settings = Settings { site: Some(folder.path().to_owned()), ..Settings::default() };
        let said = |settings: &Settings| settings.clone().resolve().expect("resolved").doubts().join("\n");
        let all = said(&Settings { public_url: Some("https://hoithi.example".into()), ..settings.clone() });
        for doubt in [SAMPLE_HELP_LINE, "proxies is 0", "no built site"] {
            assert!(all.contains(doubt), "{doubt}: {all}");
        }
        std::fs::create_dir(folder.path().join("pkg")).expect("a built site");
        assert_eq!(said(&Settings { help_line: Some("0255 382 2876".into()), ..settings }), "");
    }
}
