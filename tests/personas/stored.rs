//! A frozen round and a sheet as the database has them: read, and put there past the product.
//!
//! What an earlier build wrote is put back in this way, and what a later one must not change is compared.

use super::simulation::put;
use crate::World;
use domain::{
    bank::{Content, Key},
    id::{AttemptId, RoundId},
};
use engine::{Caller, notify::Change, store::Database};
use serde::{Deserialize, Serialize};

/// Reads rows from whichever database a story is told on.
macro_rules! rows {
    ($world:expr, $sql:literal $(, $arg:expr)* $(,)?) => {
        match &$world.engine.store {
            Database::Sqlite { write, .. } => sqlx::query_as($sql)$(.bind($arg))*.fetch_all(write).await,
            Database::Postgres(pool) => sqlx::query_as($sql)$(.bind($arg))*.fetch_all(pool).await,
        }.expect("the rows are read")
    };
}

/// An attempt as its table has it, but for whose it is and in which round.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct StoredSheet {
    /// Which.
    pub id: AttemptId,
    /// The day of a policy per day, else 0.
    pub day: i64,
    /// 1, 2, 3 …
    pub ordinal: i64,
    /// Where it stands.
    pub stage: String,
    /// When it began.
    pub started_at: i64,
    /// Extra time, milliseconds.
    pub allowance: i64,
    /// When the time is up.
    pub deadline: i64,
    /// The canonical bytes of the draw.
    #[serde(with = "in_hexadecimal")]
    pub paper: Vec<u8>,
    /// Which tab or device has it.
    pub hold: i64,
    /// The number of the newest kept save.
    pub seq: i64,
    /// The head of its chain.
    #[serde(with = "in_hexadecimal")]
    pub head: Vec<u8>,
    /// The canonical bytes of the newest counted sheet.
    #[serde(with = "in_hexadecimal")]
    pub answers: Vec<u8>,
    /// When that one was received.
    pub saved_at: i64,
    /// The guess.
    pub prediction: Option<i64>,
    /// When it ended.
    pub ended_at: Option<i64>,
    /// Who or what ended it.
    pub ended_by: Option<String>,
    /// The code of its receipt: random, so it is in no record.
    #[serde(skip)]
    pub receipt: Option<String>,
    /// Right answers.
    pub correct: Option<i64>,
    /// Points.
    pub score: Option<i64>,
    /// Of the keys it was marked with.
    pub key_version: Option<i64>,
}

/// A saved sheet as its table has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct StoredSave {
    /// Which tab or device sent it.
    pub hold: i64,
    /// Its number.
    pub seq: i64,
    /// When it was received.
    pub received_at: i64,
    /// Whether it came too late to count.
    pub late: bool,
    /// The canonical bytes of the sheet.
    #[serde(with = "in_hexadecimal")]
    pub answers: Vec<u8>,
    /// Its link of the chain.
    #[serde(with = "in_hexadecimal")]
    pub hash: Vec<u8>,
}

/// A frozen round of one division, as its tables have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredRound {
    /// When it opens.
    pub opens_at: i64,
    /// When it closes.
    pub closes_at: i64,
    /// The rules of the round, JSON as it is stored.
    pub rules: String,
    /// The rules of the division, JSON as it is stored.
    pub division: String,
    /// The questions by their number in the pool.
    pub pool: Vec<StoredQuestion>,
}

/// A question of a frozen pool, as its tables have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, sqlx::FromRow)]
pub struct StoredQuestion {
    /// Which cell of the blueprint it fills.
    pub cell: i64,
    /// Its form.
    pub kind: String,
    /// What a contestant may see of it, JSON as it is stored.
    pub content: String,
    /// Its key, JSON as it is stored.
    pub key: String,
}

impl StoredQuestion {
    /// What a contestant may see of it.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn content(&self) -> Content {
        serde_json::from_str(&self.content).expect("a content")
    }

    /// Its key.
    ///
    /// # Panics
    /// When it cannot be read.
    pub fn key(&self) -> Key {
        serde_json::from_str(&self.key).expect("a key")
    }
}

impl World {
    /// The attempt and its saves in the order of their chain.
    ///
    /// # Panics
    /// When there is no such attempt.
    pub async fn stored_sheet(&self, attempt: AttemptId) -> (StoredSheet, Vec<StoredSave>) {
        let sheets: Vec<StoredSheet> = rows!(
            self,
            "select id, day, ordinal, stage, started_at, allowance, deadline, paper, hold, seq, head, answers, saved_at, prediction,
                    ended_at, ended_by, receipt, correct, score, key_version
             from attempt
             where id = $1",
            attempt,
        );
        let saves = rows!(
            self,
            "select hold, seq, received_at, late, answers, hash
             from saved_sheet
             where attempt_id = $1
             order by hold, seq",
            attempt,
        );
        (sheets.into_iter().next().expect("the attempt"), saves)
    }

    /// The round of one division as it was frozen.
    ///
    /// # Panics
    /// When there is no such round.
    pub async fn stored_round(&self, round: RoundId) -> StoredRound {
        let found: Vec<(i64, i64, String, String)> = rows!(
            self,
            "select r.opens_at, r.closes_at, r.rules, d.rules
             from round r
             join division d on d.round_id = r.id
             where r.id = $1",
            round,
        );
        let [(opens_at, closes_at, rules, division)] = <[_; 1]>::try_from(found).expect("a round of one division");
        let pool = rows!(
            self,
            "select p.cell, v.kind, v.content, v.key
             from division d
             join division_pool p on p.division_id = d.id
             join question_version v on v.id = p.version_id
             where d.round_id = $1
             order by p.position",
            round,
        );
        StoredRound { opens_at, closes_at, rules, division, pool }
    }

    /// The round is this one from now on; its pool must be as large as it was.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn restore_round(&self, round: RoundId, stored: &StoredRound) {
        assert_eq!(self.stored_round(round).await.pool.len(), stored.pool.len(), "a pool of this size");
        put!(
            self,
            "update round
             set opens_at = $2, closes_at = $3, rules = $4
             where id = $1",
            round,
            stored.opens_at,
            stored.closes_at,
            stored.rules.as_str(),
        );
        put!(self, "update division set rules = $2 where round_id = $1", round, stored.division.as_str());
        for (position, question) in (0_i64..).zip(&stored.pool) {
            put!(
                self,
                "update division_pool
                 set cell = $3
                 where position = $2 and division_id = (select id from division where round_id = $1)",
                round,
                position,
                question.cell,
            );
            put!(
                self,
                "update question_version
                 set kind = $3, content = $4, key = $5
                 where id = (select p.version_id
                             from division_pool p
                             join division d on d.id = p.division_id
                             where d.round_id = $1 and p.position = $2)",
                round,
                position,
                question.kind.as_str(),
                question.content.as_str(),
                question.key.as_str(),
            );
        }
        self.engine.notify.tell(Change::Round(round));
    }

    /// The person sits this sheet of the round, of one division, with these saves.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn restore_sheet(&self, (round, whose): (RoundId, &Caller), sheet: &StoredSheet, saves: &[StoredSave]) {
        put!(
            self,
            "insert into attempt (id, round_id, division_id, account_id, unit_id, day, ordinal, stage, started_at, allowance, deadline,
                                  paper, hold, seq, head, answers, saved_at, prediction)
             select $1, d.round_id, d.id, a.id, a.unit_id, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
             from division d
             join account a on a.id = $3
             where d.round_id = $2",
            sheet.id,
            round,
            whose.account,
            sheet.day,
            sheet.ordinal,
            sheet.stage.as_str(),
            sheet.started_at,
            sheet.allowance,
            sheet.deadline,
            sheet.paper.as_slice(),
            sheet.hold,
            sheet.seq,
            sheet.head.as_slice(),
            sheet.answers.as_slice(),
            sheet.saved_at,
            sheet.prediction,
        );
        for save in saves {
            put!(
                self,
                "insert into saved_sheet (attempt_id, seq, hold, received_at, late, answers, hash)
                 values ($1, $2, $3, $4, $5, $6, $7)",
                sheet.id,
                save.seq,
                save.hold,
                save.received_at,
                save.late,
                save.answers.as_slice(),
                save.hash.as_slice(),
            );
        }
    }

    /// The attempt has this paper from now on.
    ///
    /// # Panics
    /// When it cannot be stored.
    pub async fn restore_paper(&self, attempt: AttemptId, paper: &[u8]) {
        put!(self, "update attempt set paper = $2 where id = $1", attempt, paper);
    }
}

/// Bytes as text.
mod in_hexadecimal {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&hex::encode(bytes))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<u8>, D::Error> {
        hex::decode(String::deserialize(from)?).map_err(D::Error::custom)
    }
}
