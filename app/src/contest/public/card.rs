//! Share cards of the site, of contests and of articles, 1200 × 630.

use crate::{
    door::{Ask, Doing},
    results::files::picture,
};
use axum::response::Response;

/// The card of the site.
pub fn of_site(ask: Ask) -> Doing<Response> {
    Box::pin(async move { picture(ask.engine.site_card().await) })
}

/// The card of a contest.
pub fn of_contest(ask: Ask) -> Doing<Response> {
    Box::pin(async move { picture(ask.engine.contest_card(ask.param("slug")).await) })
}

/// The card of an article.
pub fn of_article(ask: Ask) -> Doing<Response> {
    Box::pin(async move { picture(ask.engine.article_card(ask.param("slug")).await) })
}
