//! How often somebody may try to sign in, by a rule that no rival can turn into a lock-out.
//!
//! Failed sign-ins are counted per window of fifteen minutes, twice: for the pair (login, network)
//! and for the network. A pair has ten tries; once its network has had three hundred failures, two.
//!
//! - A rival elsewhere counts against the rival's own network: nobody else notices.
//! - A rival in the same network may use up the tries of a pair. But a network from which the
//!   account has been in use before is known to it, and there the password is looked at whatever
//!   the count says: a correct sign-in from a known network is never blocked.
//! - A rival who uses up a network's failures (a whole town hall behind one address) leaves every
//!   pair of that network two tries of its own per window: enough for who knows the password, far
//!   too few for who guesses.
//!
//! Beyond the limit every wrong try gets the same answer, looked at or not.
//!
//! One-time codes name no login, so only their network is counted, up to the same three hundred wrong ones; a right
//! one does not count. Beyond that no code is looked at from this network until the window is over: whoever has a slip
//! in hand may use another network, and a guesser has tried next to nothing of 55 bits.

use crate::Millis;

/// Failures are counted for so long, from the first.
pub const WINDOW: Millis = Millis::minutes(15);
const PAIR_TRIES: i64 = 10;
/// Failures that one network has in a window: of sign-ins, and of one-time codes.
pub const NETWORK_FAILURES: i64 = 300;
const PAIR_TRIES_IN_A_LOUD_NETWORK: i64 = 2;

/// What the counters of a try to sign in say, without that try itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// Failures of the pair (login, network) in its window.
    pub pair: i64,
    /// Failures of the network in its window.
    pub network: i64,
    /// Whether the account has been in use from this network before.
    pub known: bool,
}

/// What is done with a try to sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission {
    /// The password is looked at; a wrong one is told so.
    Free,
    /// The password is looked at; a wrong one is told to wait, as if it had not been.
    OverLimit,
    /// The password is not looked at.
    Wait,
}

impl Tries {
    /// Decides the try.
    pub const fn admit(self) -> Admission {
        let limit = if self.network >= NETWORK_FAILURES { PAIR_TRIES_IN_A_LOUD_NETWORK } else { PAIR_TRIES };
        if self.pair < limit {
            Admission::Free
        } else if self.known {
            Admission::OverLimit
        } else {
            Admission::Wait
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn tries(pair: i64, network: i64, known: bool) -> Admission {
        Tries { pair, network, known }.admit()
    }

    #[test]
    fn ten_tries_are_free_and_then_strangers_wait() {
        assert_eq!(tries(9, 9, false), Admission::Free);
        assert_eq!(tries(10, 10, false), Admission::Wait);
    }

    #[test]
    fn a_known_network_is_never_turned_away() {
        assert_eq!(tries(10, 10, true), Admission::OverLimit);
        assert_eq!(tries(i64::MAX, i64::MAX, true), Admission::OverLimit);
    }

    #[test]
    fn a_loud_network_leaves_everybody_two_tries() {
        assert_eq!(tries(0, 300, false), Admission::Free);
        assert_eq!(tries(1, 300, false), Admission::Free);
        assert_eq!(tries(2, 300, false), Admission::Wait);
        assert_eq!(tries(2, 299, false), Admission::Free);
    }

    proptest! {
        #[test]
        fn others_failures_alone_never_block(network in 0_i64.., known: bool) {
            prop_assert_eq!(tries(0, network, known), Admission::Free);
        }
    }
}
