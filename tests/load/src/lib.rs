//! What the load bench and the faults share: a server as a process, a contest that is open, a bare browser, the sheet as it
//! reads it, a marking of its own.

pub mod contest;
pub mod form;
pub mod http;
pub mod marking;
pub mod server;

/// Reads rows from either database, past the product.
#[macro_export]
macro_rules! rows {
    ($store:expr, $sql:literal $(, $value:expr)* $(,)?) => {
        match $store {
            engine::store::Database::Sqlite { read, .. } => sqlx::query_as($sql)$(.bind($value))*.fetch_all(read).await?,
            engine::store::Database::Postgres(pool) => sqlx::query_as($sql)$(.bind($value))*.fetch_all(pool).await?,
        }
    };
}
