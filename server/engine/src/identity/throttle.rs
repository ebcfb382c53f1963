//! Counting tries to sign in and one-time codes; the rule itself, and why no rival can use it, is `domain::identity::throttle`.

use super::roster;
use crate::{Engine, Result, store::Work};
use domain::{
    Millis, Timestamp,
    id::AccountId,
    identity::throttle::{Admission, NETWORK_FAILURES, Tries, WINDOW},
};
use std::net::IpAddr;

/// A network stays known to an account for so long after its last use.
const KNOWN_FOR: Millis = Millis::days(90);

/// Where a request comes from: an IPv4 address, or the /64 that an IPv6 subscriber has.
///
/// It is kept only as a keyed digest.
#[derive(Clone, PartialEq, Eq)]
pub struct Network(String);

impl Network {
    /// The network of an address.
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(address) => Self(address.to_string()),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Self(format!("{a:x}:{b:x}:{c:x}:{d:x}::/64"))
            }
        }
    }
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Network(hidden)")
    }
}

/// A try to sign in that was counted.
pub(super) struct Counted {
    pair: String,
    network: String,
    /// What the rule says of it.
    pub admission: Admission,
}

/// A try of a one-time code that was counted.
pub(super) struct CountedCode(String);

impl Engine {
    /// The digest by which a network is remembered.
    pub(super) fn network_key(&self, network: &Network) -> Vec<u8> {
        self.secrets.lookup("network", &network.0)
    }

    fn throttle_key(&self, kind: &str, of: &str) -> String {
        format!("{kind}/{}", hex::encode(self.secrets.lookup("throttle", of)))
    }

    /// Counts a try of the login from the network before its password is looked at, so that a thousand
    /// tries at once are a thousand counted tries; [`Work::forgive`] takes a right one back.
    pub(super) async fn count_sign_in(
        &self,
        work: &mut Work,
        now: Timestamp,
        login: &str,
        from: (&Network, Option<AccountId>),
    ) -> Result<Counted> {
        let (network, account) = from;
        let pair_key = self.throttle_key("pair", &format!("{login} {}", network.0));
        let network_key = self.throttle_key("network", &network.0);
        let pair = work.count_try(&pair_key, now, now - WINDOW).await? - 1;
        let failures = work.count_try(&network_key, now, now - WINDOW).await? - 1;
        let known = match account {
            Some(account) => work.knows_network(account, &self.network_key(network)).await?,
            None => false,
        };
        let admission = Tries { pair, network: failures, known }.admit();
        Ok(Counted { pair: pair_key, network: network_key, admission })
    }

    /// Counts one more of something from this network; whether it stays within the limit of a window.
    pub(super) async fn within(&self, work: &mut Work, now: Timestamp, what: (&str, &str), limit: i64) -> Result<bool> {
        let (kind, of) = what;
        Ok(work.count_try(&self.throttle_key(kind, of), now, now - WINDOW).await? <= limit)
    }

    /// Counts a report of an unsigned visitor; whether their network stays within the limit.
    pub(super) async fn within_network(&self, work: &mut Work, now: Timestamp, from: (&str, &Network), limit: i64) -> Result<bool> {
        self.within(work, now, (from.0, &from.1.0), limit).await
    }

    /// Counts a try of a one-time code from the network before the code is looked at. A right one is given back by
    /// [`Work::forgive_code`]; `None`: the network has had too many wrong ones, and the code is not looked at.
    pub(super) async fn count_code(&self, work: &mut Work, now: Timestamp, network: &Network) -> Result<Option<CountedCode>> {
        let key = self.throttle_key("code", &network.0);
        let tries = work.count_try(&key, now, now - WINDOW).await?;
        Ok((tries <= NETWORK_FAILURES).then_some(CountedCode(key)))
    }

    /// Forgets what has served: counters, networks, ended sessions, rosters that nobody accepted, identity numbers
    /// whose time is over.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn forget_expired(&self) -> Result<()> {
        let now = self.now();
        let mut work = self.store.begin().await?;
        work.forget_tries(now - WINDOW, now - KNOWN_FOR, now - Millis::days(1)).await?;
        work.forget_rosters_before(now - roster::KEPT).await?;
        let erased = work.erase_old_ids(now).await?;
        if erased > 0 {
            let detail = serde_json::json!({ "identity_numbers": erased });
            work.note_by(now, None, domain::identity::Deed::ForgetExpired, "national_id", &detail.to_string()).await?;
        }
        work.commit().await?;
        Ok(())
    }
}

impl Work {
    /// Takes a counted try of a code back: it was right.
    pub(super) async fn forgive_code(&mut self, counted: &CountedCode) -> Result<()> {
        self.forgive_try(&counted.0).await?;
        Ok(())
    }

    /// Takes a counted try back: the password was right.
    pub(super) async fn forgive(&mut self, counted: &Counted) -> Result<()> {
        self.forgive_try(&counted.pair).await?;
        self.forgive_try(&counted.network).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn network(address: &str) -> Network {
        Network::of(address.parse().expect("an address"))
    }

    #[test]
    fn an_ipv6_subscriber_is_one_network() {
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:10.0.0.1"), network("10.0.0.1"));
        assert_ne!(network("10.0.0.1"), network("10.0.0.2"));
    }
}
