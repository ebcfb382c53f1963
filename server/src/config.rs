//! The configuration: flags, then `CCHC_*` variables, then a TOML file, then defaults.

use clap::Args;
use serde::{Deserialize, Serialize};
use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// What can be set by flag, variable or file.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The configuration file (TOML).
    #[arg(long, env = "CCHC_CONFIG", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// The folder of the embedded database and the secret.
    #[arg(long, env = "CCHC_DATA", global = true)]
    pub data: Option<PathBuf>,
    /// `sqlite:FILE` or `postgres://…`.
    #[arg(long, env = "CCHC_DATABASE", global = true)]
    pub database: Option<String>,
    /// The file with the installation's secret; made on first run with SQLite, required with PostgreSQL.
    #[arg(long, env = "CCHC_SECRET_FILE", global = true)]
    pub secret_file: Option<PathBuf>,
    /// Where to listen.
    #[arg(long, env = "CCHC_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// Where Prometheus reads metrics; off when not set.
    #[arg(long, env = "CCHC_METRICS_LISTEN", global = true)]
    pub metrics_listen: Option<SocketAddr>,
    /// The address under which people reach the site: it decides cookies, HSTS and links.
    #[arg(long, env = "CCHC_PUBLIC_URL", global = true)]
    pub public_url: Option<String>,
    /// The phone number of the help line.
    #[arg(long, env = "CCHC_HELP_LINE", global = true)]
    pub help_line: Option<String>,
    /// The folder with the site's files.
    #[arg(long, env = "CCHC_SITE", global = true)]
    pub site: Option<PathBuf>,
    /// How many proxies stand before the server and append to X-Forwarded-For (0: their word is not taken).
    #[arg(long, env = "CCHC_PROXIES", global = true)]
    pub proxies: Option<usize>,
    /// Logs as JSON.
    #[arg(long, env = "CCHC_LOG_JSON", global = true)]
    pub log_json: Option<bool>,
}

/// Nobody's number, until the installation names its own.
pub const SAMPLE_HELP_LINE: &str = "0255 000 0000";

/// The configuration in force.
#[derive(Debug, Clone, Serialize)]
pub struct Config {
    /// The folder of the embedded database and the secret.
    pub data: PathBuf,
    /// The database's address.
    #[serde(serialize_with = "without_password")]
    pub database: String,
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
    /// PostgreSQL needs a secret that all nodes share.
    #[error("with PostgreSQL, secret_file must name an existing file that all nodes share")]
    SecretNeeded,
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
        if !database.starts_with("sqlite:") && !secret_file.as_ref().is_some_and(|path| path.exists()) {
            return Err(ConfigError::SecretNeeded);
        }
        if !public_url.starts_with("http://") && !public_url.starts_with("https://") {
            return Err(ConfigError::PublicUrl);
        }
        Ok(Config {
            secret_file: secret_file.unwrap_or_else(|| data.join("secret")),
            data,
            database,
            listen,
            metrics_listen: self.metrics_listen.or(file.metrics_listen),
            public_url: public_url.trim_end_matches('/').to_owned(),
            help_line: self.help_line.or(file.help_line).unwrap_or_else(|| SAMPLE_HELP_LINE.to_owned()),
            site: self.site.or(file.site).unwrap_or_else(|| PathBuf::from("target/site")),
            proxies: self.proxies.or(file.proxies).unwrap_or(0),
            log_json: self.log_json.or(file.log_json).unwrap_or(false),
        })
    }
}

impl Config {
    /// Whether people reach the site over TLS.
    pub fn is_secure(&self) -> bool {
        self.public_url.starts_with("https://")
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
        assert!(matches!(settings.resolve(), Err(ConfigError::SecretNeeded)));
    }
}
