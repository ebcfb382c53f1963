//! What a run prints and writes.

use crate::{http::Failure, scenario::Outcome};
use serde_json::{Map, Value};
use std::{fmt::Write, io::ErrorKind, path::Path};

/// The figures that stand in the table before the percentiles.
const COLUMNS: &[&str] = &["sittings", "sittings_per_s", "cpu_ms_per_sitting", "peak_rss_mib", "errors", "lost"];

/// Prints an outcome: its figures, its percentiles by step, and each demand with its verdict.
pub fn print(database: &str, outcome: &Outcome) {
    println!("\n{} on {database}", outcome.name);
    for (name, value) in &outcome.figures {
        match value {
            Value::Object(_) => {}
            Value::Array(rows) => rows.iter().for_each(|row| println!("  {name:<28} {row}")),
            value => println!("  {name:<28} {value}"),
        }
    }
    if let Some(Value::Object(steps)) = outcome.figures.get("p50_ms") {
        println!("  {:<28} {:>10} {:>10} {:>10}", "step, ms", "p50", "p95", "p99");
        for step in steps.keys() {
            let at = |quantile: &str| outcome.figures.get(quantile).and_then(|of| of.get(step)).cloned().unwrap_or_default().to_string();
            println!("  {step:<28} {:>10} {:>10} {:>10}", at("p50_ms"), at("p95_ms"), at("p99_ms"));
        }
    }
    for demand in &outcome.demands {
        let verdict = match (demand.held, demand.binds) {
            (true, _) => "held:  ",
            (false, true) => "MISSED:",
            (false, false) => "not met, which binds SQLite only:",
        };
        println!("  {verdict} {}", demand.words);
    }
    for error in &outcome.errors {
        println!("  error: {error}");
    }
}

/// A table in Markdown, for the documents.
pub fn table(database: &str, outcomes: &[Outcome]) -> String {
    let mut table = format!("| {database} | {} |\n|---{}|\n", COLUMNS.join(" | "), "|---:".repeat(COLUMNS.len()));
    for outcome in outcomes {
        let cells: Vec<String> = COLUMNS.iter().map(|name| outcome.figures.get(*name).map_or(String::new(), Value::to_string)).collect();
        // Writing to a string never fails.
        let _ = writeln!(table, "| {} | {} |", outcome.name, cells.join(" | "));
    }
    table
}

/// Writes one object per scenario; those of an earlier run that were not run again stay.
///
/// # Errors
/// When the file cannot be written, or what is there is no earlier run's.
pub fn write(file: &Path, outcomes: &[Outcome]) -> Result<(), Failure> {
    let known = match std::fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| format!("{} is not ours: {error}", file.display()))?,
        Err(error) if error.kind() == ErrorKind::NotFound => Map::new(),
        Err(error) => return Err(format!("{} cannot be read: {error}", file.display()).into()),
    };
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // In one go: whoever breaks off a run keeps the earlier figures.
    let new = file.with_extension("json.new");
    std::fs::write(&new, serde_json::to_string_pretty(&merge(known, outcomes))?)?;
    Ok(std::fs::rename(new, file)?)
}

/// What is known, with these scenarios in the place of their earlier runs.
fn merge(mut known: Map<String, Value>, outcomes: &[Outcome]) -> Map<String, Value> {
    known.extend(outcomes.iter().map(|outcome| (outcome.name.to_owned(), Value::Object(outcome.figures.clone()))));
    known
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn ran(name: &'static str, figures: Value) -> Outcome {
        let Value::Object(figures) = figures else { panic!("figures have names") };
        Outcome { name, figures, demands: Vec::new(), errors: Vec::new() }
    }

    fn read(file: &Path) -> Value {
        serde_json::from_slice(&std::fs::read(file).expect("a file")).expect("JSON")
    }

    #[test]
    fn a_scenario_that_runs_again_takes_the_place_of_its_own_figures_only() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("bench/sqlite.json");
        write(&file, &[ran("sitting", json!({ "sittings": 20_000, "lost": 0 })), ran("floor", json!({ "save_cpu_ratio": 2.4 }))])
            .expect("written");
        write(&file, &[ran("floor", json!({ "save_cpu_ratio": 1.9 }))]).expect("written again");
        assert_eq!(read(&file), json!({ "sitting": { "sittings": 20_000, "lost": 0 }, "floor": { "save_cpu_ratio": 1.9 } }));
        assert_eq!(std::fs::read_dir(folder.path().join("bench")).expect("a folder").count(), 1, "nothing else is left there");
    }

    #[test]
    fn what_is_no_earlier_run_is_not_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sqlite.json");
        std::fs::write(&file, "{ \"sitting\": ").expect("written");
        assert!(write(&file, &[ran("floor", json!({}))]).is_err());
        assert_eq!(std::fs::read_to_string(&file).expect("a file"), "{ \"sitting\": ");
    }
}
