//! Tells what changed, so that caches are dropped: in this node by a broadcast.

use domain::id::{AccountId, ContestId, RoundId};
use tokio::sync::broadcast;

/// Something that caches must forget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The sessions or roles of an account.
    Account(AccountId),
    /// A contest's public data.
    Contest(ContestId),
    /// A round's rules, stage or pool.
    Round(RoundId),
    /// News, documents, honour roll.
    Library,
    /// The unit tree.
    Units,
}

/// Sends and receives changes.
#[derive(Clone)]
pub struct Notify {
    sender: broadcast::Sender<Change>,
}

impl Default for Notify {
    fn default() -> Self {
        Self { sender: broadcast::channel(1_024).0 }
    }
}

impl Notify {
    /// Tells everybody who listens; call it after the commit.
    pub fn tell(&self, change: Change) {
        // Nobody listening is no fault.
        let _ = self.sender.send(change);
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Change> {
        self.sender.subscribe()
    }
}
