//! What a run prints and writes.

use crate::{http::Failure, scenario::Outcome};
use serde_json::{Map, Value};
use std::{fmt::Write, path::Path};

/// The figures that stand in the table before the percentiles.
const COLUMNS: &[&str] = &["sittings", "sittings_per_s", "cpu_ms_per_sitting", "peak_rss_mib", "errors", "lost"];

/// Prints an outcome: its figures, its percentiles by step, and each demand with its verdict.
pub fn print(database: &str, outcome: &Outcome) {
    println!("\n{} on {database}", outcome.name);
    for (name, value) in outcome.figures.iter().filter(|(name, _)| !name.ends_with("_ms") || name.contains("cpu")) {
        println!("  {name:<28} {value}");
    }
    if let Some(Value::Object(steps)) = outcome.figures.get("p50_ms") {
        println!("  {:<28} {:>10} {:>10} {:>10}", "step, ms", "p50", "p95", "p99");
        for step in steps.keys() {
            let at = |quantile: &str| outcome.figures.get(quantile).and_then(|of| of.get(step)).cloned().unwrap_or_default().to_string();
            println!("  {step:<28} {:>10} {:>10} {:>10}", at("p50_ms"), at("p95_ms"), at("p99_ms"));
        }
    }
    for demand in &outcome.demands {
        println!("  {} {}", if demand.held { "held:  " } else { "MISSED:" }, demand.words);
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
/// When the file cannot be written.
pub fn write(file: &Path, outcomes: &[Outcome]) -> Result<(), Failure> {
    let known = std::fs::read(file).ok().and_then(|bytes| serde_json::from_slice::<Map<String, Value>>(&bytes).ok());
    let mut all = known.unwrap_or_default();
    for outcome in outcomes {
        all.insert(outcome.name.to_owned(), Value::Object(outcome.figures.clone()));
    }
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(file, serde_json::to_string_pretty(&all)?)?)
}
