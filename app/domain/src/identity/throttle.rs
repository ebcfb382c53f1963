//! How often somebody may try to sign in, by a rule that no rival can turn into a lock-out.
//!
//! Failed sign-ins are counted per window of fifteen minutes, twice: for the pair (login, network)
//! and for the network. A pair has ten tries; once its network has had three hundred failures, two.
//!
//! - A rival elsewhere counts against the rival's own network: nobody else notices.
//! - A rival in the same network may use up the tries of a pair. But a network from which the
//!   account has been in use before is known to it: there the password is looked at up to a hundred
//!   tries. And a browser in which the account has been in use before has a hundred tries of its own,
//!   which nobody at another desk can use up: a correct sign-in from there is never blocked.
//! - A rival who uses up a network's failures (a whole town hall behind one address) leaves every
//!   pair of that network two tries of its own per window: enough for who knows the password, far
//!   too few for who guesses.
//!
//! Beyond the limit every wrong try gets the same answer, looked at or not, and up to a hundred takes
//! as long: neither tells whether there is such a login, or whether it is known here.
//!
//! One-time codes name no login, so only their network is counted, up to three hundred wrong ones: beyond that a wrong
//! one is told to wait. A right one counts for nothing and always serves: with 55 bits nobody guesses one, and so nobody
//! needs to be kept from trying.
//!
//! Sign-ups that reach the look at the login count against their network, up to a thousand an hour: five hundred people
//! behind one address who all sign up before a round, some of them twice, or a mobile operator's gateway, stay below the
//! limit; a script does not.

use crate::Millis;

/// Failures are counted for so long, from the first.
pub const WINDOW: Millis = Millis::minutes(15);
const PAIR_TRIES: i64 = 10;
/// Failures that one network has in a window: of sign-ins, and of one-time codes.
pub const NETWORK_FAILURES: i64 = 300;
const PAIR_TRIES_IN_A_LOUD_NETWORK: i64 = 2;
/// Failures of a pair up to which a known network is listened to, and a stranger's try takes as long; and those that a known
/// browser has of its own.
const KNOWN_TRIES: i64 = 100;
/// Sign-ups of one network: so many in so long, for every line.
pub const SIGN_UPS: [(&str, i64, Millis); 2] = [("sign-up/hour", 1_000, Millis::hours(1)), ("sign-up/day", 2_000, Millis::days(1))];

/// What the counters of a try to sign in say, without that try itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// Failures of the pair (login, network) in its window.
    pub pair: i64,
    /// Failures of the network in its window.
    pub network: i64,
    /// Whether the account has been in use from this network before.
    pub known: bool,
    /// Failures of the login in this browser in its window, where the account has been in use in it before.
    pub device: Option<i64>,
}

/// What is done with a try to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// The password is looked at; a wrong one is told so.
    Free,
    /// The password is looked at; a wrong one is told to wait, as if it had not been.
    OverLimit,
    /// The password is not looked at, but it takes as long.
    Unheard,
    /// The password is not looked at.
    Wait,
}

impl Tries {
    /// Decides the try.
    pub const fn admit(self) -> Admission {
        let limit = if self.network >= NETWORK_FAILURES { PAIR_TRIES_IN_A_LOUD_NETWORK } else { PAIR_TRIES };
        let known_here = matches!(self.device, Some(tries) if tries < KNOWN_TRIES);
        match self.pair {
            tries if tries < limit => Admission::Free,
            _ if known_here => Admission::OverLimit,
            tries if tries >= KNOWN_TRIES => Admission::Wait,
            _ if self.known => Admission::OverLimit,
            _ => Admission::Unheard,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn tries(pair: i64, network: i64, known: bool) -> Admission {
        Tries { pair, network, known, device: None }.admit()
    }

    #[test]
    fn ten_tries_are_free_and_then_strangers_wait() {
        assert_eq!(tries(9, 9, false), Admission::Free);
        assert_eq!(tries(10, 10, false), Admission::Unheard);
        assert_eq!(tries(100, 100, false), Admission::Wait);
    }

    #[test]
    fn a_known_network_is_listened_to_for_a_hundred_tries() {
        assert_eq!(tries(10, 10, true), Admission::OverLimit);
        assert_eq!(tries(99, i64::MAX, true), Admission::OverLimit);
        assert_eq!(tries(100, 100, true), Admission::Wait);
    }

    #[test]
    fn a_known_browser_has_its_own_hundred() {
        let device = |tries| Tries { pair: i64::MAX, network: i64::MAX, known: true, device: Some(tries) }.admit();
        assert_eq!(device(0), Admission::OverLimit);
        assert_eq!(device(99), Admission::OverLimit);
        assert_eq!(device(100), Admission::Wait);
    }

    #[test]
    fn a_loud_network_leaves_everybody_two_tries() {
        assert_eq!(tries(0, 300, false), Admission::Free);
        assert_eq!(tries(1, 300, false), Admission::Free);
        assert_eq!(tries(2, 300, false), Admission::Unheard);
        assert_eq!(tries(2, 299, false), Admission::Free);
    }

    proptest! {
        #[test]
        fn others_failures_alone_never_block(network in 0_i64.., known: bool) {
            prop_assert_eq!(tries(0, network, known), Admission::Free);
        }

        #[test]
        fn nobody_at_another_desk_blocks_a_known_browser(pair in 0_i64.., network in 0_i64.., known: bool, own in 0_i64..KNOWN_TRIES) {
            let admission = Tries { pair, network, known, device: Some(own) }.admit();
            prop_assert!(matches!(admission, Admission::Free | Admission::OverLimit));
        }

        #[test]
        fn nobody_guesses_without_end(network in 0_i64.., known: bool, device in proptest::option::of(KNOWN_TRIES..)) {
            let admission = Tries { pair: KNOWN_TRIES, network, known, device }.admit();
            prop_assert_eq!(admission, Admission::Wait);
        }
    }
}
