//! What a node remembers of the store: it hears every change before each use, and keeps nothing that was read before one.

use crate::notify::{Heard, Notify};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast::{self, error::TryRecvError};

/// How much a memory had forgotten when it was looked into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Age(u64);

/// Something read from the store and remembered in this node, which hears what changed before every use.
pub struct Remembered<T> {
    memory: Mutex<Memory<T>>,
    /// Whose turn it is to read the store.
    turn: tokio::sync::Mutex<()>,
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
        let memory = Mutex::new(Memory { changes: notify.listen(), age: 0, held: T::default() });
        Self { memory, turn: tokio::sync::Mutex::default(), forget }
    }
}

impl<T> Remembered<T> {
    /// Looks into the memory; whoever then reads the store gives the age to [`Self::keep`].
    pub fn look<R>(&self, read: impl FnOnce(&T) -> R) -> (R, Age) {
        let memory = self.hear();
        (read(&memory.held), Age(memory.age))
    }

    /// Finds something in the memory, or reads it from the store and keeps it. Of many who miss something at the same time
    /// one reads at a time, and the others find what it kept.
    ///
    /// # Errors
    /// When it cannot be read.
    pub async fn recall<R, E, F: Future<Output = Result<R, E>>>(
        &self,
        find: impl Fn(&T) -> Option<R>,
        read: impl FnOnce() -> F,
        keep: impl FnOnce(&mut T, &R),
    ) -> Result<R, E> {
        if let (Some(known), _) = self.look(&find) {
            return Ok(known);
        }
        let _turn = self.turn.lock().await;
        let (known, age) = self.look(&find);
        if let Some(known) = known {
            return Ok(known);
        }
        // Boxed, since hardly anybody reads it and everybody would carry the reading.
        let found = Box::pin(read()).await?;
        self.keep(age, |held| keep(held, &found));
        Ok(found)
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
    use crate::notify::{Change, WAITING};
    use futures::future::join_all;
    use std::sync::atomic::{AtomicUsize, Ordering};

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

    #[tokio::test]
    async fn of_many_who_miss_something_at_once_one_reads_it_and_a_change_is_read_once_more() {
        let notify = Notify::default();
        let (memory, reads) = (memory(&notify), AtomicUsize::new(0));
        let ask = || {
            let read = async {
                reads.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                Ok::<u8, ()>(7)
            };
            memory.recall(|held| *held, || read, |held, found| *held = Some(*found))
        };
        for changes in 1..=3 {
            assert!(join_all((0..200).map(|_| ask())).await.iter().all(|found| *found == Ok(7)));
            assert_eq!(reads.load(Ordering::Relaxed), changes);
            notify.tell(Change::Units);
        }
    }

    #[tokio::test]
    async fn what_could_not_be_read_is_read_again_and_what_changed_meanwhile_is_not_kept() {
        let notify = Notify::default();
        let memory = memory(&notify);
        let keep = |held: &mut Option<u8>, found: &u8| *held = Some(*found);
        assert_eq!(memory.recall(|held| *held, || async { Err("nobody answers") }, keep).await, Err("nobody answers"));
        let old = async {
            notify.tell(Change::Units);
            Ok::<u8, ()>(7)
        };
        assert_eq!(memory.recall(|held| *held, || old, keep).await, Ok(7));
        assert_eq!(memory.look(|held| *held).0, None);
        assert_eq!(memory.recall(|held| *held, || async { Ok::<u8, ()>(8) }, keep).await, Ok(8));
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
