//! Tells what changed, so that what is remembered of it is forgotten: in this node by a broadcast.

use domain::id::{AccountId, ContestId, RoundId};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast::{self, error::TryRecvError};

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
        Self { sender: broadcast::channel(WAITING).0 }
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
    changes: broadcast::Receiver<Change>,
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
                Ok(change) => Heard::Change(change),
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
