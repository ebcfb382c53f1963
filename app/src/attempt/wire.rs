//! What the server says to the sheet's island; fields are only ever added, for open sheets of older builds.

use serde::{Deserialize, Serialize};

/// One answer of the server.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    /// Why it was refused: the name of the refusal; empty: it was not.
    pub refusal: String,
    /// The same in words for people.
    pub words: String,
    /// The number of the newest kept save.
    pub seq: i64,
    /// Which tab or device has the sheet.
    pub hold: i64,
    /// When the newest save was received, in milliseconds since 1970.
    pub at: i64,
    /// What the clock of the server says.
    pub now: i64,
    /// When the time is up.
    pub deadline: i64,
    /// Whether the sheet still takes answers.
    pub running: bool,
    /// The prediction as the server read it.
    pub echo: String,
    /// Fields that cannot be read, with the reason.
    pub unread: Vec<(String, String)>,
    /// The sheet as it was saved last, after taking it over.
    pub fields: Vec<(String, String)>,
    /// The code of the receipt, after handing in.
    pub receipt: String,
    /// Whether a pause of the round holds the sheet; then the deadline is as if the round went on right now.
    pub paused: bool,
    /// The newest messages of the organisers.
    pub messages: Vec<Told>,
}

/// A message of the organisers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// Which.
    pub id: String,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// What.
    pub words: String,
}
