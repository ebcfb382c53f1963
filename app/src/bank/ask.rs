//! What the editor's island asks of the server.

#![expect(clippy::unused_async, reason = "a server function is asynchronous, whatever it does")]

use crate::declined::Declined;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A draft that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The revision that the next save must name.
    pub revision: i64,
    /// "14:03:22".
    pub at: String,
}

/// The markup of what a contestant would see of the form as it stands.
///
/// # Errors
/// When the caller may not read the bank, or the server is not reached.
#[server(endpoint = "bank/preview")]
pub async fn preview(form: String) -> Result<String, Declined> {
    let (engine, caller) = (crate::page::engine(), crate::page::caller()?);
    let typed = crate::door::Form::read(form.as_bytes());
    Ok(super::shown::question(&engine.preview(&caller, &typed.values)?).to_html())
}

/// Keeps the form as it stands as the draft of its question.
///
/// # Errors
/// As a save by hand, or when the server is not reached.
#[server(endpoint = "bank/autosave")]
pub async fn autosave(question: String, form: String) -> Result<Kept, Declined> {
    use domain::Refusal;
    let (engine, caller) = (crate::page::engine(), crate::page::caller()?);
    let typed = crate::door::Form::read(form.as_bytes());
    let question = question.parse().map_err(|_| Refusal::NotFound)?;
    let revision = typed.text("revision").parse().map_err(|_| Refusal::ChangedMeanwhile)?;
    let saved = engine.save_draft(&caller, question, revision, &super::words::writing(&typed.values)?).await?;
    Ok(Kept { revision: saved.revision, at: saved.at.second() })
}
