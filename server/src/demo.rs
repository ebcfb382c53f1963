//! Loading the demo from the command line, and saying with which accounts it may be tried.

use engine::{
    Engine,
    demo::{ACCOUNTS, PASSWORD},
};
use std::{error::Error, fmt::Write};

/// Loads the demo, naming each step.
///
/// # Errors
/// When it was loaded before, or a step fails.
pub async fn seed(engine: &Engine) -> Result<(), Box<dyn Error>> {
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
