//! Tells what changed, so that what is remembered of it is forgotten: in this node by a broadcast, on the others of a
//! PostgreSQL database by LISTEN and NOTIFY.
//!
//! Starting, saving and handing in tell nothing: NOTIFY serialises commits.

pub use crate::remembered::{Age, Remembered};

use crate::random;
use domain::id::{AccountId, ContestId, RoundId};
use sqlx::{PgPool, postgres::PgListener};
use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::{
    sync::{broadcast, mpsc},
    time::sleep,
};

/// Changes that wait for a slow listener; beyond them it hears that it missed some.
pub(crate) const WAITING: usize = 1_024;

/// Something that caches must forget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// The sessions or roles of an account.
    Account(AccountId),
    /// A contest's public data.
    Contest(ContestId),
    /// A round's rules, stage, pool or publication.
    Round(RoundId),
    /// What is said to those who sit a round.
    Messages(RoundId),
    /// News, documents, honour roll.
    Library,
    /// The unit tree.
    Units,
}

/// Sends and receives changes.
#[derive(Clone)]
pub struct Notify {
    sender: broadcast::Sender<Heard>,
    others: Arc<OnceLock<mpsc::UnboundedSender<Change>>>,
}

impl Default for Notify {
    fn default() -> Self {
        Self { sender: broadcast::channel(WAITING).0, others: Arc::default() }
    }
}

impl Notify {
    /// Tells everybody who listens, here and on the other nodes; call it after the commit.
    pub fn tell(&self, change: Change) {
        // Nobody listening is no fault.
        let _ = self.sender.send(Heard::Change(change));
        if let Some(others) = self.others.get() {
            let _ = others.send(change);
        }
    }

    /// Listens from now on.
    pub fn listen(&self) -> broadcast::Receiver<Heard> {
        self.sender.subscribe()
    }

    /// Joins the other nodes of a database: tells them what changes here, and hears what changes there.
    pub(crate) fn join(&self, pool: &PgPool) {
        let (others, changes) = mpsc::unbounded_channel();
        if self.others.set(others).is_ok() {
            let node = random::code(NODE_LETTERS);
            tokio::spawn(tell_others(pool.clone(), node.clone(), changes));
            tokio::spawn(hear_others(pool.clone(), node, self.sender.clone()));
        }
    }
}

/// The name by which a node knows its own words again.
const NODE_LETTERS: usize = 12;
/// A database that does not answer is asked again after so long.
const AGAIN: Duration = Duration::from_millis(500);

/// Sends each change until the database has taken it; ends with the pool.
async fn tell_others(pool: PgPool, node: String, mut changes: mpsc::UnboundedReceiver<Change>) {
    while let Some(change) = changes.recv().await {
        let said = format!("{node} {}", change.words());
        while !pool.is_closed() {
            match sqlx::query("select pg_notify('cchc', $1)").bind(&said).execute(&pool).await {
                Ok(_) => break,
                Err(error) => tracing::warn!(error = &error as &dyn std::error::Error, "a change could not be told to the other nodes"),
            }
            sleep(AGAIN).await;
        }
    }
}

/// Listens for ever; whenever it could not, anything may have changed.
async fn hear_others(pool: PgPool, node: String, sender: broadcast::Sender<Heard>) {
    while !pool.is_closed() {
        if let Err(error) = listen_to_others(&pool, &node, &sender).await
            && !pool.is_closed()
        {
            tracing::warn!(error = &error as &dyn std::error::Error, "the other nodes are not heard");
        }
        let _ = sender.send(Heard::Missed);
        sleep(AGAIN).await;
    }
}

async fn listen_to_others(pool: &PgPool, node: &str, sender: &broadcast::Sender<Heard>) -> sqlx::Result<()> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen("cchc").await?;
    let _ = sender.send(Heard::Missed);
    loop {
        let heard = match listener.try_recv().await? {
            Some(said) => match said.payload().split_once(' ') {
                Some((from, _)) if from == node => continue,
                // A change that only a newer build knows may be anything.
                Some((_, words)) => Change::read(words).map_or(Heard::Missed, Heard::Change),
                None => Heard::Missed,
            },
            // The connection broke and stands again.
            None => Heard::Missed,
        };
        let _ = sender.send(heard);
    }
}

impl Change {
    /// How nodes say it to each other.
    fn words(self) -> String {
        match self {
            Self::Account(id) => format!("account {id}"),
            Self::Contest(id) => format!("contest {id}"),
            Self::Round(id) => format!("round {id}"),
            Self::Messages(id) => format!("messages {id}"),
            Self::Library => "library".to_owned(),
            Self::Units => "units".to_owned(),
        }
    }

    fn read(words: &str) -> Option<Self> {
        match words.split_once(' ').unwrap_or((words, "")) {
            ("account", id) => id.parse().ok().map(Self::Account),
            ("contest", id) => id.parse().ok().map(Self::Contest),
            ("round", id) => id.parse().ok().map(Self::Round),
            ("messages", id) => id.parse().ok().map(Self::Messages),
            ("library", "") => Some(Self::Library),
            ("units", "") => Some(Self::Units),
            _ => None,
        }
    }
}

/// What a memory hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// This changed.
    Change(Change),
    /// More changed than could be told: anything may have.
    Missed,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_understand_each_other() {
        let id = uuid::Uuid::from_u128(7);
        let of_ids = [Change::Account(id.into()), Change::Contest(id.into()), Change::Round(id.into()), Change::Messages(id.into())];
        let all = of_ids.into_iter().chain([Change::Library, Change::Units]);
        for change in all {
            assert_eq!(Change::read(&change.words()), Some(change));
        }
        assert_eq!(Change::read("weather 7"), None);
        assert_eq!(Change::read("round x"), None);
    }
}
