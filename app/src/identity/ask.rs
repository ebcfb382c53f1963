//! What islands of this room ask the server.

use crate::declined::Declined;
use domain::identity::UnitGroup;
use leptos::prelude::*;

/// The units open to an audience that fit a query, by block; a former name is found too.
///
/// # Errors
/// When there is no such audience, or the server is not reached.
#[server(endpoint = "identity/units")]
pub async fn find_units(
    /// The audience's code.
    audience: String,
    /// What is searched.
    query: String,
) -> Result<Vec<UnitGroup>, Declined> {
    let audience = domain::identity::Audience::from_code(&audience).ok_or(domain::Refusal::NotOffered)?;
    Ok(crate::page::engine().search_units(&query, audience).await?)
}
