//! One leader for scheduled work among the nodes of a database; an embedded database has one node, which leads.

use crate::{
    Engine, Result,
    store::{Result as Stored, Work},
};
use domain::{Millis, Timestamp};

/// A leader that says nothing for so long has died: with nodes that ask every two seconds, a successor leads within ten.
const LEASE: Millis = Millis::seconds(6);

/// Work that one node does for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chore {
    /// Ending sheets whose time is over.
    Sweep,
}

impl Chore {
    const fn name(self) -> &'static str {
        match self {
            Self::Sweep => "sweep",
        }
    }
}

impl Engine {
    /// Whether this node does the chore now; who asks every two seconds keeps it.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn leads(&self, chore: Chore) -> Result<bool> {
        if !self.store.is_postgres() {
            return Ok(true);
        }
        let now = self.now();
        let mut work = self.store.begin().await?;
        let leads = work.take_lease(chore.name(), &self.node, now).await?;
        work.commit().await?;
        Ok(leads)
    }
}

impl Work {
    /// Takes the lease or keeps it; `false`: another node has it.
    async fn take_lease(&mut self, name: &str, node: &str, now: Timestamp) -> Stored<bool> {
        let kept = exec!(
            &mut *self,
            "update lease
             set holder = $2, until = $3
             where name = $1 and (holder = $2 or until < $4)",
            name,
            node,
            now + LEASE,
            now,
        )?;
        if kept > 0 {
            return Ok(true);
        }
        let first = exec!(
            self,
            "insert into lease (name, holder, until)
             values ($1, $2, $3)
             on conflict (name) do nothing",
            name,
            node,
            now + LEASE,
        )?;
        Ok(first > 0)
    }
}
