//! The saves of a batch: many people's are hung together (ADR 6).

use super::{Job, told, uncommitted};
use crate::{
    Engine, Result,
    attempt::store::CountedSave,
    store::{StoreError, Work},
};
use futures::{FutureExt, future::BoxFuture};
use tokio::sync::oneshot;

/// A counted save, what came of its last run, and who waits for it.
struct Hanging {
    save: CountedSave,
    done: Result<()>,
    reply: oneshot::Sender<Result<()>>,
}

impl Job for Hanging {
    fn run<'w>(&'w mut self, work: &'w mut Work) -> BoxFuture<'w, bool> {
        // One that panics has not been hung.
        self.done = Err(uncommitted());
        async move {
            self.done = hang(work, &self.save).await;
            self.done.is_ok()
        }
        .boxed()
    }

    fn save(&self) -> Option<&CountedSave> {
        Some(&self.save)
    }

    fn tell(self: Box<Self>, committed: bool) {
        // Whoever asked may have gone.
        let _ = self.reply.send(if committed { self.done } else { self.done.and(Err(uncommitted())) });
    }
}

/// Hangs one save; a head that has moved is a duplicate, to be looked at again.
async fn hang(work: &mut Work, save: &CountedSave) -> Result<()> {
    if work.hang(save).await? { Ok(()) } else { Err(StoreError::Duplicate.into()) }
}

/// Whether all were hung; why not, where the database failed, is logged, since each is then tried by itself.
pub(super) fn hung(saves: crate::store::Result<bool>) -> bool {
    saves.unwrap_or_else(|error| {
        if !matches!(error, StoreError::Duplicate) {
            tracing::error!(error = &error as &dyn std::error::Error, "the saves of a batch could not be hung together");
        }
        false
    })
}

impl Engine {
    /// Hangs a counted save on its chain; `Ok` means that it is on disk.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when its head has moved or its time is over.
    pub(in crate::attempt) async fn write_save(&self, save: CountedSave) -> Result<()> {
        let Some(jobs) = &self.sittings.writer.jobs else {
            return hang(&mut self.store.glance().await?, &save).await;
        };
        told(jobs, |reply| Box::new(Hanging { save, done: Ok(()), reply })).await
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{tests::notebook, write_batch, write_together},
        *,
    };
    use crate::{Fault, store::Database};
    use domain::{Timestamp, id::AttemptId};

    /// As many running sheets, and the next save of each.
    async fn sheets(store: &Database, count: u8) -> (Vec<Box<dyn Job>>, Vec<oneshot::Receiver<Result<()>>>) {
        let mut work = store.begin().await.expect("a unit of work");
        exec!(
            &mut work,
            "create table attempt (id uuid primary key, stage text, deadline bigint, hold bigint, seq bigint, head bytea,
                                   answers bytea, saved_at bigint, prediction bigint)",
        )
        .expect("a table");
        exec!(
            &mut work,
            "create table saved_sheet (attempt_id uuid, seq bigint, hold bigint, received_at bigint, late boolean, answers bytea,
                                       hash bytea, primary key (attempt_id, seq, hold))",
        )
        .expect("a table");
        for n in 0..count {
            let id = AttemptId(uuid::Uuid::from_u128(n.into()));
            exec!(&mut work, "insert into attempt values ($1, 'running', 100000, 0, 0, $2, $2, 0, null)", id, &[n; 32][..],)
                .expect("a sheet");
        }
        work.commit().await.expect("committed");
        (0..count).map(hangs).unzip()
    }

    fn hangs(n: u8) -> (Box<dyn Job>, oneshot::Receiver<Result<()>>) {
        let (reply, answer) = oneshot::channel();
        let attempt = AttemptId(uuid::Uuid::from_u128(n.into()));
        let save = CountedSave {
            attempt,
            from: [n; 32],
            seq: 1,
            hold: 0,
            received_at: Timestamp(1_000 + i64::from(n)),
            answers: vec![n, 7],
            hash: [100 + n; 32],
            guess: (n != 3).then_some(n.into()),
        };
        (Box::new(Hanging { save, done: Ok(()), reply }), answer)
    }

    /// How many sheets stand exactly as their save says, with their save beside them.
    async fn hung_saves(store: &Database) -> i64 {
        let mut work = store.read().await.expect("a unit of work");
        let (count,): (i64,) = get!(
            &mut work,
            "select count(*) from attempt a join saved_sheet s on s.attempt_id = a.id
             where s.seq = 1 and a.seq = 1 and s.hash = a.head and s.answers = a.answers and hex(s.answers) = substr(hex(a.id), -2) || '07'
               and s.received_at = a.saved_at and s.received_at = 1000 + coalesce(a.prediction, 3) and s.hold = 0 and not s.late",
        )
        .expect("a count");
        count
    }

    #[tokio::test]
    async fn the_saves_of_a_batch_are_hung_together_each_on_its_own_sheet() {
        let (_folder, store) = notebook().await;
        let (mut batch, answers) = sheets(&store, 37).await;
        assert!(write_together(&store, &mut batch).await.expect("committed"), "three groups, one of them small");
        for job in batch {
            job.tell(true);
        }
        for answer in answers {
            assert!(answer.await.expect("an answer").is_ok());
        }
        assert_eq!(hung_saves(&store).await, 37);
    }

    #[tokio::test]
    async fn a_save_whose_head_has_moved_takes_no_other_with_it() {
        let (_folder, store) = notebook().await;
        let (mut batch, mut answers) = sheets(&store, 37).await;
        // In the second group somebody's save comes twice.
        let (again, answer) = hangs(20);
        batch.insert(21, again);
        answers.insert(21, answer);
        assert!(!write_together(&store, &mut batch).await.expect("rolled back"));
        assert_eq!(hung_saves(&store).await, 0, "nothing of it stays");
        write_batch(&store, &mut batch).await.expect("committed");
        for job in batch {
            job.tell(true);
        }
        let second = answers.remove(21).await.expect("an answer").expect_err("its head has moved");
        assert!(matches!(second, crate::Stop::Fault(Fault::Store(StoreError::Duplicate))), "{second}");
        for answer in answers {
            assert!(answer.await.expect("an answer").is_ok());
        }
        assert_eq!(hung_saves(&store).await, 37);
    }
}
