//! The short run of the faults, on both databases, and the contest on two nodes: `make test` runs it beside nothing else.
//!
//! It starts the program that was built before (`scripts/build server`, `scripts/build site`).

use faults::{
    ground::Sources,
    nodes,
    run::{Plan, Scale, play_all},
};
use std::path::PathBuf;

/// The program and the site, and a seed: the one that is named, or chance.
fn plan(on_postgres: bool) -> Plan {
    let path = |variable: &str, otherwise: &str| {
        let named = std::env::var_os(variable).map(PathBuf::from);
        // Tests run in the folder of their crate.
        let path = named.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..").join(otherwise));
        assert!(path.exists(), "{} is missing: type scripts/build server && scripts/build site, or name it in {variable}", path.display());
        path
    };
    let sources = Sources { program: path("CCHC_BIN", "target/debug/cchc"), site: path("CCHC_SITE", "target/site") };
    let seed = std::env::var("CCHC_FAULTS_SEED").ok().and_then(|seed| seed.parse().ok());
    Plan { sources, on_postgres, scale: Scale::SHORT, seed: seed.unwrap_or_else(|| u64::from_be_bytes(engine::random::bytes())) }
}

fn tell(line: &str) {
    println!("{line}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_invariant_holds_under_every_fault_on_sqlite() {
    let plan = plan(false);
    assert!(play_all(&plan, &[], tell).await.expect("it plays to its end"), "seed {}", plan.seed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_invariant_holds_under_every_fault_on_postgres() {
    let plan = plan(true);
    assert!(play_all(&plan, &[], tell).await.expect("it plays to its end"), "seed {}", plan.seed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_behind_nginx_hold_the_invariants_while_one_is_killed() {
    let plan = plan(true);
    assert!(nodes::play(&plan, tell).await.expect("it plays to its end"), "seed {}", plan.seed);
}
