//! Backups and proofs: a drill under load, what a restore refuses, and that no edited byte stays unseen.

use domain::{Field, Millis, id::AttemptId};
use engine::{
    Engine, Settings,
    attempt::Finding,
    keeping::{Hindrance, Restored, back_up, restore},
    secrets::Secrets,
    store::Database,
};
use sqlx::{Connection, Executor, PgConnection};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};
use tests::{SmallRound, World, story};
use tokio::time::sleep;
use uuid::Uuid;

const PEOPLE: [&str; 8] =
    ["Nguyễn Thị Lan", "Trần Văn Nam", "Lê Thị Hoa", "Phạm Văn Đức", "Võ Văn Bình", "Mai Thị Liên", "Tạ Văn Phúc", "Lý Thị Hương"];

/// Another place for a database of the same kind, with nothing in it.
struct Elsewhere {
    address: String,
    folder: tempfile::TempDir,
}

impl Elsewhere {
    #[expect(clippy::disallowed_methods, reason = "a database's name cannot be bound, and here it is made of digits")]
    async fn like(world: &World) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        if !world.engine.store.is_postgres() {
            return Self { address: format!("sqlite:{}", folder.path().join("cchc.db").display()), folder };
        }
        let name = format!("elsewhere_{}", u64::from_be_bytes(engine::random::bytes::<8>()));
        let server = std::env::var("CCHC_TEST_POSTGRES").expect("CCHC_TEST_POSTGRES is set: run this through scripts/with-postgres");
        let mut admin = PgConnection::connect(&server).await.expect("PostgreSQL answers");
        admin.execute(sqlx::AssertSqlSafe(format!("create database {name}"))).await.expect("the database is made");
        let (before, _) = world.address().rsplit_once('/').expect("an address");
        Self { address: format!("{before}/{name}"), folder }
    }

    fn file(&self, name: &str) -> std::path::PathBuf {
        self.folder.path().join(name)
    }
}

fn settings(world: &World, address: &str, secret: u8) -> Settings {
    Settings {
        database: address.to_owned(),
        connections: engine::store::POSTGRES_CONNECTIONS,
        secrets: Secrets::from_bytes([secret; 32]),
        clock: world.clock.clone(),
        public_url: "http://hoi-thi.test".to_owned(),
        help_line: "0255 000 0000".to_owned(),
        start_spread: Millis::seconds(10),
    }
}

/// Restores without a word; a session that has just ended may be seen for a moment longer.
async fn restored(world: &World, address: &str, file: &std::path::Path, force: bool) -> Result<Restored, Hindrance> {
    for _ in 0..100 {
        match restore(settings(world, address, 42), file, force, &mut |_| {}).await {
            Err(Hindrance::InUse) => sleep(Duration::from_millis(20)).await,
            done => return done,
        }
    }
    Err(Hindrance::InUse)
}

/// Everything that a verification finds, in words.
async fn findings(engine: &Engine) -> Vec<String> {
    let mut told = Vec::new();
    let found = engine.verify(&mut |check| told.extend(check.findings.clone())).await.expect("verified");
    assert_eq!(found, told.len());
    told
}

story!(a_backup_under_load_restores_everything_that_was_acknowledged_before, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let mut sheets = Vec::new();
    for name in PEOPLE {
        sheets.push(world.sits(name, &small).await);
    }
    let acknowledged: Arc<Vec<AtomicU32>> = Arc::new(PEOPLE.iter().map(|_| AtomicU32::new(0)).collect());
    let over = Arc::new(AtomicBool::new(false));
    let savers: Vec<_> = (0..)
        .zip(sheets.clone())
        .map(|(i, (person, attempt)): (usize, _)| {
            let (engine, acknowledged, over) = (world.engine.clone(), Arc::clone(&acknowledged), Arc::clone(&over));
            tokio::spawn(async move {
                for seq in 1.. {
                    if over.load(Ordering::SeqCst) {
                        return;
                    }
                    let guess = seq.to_string();
                    engine.save(&person, attempt, World::save_of(0, seq, &[("prediction", &guess)])).await.expect("saved");
                    acknowledged[i].store(seq, Ordering::SeqCst);
                }
            })
        })
        .collect();
    let known = || acknowledged.iter().map(|seq| seq.load(Ordering::SeqCst)).collect::<Vec<u32>>();
    while known().iter().any(|seq| *seq < 3) {
        sleep(Duration::from_millis(2)).await;
    }
    let elsewhere = Elsewhere::like(&world).await;
    let file = elsewhere.file("ban-sao");
    let before = known();
    back_up(world.address(), &file, false).await.expect("backed up while people save");
    let after = known();
    over.store(true, Ordering::SeqCst);
    for saver in savers {
        saver.await.expect("nobody was refused");
    }
    assert!(
        before.iter().zip(&after).all(|(before, after)| after >= before) && before != after,
        "people went on saving: {before:?} {after:?}"
    );
    #[cfg(unix)]
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).expect("there").permissions()) & 0o777, 0o600);

    let done = restored(&world, &elsewhere.address, &file, false).await.expect("restored elsewhere");
    assert_eq!(done, Restored { findings: 0, aside: None });
    let there = Engine::open(settings(&world, &elsewhere.address, 42)).await.expect("it opens");
    assert_eq!(findings(&there).await, [""; 0]);
    for ((person, attempt), before) in sheets.iter().zip(before) {
        let view = there.sheet(person, *attempt).await.expect("the sheet");
        assert!(view.seq >= i64::from(before), "{} of {before} is kept", view.seq);
        assert_eq!(view.sheet.guess.value(), Some(view.seq), "with what it said");
    }
    let (person, attempt) = &sheets[0];
    there.hand_in(person, *attempt).await.expect("and the sheet goes on there");
    assert_eq!(findings(&there).await, [""; 0]);
});

story!(a_restore_replaces_nothing_by_accident, |world| {
    world.organiser().await;
    let elsewhere = Elsewhere::like(&world).await;
    let file = elsewhere.file("ban-sao");
    back_up(world.address(), &file, false).await.expect("backed up");
    assert!(matches!(back_up(world.address(), &file, false).await, Err(Hindrance::Exists(_))));
    back_up(world.address(), &file, true).await.expect("replaced when that is said");

    let here = world.address();
    assert!(matches!(restored(&world, here, &elsewhere.file("khong-co"), true).await, Err(Hindrance::Missing(_))));
    let text = elsewhere.file("van-ban");
    std::fs::write(&text, "Đây không phải bản sao lưu.").expect("written");
    assert!(matches!(restored(&world, here, &text, true).await, Err(Hindrance::NoBackup(..))));
    assert!(matches!(restored(&world, here, &file, false).await, Err(Hindrance::Occupied(accounts)) if accounts > 0));
    let in_use = restore(settings(&world, here, 42), &file, true, &mut |_| {}).await;
    assert!(matches!(in_use, Err(Hindrance::InUse)), "{in_use:?}");

    let whole = std::fs::read(&file).expect("the backup");
    let half = elsewhere.file("nua");
    std::fs::write(&half, &whole[..whole.len() / 2]).expect("written");
    let damaged = restored(&world, &elsewhere.address, &half, false).await;
    assert!(matches!(damaged, Err(Hindrance::Damaged(..) | Hindrance::Program(..))), "{damaged:?}");
    // It left no trace: the whole one finds the place empty.
    assert_eq!(restored(&world, &elsewhere.address, &file, false).await.expect("restored").aside, None);

    world.engine.store.close().await;
    let replaced = restored(&world, here, &file, true).await.expect("replaced when that is said");
    assert!(replaced.aside.is_some(), "what was there is kept");
    assert!(matches!(restored(&world, here, &file, true).await, Err(Hindrance::LeftAside(_))));
});

story!(a_backup_that_does_not_agree_with_itself_is_put_in_place_only_by_force, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    world.run("update attempt set score = 70 where id = $1", &[attempt.0]).await;
    let elsewhere = Elsewhere::like(&world).await;
    let file = elsewhere.file("ban-sao");
    back_up(world.address(), &file, false).await.expect("backed up");
    assert!(matches!(restored(&world, &elsewhere.address, &file, false).await, Err(Hindrance::Disagrees(1))));
    assert_eq!(restored(&world, &elsewhere.address, &file, true).await.expect("forced").findings, 1);
});

async fn bytes(world: &World, sql: &'static str, attempt: AttemptId) -> Vec<u8> {
    match &world.engine.store {
        Database::Sqlite { read, .. } => sqlx::query_scalar(sql).bind(attempt).fetch_one(read).await,
        Database::Postgres(pool) => sqlx::query_scalar(sql).bind(attempt).fetch_one(pool).await,
    }
    .expect("the bytes")
}

async fn put_bytes(world: &World, sql: &'static str, attempt: AttemptId, bytes: &[u8]) {
    match &world.engine.store {
        Database::Sqlite { write, .. } => sqlx::query(sql).bind(attempt).bind(bytes).execute(write).await.map(drop),
        Database::Postgres(pool) => sqlx::query(sql).bind(attempt).bind(bytes).execute(pool).await.map(drop),
    }
    .expect("written");
}

story!(any_edited_byte_of_a_sheet_is_found, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, attempt) = world.sits("Nguyễn Thị Lan", &small).await;
    for seq in 1..=2_u32 {
        let mut fields = world.right_fields(&lan, attempt, 3).await;
        fields.push(("prediction".to_owned(), seq.to_string()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        world.engine.save(&lan, attempt, World::save_of(0, seq, &fields)).await.expect("saved");
    }
    world.engine.hand_in(&lan, attempt).await.expect("handed in");
    let found = async || world.engine.prove_round(small.round).await.expect("proved").found;
    assert_eq!(found().await, []);
    let places = [
        ("select paper from attempt where id = $1", "update attempt set paper = $2 where id = $1"),
        ("select answers from attempt where id = $1", "update attempt set answers = $2 where id = $1"),
        ("select head from attempt where id = $1", "update attempt set head = $2 where id = $1"),
        (
            "select answers from saved_sheet where attempt_id = $1 and seq = 1",
            "update saved_sheet set answers = $2 where attempt_id = $1 and seq = 1",
        ),
        (
            "select hash from saved_sheet where attempt_id = $1 and seq = 2",
            "update saved_sheet set hash = $2 where attempt_id = $1 and seq = 2",
        ),
    ];
    for (read, write) in places {
        let whole = bytes(&world, read, attempt).await;
        assert!(whole.len() >= 10, "there is something to edit");
        for at in 0..whole.len() {
            let mut edited = whole.clone();
            edited[at] ^= 1;
            put_bytes(&world, write, attempt, &edited).await;
            assert!(found().await.iter().any(|(found, _)| *found == attempt), "byte {at}: {write}");
        }
        for cut in [&whole[..whole.len() - 1], &[]] {
            put_bytes(&world, write, attempt, cut).await;
            assert!(!found().await.is_empty(), "cut short: {write}");
        }
        put_bytes(&world, write, attempt, &whole).await;
    }
    let edits = [
        ("update saved_sheet set received_at = received_at + 1 where attempt_id = $1 and seq = 1", Finding::Chain(0)),
        ("update saved_sheet set received_at = received_at - 1 where attempt_id = $1 and seq = 1", Finding::Chain(0)),
        ("update attempt set started_at = started_at + 1 where id = $1", Finding::Chain(0)),
        ("update attempt set started_at = started_at - 1 where id = $1", Finding::Chain(0)),
        ("update attempt set prediction = prediction + 1 where id = $1", Finding::Answers),
        ("update attempt set prediction = prediction - 1 where id = $1", Finding::Answers),
        ("update attempt set score = score + 1 where id = $1", Finding::Mark),
        ("update attempt set score = score - 1 where id = $1", Finding::Mark),
        ("update attempt set correct = correct + 1 where id = $1", Finding::Mark),
    ];
    for pair in edits.chunks(2) {
        for (i, (edit, expected)) in pair.iter().enumerate() {
            world.run(edit, &[attempt.0]).await;
            // The second of a pair takes the first one back.
            let expected = if i == 0 { vec![(attempt, *expected)] } else { Vec::new() };
            let found = found().await;
            assert!(expected.iter().all(|one| found.contains(one)) && found.is_empty() == expected.is_empty(), "{edit}: {found:?}");
        }
    }
    world.run("delete from saved_sheet where attempt_id = $1 and seq = 2", &[attempt.0]).await;
    let missing = found().await;
    assert!(missing.contains(&(attempt, Finding::Chain(1))) && missing.contains(&(attempt, Finding::Answers)), "{missing:?}");
    assert!(findings(&world.engine).await.iter().any(|finding| finding.contains(&attempt.to_string())));
});

story!(a_verification_finds_what_is_wrong_besides_the_sheets, |world| {
    let small = world.small_round(&SmallRound::default()).await;
    let (lan, first) = world.sits("Nguyễn Thị Lan", &small).await;
    let (nam, second) = world.sits("Trần Văn Nam", &small).await;
    for (person, attempt, known) in [(&lan, first, 7), (&nam, second, 2)] {
        let mut fields = world.right_fields(person, attempt, known).await;
        fields.push(("prediction".to_owned(), "2".to_owned()));
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        world.engine.save(person, attempt, World::save_of(0, 1, &fields)).await.expect("saved");
        world.engine.hand_in(person, attempt).await.expect("handed in");
    }
    world.wind(domain::Millis::hours(3));
    world.publish_small(&small).await;
    world.engine.give_national_id(&lan, "051 085 001 234", None).await.expect("kept");
    let organiser = world.organiser().await;
    let mut work = world.engine.store.begin().await.expect("a unit of work");
    let picture = [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 0];
    work.keep_file(world.now(), &organiser, Field::named("banner"), ("a.png", &picture), &["image/png"]).await.expect("kept");
    work.commit().await.expect("committed");
    assert_eq!(findings(&world.engine).await, [""; 0]);

    let edits: [(&'static str, &'static str, &str, &[Uuid]); 4] = [
        (
            "update standing set line = 3 - line where round_id = $1",
            "update standing set line = 3 - line where round_id = $1",
            "against the rule",
            &[small.round.0],
        ),
        (
            "update standing set place = place + 1 where account_id = $1",
            "update standing set place = place - 1 where account_id = $1",
            "against the rule",
            &[nam.account.0],
        ),
        (
            "update standing set correct = correct + 1 where account_id = $1",
            "update standing set correct = correct - 1 where account_id = $1",
            "other figures",
            &[lan.account.0],
        ),
        (
            "update _sqlx_migrations set success = false where version = 4",
            "update _sqlx_migrations set success = true where version = 4",
            "migration 4 was cut short",
            &[],
        ),
    ];
    for (edit, back, words, ids) in edits {
        world.run(edit, ids).await;
        let found = findings(&world.engine).await;
        assert!(found.iter().any(|finding| finding.contains(words)), "{edit}: {found:?}");
        world.run(back, ids).await;
        assert_eq!(findings(&world.engine).await, [""; 0], "{back}");
    }
    let stranger = Engine::look(settings(&world, world.address(), 7)).await.expect("opened with another secret");
    assert!(findings(&stranger).await.iter().any(|finding| finding.contains("secret")));
    put_file(&world).await;
    assert!(findings(&world.engine).await.iter().any(|finding| finding.contains("other bytes")));
    if world.engine.store.is_postgres() {
        world.run("alter table exclusion disable trigger all", &[]).await;
    } else {
        world.run("pragma foreign_keys = off", &[]).await;
        let nobody = [Uuid::from_u128(1), Uuid::from_u128(2)];
        world.run("insert into exclusion (contest_id, account_id, why) values ($1, $2, 'named')", &nobody).await;
    }
    assert!(findings(&world.engine).await.iter().any(|finding| finding.contains("exclusion")));
});

/// One byte of the one kept file becomes another.
async fn put_file(world: &World) {
    let other: &[u8] = &[0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, 1];
    let sql = "update file set bytes = $1";
    match &world.engine.store {
        Database::Sqlite { write, .. } => sqlx::query(sql).bind(other).execute(write).await.map(drop),
        Database::Postgres(pool) => sqlx::query(sql).bind(other).execute(pool).await.map(drop),
    }
    .expect("written");
}
