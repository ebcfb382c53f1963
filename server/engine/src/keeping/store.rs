//! Statements about the database itself: its schema, its pages, its references.

use crate::store::{Connection, Result, StoreError, Work, connection};
use domain::id::RoundId;

/// A round from which attempts are kept.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct SatRow {
    pub id: RoundId,
    pub slug: String,
    pub label: String,
}

impl Work {
    /// Version and checksum of each migration that was applied, and whether it came to its end.
    pub(super) async fn applied_migrations(&mut self) -> Result<Vec<(i64, Vec<u8>, bool)>> {
        list!(self, "select version, checksum, success from _sqlx_migrations order by version")
    }

    /// What SQLite finds wrong with its file; PostgreSQL looks after its pages itself.
    pub(super) async fn damaged_pages(&mut self) -> Result<Vec<String>> {
        let told: Vec<String> = match connection(self) {
            Connection::Sqlite(on) => sqlx::query_scalar("pragma integrity_check").fetch_all(on).await.map_err(StoreError::from)?,
            Connection::Postgres(_) => Vec::new(),
        };
        Ok(told.into_iter().filter(|words| words != "ok").collect())
    }

    /// References that do not hold, or on PostgreSQL are not watched: from where, to where or by which name, how often.
    pub(super) async fn broken_references(&mut self) -> Result<Vec<(String, String, i64)>> {
        match connection(self) {
            Connection::Sqlite(on) => {
                sqlx::query_as(r#"select "table", parent, count(*) from pragma_foreign_key_check group by 1, 2 order by 1, 2"#)
                    .fetch_all(on)
                    .await
            }
            Connection::Postgres(on) => {
                sqlx::query_as(
                    "select t.relname::text, c.conname::text, 1::bigint
                     from pg_constraint c
                     join pg_class t on t.oid = c.conrelid
                     join pg_namespace n on n.oid = c.connamespace
                     where c.contype = 'f' and n.nspname = current_schema()
                       and (not c.convalidated
                            or exists (select 1 from pg_trigger g where g.tgconstraint = c.oid and g.tgenabled = 'D'))
                     order by 1, 2",
                )
                .fetch_all(on)
                .await
            }
        }
        .map_err(StoreError::from)
    }

    /// How many references there are.
    pub(super) async fn count_references(&mut self) -> Result<i64> {
        match connection(self) {
            Connection::Sqlite(on) => {
                sqlx::query_scalar(
                    "select count(*)
                     from (select distinct t.name, f.id
                           from sqlite_master t join pragma_foreign_key_list(t.name) f
                           where t.type = 'table')",
                )
                .fetch_one(on)
                .await
            }
            Connection::Postgres(on) => {
                sqlx::query_scalar(
                    "select count(*)
                     from pg_constraint c
                     join pg_namespace n on n.oid = c.connamespace
                     where c.contype = 'f' and n.nspname = current_schema()",
                )
                .fetch_one(on)
                .await
            }
        }
        .map_err(StoreError::from)
    }

    /// Every round from which attempts are kept.
    pub(super) async fn rounds_with_attempts(&mut self) -> Result<Vec<SatRow>> {
        list!(
            self,
            "select r.id, c.slug, r.label
             from round r
             join contest c on c.id = r.contest_id
             where exists (select 1 from attempt a where a.round_id = r.id)
             order by c.slug, r.position",
        )
    }

    /// The address of every kept file.
    pub(super) async fn file_addresses(&mut self) -> Result<Vec<(Vec<u8>,)>> {
        list!(self, "select hash from file_about order by hash")
    }
}
