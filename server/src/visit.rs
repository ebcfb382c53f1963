//! Who visits: the session behind the cookie, once per request.

use crate::{guard, router::Site};
use app::{page::Visitor, problem::Problem};
use axum::{
    extract::{ConnectInfo, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::HeaderMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};

/// Puts the [`Visitor`] into the request, if it may come from where it comes from.
pub async fn know_visitor(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    if let Err(refusal) = guard::own_pages_only(&site, &request) {
        return Problem::from(refusal).into_response();
    }
    let (token, browser) = (site.cookie.read(request.headers()), site.cookie.read_mark(request.headers()));
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |ConnectInfo(peer)| peer.ip());
    let network = network(peer, request.headers(), site.config.proxies);
    let mut visitor = Visitor { caller: None, token, network, browser };
    if let Err(stop) = look_again(&site, &mut visitor).await {
        return Problem::from(&stop).into_response();
    }
    if let Some(refused) = site.limits.as_ref().and_then(|limits| limits.refuse(&visitor, &request)) {
        return refused;
    }
    request.extensions_mut().insert(visitor);
    next.run(request).await
}

/// Looks up who visits at this moment: while a body arrives, a session may end and a role be withdrawn.
///
/// A session that was looked up in the last seconds, and of which nothing was heard since, costs no statement.
///
/// # Errors
/// When the store fails.
pub async fn look_again(site: &Site, visitor: &mut Visitor) -> engine::Result<()> {
    visitor.caller = match &visitor.token {
        Some(token) => site.engine.caller(token).await?,
        None => None,
    };
    Ok(())
}

/// The address of the person: the peer's, or what the outermost of our own proxies saw.
///
/// Each proxy appends the address it saw, so with `n` proxies of ours the `n`-th from the right is true
/// and everything left of it may be forged.
fn network(peer: IpAddr, headers: &HeaderMap, proxies: usize) -> IpAddr {
    if proxies == 0 {
        return peer;
    }
    let hops: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .collect();
    hops.len().checked_sub(proxies).and_then(|at| hops.get(at)).and_then(|hop| hop.parse().ok()).unwrap_or(peer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    #[test]
    fn a_forged_forwarding_header_is_ignored_unless_a_proxy_is_configured() {
        let peer: IpAddr = "10.0.0.1".parse().expect("an address");
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", HeaderValue::from_static("1.1.1.1, 203.0.113.9"));
        assert_eq!(network(peer, &headers, 0), peer);
        assert_eq!(network(peer, &headers, 1), "203.0.113.9".parse::<IpAddr>().expect("an address"));
        assert_eq!(network(peer, &headers, 3), peer);
        assert_eq!(network(peer, &HeaderMap::new(), 1), peer);
    }
}
