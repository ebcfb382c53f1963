//! Counting tries to sign in, sign-ups and one-time codes; the rule itself, and why no rival can use it, is `domain::identity::throttle`.

use super::{hasher::Line, roster};
use crate::{Engine, Result, store::Work};
use domain::{
    Millis, Timestamp,
    id::AccountId,
    identity::throttle::{Admission, SIGN_UPS, Tries, WINDOW},
};
use std::net::IpAddr;

/// A network stays known to an account for so long after its last use.
const KNOWN_FOR: Millis = Millis::days(90);

/// Where a request comes from: an IPv4 address, or the /64 that an IPv6 subscriber has, and the browser.
///
/// Both are kept only as keyed digests.
#[derive(Clone, PartialEq, Eq)]
pub struct Network {
    address: String,
    device: Option<String>,
}

impl Network {
    /// The network of an address, in a browser that is not known.
    pub fn of(address: IpAddr) -> Self {
        let address = match address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        };
        Self { address, device: None }
    }

    /// The same network, in the browser that shows this mark.
    #[must_use]
    pub fn in_browser(self, device: &str) -> Self {
        Self { device: Some(device.to_owned()), ..self }
    }
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Network(hidden)")
    }
}

/// A try to sign in that was counted.
pub(super) struct Counted {
    keys: Vec<String>,
    /// What the rule says of it.
    pub admission: Admission,
    /// Whose turn it takes at the hashing threads.
    pub line: Line,
}

impl Engine {
    /// The digest by which a network is remembered.
    fn network_key(&self, network: &Network) -> Vec<u8> {
        self.secrets.lookup("network", &network.address)
    }

    /// The digest by which a browser is remembered, where it shows a mark.
    fn device_key(&self, network: &Network) -> Option<Vec<u8>> {
        network.device.as_ref().map(|device| self.secrets.lookup("device", device))
    }

    /// The line of this network's strangers at the hashing threads.
    pub(super) fn strangers(&self, network: &Network) -> Line {
        Line::Strangers(self.network_key(network))
    }

    /// The line of those who are known in this network, or show a code that is right.
    pub(super) fn known(&self, network: &Network) -> Line {
        Line::Known(self.network_key(network))
    }

    /// Remembers that the account is in use from this network, in this browser.
    pub(super) async fn learn(&self, work: &mut Work, account: AccountId, network: &Network, now: Timestamp) -> Result<()> {
        work.learn_network(account, &self.network_key(network), now).await?;
        if let Some(device) = self.device_key(network) {
            work.learn_network(account, &device, now).await?;
        }
        Ok(())
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
        let mut keys =
            vec![self.throttle_key("pair", &format!("{login} {}", network.address)), self.throttle_key("network", &network.address)];
        let pair = work.count_try(&keys[0], now, now - WINDOW).await? - 1;
        let failures = work.count_try(&keys[1], now, now - WINDOW).await? - 1;
        let (mut known, mut device) = (false, None);
        if let Some(account) = account {
            known = work.knows_network(account, &self.network_key(network)).await?;
            if let (Some(browser), Some(key)) = (&network.device, self.device_key(network))
                && work.knows_network(account, &key).await?
            {
                let key = self.throttle_key("device", &format!("{login} {browser}"));
                device = Some(work.count_try(&key, now, now - WINDOW).await? - 1);
                keys.push(key);
            }
        }
        let line = if known || device.is_some() { self.known(network) } else { self.strangers(network) };
        Ok(Counted { keys, admission: Tries { pair, network: failures, known, device }.admit(), line })
    }

    /// Counts one more of something; whether it stays within the limit of a window.
    pub(super) async fn within(&self, work: &mut Work, now: Timestamp, what: (&str, &str), limit: i64) -> Result<bool> {
        let (kind, of) = what;
        Ok(work.count_try(&self.throttle_key(kind, of), now, now - WINDOW).await? <= limit)
    }

    /// Counts one more of something from this network; whether it stays within the limit of a window.
    pub(super) async fn within_network(&self, work: &mut Work, now: Timestamp, from: (&str, &Network), limit: i64) -> Result<bool> {
        self.within(work, now, (from.0, &from.1.address), limit).await
    }

    /// Counts one more sign-up from this network; whether there may be one more.
    pub(super) async fn may_sign_up(&self, work: &mut Work, now: Timestamp, network: &Network) -> Result<bool> {
        let mut within = true;
        for (kind, limit, window) in SIGN_UPS {
            within &= work.count_try(&self.throttle_key(kind, &network.address), now, now - window).await? <= limit;
        }
        Ok(within)
    }

    /// Forgets what has served: counters, networks, ended sessions, rosters that nobody accepted, identity numbers
    /// whose time is over; and closes accounts whose consent to processing has ended.
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
        self.close_out_of_consent(now).await
    }
}

impl Work {
    /// Takes a counted try back: the password was right.
    pub(super) async fn forgive(&mut self, counted: &Counted) -> Result<()> {
        for key in &counted.keys {
            self.forgive_try(key).await?;
        }
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
