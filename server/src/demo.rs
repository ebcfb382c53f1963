//! Loading the demo from the command line, and saying with which accounts it may be tried.

use engine::{
    Engine,
    demo::{ACCOUNTS, PASSWORD},
};
use std::{error::Error, fmt::Write};

/// Somebody has an account already, so this is no installation to try things in.
#[derive(Debug, thiserror::Error)]
#[error(
    "this database already holds accounts, and the demo would add accounts with a public password; \
     load it into a new one, or insist with --force"
)]
pub struct Inhabited;

/// Once is enough.
#[derive(Debug, thiserror::Error)]
#[error("the demo is in this database already")]
pub struct Loaded;

/// Loads the demo, naming each step; with `force` even where people have accounts.
///
/// # Errors
/// [`Loaded`]; [`Inhabited`]; when a step fails.
pub async fn seed(engine: &Engine, force: bool) -> Result<(), Box<dyn Error>> {
    if engine.has_demo().await? {
        return Err(Loaded.into());
    }
    if !force && engine.has_accounts().await? {
        return Err(Inhabited.into());
    }
    engine.seed_demo(&|step| eprintln!("  {step}")).await?;
    Ok(())
}

/// The accounts of the demo, for whoever starts the server.
pub fn accounts(address: &str) -> String {
    let mut card = format!("\nHội thi CCHC: {address}\nTài khoản dùng thử, mật khẩu chung {PASSWORD}:\n");
    for account in ACCOUNTS {
        // Writing to a string never fails.
        let _ = writeln!(card, "  {:<12} {} ({})", account.login, account.full_name, account.purpose());
    }
    card
}
