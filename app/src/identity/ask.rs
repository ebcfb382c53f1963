//! What islands of this room ask the server.

use domain::identity::UnitGroup;
use leptos::{
    prelude::*,
    server_fn::{
        codec::JsonEncoding,
        error::{FromServerFnError, ServerFnErrorErr},
    },
};
use serde::{Deserialize, Serialize};

/// The server gave no answer that an island could use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("Chưa hỏi được máy chủ.")]
pub struct Unanswered;

impl FromServerFnError for Unanswered {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self
    }
}

/// The units open to an audience that fit a query, by block; a former name is found too.
///
/// # Errors
/// [`Unanswered`], when the server cannot be reached or broke.
#[server(endpoint = "identity/units")]
pub async fn find_units(
    /// The audience's code.
    audience: String,
    /// What is searched.
    query: String,
) -> Result<Vec<UnitGroup>, Unanswered> {
    let audience = domain::identity::Audience::from_code(&audience).ok_or(Unanswered)?;
    let found = crate::page::engine().search_units(&query, audience).await;
    found.map_err(|stop| {
        crate::problem::log(&stop);
        Unanswered
    })
}
