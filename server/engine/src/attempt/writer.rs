//! The writer: on SQLite one task that writes many people's starts, saves and hand-ins in one
//! transaction, so that they share one flush to disk; each is acknowledged after the commit.
//!
//! It outlives a dropped request. On PostgreSQL concurrent commits share their flush by themselves.

use crate::{
    Engine, Fault, Result,
    store::{Database, Work},
};
use futures::{FutureExt, future::BoxFuture};
use std::panic::AssertUnwindSafe;
use tokio::sync::{mpsc, oneshot};

/// People whose deeds share a transaction; keeps it far below 50 ms.
const BATCH: usize = 128;
/// People who may wait for a place in a batch; beyond them the request itself waits.
const QUEUE: usize = 8_192;

/// Tells the person how it ended; `true` when it is on disk.
type Tell = Box<dyn FnOnce(bool) + Send>;
/// Does it inside the batch's transaction; `false` when nothing of it may stay.
type Job = Box<dyn for<'w> FnOnce(&'w mut Work) -> BoxFuture<'w, (bool, Tell)> + Send>;

/// The way to the one writer, where there is one.
pub(super) struct Writer {
    jobs: Option<mpsc::Sender<Job>>,
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
    pub(crate) async fn write<T, F>(&self, deed: F) -> Result<T>
    where
        T: Send + 'static,
        F: for<'w> FnOnce(&'w mut Work) -> BoxFuture<'w, Result<T>> + Send + 'static,
    {
        let Some(jobs) = &self.sittings.writer.jobs else {
            let mut work = self.store.begin().await?;
            let done = deed(&mut work).await?;
            work.commit().await?;
            return Ok(done);
        };
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |work| {
            async move {
                let done = deed(work).await;
                let kept = done.is_ok();
                let tell: Tell = Box::new(move |committed| {
                    let told = if committed { done } else { done.and(Err(Fault::Broken("a batch could not be committed").into())) };
                    // Whoever asked may have gone.
                    let _ = reply.send(told);
                });
                (kept, tell)
            }
            .boxed()
        });
        jobs.send(job).await.map_err(|_| Fault::Broken("the writer has stopped"))?;
        answer.await.map_err(|_| Fault::Broken("the writer dropped a deed"))?
    }
}

async fn write_batches(store: Database, mut arriving: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while arriving.recv_many(&mut batch, BATCH).await > 0 {
        let mut tells = Vec::with_capacity(batch.len());
        let written = write_batch(&store, &mut batch, &mut tells).await;
        if let Err(error) = &written {
            tracing::error!(error = error as &dyn std::error::Error, "a batch could not be written");
        }
        // Jobs that were never begun are dropped here, and their callers learn it.
        batch.clear();
        for tell in tells {
            tell(written.is_ok());
        }
    }
}

async fn write_batch(store: &Database, batch: &mut Vec<Job>, tells: &mut Vec<Tell>) -> crate::store::Result<()> {
    let mut work = store.begin().await?;
    exec!(&mut work, "savepoint one_deed")?;
    for job in batch.drain(..) {
        let done = AssertUnwindSafe(job(&mut work)).catch_unwind().await;
        let kept = matches!(&done, Ok((true, _)));
        // One deed's savepoint ends where the next one's begins: each statement is a way to the connection's thread and back.
        if kept {
            exec!(&mut work, "release one_deed; savepoint one_deed")?;
        } else {
            exec!(&mut work, "rollback to one_deed")?;
        }
        if let Ok((_, tell)) = done {
            tells.push(tell);
        } else {
            tracing::error!("a deed panicked in the writer");
        }
    }
    exec!(&mut work, "release one_deed")?;
    work.commit().await
}
