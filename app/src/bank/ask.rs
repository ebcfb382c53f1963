//! What the editor's island asks of the server.

use domain::Refusal;
use leptos::{
    prelude::*,
    server_fn::{
        codec::JsonEncoding,
        error::{FromServerFnError, ServerFnErrorErr},
    },
};
use serde::{Deserialize, Serialize};

/// Why the island did not get what it asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Declined {
    /// It was refused.
    Refused(Refusal),
    /// The server was not reached, or its answer not understood.
    Unreachable,
}

impl FromServerFnError for Declined {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unreachable
    }
}

/// A draft that was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The revision that the next save must name.
    pub revision: i64,
    /// "14:03:22".
    pub at: String,
}

/// A refusal with its status; a fault is logged here.
#[cfg(feature = "ssr")]
fn declined(stop: &engine::Stop) -> Declined {
    let refusal = stop.refusal();
    crate::problem::log(stop);
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::from_u16(refusal.status()).unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR));
    }
    Declined::Refused(refusal)
}

/// The markup of what a contestant would see of the form as it stands.
///
/// # Errors
/// When the caller may not read the bank, or the server is not reached.
#[server(endpoint = "bank/preview")]
pub async fn preview(form: String) -> Result<String, Declined> {
    let (engine, caller) = (crate::page::engine(), crate::page::caller());
    let typed = crate::door::Form::read(form.as_bytes());
    let shown = caller.map_err(engine::Stop::from).and_then(|caller| engine.preview(&caller, &typed.values));
    shown.map(|shown| super::shown::question(&shown).to_html()).map_err(|stop| declined(&stop))
}

/// Keeps the form as it stands as the draft of its question.
///
/// # Errors
/// As a save by hand, or when the server is not reached.
#[server(endpoint = "bank/autosave")]
pub async fn autosave(question: String, form: String) -> Result<Kept, Declined> {
    let (engine, caller) = (crate::page::engine(), crate::page::caller());
    let typed = crate::door::Form::read(form.as_bytes());
    let keep = async {
        let caller = caller?;
        let question = question.parse().map_err(|_| Refusal::NotFound)?;
        let revision = typed.text("revision").parse().map_err(|_| Refusal::ChangedMeanwhile)?;
        engine.save_draft(&caller, question, revision, &super::words::writing(&typed.values)?).await
    };
    let kept: engine::Result<_> = keep.await;
    kept.map(|saved| Kept { revision: saved.revision, at: saved.at.second() }).map_err(|stop| declined(&stop))
}
