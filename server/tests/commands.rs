//! The commands that an operator types to keep the data, run as a program.

use sqlx::{Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// An installation on SQLite, in a folder of its own.
struct Installation {
    data: PathBuf,
    secret: PathBuf,
}

/// How a command ended and what it said.
struct Said {
    status: Option<i32>,
    out: String,
    errors: String,
}

impl Installation {
    fn run(&self, words: &[&str]) -> Said {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cchc"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("CCHC_")) {
            command.env_remove(name);
        }
        command.current_dir(&self.data).env("CCHC_DATA", &self.data).env("CCHC_SECRET_FILE", &self.secret);
        let ended = command.args(words).output().expect("the program runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Said { status: ended.status.code(), out: text(&ended.stdout), errors: text(&ended.stderr) }
    }

    /// Runs a command that must succeed.
    fn does(&self, words: &[&str]) -> String {
        let said = self.run(words);
        assert_eq!(said.status, Some(0), "{words:?}: {}{}", said.out, said.errors);
        said.out
    }

    /// Runs a command that must fail.
    fn refuses(&self, words: &[&str]) -> Said {
        let said = self.run(words);
        assert_eq!(said.status, Some(1), "{words:?}: {}{}", said.out, said.errors);
        said
    }

    /// Changes rows behind the program's back.
    async fn edit(&self, sql: &'static str) {
        let options = SqliteConnectOptions::new().filename(self.data.join("cchc.db")).foreign_keys(false);
        let mut connection = SqliteConnection::connect_with(&options).await.expect("the database opens");
        let edited = connection.execute(sql).await.expect("edited").rows_affected();
        assert_eq!(edited, 1, "{sql}");
        connection.close().await.expect("closed");
    }
}

fn folder(outer: &Path, name: &str) -> PathBuf {
    let folder = outer.join(name);
    std::fs::create_dir(&folder).expect("a folder");
    folder
}

#[tokio::test]
async fn an_operator_backs_up_restores_elsewhere_and_verifies() {
    let outer = tempfile::tempdir().expect("a folder");
    let data = folder(outer.path(), "here");
    let here = Installation { secret: data.join("secret"), data };
    let there = Installation { data: folder(outer.path(), "there"), secret: here.secret.clone() };
    let file = outer.path().join("cchc.backup").display().to_string();

    let missing = there.refuses(&["verify"]);
    assert!(missing.errors.contains("cchc.db"), "there is no database yet: {}", missing.errors);
    assert!(here.does(&["admin", "create", "quan.tri", "Bùi Đức Long"]).contains("Activation code"));
    assert!(here.does(&["verify"]).ends_with("Everything agrees.\n"));

    assert!(here.does(&["backup", &file]).contains("holds the whole database"));
    assert!(here.refuses(&["backup", &file]).errors.contains(&file), "a backup is not replaced unasked");
    here.does(&["backup", "--force", &file]);

    assert!(there.does(&["restore", &file]).contains("is in place"));
    assert!(there.does(&["verify"]).ends_with("Everything agrees.\n"));
    there.refuses(&["restore", &file]);
    assert!(there.does(&["restore", "--force", &file]).contains("What was there before"));
    let taken = there.refuses(&["admin", "create", "quan.tri", "Bùi Đức Long"]);
    assert!(!taken.errors.is_empty(), "who was there here is there");

    // One row that leads nowhere.
    there.edit("update account set unit_id = x'00000000000000000000000000000001' where login = 'quan.tri'").await;
    let found = there.refuses(&["verify"]);
    assert!(found.out.contains("account") && !found.out.contains("Everything agrees"), "{}", found.out);
    assert!(found.errors.contains("what does not agree: 1"), "{}", found.errors);
    let broken = outer.path().join("broken.backup").display().to_string();
    there.does(&["backup", &broken]);
    let elsewhere = Installation { data: folder(outer.path(), "elsewhere"), secret: here.secret.clone() };
    let refused = elsewhere.refuses(&["restore", &broken]);
    assert!(refused.errors.contains("nothing was replaced"), "{}", refused.errors);
    assert!(!elsewhere.data.join("cchc.db").exists());
}
