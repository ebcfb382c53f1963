//! The handbook for operators is true: what it names exists.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
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
