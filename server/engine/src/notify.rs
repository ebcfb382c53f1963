//! Tells what changed, so that what is remembered of it is forgotten: in this node by a broadcast, on the others of a
//! PostgreSQL database by LISTEN and NOTIFY.
//!
//! Starting, saving and handing in tell nothing: NOTIFY serialises commits.

use crate::random;
use domain::id::{AccountId, ContestId, RoundId};
use sqlx::{PgPool, postgres::PgListener};
use std::{
    sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};
use tokio::{
    sync::{
        broadcast::{self, error::TryRecvError},
        mpsc,
    },
    time::sleep,
};

/// Changes that wait for a slow listener; beyond them it hears that it missed some.
const WAITING: usize = 1_024;

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

/// How much a memory had forgotten when it was looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age(u64);

/// Something read from the store and remembered in this node, which hears what changed before every use.
pub struct Remembered<T> {
    memory: Mutex<Memory<T>>,
    /// Forgets what the change concerns; whether it concerns this memory at all.
    forget: fn(&mut T, Heard) -> bool,
}

struct Memory<T> {
    changes: broadcast::Receiver<Heard>,
    /// Grows with each change that concerns it, so that what was read before is not kept after.
    age: u64,
    held: T,
}

impl<T: Default> Remembered<T> {
    /// Nothing yet; it listens from now on, and forgets by this rule.
    pub fn new(notify: &Notify, forget: fn(&mut T, Heard) -> bool) -> Self {
        Self { memory: Mutex::new(Memory { changes: notify.listen(), age: 0, held: T::default() }), forget }
    }
}

impl<T> Remembered<T> {
    /// Looks into the memory; whoever then reads the store gives the age to [`Self::keep`].
    pub fn look<R>(&self, read: impl FnOnce(&T) -> R) -> (R, Age) {
        let memory = self.hear();
        (read(&memory.held), Age(memory.age))
    }

    /// Keeps what was read from the store after a look of this age, unless a change came in between.
    pub fn keep(&self, age: Age, write: impl FnOnce(&mut T)) {
        let mut memory = self.hear();
        if memory.age == age.0 {
            write(&mut memory.held);
        }
    }

    /// Changes what is remembered to what is known to be so now, whatever came before.
    pub fn put(&self, write: impl FnOnce(&mut T)) {
        write(&mut self.hear().held);
    }

    fn hear(&self) -> MutexGuard<'_, Memory<T>> {
        let mut memory = self.memory.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            let heard = match memory.changes.try_recv() {
                Ok(heard) => heard,
                Err(TryRecvError::Lagged(_)) => Heard::Missed,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return memory,
            };
            if (self.forget)(&mut memory.held, heard) {
                memory.age += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A memory of the unit tree: of one number.
    fn memory(notify: &Notify) -> Remembered<Option<u8>> {
        Remembered::new(notify, |held, heard| {
            let concerns = matches!(heard, Heard::Change(Change::Units) | Heard::Missed);
            if concerns {
                *held = None;
            }
            concerns
        })
    }

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

    #[test]
    fn what_changed_is_forgotten_and_nothing_else() {
        let notify = Notify::default();
        let memory = memory(&notify);
        memory.put(|held| *held = Some(7));
        notify.tell(Change::Library);
        assert_eq!(memory.look(|held| *held).0, Some(7));
        notify.tell(Change::Units);
        assert_eq!(memory.look(|held| *held).0, None);
    }

    #[test]
    fn what_was_read_before_a_change_is_not_kept_after_it() {
        let notify = Notify::default();
        let memory = memory(&notify);
        let (_, old) = memory.look(|held| *held);
        notify.tell(Change::Units);
        memory.keep(old, |held| *held = Some(7));
        assert_eq!(memory.look(|held| *held).0, None);
        let (_, new) = memory.look(|held| *held);
        notify.tell(Change::Library);
        memory.keep(new, |held| *held = Some(8));
        assert_eq!(memory.look(|held| *held).0, Some(8));
    }

    #[test]
    fn whoever_missed_changes_forgets_everything() {
        let notify = Notify::default();
        let memory = memory(&notify);
        memory.put(|held| *held = Some(7));
        for _ in 0..=WAITING {
            notify.tell(Change::Library);
        }
        assert_eq!(memory.look(|held| *held).0, None);
    }
}
