//! What the browser's half is built with: no keys, no database, no passwords, no randomness.

use std::{collections::BTreeSet, process::Command};

/// The packages and features that cargo builds a package with, as `cargo tree` tells them.
fn built_with(arguments: &[&str]) -> BTreeSet<String> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let tree = Command::new(cargo)
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        // Macros run while it is built, on the machine that builds: what they need never reaches the browser.
        .args(["tree", "--edges", "features,no-proc-macro", "--prefix", "none"])
        .args(arguments)
        .output()
        .expect("cargo runs");
    assert!(tree.status.success(), "cargo tree: {}", String::from_utf8_lossy(&tree.stderr));
    String::from_utf8_lossy(&tree.stdout).lines().map(ToOwned::to_owned).collect()
}

fn has_package(built: &BTreeSet<String>, name: &str) -> bool {
    built.iter().any(|line| line.starts_with(&format!("{name} v")))
}

const KEYS: &str = r#"domain feature "keys""#;

#[test]
fn the_browsers_half_knows_no_keys_and_nothing_of_the_server() {
    let frontend = built_with(&["--package", "frontend", "--target", "wasm32-unknown-unknown"]);
    assert!(has_package(&frontend, "domain") && has_package(&frontend, "leptos"), "the tree was read: {frontend:?}");
    assert!(frontend.contains(r#"app feature "hydrate""#), "{frontend:?}");
    assert!(!frontend.contains(KEYS), "keys and marking would reach the browser");
    assert!(!frontend.contains(r#"app feature "ssr""#), "pages would reach the browser");
    for server_only in ["engine", "sqlx", "sqlx-core", "argon2", "getrandom", "tokio", "axum", "ammonia", "pulldown-cmark", "calamine"] {
        assert!(!has_package(&frontend, server_only), "{server_only} would reach the browser");
    }
}

#[test]
fn the_engine_is_what_turns_keys_on() {
    let engine = built_with(&["--package", "engine"]);
    assert!(engine.contains(KEYS) && has_package(&engine, "sqlx") && has_package(&engine, "argon2"), "{engine:?}");
    let app = built_with(&["--package", "app"]);
    assert!(has_package(&app, "domain") && !app.contains(KEYS), "only engine does");
}
