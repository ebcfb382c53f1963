//! The writer: on SQLite one task that writes many people's starts, saves and hand-ins in one
//! transaction, so that they share one flush to disk; each is acknowledged after the commit.
//!
//! It outlives a dropped request. On PostgreSQL concurrent commits share their flush by themselves.

mod hanging;

use super::store::CountedSave;
use crate::{
    Engine, Fault, Result,
    store::{Database, Work},
};
use futures::{FutureExt, future::BoxFuture};
use std::panic::AssertUnwindSafe;
use tokio::{
    sync::{mpsc, oneshot},
    task::yield_now,
};

/// People whose deeds share a transaction; keeps it far below 50 ms.
const BATCH: usize = 128;
/// People who may wait for a place in a batch; beyond them the request itself waits.
const QUEUE: usize = 8_192;

/// Before a batch begins, those whose requests have arrived take so many turns to come into it: the larger it is, the
/// less of a transaction each of them costs. When nobody else is there, a turn is over at once.
const TURNS: usize = 3;

/// Somebody's deed on its way through a batch.
trait Job: Send {
    /// Does it inside the batch's transaction, from its beginning each time; `false` when nothing of it may stay.
    fn run<'w>(&'w mut self, work: &'w mut Work) -> BoxFuture<'w, bool>;

    /// The save that it hangs, when it does nothing else: it may be hung with others.
    fn save(&self) -> Option<&CountedSave> {
        None
    }

    /// Tells the person how the last run ended; `true` when it is on disk.
    fn tell(self: Box<Self>, committed: bool);
}

/// A deed, what came of its last run, and who waits for it.
struct Asked<T, F> {
    deed: F,
    done: Option<Result<T>>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T, F> Job for Asked<T, F>
where
    T: Send,
    F: for<'w> FnMut(&'w mut Work) -> BoxFuture<'w, Result<T>> + Send,
{
    fn run<'w>(&'w mut self, work: &'w mut Work) -> BoxFuture<'w, bool> {
        self.done = None;
        async move { self.done.insert((self.deed)(work).await).is_ok() }.boxed()
    }

    fn tell(self: Box<Self>, committed: bool) {
        // A deed that panicked tells nothing: whoever asked learns it from the dropped reply.
        let Some(done) = self.done else { return };
        let told = if committed { done } else { done.and(Err(uncommitted())) };
        // Whoever asked may have gone.
        let _ = self.reply.send(told);
    }
}

fn uncommitted() -> crate::Stop {
    Fault::Broken("a batch could not be committed").into()
}

/// The way to the one writer, where there is one.
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Box<dyn Job>>>,
}

impl Writer {
    pub(super) fn open(store: &Database) -> Self {
        if store.is_postgres() {
            return Self { jobs: None };
        }
        let (jobs, arriving) = mpsc::channel(QUEUE);
        tokio::spawn(write_batches(store.clone(), arriving));
        Self { jobs: Some(jobs) }
    }
}

impl Engine {
    /// Does a short deed in a unit of work; `Ok` means that it is on disk.
    ///
    /// The deed may be run twice: when another one of its batch fails, all of them begin again.
    pub(crate) async fn write<T, F>(&self, mut deed: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'w> FnMut(&'w mut Work) -> BoxFuture<'w, Result<T>> + Send + 'static,
    {
        let Some(jobs) = &self.sittings.writer.jobs else {
            let mut work = self.store.begin().await?;
            let done = deed(&mut work).await?;
            work.commit().await?;
            return Ok(done);
        };
        told(jobs, |reply| Box::new(Asked { deed, done: None, reply })).await
    }

    /// Does a short deed that writes with one statement only, whatever it read before; `Ok` means that it is on disk.
    ///
    /// On PostgreSQL that statement is a transaction by itself, which spares two ways to the server. What the deed read may
    /// have changed meanwhile: its statement must ask for everything that it relies on.
    pub(crate) async fn write_once<T, F>(&self, mut deed: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'w> FnMut(&'w mut Work) -> BoxFuture<'w, Result<T>> + Send + 'static,
    {
        if self.store.is_postgres() {
            return deed(&mut self.store.glance().await?).await;
        }
        self.write(deed).await
    }
}

/// Sends a job to the writer, and what it tells.
async fn told<T>(jobs: &mpsc::Sender<Box<dyn Job>>, job: impl FnOnce(oneshot::Sender<Result<T>>) -> Box<dyn Job>) -> Result<T> {
    let (reply, answer) = oneshot::channel();
    jobs.send(job(reply)).await.map_err(|_| Fault::Broken("the writer has stopped"))?;
    answer.await.map_err(|_| Fault::Broken("the writer dropped a deed"))?
}

async fn write_batches(store: Database, mut arriving: mpsc::Receiver<Box<dyn Job>>) {
    let mut batch = Vec::with_capacity(BATCH);
    while arriving.recv_many(&mut batch, BATCH).await > 0 {
        for _ in 0..TURNS {
            yield_now().await;
        }
        while batch.len() < BATCH
            && let Ok(job) = arriving.try_recv()
        {
            batch.push(job);
        }
        let written = write_batch(&store, &mut batch).await;
        if let Err(error) = &written {
            tracing::error!(error = error as &dyn std::error::Error, "a batch could not be written");
        }
        for job in batch.drain(..) {
            job.tell(written.is_ok());
        }
    }
}

/// Writes the whole batch in one go; when a deed of it fails, all begin again, each by itself on a savepoint (ADR 4).
async fn write_batch(store: &Database, batch: &mut [Box<dyn Job>]) -> crate::store::Result<()> {
    if write_together(store, batch).await? { Ok(()) } else { write_apart(store, batch).await }
}

/// `false`: a deed failed, and nothing of the batch was written.
async fn write_together(store: &Database, batch: &mut [Box<dyn Job>]) -> crate::store::Result<bool> {
    let mut work = store.begin().await?;
    let saves: Vec<&CountedSave> = batch.iter().filter_map(|job| job.save()).collect();
    let mut done = whole(work.hang_together(&saves).map(hanging::hung)).await;
    for job in batch.iter_mut().filter(|job| job.save().is_none()) {
        done = done && run(job.as_mut(), &mut work).await;
    }
    if done {
        work.commit().await?;
    } else {
        work.roll_back().await?;
    }
    Ok(done)
}

async fn write_apart(store: &Database, batch: &mut [Box<dyn Job>]) -> crate::store::Result<()> {
    let mut work = store.begin().await?;
    exec!(&mut work, "savepoint one_deed")?;
    for job in batch {
        // One deed's savepoint ends where the next one's begins: each statement is a way to the connection's thread and back.
        if run(job.as_mut(), &mut work).await {
            exec!(&mut work, "release one_deed; savepoint one_deed")?;
        } else {
            exec!(&mut work, "rollback to one_deed")?;
        }
    }
    exec!(&mut work, "release one_deed")?;
    work.commit().await
}

/// Whether the deed was done; one that panics was not.
async fn run(job: &mut dyn Job, work: &mut Work) -> bool {
    whole(job.run(work)).await
}

/// What it says, unless it panics.
async fn whole(deed: impl Future<Output = bool>) -> bool {
    AssertUnwindSafe(deed).catch_unwind().await.unwrap_or_else(|_| {
        tracing::error!("a deed panicked in the writer");
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::Refusal;

    type Answer = oneshot::Receiver<Result<i64>>;

    /// What becomes of a deed after it has written its number.
    #[derive(Clone, Copy, PartialEq)]
    enum Fate {
        Done,
        Refused,
        Panics,
    }

    pub(super) async fn notebook() -> (tempfile::TempDir, Database) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let address = format!("sqlite:{}", folder.path().join("notebook.db").display());
        let store = Database::open(&address, 2).await.expect("it opens");
        let mut work = store.begin().await.expect("a unit of work");
        exec!(&mut work, "create table written (number bigint primary key)").expect("a table");
        work.commit().await.expect("committed");
        (folder, store)
    }

    fn writes(number: i64, fate: Fate) -> (Box<dyn Job>, Answer) {
        let (reply, answer) = oneshot::channel();
        let job = asked(reply, move |work| {
            async move {
                exec!(work, "insert into written (number) values ($1)", number)?;
                assert!(fate != Fate::Panics, "a deed that panics, for this test");
                if fate == Fate::Refused { Err(Refusal::Busy.into()) } else { Ok(number) }
            }
            .boxed()
        });
        (job, answer)
    }

    fn asked<F>(reply: oneshot::Sender<Result<i64>>, deed: F) -> Box<dyn Job>
    where
        F: for<'w> FnMut(&'w mut Work) -> BoxFuture<'w, Result<i64>> + Send + 'static,
    {
        Box::new(Asked { deed, done: None, reply })
    }

    async fn written(store: &Database) -> Vec<i64> {
        let mut work = store.read().await.expect("a unit of work");
        let rows: Vec<(i64,)> = list!(&mut work, "select number from written order by number").expect("the numbers");
        rows.into_iter().map(|row| row.0).collect()
    }

    #[tokio::test]
    async fn a_batch_without_failures_is_written_together() {
        let (_folder, store) = notebook().await;
        let (mut batch, answers): (Vec<_>, Vec<_>) = (1..=5).map(|number| writes(number, Fate::Done)).unzip();
        assert!(write_together(&store, &mut batch).await.expect("committed"));
        for job in batch {
            job.tell(true);
        }
        for (number, answer) in (1..).zip(answers) {
            assert_eq!(answer.await.expect("an answer").expect("done"), number);
        }
        assert_eq!(written(&store).await, [1, 2, 3, 4, 5]);
    }

    #[tokio::test]
    async fn a_deed_that_fails_leaves_nothing_and_takes_nobody_with_it() {
        let (_folder, store) = notebook().await;
        let fates = [Fate::Done, Fate::Refused, Fate::Done, Fate::Panics, Fate::Done];
        let (mut batch, mut answers): (Vec<_>, Vec<_>) = (1..).zip(fates).map(|(number, fate)| writes(number, fate)).unzip();
        assert!(!write_together(&store, &mut batch).await.expect("rolled back"));
        assert_eq!(written(&store).await, Vec::<i64>::new());
        write_batch(&store, &mut batch).await.expect("committed");
        for job in batch {
            job.tell(true);
        }
        assert_eq!(written(&store).await, [1, 3, 5]);
        assert!(answers.remove(3).await.is_err(), "whoever asked for a deed that panicked learns it");
        let refused = answers.remove(1).await.expect("an answer").expect_err("refused");
        assert_eq!(refused.refusal(), Refusal::Busy);
        for answer in answers {
            assert!(answer.await.expect("an answer").is_ok());
        }
    }
}
