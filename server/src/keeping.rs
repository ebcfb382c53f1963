//! What an operator does for the data at the console: back up, restore, verify.

use crate::{Config, serve};
use engine::{
    Engine,
    keeping::{self, Check},
};
use std::{error::Error, path::Path};

/// Writes a backup of the database, while serving too.
///
/// # Errors
/// Whatever stood in the way, as [`keeping::Hindrance`].
pub async fn back_up(config: &Config, file: &Path, force: bool) -> Result<(), Box<dyn Error>> {
    let bytes = keeping::back_up(&config.database, file, force).await?;
    println!("{} holds the whole database ({} KiB).", file.display(), bytes.div_ceil(1_024));
    println!("The secret {} is not in it: keep a copy of that file in another place.", config.secret_file.display());
    Ok(())
}

/// Puts a backup in the place of the database, once it has been looked through.
///
/// # Errors
/// Whatever stood in the way; findings that `force` let pass.
pub async fn restore(config: &Config, file: &Path, force: bool) -> Result<(), Box<dyn Error>> {
    if config.database.starts_with("sqlite:") {
        serve::make_folder(&config.data)?;
    }
    let settings = serve::settings(config, false)?;
    let restored = keeping::restore(settings, file, force, &mut print).await?;
    println!("{} is in place.", file.display());
    if let Some(aside) = restored.aside {
        println!("What was there before lies in {aside}: remove it once everything is well.");
    }
    agreed(restored.findings)
}

/// Verifies everything that is stored and prints each check.
///
/// # Errors
/// When anything does not agree, or the database cannot be read.
pub async fn verify(config: &Config) -> Result<(), Box<dyn Error>> {
    let file = config.database.strip_prefix("sqlite:").map(|address| address.trim_start_matches("//"));
    if let Some(file) = file.map(|file| Path::new(file.split('?').next().unwrap_or(file))).filter(|file| !file.exists()) {
        return Err(keeping::Hindrance::Missing(file.to_owned()).into());
    }
    let engine = Engine::look(serve::settings(config, false)?).await?;
    let findings = engine.verify(&mut print).await;
    engine.store.close().await;
    agreed(findings?)
}

fn print(check: &Check) {
    println!("{check}");
}

fn agreed(findings: usize) -> Result<(), Box<dyn Error>> {
    if findings > 0 {
        return Err(format!("what does not agree: {findings}").into());
    }
    println!("Everything agrees.");
    Ok(())
}
