//! How much one account, one sheet or one network may ask: token buckets in the memory of this node.
//!
//! Each bucket is one number, the moment at which it will be full again (the generic cell rate algorithm, ITU-T I.371),
//! so a look costs a hash and a comparison, and a bucket that is full need not be remembered.

use app::page::Visitor;
use axum::{body::Body, extract::Request, response::Response};
use domain::Refusal;
use http::{HeaderValue, Method, StatusCode, header};
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};
use uuid::Uuid;

/// A bucket: how many requests it holds, and how many flow into it each second.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    /// Requests that may come at once.
    pub burst: u64,
    /// Requests a second that may go on for ever.
    pub per_second: u64,
}

/// The rates of a node.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Of an account that is signed in, whatever it asks for.
    pub account: Rate,
    /// Of what is sent to one sheet: saves, takeovers, hand-ins.
    pub attempt: Rate,
    /// Of everybody who is not signed in, for each address (IPv6: each /64).
    pub network: Rate,
}

impl Default for Rates {
    /// A person who clicks as fast as pages open asks some 5 times a second; an island saves at most twice a second and
    /// looks every 10 s. Behind one address of a province's network sit thousands, who open three pages each at 08:00.
    fn default() -> Self {
        Self {
            account: Rate { burst: 60, per_second: 20 },
            attempt: Rate { burst: 20, per_second: 4 },
            network: Rate { burst: 6_000, per_second: 300 },
        }
    }
}

const SHARDS: usize = 64;
/// Buckets of a shard; over all shards a few megabytes for each kind.
const SHARD_SIZE: usize = 4_096;

/// The limits of one node; with several nodes each counts for itself.
pub struct Limits {
    begun: Begun,
    account: Buckets,
    attempt: Buckets,
    network: Buckets,
}

/// When counting began; what cannot jump when a clock is set.
struct Begun(std::time::Instant);

/// Who asked too much, and for how long to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Over {
    what: &'static str,
    wait: Duration,
}

impl Limits {
    /// Full buckets of these rates.
    pub fn new(rates: Rates) -> Self {
        let (account, attempt, network) = (rates.account, rates.attempt, rates.network);
        Self { begun: Begun::now(), account: Buckets::new(account), attempt: Buckets::new(attempt), network: Buckets::new(network) }
    }

    /// The answer to a request that is one too many; `None`: it may go on.
    ///
    /// Files of the site and uploads are asked for past this.
    pub fn refuse(&self, visitor: &Visitor, request: &Request) -> Option<Response> {
        let over = self.take(visitor, request.method(), request.uri().path(), self.begun.elapsed()).err()?;
        metrics::counter!("cchc_limited_total", "by" => over.what).increment(1);
        Some(too_many(over.wait))
    }

    fn take(&self, visitor: &Visitor, method: &Method, path: &str, now: u64) -> Result<(), Over> {
        let over = |what| move |wait| Over { what, wait: Duration::from_nanos(wait) };
        if let Some(caller) = &visitor.caller {
            self.account.take(caller.account.0.as_u128(), now).map_err(over("account"))?;
            return match sheet(method, path) {
                Some(attempt) => self.attempt.take(attempt, now).map_err(over("attempt")),
                None => Ok(()),
            };
        }
        match key(visitor.network) {
            Some(network) => self.network.take(network, now).map_err(over("network")),
            None => Ok(()),
        }
    }
}

impl Begun {
    #[expect(clippy::disallowed_methods, reason = "a rate is measured, nothing in a contest is decided by it")]
    fn now() -> Self {
        Self(std::time::Instant::now())
    }

    /// Nanoseconds since.
    fn elapsed(&self) -> u64 {
        u64::try_from(self.0.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}

/// The sheet to which something is sent.
fn sheet(method: &Method, path: &str) -> Option<u128> {
    let rest = path.strip_prefix("/thi/").filter(|_| *method == Method::POST)?;
    Uuid::try_parse(rest.split('/').next()?).ok().map(|attempt| attempt.as_u128())
}

/// The network of an address; none for this machine itself, which is a proxy that was not configured, or a bench.
fn key(address: IpAddr) -> Option<u128> {
    match address.to_canonical() {
        address if address.is_loopback() => None,
        IpAddr::V4(address) => Some(u128::from(u32::from(address))),
        IpAddr::V6(address) => Some((1 << 127) | (u128::from(address) >> 64)),
    }
}

/// Plain words, of which the router makes a page where a person asked.
fn too_many(wait: Duration) -> Response {
    let mut response = Response::new(Body::from(Refusal::TooMany.words()));
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"));
    headers.insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs() + 1));
    response
}

/// Buckets of one kind by key; each holds the moment at which it is full again, in nanoseconds.
struct Buckets {
    /// Nanoseconds in which one request flows in.
    each: u64,
    /// Nanoseconds in which an empty bucket becomes full.
    whole: u64,
    shards: Vec<Mutex<HashMap<u128, u64>>>,
}

impl Buckets {
    fn new(rate: Rate) -> Self {
        let each = 1_000_000_000 / rate.per_second.max(1);
        Self { each, whole: each * rate.burst, shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }

    /// Takes one request out; `Err`: it is empty, and so many nanoseconds are to be waited.
    fn take(&self, key: u128, now: u64) -> Result<(), u64> {
        // The last bits of an id are random, those of an address are what differs.
        let shard = usize::try_from((key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) & 63).unwrap_or(0);
        let mut buckets = self.shards[shard].lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = buckets.get(&key).map_or(now, |full_at| now.max(*full_at)) + self.each;
        if full_at - now > self.whole {
            return Err(full_at - now - self.whole);
        }
        if buckets.len() >= SHARD_SIZE && !buckets.contains_key(&key) {
            buckets.retain(|_, full_at| *full_at > now);
            // Too many at once to remember: better nobody is limited than somebody wrongly.
            if buckets.len() >= SHARD_SIZE {
                buckets.clear();
            }
        }
        buckets.insert(key, full_at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: u64 = 1_000_000_000;

    /// How many of the requests pass that come at these distances for a minute.
    fn pass(rate: Rate, every: u64) -> u64 {
        let buckets = Buckets::new(rate);
        (0..60 * SECOND / every).map(|n| u64::from(buckets.take(7, n * every).is_ok())).sum()
    }

    #[test]
    fn one_account_at_fifty_requests_a_second_is_limited_to_twenty() {
        let account = Rates::default().account;
        let passed = pass(account, SECOND / 50);
        assert!((60 + 20 * 60 - 1..=60 + 20 * 60 + 1).contains(&passed), "{passed}");
        assert_eq!(pass(account, SECOND / 10), 600, "ten requests a second for a minute all pass");
        assert_eq!(pass(Rates::default().attempt, SECOND / 2), 120, "two saves a second for a minute all pass");
    }

    #[test]
    fn an_empty_bucket_says_how_long_to_wait_and_fills_again() {
        let buckets = Buckets::new(Rate { burst: 2, per_second: 1 });
        assert_eq!((buckets.take(1, 0), buckets.take(1, 0)), (Ok(()), Ok(())));
        assert_eq!(buckets.take(1, 0), Err(SECOND));
        assert_eq!(buckets.take(2, 0), Ok(()), "another one has a bucket of its own");
        assert_eq!(buckets.take(1, SECOND / 2), Err(SECOND / 2), "what was refused costs nothing");
        assert_eq!(buckets.take(1, SECOND), Ok(()));
        assert_eq!((buckets.take(1, 9 * SECOND), buckets.take(1, 9 * SECOND)), (Ok(()), Ok(())));
        assert!(buckets.take(1, 9 * SECOND).is_err(), "it never holds more than its burst");
    }

    #[test]
    fn however_many_ask_the_memory_is_bounded() {
        let buckets = Buckets::new(Rates::default().network);
        for key in 0..1_000_000_u128 {
            assert_eq!(buckets.take(key, 0), Ok(()));
        }
        let remembered: usize = buckets.shards.iter().map(|shard| shard.lock().expect("a shard").len()).sum();
        assert!(remembered <= SHARDS * SHARD_SIZE, "{remembered}");
        let used = buckets.shards.iter().filter(|shard| shard.lock().expect("a shard").len() > SHARD_SIZE / 8).count();
        assert!(used > SHARDS / 2, "keys spread over the shards: {used}");
    }

    #[test]
    fn an_ipv6_network_is_one_bucket_and_this_machine_none() {
        let of = |address: &str| key(address.parse().expect("an address"));
        assert_eq!(of("2001:db8:1:2::7"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::7"), of("2001:db8:1:3::7"));
        assert_eq!(of("::ffff:203.0.113.7"), of("203.0.113.7"));
        assert_eq!((of("127.0.0.1"), of("::1")), (None, None));
    }

    #[test]
    fn only_what_is_sent_to_a_sheet_counts_for_it() {
        let path = "/thi/01900000-0000-7000-8000-000000000001";
        assert!(sheet(&Method::POST, path).is_some());
        assert_eq!(sheet(&Method::POST, path), sheet(&Method::POST, &format!("{path}/nop")));
        assert_eq!(sheet(&Method::GET, path), None);
        assert_eq!((sheet(&Method::POST, "/thi/x"), sheet(&Method::POST, "/dang-nhap")), (None, None));
    }
}
