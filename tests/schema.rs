//! Both databases have one schema: tables, columns, keys, indexes and references agree after migration.

use engine::store::Database;
use std::collections::BTreeSet;
use tests::World;

/// Table, column, type, whether it may be null, whether it has a default.
type Column = (String, String, String, bool, bool);
/// Table, columns, `primary`, `unique` or `index`, whether it holds only some rows.
type Index = (String, String, &'static str, bool);
/// Table, columns, the table referred to, its columns, what happens when the row there goes.
type Reference = (String, String, String, String, String);

/// What both databases are asked for.
#[derive(Debug, Default, PartialEq, Eq)]
struct Schema {
    columns: BTreeSet<Column>,
    indexes: BTreeSet<Index>,
    references: BTreeSet<Reference>,
}

fn kind(primary: bool, unique: bool) -> &'static str {
    match (primary, unique) {
        (true, _) => "primary",
        (false, true) => "unique",
        (false, false) => "index",
    }
}

async fn of_sqlite(store: &Database) -> Schema {
    let Database::Sqlite { read, .. } = store else { panic!("not SQLite") };
    // A column of the primary key is never null, though SQLite would let it be.
    let columns: Vec<Column> = sqlx::query_as(
        r#"select t.name, c.name, lower(c.type), c."notnull" = 0 and c.pk = 0, c.dflt_value is not null
           from sqlite_master t join pragma_table_info(t.name) c
           where t.type = 'table' and t.name not like 'sqlite%' and t.name not like '%sqlx%'"#,
    )
    .fetch_all(read)
    .await
    .expect("the columns");
    let primary: Vec<(String, String)> = sqlx::query_as(
        "select name, group_concat(part, ',')
         from (select t.name, c.name part
               from sqlite_master t join pragma_table_info(t.name) c
               where t.type = 'table' and c.pk > 0 and t.name not like 'sqlite%' and t.name not like '%sqlx%'
               order by t.name, c.pk)
         group by name",
    )
    .fetch_all(read)
    .await
    .expect("the primary keys");
    let others: Vec<(String, String, bool, bool)> = sqlx::query_as(
        r#"select tbl, group_concat(part, ','), "unique", partial
           from (select t.name tbl, i.name index_name, i."unique", i.partial, coalesce(c.name, '?') part
                 from sqlite_master t join pragma_index_list(t.name) i join pragma_index_info(i.name) c
                 where t.type = 'table' and i.origin <> 'pk' and t.name not like 'sqlite%' and t.name not like '%sqlx%'
                 order by i.name, c.seqno)
           group by tbl, index_name, "unique", partial"#,
    )
    .fetch_all(read)
    .await
    .expect("the indexes");
    let target = |table: &str| primary.iter().find(|(name, _)| name == table).map(|(_, key)| key.clone()).unwrap_or_default();
    let references: Vec<(String, String, String, Option<String>, String)> = sqlx::query_as(
        r#"select tbl, group_concat(own, ','), target, group_concat(other, ','), lower(on_delete)
           from (select t.name tbl, f.id, f."table" target, f."from" own, f."to" other, f.on_delete
                 from sqlite_master t join pragma_foreign_key_list(t.name) f
                 where t.type = 'table' and t.name not like 'sqlite%' and t.name not like '%sqlx%'
                 order by t.name, f.id, f.seq)
           group by tbl, id, target, on_delete"#,
    )
    .fetch_all(read)
    .await
    .expect("the references");
    let keys = primary.iter().map(|(table, columns)| (table.clone(), columns.clone(), kind(true, true), false));
    let others = others.into_iter().map(|(table, columns, unique, partial)| (table, columns, kind(false, unique), partial));
    Schema {
        columns: columns.into_iter().collect(),
        indexes: keys.chain(others).collect(),
        // A reference without columns means the primary key there.
        references: references
            .into_iter()
            .map(|(table, own, to, other, gone)| (table, own, to.clone(), other.unwrap_or_else(|| target(&to)), gone))
            .collect(),
    }
}

async fn of_postgres(store: &Database) -> Schema {
    let Database::Postgres(pool) = store else { panic!("not PostgreSQL") };
    let columns: Vec<Column> = sqlx::query_as(
        "select table_name::text, column_name::text, data_type::text, is_nullable = 'YES', column_default is not null
         from information_schema.columns
         where table_schema = current_schema() and table_name not like '%sqlx%'",
    )
    .fetch_all(pool)
    .await
    .expect("the columns");
    let indexes: Vec<(String, String, bool, bool, bool)> = sqlx::query_as(
        "select t.relname::text,
                array_to_string(array(select coalesce(a.attname::text, '?')
                                      from unnest(i.indkey::int2[]) with ordinality k (number, place)
                                      left join pg_attribute a on a.attrelid = t.oid and a.attnum = k.number and a.attnum > 0
                                      order by k.place), ','),
                i.indisprimary, i.indisunique, i.indpred is not null
         from pg_index i join pg_class t on t.oid = i.indrelid join pg_namespace n on n.oid = t.relnamespace
         where n.nspname = current_schema() and t.relname not like '%sqlx%'",
    )
    .fetch_all(pool)
    .await
    .expect("the indexes");
    let references: Vec<Reference> = sqlx::query_as(
        "select t.relname::text,
                array_to_string(array(select a.attname::text
                                      from unnest(c.conkey) with ordinality k (number, place)
                                      join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.number
                                      order by k.place), ','),
                o.relname::text,
                array_to_string(array(select a.attname::text
                                      from unnest(c.confkey) with ordinality k (number, place)
                                      join pg_attribute a on a.attrelid = c.confrelid and a.attnum = k.number
                                      order by k.place), ','),
                case c.confdeltype when 'a' then 'no action' when 'r' then 'restrict' when 'c' then 'cascade' when 'n' then 'set null' else 'set default' end
         from pg_constraint c
         join pg_class t on t.oid = c.conrelid
         join pg_class o on o.oid = c.confrelid
         join pg_namespace n on n.oid = c.connamespace
         where c.contype = 'f' and n.nspname = current_schema()",
    )
    .fetch_all(pool)
    .await
    .expect("the references");
    let indexes = indexes.into_iter().map(|(table, columns, primary, unique, partial)| (table, columns, kind(primary, unique), partial));
    Schema { columns: columns.into_iter().collect(), indexes: indexes.collect(), references: references.into_iter().collect() }
}

/// What stands on one side only.
fn differences<T: Ord + std::fmt::Debug>(what: &str, sqlite: &BTreeSet<T>, postgres: &BTreeSet<T>) -> Vec<String> {
    let only = |side: &str, here: &BTreeSet<T>, there: &BTreeSet<T>| {
        here.difference(there).map(|one| format!("{what} of {side} only: {one:?}")).collect::<Vec<_>>()
    };
    [only("SQLite", sqlite, postgres), only("PostgreSQL", postgres, sqlite)].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_have_the_same_tables_columns_keys_and_references() {
    let (sqlite, postgres) = (World::on_sqlite().await, World::on_postgres().await);
    let (sqlite, postgres) = (of_sqlite(&sqlite.engine.store).await, of_postgres(&postgres.engine.store).await);
    let different = [
        differences("a column", &sqlite.columns, &postgres.columns),
        differences("a key or index", &sqlite.indexes, &postgres.indexes),
        differences("a reference", &sqlite.references, &postgres.references),
    ]
    .concat();
    assert!(different.is_empty(), "{}", different.join("\n"));
    let tables: BTreeSet<&String> = sqlite.columns.iter().map(|(table, ..)| table).collect();
    assert!(tables.len() > 30 && sqlite.columns.len() > 250, "the schema was read: {tables:?}");
    assert!(sqlite.references.len() > 60 && sqlite.indexes.len() > 50, "{} {}", sqlite.references.len(), sqlite.indexes.len());
}
