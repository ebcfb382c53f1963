//! Restoring a backup: beside the database first, looked through, then in its place; what was there is put aside.

use super::{
    Hindrance, Tell, disk,
    place::{Place, accounts_in, fold_log, must_be_whole},
    programs::{self, ASIDE},
};
use crate::{Engine, Settings};
use sqlx::{Connection, PgConnection};
use std::path::Path;

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What does not agree in what was restored; more than 0 only where that was forced.
    pub findings: usize,
    /// Where that lies which was there before.
    pub aside: Option<String>,
}

/// Puts a backup in the place of the database, brought up to this program's schema; `tell` hears what is checked.
///
/// Nobody may use the database meanwhile. With `force` a database that holds accounts is replaced, and so it is by
/// data that do not agree with themselves.
///
/// # Errors
/// Whatever stood in the way; then the database is as it was.
pub async fn restore(settings: Settings, file: &Path, force: bool, tell: Tell<'_>) -> Result<Restored, Hindrance> {
    let place = Place::of(&settings.database)?;
    place.must_fit(file).await?;
    match &place {
        Place::File(database) => into_file(settings, (file, database), force, tell).await,
        Place::Server(address) => into_server(address, settings, (file, force), tell).await,
    }
}

async fn into_file(settings: Settings, (file, database): (&Path, &Path), force: bool, tell: Tell<'_>) -> Result<Restored, Hindrance> {
    let occupied = accounts_in(database).await?;
    if occupied > 0 && !force {
        return Err(Hindrance::Occupied(occupied));
    }
    let aside = disk::beside(database, ASIDE);
    if aside.exists() {
        return Err(Hindrance::LeftAside(aside.display().to_string()));
    }
    let there = database.exists();
    if there {
        fold_log(database).await?;
    }
    let partial = disk::beside(database, "partial");
    disk::make_private(&partial).await?;
    let made = make(settings, (file, &partial), force, tell).await;
    let findings = match made {
        Ok(findings) => findings,
        Err(hindrance) => {
            for ending in ["", "-wal", "-shm"] {
                disk::remove(Path::new(&format!("{}{ending}", partial.display()))).await?;
            }
            return Err(hindrance);
        }
    };
    if there {
        fold_log(database).await?;
        disk::keep_as(database, &aside).await?;
    }
    disk::put_in_place(&partial, database).await?;
    Ok(Restored { findings, aside: there.then(|| aside.display().to_string()) })
}

/// Makes the database that is to be put in place; how many findings it has.
async fn make(settings: Settings, (file, partial): (&Path, &Path), force: bool, tell: Tell<'_>) -> Result<usize, Hindrance> {
    disk::copy(file, partial).await?;
    must_be_whole(partial).await.map_err(|hindrance| match hindrance {
        Hindrance::Damaged(_, words) => Hindrance::Damaged(file.to_owned(), words),
        other => other,
    })?;
    let findings = look_through(Settings { database: format!("sqlite:{}", partial.display()), ..settings }, force, tell).await?;
    fold_log(partial).await?;
    Ok(findings)
}

/// Brings a restored database up to this program's schema and verifies it.
async fn look_through(settings: Settings, force: bool, tell: Tell<'_>) -> Result<usize, Hindrance> {
    let engine = Engine::open(settings).await?;
    let verified = engine.verify(tell).await;
    engine.store.close().await;
    match verified? {
        0 => Ok(0),
        findings if force => Ok(findings),
        findings => Err(Hindrance::Disagrees(findings)),
    }
}

async fn into_server(address: &str, settings: Settings, (file, force): (&Path, bool), tell: Tell<'_>) -> Result<Restored, Hindrance> {
    let mut on = PgConnection::connect(address).await?;
    let occupied = accounts_on(&mut on).await?;
    if occupied > 0 && !force {
        return Err(Hindrance::Occupied(occupied));
    }
    if exists(&mut on, ASIDE).await? {
        return Err(Hindrance::LeftAside(format!("the schema `{ASIDE}`")));
    }
    must_be_alone(&mut on).await?;
    programs::must_be_readable(file).await?;
    let there: bool = sqlx::query_scalar("select to_regclass('public._sqlx_migrations') is not null").fetch_one(&mut on).await?;
    put_aside(&mut on).await?;
    let made = match programs::load(address, file).await {
        Ok(()) => look_through(settings, force, tell).await,
        Err(hindrance) => Err(hindrance),
    };
    match made {
        Ok(findings) => {
            if !there {
                sqlx::query("drop schema replaced cascade").execute(&mut on).await?;
            }
            on.close().await?;
            Ok(Restored { findings, aside: there.then(|| format!("the schema `{ASIDE}`")) })
        }
        Err(hindrance) => {
            take_back(&mut on).await?;
            on.close().await?;
            Err(hindrance)
        }
    }
}

async fn accounts_on(on: &mut PgConnection) -> Result<i64, Hindrance> {
    let known: bool = sqlx::query_scalar("select to_regclass('public.account') is not null").fetch_one(&mut *on).await?;
    Ok(if known { sqlx::query_scalar("select count(*) from public.account").fetch_one(on).await? } else { 0 })
}

async fn exists(on: &mut PgConnection, schema: &str) -> Result<bool, Hindrance> {
    Ok(sqlx::query_scalar("select exists (select 1 from pg_namespace where nspname = $1)").bind(schema).fetch_one(on).await?)
}

async fn must_be_alone(on: &mut PgConnection) -> Result<(), Hindrance> {
    let others: i64 = sqlx::query_scalar(
        "select count(*)
         from pg_stat_activity
         where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid()",
    )
    .fetch_one(on)
    .await?;
    if others == 0 { Ok(()) } else { Err(Hindrance::InUse) }
}

/// Whatever is there goes aside as a whole, and an empty schema takes its name.
async fn put_aside(on: &mut PgConnection) -> Result<(), Hindrance> {
    let mut work = on.begin().await?;
    sqlx::query("alter schema public rename to replaced").execute(&mut *work).await?;
    sqlx::query("create schema public").execute(&mut *work).await?;
    Ok(work.commit().await?)
}

async fn take_back(on: &mut PgConnection) -> Result<(), Hindrance> {
    let mut work = on.begin().await?;
    sqlx::query("drop schema public cascade").execute(&mut *work).await?;
    sqlx::query("alter schema replaced rename to public").execute(&mut *work).await?;
    Ok(work.commit().await?)
}
