//! The audit log: every deed is walked once, and each writes exactly one note under its own name.

mod bank;
mod contest;
mod identity;
mod judging;
mod library;
mod sources;

use domain::identity::Deed;
use engine::store::Database;
use std::{
    collections::{BTreeMap, BTreeSet},
    future::Future,
};
use tests::{World, story};

/// The log while deeds are walked.
struct Log<'w> {
    world: &'w World,
    walked: BTreeSet<Deed>,
}

impl Log<'_> {
    /// How many notes there are, by deed.
    async fn counts(&self) -> BTreeMap<String, i64> {
        let sql = "select deed, cast(count(*) as bigint) from audit_note group by deed";
        let rows: Result<Vec<(String, i64)>, _> = match &self.world.engine.store {
            Database::Sqlite { read, .. } => sqlx::query_as(sql).fetch_all(read).await,
            Database::Postgres(pool) => sqlx::query_as(sql).fetch_all(pool).await,
        };
        rows.expect("the notes are counted").into_iter().collect()
    }

    /// Does it, and finds what was noted meanwhile.
    async fn noted<T>(&self, done: impl Future<Output = engine::Result<T>>) -> (T, Vec<(String, i64)>) {
        let before = self.counts().await;
        let outcome = done.await.unwrap_or_else(|stop| panic!("refused: {stop:?}"));
        let mut after = self.counts().await;
        for (deed, count) in before {
            *after.entry(deed).or_default() -= count;
        }
        (outcome, after.into_iter().filter(|(_, more)| *more != 0).collect())
    }

    /// Does it, and finds one new note: of this deed.
    async fn once<T>(&mut self, deed: Deed, done: impl Future<Output = engine::Result<T>>) -> T {
        let (outcome, noted) = self.noted(done).await;
        assert_eq!(noted, [(deed.code().to_owned(), 1)]);
        self.walked.insert(deed);
        outcome
    }

    /// Does what leaves nothing behind that could matter later, and finds no note.
    async fn never<T>(&self, done: impl Future<Output = engine::Result<T>>) -> T {
        let (outcome, noted) = self.noted(done).await;
        assert_eq!(noted, []);
        outcome
    }
}

story!(every_deed_is_noted_exactly_once, |world| {
    let mut log = Log { world: &world, walked: BTreeSet::new() };
    identity::walk(&mut log).await;
    bank::walk(&mut log).await;
    library::walk(&mut log).await;
    contest::walk(&mut log).await;
    Box::pin(judging::walk(&mut log)).await;
    let missing: Vec<_> = Deed::ALL.iter().filter(|deed| !log.walked.contains(deed)).collect();
    assert!(missing.is_empty(), "nothing here does {missing:?}");
});
