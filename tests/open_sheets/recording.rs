//! A recording: what stood in the database and on an open page when a build was replaced, and how that page went on.

use axum::body::Body;
use domain::id::AttemptId;
use http::{Method, Request, header};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::{fs::OpenOptions, io::Write, path::PathBuf};
use tests::{Client, StoredRound, StoredSave, StoredSheet};

/// One sitting that began on one build and finishes on another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Recording {
    /// The version of the build that opened the page.
    pub build: String,
    /// The round as it was frozen.
    pub round: StoredRound,
    /// The sheet and its saves when that build was stopped.
    pub stopped: (StoredSheet, Vec<StoredSave>),
    /// What the open page then went on to send, and what that build answered.
    pub steps: Vec<Step>,
    /// The sheet and its saves at the end.
    pub finished: (StoredSheet, Vec<StoredSave>),
}

/// One request of the page with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Step {
    /// What it is for.
    pub what: String,
    /// When it was sent, milliseconds since 1970.
    pub at: i64,
    /// The end of its address, behind that of the sheet.
    pub door: String,
    /// The form, byte for byte; none: a page is asked for.
    pub form: Option<String>,
    /// Whether the island asks, and is answered in JSON; else it is the plain form.
    pub island: bool,
    /// How it was answered.
    pub heard: Heard,
}

/// An answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Heard {
    /// Its status.
    pub status: u16,
    /// What the island was told; nothing to a plain form.
    pub said: Value,
    /// Where the plain form was led, behind the address of the sheet.
    pub leads: String,
}

impl Step {
    /// Sends it.
    pub(super) async fn send(&self, browser: &mut Client, attempt: AttemptId) -> Heard {
        let sheet = format!("/thi/{attempt}");
        let method = if self.form.is_some() { Method::POST } else { Method::GET };
        let request = Request::builder().method(method).uri(format!("{sheet}{}", self.door)).header("sec-fetch-site", "same-origin");
        let request = if self.form.is_some() { request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded") } else { request };
        let request = if self.island { request.header(header::ACCEPT, "application/json") } else { request };
        let reply = browser.send(request.body(Body::from(self.form.clone().unwrap_or_default())).expect("a request")).await;
        Heard {
            status: reply.status.as_u16(),
            said: if self.island { serde_json::from_str(&reply.body).expect("JSON for the island") } else { Value::Null },
            leads: reply.location().trim_start_matches(sheet.as_str()).to_owned(),
        }
    }
}

impl Heard {
    /// Whether a page of the build that was answered `then` understands this answer too.
    ///
    /// Nothing that it reads may be gone or mean something else; what is new it passes over. Words for people may be put
    /// better, and the receipt is another one each time.
    pub(super) fn is_understood_like(&self, then: &Self) -> bool {
        let (Some(old), Some(new)) = (then.said.as_object(), self.said.as_object()) else { return self == then };
        let said = old.iter().all(|(name, old)| {
            let Some(new) = new.get(name) else { return false };
            match name.as_str() {
                "words" | "echo" | "receipt" => new.as_str().map(str::is_empty) == old.as_str().map(str::is_empty),
                "unread" => fields(new) == fields(old),
                _ => new == old,
            }
        });
        said && (self.status, &self.leads) == (then.status, &then.leads)
    }
}

/// The names in `[[name, words], …]`.
fn fields(unread: &Value) -> Vec<&Value> {
    unread.as_array().into_iter().flatten().map(|field| &field[0]).collect()
}

/// The file of this number.
fn file(number: usize) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden").join(format!("sheet-{number}.json"))
}

/// All recordings, the oldest first.
pub(super) fn all() -> Vec<Recording> {
    let files = (1..).map(file).take_while(|file| file.exists());
    let read = |file: PathBuf| serde_json::from_slice(&std::fs::read(&file).expect("a file")).expect("a recording");
    files.map(read).collect()
}

/// Keeps a recording as a new file.
///
/// One that is there is never written again, and never edited: people had that page open, and a build that cannot finish
/// it loses their answers. Where the present build says something new, `CCHC_GOLDEN=sheet-2` adds the next number.
pub(super) fn keep(recording: &Recording, number: usize) -> std::io::Result<()> {
    let mut text = serde_json::to_string_pretty(recording)?;
    text.push('\n');
    OpenOptions::new().write(true).create_new(true).open(file(number))?.write_all(text.as_bytes())
}
