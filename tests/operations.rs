//! The handbook for operators is true: what it names exists, and the files beside it do what it says.

use server::{connections::Patience, serve::CLOSING};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The words of a text that begin so, up to the first sign that no name has.
fn words(text: &str, begin: &str) -> BTreeSet<String> {
    let name = |rest: &str| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    text.match_indices(begin).map(|(at, _)| name(&text[at..])).filter(|word| word.len() > begin.len()).collect()
}

fn sources(folder: &Path, all: &mut String) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push_str(&std::fs::read_to_string(&path).expect("a source"));
        }
    }
}

#[test]
fn every_metric_variable_and_file_that_the_handbook_names_exists() {
    let handbook = read("docs/operations.md");
    let mut code = String::new();
    sources(&root().join("server"), &mut code);
    let metrics: Vec<String> = words(&handbook, "cchc_")
        .into_iter()
        .map(|name| {
            ["_bucket", "_sum", "_count"].iter().fold(name.clone(), |name, part| name.strip_suffix(part).unwrap_or(&name).to_owned())
        })
        .collect();
    assert!(metrics.len() >= 4, "{metrics:?}");
    for metric in metrics {
        assert!(code.contains(&format!("!(\"{metric}\"")), "no source counts {metric}");
    }
    let variables = words(&handbook, "CCHC_");
    assert!(variables.len() >= 3, "{variables:?}");
    for variable in variables {
        assert!(code.contains(&format!("env = \"{variable}\"")), "the program does not read {variable}");
    }
    for file in ["cchc.service", "cchc-backup.service", "cchc-backup.timer", "nginx.conf", "cchc.toml"] {
        assert!(handbook.contains(&format!("operations/{file}")), "the handbook leads to {file}");
        assert!(!read(&format!("docs/operations/{file}")).is_empty());
    }
}

#[test]
fn the_configuration_of_the_handbook_can_be_read() {
    let settings = server::config::Settings { config: Some(root().join("docs/operations/cchc.toml")), ..Default::default() };
    let config = settings.resolve().expect("it is understood");
    assert!(config.is_secure());
    assert_eq!(config.proxies, 1, "nginx stands before it");
    assert!(config.rate_limits);
}

#[test]
fn every_command_of_the_handbook_exists() {
    let program = read("server/src/main.rs");
    for command in ["Serve", "Migrate", "Config", "Backup", "Restore", "Verify"] {
        assert!(read("docs/operations.md").contains(&format!("cchc {}", command.to_lowercase())), "cchc {command} is explained");
        assert!(program.contains(&format!("    {command}")), "cchc {command} exists");
    }
}

/// The number that a line of the unit file sets.
fn number_in_unit(name: &str) -> u64 {
    let unit = read("docs/operations/cchc.service");
    let line = unit.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
    line.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{name} is a number: {line:?}"))
}

#[test]
fn a_stop_leaves_time_for_a_start_within_five_seconds_and_systemd_cuts_none_short() {
    let stop = Patience::default().stopping + CLOSING;
    assert!(stop < Duration::from_secs(5), "{stop:?}");
    let cut = Duration::from_secs(number_in_unit("TimeoutStopSec"));
    assert!(cut >= 2 * stop, "systemd ends a stop of {stop:?} after {cut:?}");
}

#[test]
fn there_are_files_for_as_many_connections_as_there_may_be() {
    let files = usize::try_from(number_in_unit("LimitNOFILE")).expect("a number of files");
    // The database's, the logs' and those of nginx's other side are few.
    assert!(files > Patience::default().most + 1_000, "{files}");
}

/// Runs a program that a test needs, and tells what it said.
fn run(command: &mut Command) -> (bool, String) {
    // Debian keeps nginx where only root looks.
    let path = format!("{}:/usr/sbin", std::env::var("PATH").unwrap_or_default());
    let ran = command.env("PATH", path).output().unwrap_or_else(|error| panic!("{command:?}: {error}; type: scripts/setup test"));
    (ran.status.success(), String::from_utf8_lossy(&ran.stderr).into_owned())
}

#[test]
fn nginx_understands_the_configuration_of_the_handbook() {
    let folder = tempfile::tempdir().expect("a folder");
    let home = folder.path().display().to_string();
    let mut certificate = Command::new("openssl");
    certificate
        .args("req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=hoithi.example -out fullchain.pem -keyout privkey.pem".split(' '));
    let (made, said) = run(certificate.current_dir(&folder));
    assert!(made, "{said}");
    let shipped = read("docs/operations/nginx.conf");
    // Ports that need no root, and one family of addresses: whether they are free does not matter to `-t`.
    let places = [
        ("listen 80;", "listen 127.0.0.1:18080;"),
        ("listen [::]:80;", "listen 127.0.0.1:18081;"),
        ("listen 443 ", "listen 127.0.0.1:18443 "),
        ("listen [::]:443 ", "listen 127.0.0.1:18444 "),
        ("/etc/letsencrypt/live/hoithi.example", &home),
    ];
    let site = places.iter().fold(shipped, |site, (there, here)| {
        assert!(site.contains(there), "{there} stands in nginx.conf");
        site.replace(there, here)
    });
    let main = format!(
        "pid {home}/nginx.pid;\nerror_log {home}/error.log;\nevents {{}}\n\
         http {{\n access_log off;\n client_body_temp_path {home}/body;\n proxy_temp_path {home}/proxy;\n\
         fastcgi_temp_path {home}/fastcgi;\n uwsgi_temp_path {home}/uwsgi;\n scgi_temp_path {home}/scgi;\n{site}\n}}\n"
    );
    let file = folder.path().join("nginx.conf");
    std::fs::write(&file, main).expect("written");
    let (good, said) = run(Command::new("nginx").arg("-t").arg("-p").arg(folder.path()).arg("-e").arg("stderr").arg("-c").arg(&file));
    assert!(good, "{said}");
}
