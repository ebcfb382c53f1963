//! `exec!`, `find!`, `get!` and `list!`: one statement, either database.
//!
//! Each expands to a two-armed match, so that both drivers type-check every bind and every row.
//! A statement is a literal, or literals joined by `concat!` where several statements read the same columns.

/// Rows that one statement of `exec_rows!` inserts; both databases take some ten thousand bound values.
pub const ROWS: usize = 100;

/// The highest `$n` in a statement, so that a forgotten bind fails to compile
/// (SQLite would silently read it as NULL).
pub const fn placeholders(sql: &str) -> usize {
    let bytes = sql.as_bytes();
    let (mut i, mut highest) = (0, 0);
    while i < bytes.len() {
        if bytes[i] == b'$' {
            let mut n = 0;
            while i + 1 < bytes.len() && bytes[i + 1].is_ascii_digit() {
                i += 1;
                n = n * 10 + (bytes[i] - b'0') as usize;
            }
            if n > highest {
                highest = n;
            }
        }
        i += 1;
    }
    highest
}

macro_rules! counted {
    ($sql:expr $(, $arg:expr)*) => {
        const _: () = assert!(
            $crate::store::verbs::placeholders($sql) == <[&str]>::len(&[$(stringify!($arg)),*]),
            "the statement's placeholders and its arguments differ in number",
        );
    };
}

macro_rules! run {
    ($verb:ident, $work:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        counted!($sql $(, $arg)*);
        match $crate::store::connection($work) {
            $crate::store::Connection::Sqlite(on) => sqlx::query_as($sql)$(.bind($arg))*.$verb(on).await,
            $crate::store::Connection::Postgres(on) => sqlx::query_as($sql)$(.bind($arg))*.$verb(on).await,
        }.map_err($crate::store::StoreError::from)
    }};
}

/// Run a statement; how many rows it touched.
macro_rules! exec {
    ($work:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        counted!($sql $(, $arg)*);
        match $crate::store::connection($work) {
            $crate::store::Connection::Sqlite(on) => sqlx::query($sql)$(.bind($arg))*.execute(on).await.map(|done| done.rows_affected()),
            $crate::store::Connection::Postgres(on) => sqlx::query($sql)$(.bind($arg))*.execute(on).await.map(|done| done.rows_affected()),
        }.map_err($crate::store::StoreError::from)
    }};
}

/// Insert rows, many with each statement, since the way to the database is most of what one of them costs.
macro_rules! exec_rows {
    ($work:expr, $insert:literal, $rows:expr, |$row:ident| ($($value:expr),* $(,)?) $(,)?) => {{
        match $crate::store::connection($work) {
            $crate::store::Connection::Sqlite(on) => insert_rows!(sqlx::Sqlite, on, $insert, $rows, |$row| ($($value),*)),
            $crate::store::Connection::Postgres(on) => insert_rows!(sqlx::Postgres, on, $insert, $rows, |$row| ($($value),*)),
        }
        .map_err($crate::store::StoreError::from)
    }};
}

/// The rows of an [`exec_rows!`], on one database.
macro_rules! insert_rows {
    ($database:ty, $on:expr, $insert:literal, $rows:expr, |$row:ident| ($($value:expr),*)) => {
        async {
            for some in $rows.chunks($crate::store::verbs::ROWS) {
                let mut insertion = sqlx::QueryBuilder::<$database>::new($insert);
                insertion.push_values(some, |mut values, $row| {
                    $(values.push_bind($value);)*
                });
                insertion.build().execute(&mut *$on).await?;
            }
            Ok::<(), sqlx::Error>(())
        }
        .await
    };
}

/// The row, if there is one.
macro_rules! find { ($($t:tt)*) => { run!(fetch_optional, $($t)*) }; }
/// The one row there must be.
macro_rules! get { ($($t:tt)*) => { run!(fetch_one, $($t)*) }; }
/// Every row.
macro_rules! list { ($($t:tt)*) => { run!(fetch_all, $($t)*) }; }

/// Hands every row to `take` as it arrives, so that a long answer is never held in memory.
macro_rules! each {
    ($work:expr, $take:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        counted!($sql $(, $arg)*);
        let mut take = $take;
        match $crate::store::connection($work) {
            $crate::store::Connection::Sqlite(on) => {
                let mut rows = sqlx::query_as($sql)$(.bind($arg))*.fetch(on);
                while let Some(row) = futures::TryStreamExt::try_next(&mut rows).await.map_err($crate::store::StoreError::from)? {
                    take(row);
                }
            }
            $crate::store::Connection::Postgres(on) => {
                let mut rows = sqlx::query_as($sql)$(.bind($arg))*.fetch(on);
                while let Some(row) = futures::TryStreamExt::try_next(&mut rows).await.map_err($crate::store::StoreError::from)? {
                    take(row);
                }
            }
        }
    }};
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    #[test]
    fn the_highest_placeholder_counts() {
        assert_eq!(placeholders("select 1"), 0);
        assert_eq!(placeholders("values ($1, $2, $10)"), 10);
        assert_eq!(placeholders("where a = $1 or b = $1"), 1);
    }
}
