//! What an operator does at the server's console: the first administrator, a roster.
//!
//! The console speaks English, as the handbook does; refusals and faults keep the words that pages use.

use crate::{Config, serve};
use domain::identity::roster::Step;
use engine::{Engine, Stop, identity::Trial};
use std::{error::Error, path::Path};

/// Makes an administrator and prints the code that activates the account.
///
/// # Errors
/// When the login cannot be one or is taken, or the database cannot be opened.
pub async fn create_admin(config: &Config, login: &str, full_name: &str) -> Result<(), Box<dyn Error>> {
    let engine = serve::open(config).await?;
    let slip = engine.invite_admin_at_console(login, full_name).await.map_err(in_words)?;
    println!("The administrator {} ({}) is made.", slip.full_name, slip.login);
    println!("Activation code: {}", slip.code.shown());
    println!("It is entered at {}/kich-hoat before {}.", engine.public_url, slip.expires_at.short());
    engine.store.close().await;
    Ok(())
}

/// Tries a roster and prints what it would do; with `accept` it does it.
///
/// # Errors
/// When the file cannot be read, has faults, or the database cannot be opened.
pub async fn import_roster(config: &Config, file: &Path, accept: bool) -> Result<(), Box<dyn Error>> {
    let bytes = std::fs::read(file).map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let engine = serve::open(config).await?;
    let done = try_and_import(&engine, &name, bytes, accept).await;
    engine.store.close().await;
    done
}

async fn try_and_import(engine: &Engine, name: &str, bytes: Vec<u8>, accept: bool) -> Result<(), Box<dyn Error>> {
    let trial = engine.try_roster_at_console(name, bytes.clone()).await.map_err(in_words)?;
    print_trial(&trial);
    if !accept {
        println!("Nothing is written yet: add --accept to write it.");
        return if trial.plan.issues.iter().any(|issue| issue.fault.blocks()) { Err("the roster has faults".into()) } else { Ok(()) };
    }
    let imported = engine.import_roster_at_console(bytes, &trial).await.map_err(in_words)?;
    println!(
        "Written: {} new units, {} changed units, {} new people, {} changed people.",
        imported.units_added, imported.units_changed, imported.people_added, imported.people_changed
    );
    Ok(())
}

fn print_trial(trial: &Trial) {
    for issue in &trial.plan.issues {
        let level = if issue.fault.blocks() { "FAULT" } else { "note" };
        let heading = issue.heading.map(|heading| format!(" ({})", heading.label())).unwrap_or_default();
        let place = format!("{} {}", issue.sheet, issue.cell());
        println!("{level} {}{heading}: {}", place.trim(), issue.fault.label());
    }
    let plan = &trial.plan;
    println!(
        "{}: {} new units, {} changed units, {} new people, {} changed people.",
        trial.name,
        plan.count_units(Step::Add),
        plan.count_units(Step::Change),
        plan.count_people(Step::Add),
        plan.count_people(Step::Change)
    );
}

/// A refusal as the operator reads it, field by field.
fn in_words(stop: Stop) -> Box<dyn Error> {
    match stop {
        Stop::Refused(refusal) => refusal.words().into(),
        Stop::AtFields(fields) => {
            let lines: Vec<String> = fields.iter().map(|(field, refusal)| format!("{}: {}", field.0, refusal.words())).collect();
            lines.join("\n").into()
        }
        Stop::Fault(fault) => Box::new(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    #[tokio::test]
    async fn a_roster_that_is_not_there_is_named() {
        let config = Settings::default().resolve().expect("the defaults");
        let refused = import_roster(&config, Path::new("khong-co/can-bo.xlsx"), true).await.expect_err("no such file");
        assert!(refused.to_string().starts_with("khong-co/can-bo.xlsx cannot be read: "), "{refused}");
    }
}
